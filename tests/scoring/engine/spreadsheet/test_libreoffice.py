"""LibreOffice, from formulas alone, comes to the engine's totals, ranks and grades: 100 % of them."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from benchmarks.anchors.libreoffice import expected, installed, read_results, recalculated
from scoring.engine import GroupEntry, Refused, Results, load_set, read_groups, read_values, score
from scoring.engine.spreadsheet import workbook

from ..batch.generated import case
from ..builders import GOLDEN, PROJECT, SETS, document, leaf, loaded, node
from ..test_oracles import rows_of
from .declared import declared

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not installed(), reason="soffice is not installed (apt: libreoffice-calc)"),
]
NAMES = ["index", "commune", *(f"random/{number:02}" for number in range(16))]


def differences(runs: dict[str, tuple[Results, bytes]], folder: Path) -> list:
    """Units whose total, rank, grade or verdict is another in LibreOffice, and points that are."""
    paths = recalculated({name: book for name, (_, book) in runs.items()}, folder)
    wrong = []
    for name, (results, _) in runs.items():
        found, wanted = read_results(paths[name]), expected(results)
        wrong += [(name, unit, found.get(unit), wanted[unit]) for unit in wanted if found.get(unit) != wanted[unit]]
        wrong += [(name, *one) for one in other_points(results, paths[name])]
    return wrong


def other_points(results: Results, path: Path) -> list:
    book = load_workbook(path, read_only=True, data_only=True)
    wrong = []
    for unit, *points in book["Điểm"].iter_rows(min_row=7, values_only=True):
        lines = results.by_unit[str(unit)].lines
        for criterion, found in zip(results.criteria_set.lines, points, strict=False):
            exact = lines[criterion.code].exact
            same = isinstance(found, str) if exact is None else found == pytest.approx(float(exact), rel=1e-9, abs=1e-9)
            wrong += [] if same else [(unit, criterion.code, found, exact)]
    return wrong


def run(criteria_set, values, groups=None) -> tuple[Results, bytes]:
    results = score(criteria_set, values, groups)
    return results, workbook(results, values, groups)


def test_golden_sets_agree(tmp_path):
    runs = {}
    for name in NAMES:
        parts = [(GOLDEN / f"{name}.{end}").read_bytes() for end in ("set.json", "values.csv", "groups.csv")]
        runs[name.replace("/", "-")] = run(load_set(parts[0]), read_values(parts[1]), read_groups(parts[2]))

    assert differences(runs, tmp_path) == []


def test_the_english_workbook_agrees_too(tmp_path):
    runs = {}
    for name in ("commune", "index"):
        parts = [(GOLDEN / f"{name}.{end}").read_bytes() for end in ("set.json", "values.csv", "groups.csv")]
        values, groups = read_values(parts[1]), read_groups(parts[2])
        results = score(load_set(parts[0]), values, groups)
        runs[name] = (results, workbook(results, values, groups, lang="en"))

    paths = recalculated({name: book for name, (_, book) in runs.items()}, tmp_path)

    for name, (results, _) in runs.items():
        wanted = {unit: (*one[:3], "agrees") for unit, one in expected(results).items()}
        assert read_results(paths[name]) == wanted


def test_both_shipped_sets_agree_for_96_units(tmp_path):
    runs = {}
    for name in ("dti-commune", "dti-department"):
        criteria_set = load_set((PROJECT / "data" / "criteria" / f"{name}.json").read_bytes())
        runs[name] = run(criteria_set, *declared(criteria_set, units=96, groups=3))

    assert differences(runs, tmp_path) == []


def test_published_indices_agree(tmp_path):
    columns = {"LE": "life_expectancy", "EYS": "expected_schooling", "MYS": "mean_schooling", "GNI": "gni_per_capita"}
    rows = {f"{row['iso3']} {row['year']}": row for row in rows_of("oracle_hdi_2021_2023.csv")}
    values = {unit: {code: {"value": row[column]} for code, column in columns.items()} for unit, row in rows.items()}
    groups = {unit: GroupEntry(row["year"], "") for unit, row in rows.items()}
    dti = load_set((SETS / "dti-2022.set.json").read_bytes())
    codes = [criterion.code for criterion in dti.leaves]
    complete = [row for row in rows_of("oracle_dti_2022_partial.csv") if all(row[code] for code in codes)]
    provinces = {row["province"]: {code: {"value": row[code]} for code in codes} for row in complete}
    runs = {
        "hdi": run(load_set((SETS / "hdi.set.json").read_bytes()), values, groups),
        "dti": run(dti, provinces),
    }

    assert differences(runs, tmp_path) == []


@pytest.mark.long
def test_made_up_sets_of_every_kind_and_policy_agree(tmp_path):
    runs = {}
    for seed in range(60):
        made = case(seed)
        try:
            runs[f"case{seed}"] = run(made.criteria_set, made.values, made.groups)
        except Refused:
            continue  # by the engine, or because a spreadsheet has not the digits

    assert len(runs) > 35
    assert differences(runs, tmp_path) == []


HOSTILE = [
    "=1+1",
    "+2",
    "-3",
    "@x",
    "'quoted",
    "a,b;c",
    "<b>&amp;",
    "_x0041_",
    "tab\there",
    "two\nlines",
    "007",
    "TRUE",
]


def test_halves_hostile_names_and_keys_that_differ_in_capitals_agree(tmp_path):
    keys = [{"key": key, "fraction": fraction} for key, fraction in (("a", "1"), ("A", "0.5"), ("=1", "0.25"))]
    root = node(
        "R",
        leaf("K", "level", "1.01", {"options": keys}),
        leaf("Q", "ratio", "1", {"full_at": "100", "zero_below": "0"}),
    )
    values = {
        unit: {"K": {"option": "aA="[place % 3].replace("=", "=1")}, "Q": {"a": str(2 * place + 1), "b": "200"}}
        for place, unit in enumerate(HOSTILE)
    }
    groups = {unit: GroupEntry("Ab"[place % 2] + "&<", "") for place, unit in enumerate(HOSTILE)}
    runs = {
        mode.replace("_", ""): run(loaded(document(root, rounding=mode, round_at="leaf")), values, groups)
        for mode in ("half_up", "half_even", "down")
    }

    paths = recalculated({name: book for name, (_, book) in runs.items()}, tmp_path)

    for name, (results, _) in runs.items():
        assert read_results(paths[name]) == expected(results)


def test_changing_a_threshold_changes_the_result(tmp_path):
    """The formulas live: with full points from 50 % instead of 80 % the workbook says what the engine says then."""
    values = {"u": {"L": {"a": "50", "b": "100"}}, "w": {"L": {"a": "79", "b": "100"}}}
    _, book = run(loaded(document(node("R", leaf("L", "ratio")))), values)
    after = score(loaded(document(node("R", leaf("L", "ratio", rule={"full_at": "50"})))), values)

    found = read_results(recalculated({"changed": changed(book)}, tmp_path)["changed"])

    assert {unit: one[:2] for unit, one in found.items()} == {unit: one[:2] for unit, one in expected(after).items()}
    assert {one[3] for one in found.values()} == {"lệch"}


def changed(book: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as archive, zipfile.ZipFile(stream, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith("sheet2.xml"):
                part, count = re.subn(rb"<v>80</v>", b"<v>50</v>", part)
                assert count == 1
            copy.writestr(name, part)
    return stream.getvalue()
