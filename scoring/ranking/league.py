"""The league table: each unit's place, how it moved since an earlier run, and how ties were broken."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from scoring import engine
from scoring.ranking.reading import Reading, cell_points

SHARED, BY_TIME = "=", "submitted_at"
# A rank that more units share is said without their names: the table has them.
MOST_NAMED = 5


@dataclass(frozen=True)
class Move:
    """Against an earlier run. `rank` is positive for a better place; `points` is None where the maxima differ."""

    earlier_rank: int
    earlier_total: Decimal
    rank: int
    points: Decimal | None

    @property
    def distance(self) -> int:
        return abs(self.rank)


@dataclass(frozen=True)
class Place:
    """One line of the table, as published. A unit that handed nothing in has no grade and no move here.

    `move` is None as well where the unit was new, or handed nothing in then.
    """

    result: engine.UnitResult
    names: dict
    grade: engine.Grade | None
    cells: tuple[Decimal | None, ...]
    move: Move | None
    has_filed: bool

    @property
    def unit(self) -> str:
        return self.result.unit

    @property
    def is_shared(self) -> bool:
        return self.result.tie_break == SHARED


def places(reading: Reading, earlier: Reading | None = None) -> list[Place]:
    """In the order of the results: by rank, unranked last."""
    return [place_of(reading, row, earlier) for row in reading.results.rows]


def place_of(reading: Reading, row: engine.UnitResult, earlier: Reading | None) -> Place:
    return Place(
        result=row,
        names=reading.opened.units[row.unit],
        grade=reading.grades.get(row.grade) if reading.has_filed(row.unit) else None,
        cells=tuple(cell_points(row, column.code) for column in reading.columns),
        move=_move(reading, row, earlier),
        has_filed=reading.has_filed(row.unit),
    )


def _move(reading: Reading, row: engine.UnitResult, earlier: Reading | None) -> Move | None:
    before = earlier.results.by_unit.get(row.unit) if earlier else None
    if before is None or before.rank is None or row.rank is None:
        return None
    if not reading.has_filed(row.unit) or not earlier.has_filed(row.unit):
        return None
    points = row.total - before.total if earlier.maximum == reading.maximum else None
    return Move(before.rank, before.total, before.rank - row.rank, points)


@dataclass(frozen=True)
class TiedUnit:
    """A unit of a tie. `by` is the pillar's title, or None for a shared rank; `figure` what was compared there."""

    unit: str
    rank: int
    step: str
    by: engine.Title | None
    figure: Decimal | str | None


@dataclass(frozen=True)
class Tie:
    """Units with the same total, best first."""

    total: Decimal
    members: tuple[TiedUnit, ...]

    def by_rank(self) -> list[list[TiedUnit]]:
        """Those that share a rank together, the others alone."""
        return [list(members) for _rank, members in groupby(self.members, key=lambda one: one.rank)]


def ties(reading: Reading) -> list[Tie]:
    """Every set of equal totals (printed or exact, whichever the set ranks on)."""
    exact = reading.criteria_set.scoring.rank_on == "exact"
    tied = groupby(
        (row for row in reading.results.rows if row.tie_break),
        key=lambda row: row.total_exact if exact else row.total,
    )
    sets = [list(rows) for _compared, rows in tied]
    return [Tie(rows[0].total, tuple(_tied(reading, row) for row in rows)) for rows in sets]


def _tied(reading: Reading, row: engine.UnitResult) -> TiedUnit:
    step = row.tie_break
    if step == SHARED:
        return TiedUnit(row.unit, row.rank, step, None, None)
    if step == BY_TIME:
        return TiedUnit(row.unit, row.rank, step, None, reading.opened.groups[row.unit].submitted_at)
    node = reading.criteria_set.node(step.removeprefix("pillar:"))
    return TiedUnit(row.unit, row.rank, step, node.title, row.nodes[node.code])
