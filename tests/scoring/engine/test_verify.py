"""`verify` and `verify-snapshot`: the same bytes agree, anything else is named, what is no such file is refused."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from scoring.engine import (
    ENGINE_VERSION,
    Refused,
    commands,
    identity,
    load_set,
    read_groups,
    read_values,
    score,
    to_document,
    verify,
    write_results,
)

from .builders import GOLDEN

NAMES = ("set.json", "values.csv", "results.csv", "groups.csv")


@pytest.fixture
def golden(tmp_path, monkeypatch):
    """The golden index in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        Path(name).write_bytes((GOLDEN / f"index.{name}").read_bytes())
    return tmp_path


def verdict(capfd, *options: str) -> tuple[int, list[str]]:
    code = commands.main(["verify", "set.json", "values.csv", "results.csv", "--groups", "groups.csv", *options])
    out, err = capfd.readouterr()
    assert (err == "") is (code != 2)
    return code, (out + err).splitlines()


def inputs():
    files = (Path(name).read_bytes() for name in ("set.json", "values.csv", "groups.csv"))
    return tuple(read(data) for read, data in zip((load_set, read_values, read_groups), files, strict=True))


def edited(*changes: tuple[bytes, bytes]) -> None:
    data = Path("results.csv").read_bytes()
    for old, new in changes:
        assert old in data
        data = data.replace(old, new, 1)
    Path("results.csv").write_bytes(data)


def test_published_results_agree_naming_units_and_identity(golden, capfd):
    sha = identity(load_set(Path("set.json").read_bytes()))

    code, (said,) = verdict(capfd)
    _, (in_english,) = verdict(capfd, "--lang", "en")

    assert code == 0
    assert said.startswith("Khớp: tính lại 6 đơn vị, giống hệt")
    assert in_english.startswith("They agree: 6 units recomputed")
    assert sha in said
    assert sha in in_english


@pytest.mark.slow
def test_every_single_changed_byte_is_noticed(golden):
    criteria_set, values, groups = inputs()
    data = Path("results.csv").read_bytes()
    assert verify(criteria_set, values, groups, data)

    for position in range(len(data)):
        changed = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
        try:
            assert not verify(criteria_set, values, groups, changed)
        except Refused:
            continue  # no longer a table of results, which is said too


def test_a_changed_cell_is_named_by_unit_and_column_with_both_values(golden, capfd):
    edited((b"0.875", b"0.876"))

    code, said = verdict(capfd)
    _, in_english = verdict(capfd, "--lang", "en")

    assert code == 1
    assert said[0] == "results.csv:2:87: đơn vị C, cột E: công bố “0.876”, tính lại “0.875”."
    assert said[-1] == "Không khớp: bảng kết quả đã công bố khác kết quả tính lại ở 1 chỗ."
    assert in_english[0] == "results.csv:2:87: unit C, column E: published “0.876”, recomputed “0.875”."


def rows() -> list[bytes]:
    return Path("results.csv").read_bytes().splitlines(keepends=True)


def write(lines: list[bytes]) -> None:
    Path("results.csv").write_bytes(b"".join(lines))


EDITS = {
    "a unit left out": (lambda r: [*r[:2], *r[3:]], "bảng công bố thiếu đơn vị"),
    "a unit too many": (lambda r: [*r, r[1].replace(b"C,", b"Z,", 1)], "đơn vị “Z” có trong bảng công bố"),
    "a unit twice": (lambda r: [*r, r[1]], "đứng hai lần"),
    "rows in another order": (lambda r: [r[0], r[2], r[1], *r[3:]], "các ô giống nhau"),
    "other line ends": (lambda r: [line.replace(b"\n", b"\r\n") for line in r], "các ô giống nhau"),
    "quotes that are not needed": (lambda r: [r[0], b'"C"' + r[1][1:], *r[2:]], "các ô giống nhau"),
    "no last line end": (lambda r: [*r[:-1], r[-1].rstrip(b"\n")], "các ô giống nhau"),
    "a column too many": (lambda r: [line.replace(b"\n", b",1\n") for line in r], "cột thứ"),
    "a row too short": (lambda r: [r[0], r[1].rpartition(b",")[0] + b"\n", *r[2:]], "cột thay vì"),
    "the columns of another set": (lambda r: [r[0].replace(b",E", b",X"), *r[1:]], "theo bộ tiêu chí phải là “E”"),
}


