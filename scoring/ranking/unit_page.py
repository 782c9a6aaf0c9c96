"""One unit line by line: what it claimed, what it was given and why, and the sentence that reckons it out."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring import engine
from scoring.enums import ReasonCode
from scoring.inputs import said
from scoring.ranking.reading import Reading, cell_points
from scoring.rescaling import Rescaled, rescaled_total

BAR_WIDTH = 110


@dataclass(frozen=True)
class UnitLine:
    """`status` is the engine's; `fill` and `tick` are pixels of the bar: the unit's share, the group's median."""

    code: str
    title: str
    claimed: Decimal | None
    points: Decimal | None
    difference: Decimal | None
    maximum: Decimal
    median: Decimal | None
    status: str
    sentence: str
    source: str
    reason_code: str
    reason_label: str
    reason: str
    fill: str
    tick: str
    earlier: "EarlierLine | None"


@dataclass(frozen=True)
class EarlierLine:
    """The criterion that this one continues, a year before; `code` where it had another one then."""

    year: int
    points: Decimal
    maximum: Decimal
    code: str


@dataclass(frozen=True)
class YearBefore:
    """The unit's lines in the ranking before; `codes`: this year's criterion → the earlier one, None where codes are equal."""

    reading: Reading
    unit: str
    codes: Mapping[str, str] | None

    def line(self, code: str) -> EarlierLine | None:
        row, old = self.reading.results.by_unit.get(self.unit), code if self.codes is None else self.codes.get(code)
        line = row.lines.get(old) if row and old else None
        if line is None or line.dropped or line.points is None:
            return None
        maximum = self.reading.criteria_set.leaf(old).max_points
        return EarlierLine(self.reading.opened.year, line.points, maximum, old if old != code else "")


@dataclass(frozen=True)
class Section:
    """A pillar, or the lines beside the tree (then without points and maximum of its own)."""

    anchor: str
    title: str
    points: Decimal | None
    maximum: Fraction | None
    sentence: str
    lines: list[UnitLine]


@dataclass(frozen=True)
class UnitPage:
    """`next_grade` is the grade above and the points that lack for it; None at the top or without a total."""

    sections: list[Section]
    grade: str
    next_grade: tuple[str, Decimal] | None
    rescaled: Rescaled | None
    root_sentence: str
    total_sentence: str


def unit_page(reading: Reading, row: engine.UnitResult, before: YearBefore | None = None) -> UnitPage:
    language, root = get_language() or "vi", reading.criteria_set.root
    return UnitPage(
        sections=_sections(reading, row, before),
        grade=said(reading.grades[row.grade].title) if row.grade else "",
        next_grade=_next_grade(reading, row),
        rescaled=rescaled_total(row),
        root_sentence=row.node_sentence(root.code, language),
        # The page names the group itself; the engine knows it by its code only.
        total_sentence=dataclasses.replace(row, group="").total_sentence(language),
    )


def _sections(reading: Reading, row: engine.UnitResult, before: YearBefore | None) -> list[Section]:
    language, sections = get_language() or "vi", []
    for child in reading.criteria_set.root.children:
        is_node = isinstance(child, engine.Node)
        leaves = [item for item in child.walk() if isinstance(item, engine.Leaf)] if is_node else [child]
        sections.append(
            Section(
                anchor=f"p-{child.code}",
                title=said(child.title),
                points=cell_points(row, child.code),
                maximum=reading.maxima[child.code],
                sentence=row.node_sentence(child.code, language) if is_node else "",
                lines=[_line(reading, row, leaf, before) for leaf in leaves],
            )
        )
    if adjustments := reading.criteria_set.adjustments:
        beside = [_line(reading, row, leaf, before) for leaf in adjustments]
        sections.append(Section("p-adjustments", _("Bonus and penalty"), None, None, "", beside))
    return sections


def _line(reading: Reading, row: engine.UnitResult, leaf: engine.Leaf, before: YearBefore | None) -> UnitLine:
    line, median = row.lines[leaf.code], reading.medians[leaf.code]
    note = reading.opened.notes[row.unit].get(leaf.code, {})
    claimed = Decimal(note["claimed"]) if note.get("claimed") is not None else None
    code = note.get("reason_code", "")
    return UnitLine(
        code=leaf.code,
        title=said(leaf.title),
        claimed=claimed,
        points=None if line.dropped else line.points,
        difference=line.points - claimed if None not in (claimed, line.points) and claimed != line.points else None,
        maximum=leaf.max_points,
        median=median,
        status=line.status,
        sentence=line.sentence(get_language() or "vi"),
        source=leaf.source,
        reason_code=code,
        reason_label=ReasonCode(code).label if code in ReasonCode.values else code,
        reason=note.get("reason", ""),
        fill=_pixels(line.points, leaf.max_points),
        tick=_pixels(median, leaf.max_points),
        earlier=before.line(leaf.code) if before else None,
    )


def _pixels(points: Decimal | None, maximum: Decimal) -> str:
    """Where a figure ends on the bar; empty without a figure."""
    return "" if points is None else f"{float(min(points, maximum) / maximum * BAR_WIDTH):.1f}"


def _next_grade(reading: Reading, row: engine.UnitResult) -> tuple[str, Decimal] | None:
    if row.total is None:
        return None
    above = [grade for grade in reading.grades.values() if grade.from_points > row.total]
    return (said(above[-1].title), above[-1].from_points - row.total) if above else None
