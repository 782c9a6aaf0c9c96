"""A set taken out as .xlsx and taken in again is the same set, to the byte of its canonical form.

SETS=1000 draws more of them.
"""

import io
import json
import os
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from benchmarks.anchors.libreoffice import installed, recalculate
from core.errors import Invalid
from scoring import engine
from scoring.criteria.workbook.writing import set_workbook
from scoring.engine.rules import KINDS
from tests.scoring.engine.batch.generated import case
from tests.scoring.engine.builders import GOLDEN, PROJECT, document, leaf, loaded, node, one_leaf

from .sheets import read

SHIPPED = sorted([*(PROJECT / "data" / "criteria").rglob("*.json"), *GOLDEN.rglob("*.set.json")])
SETS = int(os.environ.get("SETS", "60"))


def assert_same(definition: engine.CriteriaSet, data: bytes) -> None:
    found = read(data)
    assert found.faults == []
    assert engine.canonical_bytes(found.definition) == engine.canonical_bytes(definition)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_sets_come_back(path, lang):
    definition = engine.load_set(path.read_bytes())

    assert_same(definition, set_workbook(definition, lang=lang))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_comes_back(kind):
    assert_same(one_leaf(kind), set_workbook(one_leaf(kind)))


# What people type or paste, and what spreadsheets change on the way.
TROUBLE = [
    "", " ", "  hai dấu cách", "cuối dòng\n", "\ttab", "a\r\nb", "a\rb", "một\nhai", "=1+1", "+84", "-x", "@SUM(A1)",
    "＝1", "|cmd", "'nháy", '"ngoặc"', "json:", 'json:"x"', "_x000D_", "so_xa_dat", "_x005F_x000D_", "a\u200bb",
    "\u202e", "\ufeff", "\ufffe", "1.10", "007", "1e5", "TRUE", "#REF!", "2026-01-31", "Số lượng – “tỷ lệ”", "e\u0301",
    "<b>&amp;</b>", "😀", "\x85", "\u2028", "\\u0041", "x" * 5000,
]  # fmt: skip
texts = st.one_of(st.sampled_from(TROUBLE), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30))
titles = st.builds(lambda vi, en: {"vi": vi} | ({} if en is None else {"en": en}), texts, st.none() | texts)
digits = st.builds(lambda whole, part: f"{whole}.{part}" if part else whole, st.from_regex("[0-9]{1,18}", fullmatch=True),
                   st.from_regex("([0-9]{1,30})?", fullmatch=True))  # fmt: skip


@st.composite
def decorated_sets(draw) -> engine.CriteriaSet:
    """A drawn set of every kind, dressed with titles, labels, units, evidence, sources and long decimals."""
    made = engine.to_document(case(draw(st.integers(0, 10**6))).criteria_set)
    made["title"], made["source"] = draw(titles), draw(texts)
    made["scoring"] |= {"cap": draw(st.none() | digits), "max_bonus": draw(st.none() | digits)}
    waiting = [made["root"], *made["adjustments"], *made["grades"]]
    while waiting:
        item = waiting.pop()
        item["title"] = draw(titles)
        waiting += item.get("children", [])
        if "rule" in item:
            _dress(draw, item)
    return loaded(made)


def _dress(draw, item: dict) -> None:
    item |= {
        "source": draw(texts), "appraiser": draw(texts),
        "evidence": {"required": draw(st.booleans()), "note": draw(texts)},
        "provenance": draw(st.sampled_from([None, "exact", "adapted", "invented"])),
        "source_kind": draw(st.sampled_from(["declared", "measured", "survey", "appraiser"])),
    }  # fmt: skip
    rule = item["rule"]
    for option in rule.get("options", []):
        option |= {"title": draw(titles)} if draw(st.booleans()) else {}
    for one in rule.get("inputs", []):
        one |= {"title": draw(titles), "unit": draw(texts)} if draw(st.booleans()) else {}
    if rule["kind"] in ("count", "ratio", "tiers") and draw(st.booleans()):
        field = "a" if rule["kind"] == "ratio" else "value"
        item["inputs"] = {field: {"title": draw(titles), "unit": draw(texts)}}
    if rule["kind"] == "deadline":
        rule["due"] = draw(st.dates()).isoformat()