@pytest.mark.parametrize("name", EDITS)
def test_every_other_difference_is_said_too(golden, capfd, name):
    edit, sentence = EDITS[name]
    write(edit(rows()))

    code, said = verdict(capfd)

    assert code == 1
    assert sentence in said[0]
    assert len(said) == 2


def test_many_differences_are_counted_and_the_first_shown(golden, capfd):
    criteria_set, values = load_set(Path("set.json").read_bytes()), read_values(Path("values.csv").read_bytes())
    one = next(iter(values.values()))
    many = {f"u{n:03}": one for n in range(50)}
    published = write_results(score(criteria_set, many))

    found = verify(criteria_set, dict(list(many.items())[1:]), None, published.replace(b"u0", b"x0"))

    assert len(found.differences) == 50 + 49
    assert len(found.sentences("vi")) == 22
    assert found.sentences("vi")[-2] == "… và 79 chỗ khác nữa."


NO_RESULTS = {
    "empty": (b"", "results.csv:1:1"),
    "the values": ((GOLDEN / "index.values.csv").read_bytes(), "results.csv:1:1"),
    "not UTF-8": (b"unit,\xff", "results.csv:1:6"),
    "a broken quote": (b'unit,"', "results.csv:1:6"),
}


@pytest.mark.parametrize("name", NO_RESULTS)
def test_what_is_no_table_of_results_is_refused(golden, capfd, name):
    data, place = NO_RESULTS[name]
    Path("results.csv").write_bytes(data)

    code, (said,) = verdict(capfd)

    assert code == 2
    assert said.startswith(f"{place}: ")


def test_every_file_that_cannot_be_read_is_named_at_once(golden, capfd):
    for name in NAMES:
        Path(name).unlink()

    code, said = verdict(capfd)

    assert code == 2
    assert [line.partition(":")[0] for line in said] == ["set.json", "values.csv", "groups.csv", "results.csv"]


def snapshot(**changes) -> bytes:
    criteria_set, values, groups = inputs()
    document = {
        "format": "sonla-awards/ranking@1",
        "engine_version": "1.1",
        "criteria_set": to_document(criteria_set),
        "values": values,
        "groups": {unit: [entry.group, entry.submitted_at] for unit, entry in groups.items()},
        "results_csv": Path("results.csv").read_text("utf-8"),
    }
    return json.dumps({**document, **changes}).encode()


def snapshot_verdict(capfd, data: bytes) -> tuple[int, list[str]]:
    Path("snapshot.json").write_bytes(data)
    code = commands.main(["verify-snapshot", "snapshot.json"])
    out, err = capfd.readouterr()
    return code, (out + err).splitlines()


def test_a_record_agrees_with_itself_and_names_its_sha256(golden, capfd):
    data = snapshot()

    code, said = snapshot_verdict(capfd, data)

    assert code == 0
    assert said[0].startswith("Khớp: tính lại 6 đơn vị")
    assert sha256(data).hexdigest() in said[1]


def test_a_record_whose_results_were_changed_names_the_cell_and_the_engine(golden, capfd):
    edited((b"0.875", b"0.876"))

    code, said = snapshot_verdict(capfd, snapshot(engine_version="0.9"))

    assert code == 1
    assert said[0].startswith("snapshot.json:/results_csv:2:87: đơn vị C, cột E")
    assert "0.9" in said[-1]


def test_a_changed_record_of_this_engine_is_not_laid_to_another_one(golden, capfd):
    edited((b"0.875", b"0.876"))

    code, said = snapshot_verdict(capfd, snapshot(engine_version=ENGINE_VERSION))

    assert code == 1
    assert "SHA-256" in said[-1]


BROKEN = {
    "another format": ({"format": "x"}, "snapshot.json:1:1"),
    "values that are a list": ({"values": [1]}, "snapshot.json:1:1"),
    "a value that is a number": ({"values": {"A": {"B.1": {"value": 1}}}}, "snapshot.json:1:1"),
    "groups without instants": ({"groups": {"A": ["g"]}}, "snapshot.json:1:1"),
    "no results": ({"results_csv": None}, "snapshot.json:1:1"),
    "a damaged set": ({"criteria_set": {}}, "snapshot.json:/criteria_set:/format"),
    "a value out of place": ({"values": {"A": {"none": {"value": "1"}}}}, "snapshot.json:/values/A/none"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_damaged_record_is_refused_at_its_place(golden, capfd, name):
    changes, place = BROKEN[name]

    code, said = snapshot_verdict(capfd, snapshot(**changes))

    assert code == 2
    assert said[0].startswith(f"{place}: ")
