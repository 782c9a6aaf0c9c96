"""Files that are not what they should be: refused whole, with place, reason and mend, exit code 2, nothing written."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scoring.engine import commands, files, load_set, read_groups, read_values, tables
from scoring.engine.faults import MOST_FAULTS

from .builders import PROJECT, document, faults_of, leaf, loaded, node, places_of

HEADER = "unit,criterion,field,value\n"
VALUES = HEADER + "Mường La,L,points,5\nMường La,M,a,1\nMường La,M,b,2\n"
SET = json.dumps(document(node("R", leaf("L", title={"vi": "Mường"}), leaf("M", "ratio"))), ensure_ascii=False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("set.json").write_text(SET, "utf-8")
    Path("values.csv").write_text(VALUES, "utf-8")
    return tmp_path


def refused(capfd, *arguments: str) -> list[tuple[str, str]]:
    """(place, sentence) of every line on stderr of a call that must be refused and print nothing else."""
    code = commands.main(list(arguments))

    out, err = capfd.readouterr()
    assert (code, out) == (2, "")
    return [tuple(line.split(": ", 1)) for line in err.splitlines()]


# Name of the file, its bytes, the place, a word of the sentence that says what to do.
NOT_TEXT = {
    "UTF-16 with mark": (VALUES.encode("utf-16"), "1:1", "UTF-8"),
    "UTF-16 without mark": (VALUES.encode("utf-16-le"), "1:1", "UTF-16"),
    "UTF-16 of the other order": (VALUES.encode("utf-16-be"), "1:1", "UTF-16"),
    "UTF-8 with BOM": (VALUES.encode("utf-8-sig"), "1:1", "BOM"),
    "Latin-1": ((HEADER + "Xã Á,L,points,5\n").encode("latin-1"), "2:2", "UTF-8"),
    "windows-1258": (HEADER.encode() + "Đơn".encode("cp1258") + b",L,points,5\n", "2:1", "UTF-8"),
    "cut in a character": (VALUES.encode()[: len(HEADER) + 4], "2:3", "đầy đủ"),
    "zeros only": (bytes(1000), "1:1", "xóa"),
    "semicolons": (VALUES.replace(",", ";").encode(), "1:1", "dấu phẩy"),
}


@pytest.mark.parametrize("name", NOT_TEXT)
def test_values_in_another_encoding_are_refused(folder, capfd, name):
    data, place, mend = NOT_TEXT[name]
    Path("values.csv").write_bytes(data)

    ((where, sentence),) = refused(capfd, "score", "set.json", "values.csv", "--out", "results.csv")

    assert where == f"values.csv:{place}"
    assert mend in sentence
    assert not Path("results.csv").exists()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "latin-1"])
def test_a_set_in_another_encoding_is_refused(folder, capfd, encoding):
    Path("set.json").write_bytes(SET.replace("Mường", "Má").encode(encoding))

    ((_, sentence),) = refused(capfd, "validate", "set.json")

    assert "UTF-8" in sentence


@pytest.mark.parametrize("escaped", [False, True])
def test_a_set_cut_at_any_byte_is_refused_as_cut(escaped):
    data = json.dumps(json.loads(SET), ensure_ascii=escaped).encode()

    for length in range(len(data)):
        (fault,) = faults_of(lambda part=data[:length]: load_set(part))
        assert "cắt cụt" in fault.vi, data[:length]
        assert re.fullmatch(r"set:\d+:\d+", fault.place)


def test_values_cut_at_any_byte_are_refused_or_a_shorter_table():
    """The last line may lack its end, so a cut inside its last cell cannot be seen; any other is refused."""
    data = VALUES.encode()
    whole = read_values(data)["Mường La"]

    for length in range(len(data)):
        part = data[:length]
        cells = part.decode(errors="replace").rpartition("\n")[2].split(",")
        if length >= len(HEADER) - 1 and (part.endswith(b"\n") or (len(cells) == 4 and cells[3])):
            read = read_values(part).get("Mường La", {})
            assert all(fields.items() <= whole[code].items() for code, fields in read.items())
        elif part.decode(errors="replace") != HEADER[:-1]:
            assert len(places_of(lambda part=part: read_values(part))) == 1, part


@pytest.mark.parametrize("text", ["１２", "١٢", "NaN", "Infinity", "1e1", "1_0", "0x10", "--5", "5%", "−1", "1,5", "½"])
def test_a_number_in_another_writing_is_refused_at_its_cell(folder, capfd, text):
    Path("values.csv").write_text(HEADER + f'Xã,L,points,"{text}"\n', "utf-8")

    ((where, sentence),) = refused(capfd, "score", "set.json", "values.csv")

    assert where == "values.csv:2:13"
    assert text in sentence
    assert "12.5" in sentence


def test_an_inner_node_is_told_from_a_criterion_that_is_not_there(folder, capfd):
    Path("values.csv").write_text(HEADER + "Xã,R,points,1\nXã,Z,points,1\n", "utf-8")

    node_line, unknown_line = refused(capfd, "score", "set.json", "values.csv")

    assert (node_line[0], unknown_line[0]) == ("values.csv:2:4", "values.csv:3:4")
    assert "mục gộp" in node_line[1]
    assert "sửa mã" in unknown_line[1]


def test_an_unknown_key_is_answered_with_the_keys_there_are():
    doc = document(node("R", leaf("L", "tiers", rule={"step": "1"})))

    (fault,) = faults_of(lambda: loaded(doc))

    assert fault.place == "set:/root/children/0/rule/step"
    assert fault.vi.endswith("các khóa ở đây là: kind, na_allowed, tiers.")


@pytest.mark.parametrize(("file", "most"), [("values.csv", "32 MB"), ("groups.csv", "32 MB"), ("set.json", "16 MB")])
def test_a_file_of_200_mb_is_refused_without_being_read(folder, capfd, monkeypatch, file, most):
    with Path(file).open("wb") as stream:
        stream.truncate(200 * 2**20)
    monkeypatch.setattr("scoring.engine.jsontext.decoded", lambda *_: pytest.fail("the file was read"))
    monkeypatch.setattr("scoring.engine.csvtext.decoded", lambda data, place: data.decode())
    groups = ("--groups", "groups.csv") if file == "groups.csv" else ()
    monkeypatch.setattr(commands, "load_set", lambda data, place: None) if file != "set.json" else None

    ((where, sentence),) = refused(capfd, "score", "set.json", "values.csv", *groups)

    assert where == f"{file}:1:1"
    assert most in sentence


def test_a_device_without_end_is_read_only_to_the_limit(folder, capfd, monkeypatch):
    monkeypatch.setattr(commands, "LARGEST_SET", 1000)

    assert refused(capfd, "validate", "/dev/zero")[0][0] == "/dev/zero:1:1"


def test_a_file_wrong_in_every_line_is_told_so_after_a_thousand_faults():
    rows = "".join(f"u{n},L\n" for n in range(5000))
    values = read_values((HEADER + "".join(f"u{n},Z,points,1\n" for n in range(5000))).encode(), place="v")

    faults = faults_of(lambda: read_values((HEADER + rows).encode(), place="v"))
    unknown = faults_of(lambda: commands.score(loaded(document(node("R", leaf("L")))), values))
    keys = faults_of(lambda: load_set(json.dumps({f"k{n}": 1 for n in range(5000)}), place="s"))

    assert [len(faults), len(unknown), len(keys)] == [MOST_FAULTS + 1] * 3
    assert [found[-1].place for found in (faults, unknown, keys)] == ["v:1002:1", "v:1002:7", "s:/k1000"]
    assert all("1000" in found[-1].vi for found in (faults, unknown, keys))


def test_more_units_than_any_nation_has_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_UNITS", 2)
    rows = HEADER + "a,L,points,1\nb,L,points,1\na,M,points,1\nc,L,points,1\nd,L,points,1\n"

    assert places_of(lambda: read_values(rows.encode(), place="v")) == ["v:5:1"]
    assert places_of(lambda: read_groups(b"unit,group,submitted_at\na,,\nb,,\nc,,\n", place="g")) == ["g:4:1"]


def test_more_lines_than_a_machine_holds_are_refused_before_scoring(folder, capfd, monkeypatch):
    monkeypatch.setattr(commands, "MOST_LINES", 1)
    monkeypatch.setattr(commands, "score", lambda *_: pytest.fail("it was scored"))

    ((where, sentence),) = refused(capfd, "score", "set.json", "values.csv")

    assert where == "values.csv:1:1"
    assert "1 × 2 = 2" in sentence


@pytest.mark.parametrize(
    ("path", "reason"),
    [("nothing.csv", "không có tệp"), (".", "thư mục"), ("set.json/x", "không phải thư mục"), ("a\0b", "null")],
)
def test_a_path_that_cannot_be_read_is_refused_with_the_reason(folder, capfd, path, reason):
    ((where, sentence),) = refused(capfd, "score", "set.json", path)

    assert where == f"{path}:1:1"
    assert reason in sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads and writes everything")
def test_a_file_without_the_right_to_read_or_write_it_is_refused(folder, capfd):
    Path("values.csv").chmod(0)
    assert "không có quyền" in refused(capfd, "score", "set.json", "values.csv")[0][1]

    Path("values.csv").chmod(0o600)
    Path("shut").mkdir(mode=0o500)
    assert "không có quyền" in refused(capfd, "score", "set.json", "values.csv", "--out", "shut/results.csv")[0][1]


def test_a_right_that_is_lacking_is_said_in_the_reader_s_language(folder, capfd, monkeypatch):
    """The same as above where the tests run as root."""
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))

    assert refused(capfd, "validate", "set.json") == [("set.json:1:1", "Không đọc được tệp (không có quyền).")]


@pytest.mark.parametrize("out", [".", "no/results.csv", "values.csv/results.csv", "/dev/full", "x" * 300])
def test_an_output_that_cannot_be_written_leaves_nothing(folder, capfd, out):
    before = sorted(path.name for path in folder.iterdir())

    ((where, _),) = refused(capfd, "score", "set.json", "values.csv", "--trace", "trace.json", "--out", out)

    assert where == f"{out}:1:1"
    assert sorted(path.name for path in folder.iterdir()) == before


def test_one_file_for_both_outputs_is_refused(folder, capfd):
    ((where, sentence),) = refused(capfd, "score", "set.json", "values.csv", "--trace", "./x", "--out", "x")

    assert where == "./x:1:1"
    assert "hai kết quả" in sentence
    assert not Path("x").exists()


def test_a_disk_that_fills_up_half_way_leaves_the_older_result(folder, capfd, monkeypatch):
    Path("results.csv").write_text("old", "utf-8")
    monkeypatch.setattr(files.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))

    ((where, sentence),) = refused(capfd, "score", "set.json", "values.csv", "--out", "results.csv")

    assert (where, sentence) == ("results.csv:1:1", "Không ghi được tệp (hết chỗ trên đĩa).")
    assert Path("results.csv").read_text("utf-8") == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["results.csv", "set.json", "values.csv"]


@pytest.mark.parametrize("command", ["score", "stability"])
@pytest.mark.parametrize("reader", ["full disk", "gone"])
def test_standard_output_that_cannot_be_written_exits_2_with_one_sentence(folder, reader, command):
    if reader == "full disk":
        out = os.open("/dev/full", os.O_WRONLY)
    else:
        end, out = os.pipe()
        os.close(end)
    command = [sys.executable, "-m", "scoring.engine", command, "set.json", "values.csv"]
    # Buffered, as an office has it: what could not be written is then tried again at the interpreter's end.
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": ""}

    done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=environment, check=False)

    os.close(out)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(b"<stdout>:1:1: ")