@settings(deadline=None, max_examples=SETS)
@given(decorated_sets(), st.sampled_from(["vi", "en"]))
def test_generated_sets_come_back(definition, lang):
    assert_same(definition, set_workbook(definition, lang=lang))


@pytest.mark.slow
@pytest.mark.skipif(not installed(), reason="soffice is not installed (apt: libreoffice-calc)")
@pytest.mark.long
def test_sets_come_back_after_libreoffice_saved_them(tmp_path):
    """All shipped sets, a dozen drawn ones, and one with every troublesome text."""
    sets = {path.stem: engine.load_set(path.read_bytes()) for path in SHIPPED}
    sets |= {f"drawn-{seed}": case(seed).criteria_set for seed in range(12)}
    lines = [leaf(f"L{n}", source=text, title={"vi": text, "en": "x"}) for n, text in enumerate(TROUBLE)]
    sets["trouble"] = loaded(document(node("R", *lines), places=2))
    for name, definition in sets.items():
        (tmp_path / f"{name}.xlsx").write_bytes(set_workbook(definition))

    recalculate(tmp_path, *sorted(tmp_path.glob("*.xlsx")))

    found = {name: read((tmp_path / "out" / f"{name}.xlsx").read_bytes()) for name in sets}
    assert {name: one.faults for name, one in found.items() if one.faults} == {}
    assert {name: engine.identity(one.definition) for name, one in found.items()} == {
        name: engine.identity(definition) for name, definition in sets.items()
    }


def test_the_same_set_gives_the_same_bytes():
    definition = engine.load_set((PROJECT / "data/criteria/dti-commune.json").read_bytes())

    assert set_workbook(definition) == set_workbook(definition)


def test_digits_that_excel_would_lose_are_text_and_others_numbers():
    long, short = "0.1234567890123456", "12.345"
    definition = loaded(document(node("R", leaf("A", max_points=long), leaf("B", max_points=short)), places=20))

    sheet = load_workbook(io.BytesIO(set_workbook(definition)))["Cây tiêu chí"]

    assert [sheet[f"F{row}"].value for row in (3, 4)] == ["0,1234567890123456", 12.345]


def test_nothing_in_the_workbook_runs_or_tells_who_made_it():
    payloads = [text for text in TROUBLE if text[:1] in "=+-@＝|"]
    lines = [leaf(f"L{n}", title={"vi": text, "en": text}, source=text) for n, text in enumerate(payloads)]
    data = set_workbook(loaded(document(node("R", *lines))))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name, content in xml.items() if b"<f>" in content or b"<f " in content] == []
    book = load_workbook(io.BytesIO(data))
    assert (book.properties.creator or "", book.properties.lastModifiedBy or "") == ("", "")
    assert [book["Cây tiêu chí"][f"D{row}"].data_type for row in range(3, 3 + len(payloads))] == ["s"] * len(payloads)


def test_a_text_longer_than_a_cell_is_refused_and_never_cut():
    definition = loaded(document(node("R", leaf("A", source="x" * 33_000))))

    with pytest.raises(Invalid, match="32"):
        set_workbook(definition)


def test_every_sheet_prints_on_a4_with_its_heads():
    definition = engine.load_set((PROJECT / "data/criteria/dti-commune.json").read_bytes())
    book = load_workbook(io.BytesIO(set_workbook(definition)))

    assert {int(sheet.page_setup.paperSize) for sheet in book} == {9}
    assert {sheet.print_title_rows for sheet in book} == {"$1:$1"}


def test_the_document_is_what_json_would_give():
    definition = engine.load_set((PROJECT / "data/criteria/dti-department.json").read_bytes())

    found = read(set_workbook(definition)).definition

    assert json.loads(engine.canonical_bytes(found)) == engine.to_document(definition)
