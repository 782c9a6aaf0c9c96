"""The reference of the rules and the guide are true: every example is scored, every parameter and command described."""

import argparse
import dataclasses
import json
import re
import shutil
from fractions import Fraction

import pytest

from scoring.engine import commands, load_set, read_values, score
from scoring.engine.checks import RESULT_COLUMNS
from scoring.engine.containers import ListOf, MapOf
from scoring.engine.faults import MOST_FAULTS
from scoring.engine.formula import FormulaFault, Known, parse, value_of, written
from scoring.engine.formula.parser import DEEPEST, MOST_NODES, MOST_PLACES
from scoring.engine.formula.tokens import LONGEST, VIETNAMESE
from scoring.engine.model import CriteriaSet, Evidence, Grade, Input, Leaf, Node, Scoring
from scoring.engine.records import REQUIRED, Record, json_keys
from scoring.engine.rules.base import KINDS
from scoring.engine.stability.choices import LEVELS, Options
from scoring.engine.tables import MOST_UNITS
from scoring.engine.wording import Words

from .builders import PROJECT, SETS
from .documents import ANSWERS, EXAMPLE, SPAN, answer_of, examples, read_page, session

REFERENCE = PROJECT / "docs" / "reference" / "rules-of-scoring"
GUIDE = PROJECT / "docs" / "how-to" / "viet-bo-chi-so-moi.md"
PAGES = {path.name: read_page(path) for path in [*sorted(REFERENCE.glob("*.md")), GUIDE]}
FILES = PAGES["files-and-commands.md"]
FORMULAS = PAGES["formula-language.md"]
NAMED = pytest.mark.parametrize("name", PAGES)
VERSION = re.compile(r"bộ tính điểm \d+(\.\d+)*\.$")


@NAMED
def test_every_example_gives_the_points_and_the_sentence_that_stand_there(name):
    wrong = []
    for criterion, table in examples(PAGES[name]):
        for number, (declared, *written_there) in enumerate(table.rows):
            said = answer_of(criterion, declared)
            if said != tuple(written_there):
                wrong.append(f"{name}:{table.line + 2 + number}: {said}")

    assert wrong == []


@NAMED
def test_every_command_prints_what_stands_there(name, tmp_path):
    for path in SETS.glob("*.*"):
        shutil.copy(path, tmp_path)

    for fence, printed in session(PAGES[name], tmp_path):
        there, here = ([VERSION.sub("bộ tính điểm.", line) for line in lines] for lines in (list(fence.lines), printed))
        assert there == here, f"{name}:{fence.line}"


@NAMED
def test_what_is_reckoned_by_hand_comes_out(name):
    """Every code span of a line “Tính tay” is an equation in the formula language's Vietnamese form."""
    for line in PAGES[name].path.read_text("utf-8").splitlines():
        if line.startswith("*Tính tay:*"):
            equations = [span for span in SPAN.findall(line) if " = " in span]
            assert equations, line
            for equation in equations:
                assert _value(f"NẾU({equation}; 1; 0)") == 1, equation


def _value(formula: str) -> Fraction:
    return value_of(parse(formula, [], "vi"), Known({}, {}))


def test_every_kind_has_a_section_with_an_example_and_its_reckoning():
    found = {}
    for name, page in PAGES.items():
        for criterion, table in examples(page):
            found.setdefault(criterion["rule"]["kind"], []).append((name, table.heading))

    for kind in KINDS:
        headings = {heading for _, heading in found.get(kind, [])}
        (section,) = [(page, h) for page in PAGES.values() for h in page.sections if h.startswith(f"`{kind}` – ")]
        assert section[1] in headings
        assert "*Tính tay:*" in section[0].sections[section[1]]


