"""What the league page says beside its lines: heads of columns, bands of grades, ties in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from core.numbers import format_number
from core.templatetags.values import datetime_vi
from scoring.inputs import said
from scoring.ranking.forms import PILLAR
from scoring.ranking.league import BY_TIME, MOST_NAMED, SHARED, Tie, TiedUnit, ties
from scoring.ranking.reading import Reading
from scoring.ranking.table import grade_levels


@dataclass(frozen=True)
class Head:
    """The head of a pillar's column; `key` sorts by it."""

    key: str
    title: str
    maximum: str


def heads(reading: Reading) -> list[Head]:
    return [
        Head(f"{PILLAR}{column.code}", said(column.title), plain_maximum(column.maximum)) for column in reading.columns
    ]


def plain_maximum(value: Fraction) -> str:
    return format_number((Decimal(value.numerator) / value.denominator).normalize())


@dataclass(frozen=True)
class Band:
    """A grade, from how many points to below how many, and how many units have it. `level` 4 is the best."""

    title: str
    level: int
    low: Decimal
    below: Decimal | None
    count: int


def bands(reading: Reading) -> list[Band]:
    counts, levels, below, found = Counter(row.grade for row in reading.filed), grade_levels(reading), None, []
    for code, grade in reading.grades.items():
        found.append(Band(said(grade.title), levels[code], grade.from_points, below, counts[code]))
        below = grade.from_points
    return found


def tie_notes(reading: Reading) -> list[str]:
    """One sentence for each set of equal totals."""
    return [
        _("{total} points each: {units}.").format(total=format_number(tie.total), units="; ".join(_parts(reading, tie)))
        for tie in ties(reading)
    ]


def _parts(reading: Reading, tie: Tie) -> Iterator[str]:
    """Unit by unit; a rank that many share is said once."""
    for members in tie.by_rank():
        if len(members) > MOST_NAMED:
            yield _("{n} units rank {rank}, shared").format(n=len(members), rank=members[0].rank)
        else:
            yield from (_tied(reading, one) for one in members)


def _tied(reading: Reading, one: TiedUnit) -> str:
    name = reading.name(one.unit)
    if one.step == SHARED:
        return _("{unit} rank {rank}, shared").format(unit=name, rank=one.rank)
    if one.step == BY_TIME:
        time = datetime_vi(datetime.fromisoformat(one.figure), "s") if one.figure else _("not submitted")
        return _("{unit} rank {rank}, by the time of submission ({time})").format(unit=name, rank=one.rank, time=time)
    points = _("no points") if one.figure is None else format_number(one.figure)
    return _("{unit} rank {rank}, by {pillar} ({points})").format(
        unit=name, rank=one.rank, pillar=said(one.by), points=points
    )
