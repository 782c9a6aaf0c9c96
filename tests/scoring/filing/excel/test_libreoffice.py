"""The form filled in and reckoned by LibreOffice: the sheet, the dry run and the engine say the same points.

ANSWER_SETS=1000 fills in as many forms as the proof asks for; the suite takes a few.
"""

import io
import os
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import python_calamine
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from benchmarks.anchors.libreoffice import installed, recalculate
from scoring import engine
from scoring.criteria.services import import_set
from scoring.filing.checks import lines_of
from scoring.filing.excel.checking import check_file
from scoring.filing.excel.columns import PLACE
from scoring.filing.excel.instructions import SHEET
from scoring.filing.excel.lists import YES, labels_of
from scoring.filing.excel.pillar_sheet import LATER
from scoring.filing.excel.places import asked_fields, places_of, sections_of
from scoring.filing.progress import ADJUSTMENTS
from scoring.filing.selectors import seen_by
from scoring.inputs import inputs_of
from scoring.models import Answer, Assessment
from tests.factories.people import make_unit
from tests.scoring.engine.builders import PROJECT
from tests.scoring.filing.excel.books import form_of
from tests.scoring.filing.excel.every_kind import every_kind

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not installed(), reason="soffice is not installed (apt: libreoffice-calc)"),
]
ANSWER_SETS = int(os.environ.get("ANSWER_SETS", "20"))
PER_CALL = 50
DOCUMENTS = {
    name: (PROJECT / "data" / "criteria" / f"{name}.json").read_bytes() for name in ("dti-commune", "dti-department")
} | {
    "every-kind": every_kind(),
    "every-kind-strict": every_kind(missing="unranked", round_at="total", rounding="half_even"),
}


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=pytest.mark.long if one == "dti-department" else ()) for one in DOCUMENTS]
)
def test_sheet_dry_run_and_engine_agree(year, tmp_path, name):
    count, wrong = -(-ANSWER_SETS // len(DOCUMENTS)), []
    with year.filing():
        proof = Proof(assessment_with(year, DOCUMENTS[name]), random.Random(name))
        for start in range(0, count, PER_CALL):
            wrong += proof.differences(min(PER_CALL, count - start), tmp_path / str(start))

    assert wrong == []
    assert proof.compared > 20 * count


def assessment_with(year, document: bytes) -> Assessment:
    """A form of one more unit, by another set than the year's own."""
    secretary = year.people["secretary"]
    criteria_set = import_set(data=document, place="set", actor=secretary)
    unit = make_unit("99999", "Xã Mường Bú", group=year.group)
    made = Assessment.objects.create(cycle=year.cycle, unit=unit, group=year.group, criteria_set=criteria_set)
    Answer.objects.bulk_create(Answer(assessment=made, criterion=one) for one in criteria_set.criteria.all())
    return seen_by(secretary).get(pk=made.pk)


class Drawn:
    """What somebody fills in: cells by (code, field), and the values as the engine takes them."""

    def __init__(self, lines: Sequence[Answer], chance: random.Random):
        self.chance = chance
        self.cells: dict[tuple[str, str], object] = {}
        self.values: dict[str, dict[str, str]] = {}
        for answer in lines:
            if fields := asked_fields(answer):
                self._line(answer, fields)

    def _line(self, answer: Answer, fields: Sequence[str]) -> None:
        leaf, drawn = answer.criterion.leaf, self.chance.random()
        if drawn < 0.12:
            return
        values = self._values(leaf)
        if drawn < 0.2:
            values.pop(self.chance.choice(fields))
        asks = leaf.rule.na_allowed and self.chance.random() < 0.1
        with override("vi"):
            for one in inputs_of(leaf):
                if one.name in values:
                    self.cells[leaf.code, one.name] = in_cell(one, values[one.name])
        if asks:
            self.cells[leaf.code, "not_applicable"] = YES
        if len(values) == len(fields) and not asks and not leaf.rule.is_relative:
            self.values[leaf.code] = values

    def _values(self, leaf) -> dict[str, str]:
        if leaf.rule.kind == "ratio":
            below = self.chance.choice([0, 1, 7, 40, 997, 12_345])
            return {"a": str(self.chance.randint(0, below)), "b": str(below)}
        with override("vi"):
            return {one.name: self._value(leaf, one) for one in inputs_of(leaf)}

    def _value(self, leaf, one) -> str:
        if one.type == "choice":
            return self.chance.choice(one.choices)[0]
        if one.type == "date":
            return (date(2026, 3, 31) + timedelta(self.chance.randint(-60, 60))).isoformat()
        spec = next(spec for spec in leaf.rule.specs if spec.name == one.name)
        if one.type == "integer":
            return str(self.chance.choice([0, 1, 2, 3, 5, 8, 30, 4000]))
        most = leaf.max_points if spec.at_most_max else Decimal(self.chance.choice([1, 5, 120]))
        return f"{most * self.chance.randint(0, 1000) / 1000:.3f}".rstrip("0").rstrip(".")


def in_cell(one, value: str) -> object:
    if one.type == "choice":
        return next(label for label, key in labels_of(one).items() if key == value)
    if one.type == "date":
        return date.fromisoformat(value)
    return int(value) if one.type == "integer" else float(value)


class Proof:
    def __init__(self, assessment: Assessment, chance: random.Random):
        self.assessment, self.chance, self.compared = assessment, chance, 0
        self.lines = lines_of([assessment])
        with override("vi"):
            self.sections = sections_of(self.lines)
        self.places = places_of(self.sections)
        self.book = load_workbook(io.BytesIO(form_of(assessment)))

    def differences(self, count: int, folder: Path) -> list:
        """Fill in `count` forms, have them reckoned in one go, compare each."""
        folder.mkdir()
        drawn = [Drawn(self.lines, self.chance) for _form in range(count)]
        for number, one in enumerate(drawn):
            self._filled(one).save(folder / f"{number}.xlsx")
        recalculate(folder, *(folder / f"{number}.xlsx" for number in range(count)))
        return [
            (number, *found)
            for number, one in enumerate(drawn)
            for found in self._compared(one, (folder / "out" / f"{number}.xlsx").read_bytes())
        ]

    def _filled(self, one: Drawn) -> Workbook:
        for (code, name), place in self._open_cells():
            column = PLACE["not_applicable"] if name == "not_applicable" else PLACE["value"]
            row = place.first if name == "not_applicable" else place.row_of(name)
            target = self.book[place.sheet].cell(row, column)
            assert target.protection.locked is ((code, name) not in self._may_be_filled)
            target.value = one.cells.get((code, name))
        return self.book

    def _open_cells(self) -> Iterator:
        for answer in self.lines:
            place = self.places[answer.criterion.code]
            for name in (*asked_fields(answer), "not_applicable"):
                yield (answer.criterion.code, name), place

    @property
    def _may_be_filled(self) -> set[tuple[str, str]]:
        return {
            (answer.criterion.code, name)
            for answer in self.lines
            for name in (
                *asked_fields(answer),
                *(
                    ["not_applicable"]
                    if answer.criterion.declared_by_unit and answer.criterion.leaf.rule.na_allowed
                    else []
                ),
            )
        }

    def _compared(self, one: Drawn, data: bytes) -> Iterator[tuple]:
        sheet_says = dict(self._on_the_sheet(data))
        engine_says = dict(self._by_the_engine(one))
        check = check_file(data, self.assessment, self.lines)
        if check.faults or check.stale:
            yield "refused", check.faults
            return
        shown = {section.code: section.points for section in check.after.sections} | {"": check.after.total}
        shown |= {f"line {change.answer.criterion.code}": change.points for change in check.changes}
        self.compared += len(engine_says)
        for name, wanted in engine_says.items():
            if sheet_says[name] != wanted:
                yield name, "sheet", sheet_says[name], "engine", wanted
            if name in shown and shown[name] != wanted and not self._takes_others(name):
                yield name, "dry run", shown[name], "engine", wanted

    def _takes_others(self, name: str) -> bool:
        """A line of its own cannot say points that hang on other lines: the page shows none then."""
        code = name.removeprefix("line ")
        return code in self.places and bool(self.assessment.criteria_set.definition.leaf(code).rule.takes_points_of)

    def _by_the_engine(self, one: Drawn) -> Iterator[tuple[str, Decimal | None]]:
        definition = self.assessment.criteria_set.definition
        result = engine.score(definition, {"u": one.values}).by_unit["u"]
        for answer in self.lines:
            leaf = answer.criterion.leaf
            counts = not leaf.rule.fields or leaf.code in one.values
            yield f"line {leaf.code}", result.lines[leaf.code].points if counts else None
        for section in self.sections:
            if section.code == ADJUSTMENTS:
                codes = {leaf.code for leaf in definition.leaves} & {one.criterion.code for one in section.answers}
                at_root = sum((result.lines[code].points or Decimal(0) for code in codes), Decimal(0))
                yield section.code, result.bonus - result.penalty + at_root
            else:
                yield section.code, result.nodes[section.code]
        yield "", result.total

    def _on_the_sheet(self, data: bytes) -> Iterator[tuple[str, Decimal | None]]:
        book = python_calamine.load_workbook(io.BytesIO(data))
        rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in self._sheets}
        for code, place in self.places.items():
            yield f"line {code}", points_in(rows[place.sheet][place.first - 1][PLACE["points"] - 1])
        for section in self.sections:
            yield section.code, points_in(rows[section.sheet][2][PLACE["points"] - 1])
        last = [row for row in rows[SHEET] if str(row[1]).startswith("Tổng điểm")]
        yield "", points_in(last[0][3])

    @property
    def _sheets(self) -> list[str]:
        return [SHEET, *(section.sheet for section in self.sections)]


def points_in(value: object) -> Decimal | None:
    """A cell of points as LibreOffice saved it: nothing, or a number; other words fail."""
    if value in ("", LATER):
        return None
    assert isinstance(value, int | float), value
    return Decimal(repr(float(value))).normalize() + 0
