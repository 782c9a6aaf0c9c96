"""A run as it is read: from its snapshot alone, checked, and kept in memory because a snapshot never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from statistics import median

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import WrongState
from scoring import engine
from scoring.engine.aggregate import maxima
from scoring.enums import RunState
from scoring.models import RankingRun
from scoring.ranking.snapshot import UNREADABLE, Opened, open_snapshot, sha256

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Column:
    """A column of the league table: a pillar, or a criterion that hangs directly below the root."""

    code: str
    title: engine.Title
    maximum: Fraction


@dataclass(frozen=True)
class Reading:
    """Everything a page or a file says about a run. `results` are recomputed and equal to the published ones."""

    opened: Opened
    results: engine.Results

    @property
    def criteria_set(self) -> engine.CriteriaSet:
        return self.opened.criteria_set

    @cached_property
    def maxima(self) -> dict[str, Fraction]:
        return maxima(self.criteria_set)

    @property
    def maximum(self) -> Fraction:
        return self.maxima[self.criteria_set.root.code]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(
            Column(child.code, child.title, self.maxima[child.code]) for child in self.criteria_set.root.children
        )

    @cached_property
    def grades(self) -> dict[str, engine.Grade]:
        """By code, the best first."""
        grades = sorted(self.criteria_set.grades, key=lambda grade: grade.from_points, reverse=True)
        return {grade.code: grade for grade in grades}

    def has_filed(self, unit: str) -> bool:
        """Whether the unit ever handed in; the others are missing everywhere and stand where the set's policy puts them."""
        return bool(self.opened.groups[unit].submitted_at)

    @cached_property
    def filed(self) -> tuple[engine.UnitResult, ...]:
        """The rows of the units that handed in: what a mean, a median and a count of grades are about."""
        return tuple(row for row in self.results.rows if self.has_filed(row.unit))

    @cached_property
    def medians(self) -> dict[str, Decimal | None]:
        """The middle of the points on each line, to two places, of the units that handed in."""
        return {line.code: _middle([row.lines[line.code].points for row in self.filed])
                for line in self.criteria_set.lines}  # fmt: skip

    @property
    def group_name(self) -> str:
        return (
            self.opened.group_name_en
            if get_language() == "en" and self.opened.group_name_en
            else self.opened.group_name
        )

    def name(self, unit: str) -> str:
        """The unit's name at the time of the run, in the reader's language."""
        names = self.opened.units[unit]
        return names["name_en"] if get_language() == "en" and names["name_en"] else names["name"]


def read_run(run: RankingRun) -> Reading:
    """The run's reading. WrongState while it is being computed, and where its record does not prove itself."""
    if run.state == RunState.QUEUED:
        raise WrongState(_("The run is still being computed."))
    return _read(run.pk, run.sha256)


@lru_cache(maxsize=6)
def _read(pk: int, digest: str) -> Reading:
    text = RankingRun.objects.values_list("snapshot", flat=True).get(pk=pk)
    reading = _proved(text) if sha256(text) == digest else None
    if reading is None:
        raise WrongState(
            _("The record of this ranking does not prove itself, so it is not shown. The operator runs verify_ranking.")
        )
    return reading


def _proved(text: str) -> Reading | None:
    """What is published is shown only if recomputing it gives the same, byte for byte."""
    try:
        opened = open_snapshot(text)
        results = opened.recompute()
    except UNREADABLE:
        return None
    return Reading(opened, results) if engine.write_results(results) == opened.results_csv else None


def cell_points(row: engine.UnitResult, code: str) -> Decimal | None:
    """The points in a column of the league table."""
    return row.nodes[code] if code in row.nodes else row.lines[code].points


def _middle(points: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in points if value is not None]
    return median(known).quantize(CENT, ROUND_HALF_UP) if known else None


@dataclass(frozen=True)
class Summary:
    """A group in figures. Mean, median (of the published totals, half up to two places) and grades are those of the
    `filed` units, which handed in; None where none of them is ranked."""

    units: int
    filed: int
    ranked: int
    mean: Decimal | None
    median: Decimal | None
    grades: tuple[tuple[engine.Grade, int], ...]
    without_grade: int


def summary(reading: Reading) -> Summary:
    totals = [row.total for row in reading.filed if row.total is not None]
    counts = dict.fromkeys(reading.grades, 0)
    for row in reading.filed:
        if row.grade:
            counts[row.grade] += 1
    mean = None
    if totals:
        exact = sum(map(Fraction, totals), Fraction(0)) / len(totals)
        mean = (Decimal(exact.numerator) / exact.denominator).quantize(CENT, ROUND_HALF_UP)
    return Summary(
        units=len(reading.results.rows),
        filed=len(reading.filed),
        ranked=sum(row.rank is not None for row in reading.results.rows),
        mean=mean,
        median=_middle(totals),
        grades=tuple((reading.grades[code], count) for code, count in counts.items()),
        without_grade=len(reading.filed) - sum(counts.values()),
    )