# Heading of the table → the dataclass whose keys it lists.
RECORDS = {
    "Bộ": CriteriaSet, "Mục `scoring`": Scoring, "Mức xếp loại": Grade, "Mục": Node, "Tiêu chí": Leaf,
    "Trường kê khai": Input,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_parameter_of_a_kind_stands_there_with_its_default(kind):
    expected = {code: default for code, default in _keys(KINDS[kind]) if code != "na_allowed"}
    listed = {}
    for page in PAGES.values():
        for table in page.tables("tham số", "mặc định"):
            if table.heading.startswith(f"`{kind}` – "):
                listed |= _listed(table)

    assert listed == expected


def test_what_all_kinds_have_in_common_stands_there():
    (table,) = PAGES["README.md"].tables("tham số", "mặc định")

    assert _listed(table) == {"na_allowed": "false"}


@pytest.mark.parametrize("heading", RECORDS)
def test_every_key_of_a_set_stands_there_with_its_default(heading):
    (table,) = [table for table in FILES.tables("khóa", "mặc định") if table.heading == heading]

    assert _listed(table) == dict(_keys(RECORDS[heading], nested=False))
    assert all(name in FILES.sections["Tiêu chí"] for name, _ in json_keys(Evidence))


def _keys(cls, prefix: str = "", nested: bool = True):
    """(key, its default as the documentation writes it), with the keys of listed objects as `options[].key`."""
    for name, found in json_keys(cls):
        kind = found.metadata["type"]
        if found.default_factory is not dataclasses.MISSING:
            default = json.dumps(kind.write(found.default_factory()))
        elif found.default is REQUIRED:
            default = "bắt buộc"
        else:
            omitted = found.default is None and found.metadata["omit"]
            default = "không có" if omitted else json.dumps(kind.write(found.default))
        yield f"{prefix}{name}", default
        if nested and isinstance(kind, ListOf) and isinstance(kind.kind, Record):
            yield from _keys(kind.kind.cls, f"{prefix}{name}[].")
        assert not (nested and isinstance(kind, MapOf)), "a kind of rule with a map: describe its keys here"


def _listed(table) -> dict[str, str]:
    return {SPAN.match(row[0])[1]: row[1].strip("`") for row in table.rows}


def test_every_word_that_a_key_may_hold_is_described():
    for cls, section in [(Scoring, "Mục `scoring`"), (Node, None), (Leaf, "Tiêu chí"), (Input, "Trường kê khai")]:
        for name, found in json_keys(cls):
            for word in _words(found):
                text = FILES.sections[section] if section else PAGES["from-lines-to-ranks.md"].path.read_text("utf-8")
                assert f"`{word}`" in text, (name, word)
    for kind, cls in KINDS.items():
        text = next(page.sections[h] for page in PAGES.values() for h in page.sections if h.startswith(f"`{kind}` – "))
        for name, found in json_keys(cls):
            for word in _words(found):
                assert f"`{word}`" in text, (kind, name, word)


def _words(found: dataclasses.Field) -> tuple:
    kind = found.metadata["type"]
    return getattr(kind, "allowed", None) or getattr(getattr(kind, "kind", None), "allowed", ())


def test_every_aggregate_every_result_column_and_every_policy_has_its_row():
    ranks = PAGES["from-lines-to-ranks.md"]
    fields = {name: found.metadata["type"] for cls in (Node, Scoring) for name, found in json_keys(cls)}

    assert next(ranks.tables("cách gộp")).codes == list(fields["aggregate"].allowed)
    assert next(FILES.tables("cột")).codes == list(RESULT_COLUMNS)
    assert next(ranks.tables("`not_applicable`")).codes == list(fields["not_applicable"].allowed)
    assert next(ranks.tables("`missing`")).codes == list(fields["missing"].allowed)


def test_every_function_of_formulas_stands_there_in_both_languages_with_a_true_example():
    (table,) = FORMULAS.tables("hàm", "tiếng Việt")

    assert {row[0].strip("`"): row[1].strip("`") for row in table.rows} == VIETNAMESE
    for row in table.rows:
        left, _, right = row[3].strip("`").rpartition(" = ")
        assert _value(left) == _value(right), row


def test_the_two_forms_of_each_formula_are_the_same_formula():
    (table,) = FORMULAS.tables("tiếng Anh (trong tệp)")

    for row in table.rows:
        english, vietnamese = (
            parse(SPAN.match(cell)[1], ["a", "tong"], f) for cell, f in zip(row, ("en", "vi"), strict=True)
        )
        assert english == vietnamese
        assert written(english, "vi") == SPAN.match(row[1])[1]


def test_every_refused_formula_gets_the_sentence_that_stands_there():
    (table,) = FORMULAS.tables(*ANSWERS)

    for formula, sentence in table.rows:
        with pytest.raises(FormulaFault) as refused:
            parse(SPAN.match(formula)[1], ["a", "b"], "vi")
        assert refused.value.vi == sentence


def test_the_limits_are_those_of_the_code():
    limits = FORMULAS.sections["Giới hạn"]
    tables = FILES.sections["Tệp giá trị, tệp khối"]

    assert all(f"{limit} " in limits for limit in (MOST_NODES, DEEPEST, LONGEST))
    assert f"0 đến {MOST_PLACES}" in FORMULAS.sections["Các hàm"]
    sizes = (commands.LARGEST_SET // 2**20, commands.read_file.__defaults__[0] // 2**20)
    assert f"bản ghi {sizes[0]} MB; tệp giá trị, khối, kết quả {sizes[1]} MB" in tables
    assert all(f"{limit} " in tables for limit in (MOST_UNITS, commands.MOST_LINES, MOST_FAULTS))


def test_every_command_and_every_option_of_it_is_described():
    parser = commands.command_parser("engine")
    (subcommands,) = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    common = FILES.sections["Các lệnh"]

    for name, command in subcommands.choices.items():
        text = FILES.sections.get(f"`{name}`", "")
        assert text, f"the command {name} has no section in files-and-commands.md"
        for action in command._actions:
            said = action.option_strings[-1] if action.option_strings else action.metavar
            assert said in text or said in common, (name, said)


def test_the_defaults_of_the_stability_study_stand_there():
    standard, text = Options(), FILES.sections["`stability`"]

    for name in ("draws", "seed", "spread", "level", "chunk"):
        assert f"[--{name} {getattr(standard, name)}]" in text
    assert all(f"`{level}`" in text for level in LEVELS)


def test_every_exit_code_is_described():
    (table,) = FILES.tables("mã thoát")

    assert table.codes == [str(code) for code in (commands.DONE, commands.DIFFERENT, commands.REFUSED)]


def test_every_page_is_listed_and_every_link_leads_somewhere():
    index = (REFERENCE / "README.md").read_text("utf-8")
    for page in PAGES.values():
        assert page.path == GUIDE or page.path.name == "README.md" or f"]({page.path.name})" in index
        for target in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", page.path.read_text("utf-8")):
            path = (page.path.parent / target[0]).resolve() if target[0] else page.path
            assert path.is_file(), (page.path.name, target)
            anchors = [_anchor(line.lstrip("# ")) for line in path.read_text("utf-8").splitlines() if line[:1] == "#"]
            assert not target[1] or target[1] in anchors, (page.path.name, target)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_pieces_of_the_guide_are_pieces_of_the_example_set():
    text = (SETS / "index-walkthrough.set.json").read_text("utf-8")
    whole = json.loads(text)
    pieces = [json.loads(f.text) for f in PAGES[GUIDE.name].fences if f.info == "json" and "Tệp" not in f.caption]

    def inside(value):
        yield value
        for child in value.get("children", ()):
            yield from inside(child)

    nodes = list(inside(whole["root"]))
    assert len(pieces) == 6
    for piece in pieces:
        assert piece in nodes or piece == {key: value for key, value in whole.items() if key != "root"}


def test_the_values_shown_in_the_guide_are_those_of_the_example():
    shown = next(fence for fence in PAGES[GUIDE.name].fences if fence.info == "csv")

    assert shown.text in (SETS / "index-walkthrough.values.csv").read_text("utf-8")


@pytest.mark.parametrize(("number", "rank_on"), [(0, "rounded"), (1, "exact")])
def test_the_tables_published_in_the_guide_come_out(number, rank_on):
    document = json.loads((SETS / "index-walkthrough.set.json").read_text("utf-8"))
    document["scoring"]["rank_on"] = rank_on
    values = read_values((SETS / "index-walkthrough.values.csv").read_bytes())
    table = list(PAGES[GUIDE.name].tables("hạng", "đơn vị", "chỉ số"))[number]
    words = Words("vi", 1)

    def shown(value) -> str:
        return "–" if value is None else words.points(value)

    rows = []
    for row in score(load_set(json.dumps(document)), values).rows:
        nodes = [shown(row.nodes[code]) for code in ("HT", "NL", "NL.A", "NL.B")]
        rows.append(("–" if row.rank is None else str(row.rank), row.unit, shown(row.total), *nodes))
    assert list(table.rows) == [row[: len(table.header)] for row in rows]


def test_no_example_is_left_out_of_the_checks():
    """A table that looks like one of examples must have been read as one."""
    tables = [table for page in PAGES.values() for table in page.tables("kê khai")]

    assert len(tables) > 20
    assert all(table.header == EXAMPLE for table in tables)
