"""Where every point between claimed and final went (sổ điểm): each one has a cause, and they add up exactly.

Three worlds are scored whole, because a figure of one unit may move the points of others: what the units claimed, what
the appraisers made of it, and what counts after the explanations. What a line changes from one world to the next is laid
to the reason of the correction; without one of its own, to the figures of other units. What the sum of lines does not
explain (not applicable, limits, rounding above the lines) is the set's own arithmetic.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from scoring import engine
from scoring.enums import ReasonCode
from scoring.inputs import said
from scoring.models import Assessment

ZERO = Decimal(0)


class OtherCause(TextChoices):
    """Causes beside the reasons of corrections."""

    OTHERS = "others", _("figures of other units")
    SET = "set", _("limits, rounding and “not applicable” in the set")


CAUSES = {code: label for choices in (ReasonCode, OtherCause) for code, label in choices.choices}


@dataclass(frozen=True)
class Reasons:
    """Why one line changed: `first` by the appraiser, `second` after the explanation; empty where nothing was done."""

    first: str = ""
    second: str = ""


@dataclass(frozen=True)
class Move:
    """Signed points, and the cause they are laid to."""

    cause: str
    points: Decimal

    @property
    def label(self) -> str:
        return CAUSES[self.cause]


@dataclass(frozen=True)
class LedgerLine:
    """One criterion of one unit, in points that count: a deduction is negative. None: not declared, or not applicable."""

    leaf: engine.Leaf
    claimed: Decimal | None
    final: Decimal | None
    moves: tuple[Move, ...]

    @property
    def title(self) -> str:
        return said(self.leaf.title)


@dataclass(frozen=True)
class UnitLedger:
    """`lines` are those that moved; `appraised` is the total before any explanation. Totals are None for a unit that the set
    leaves without one; `rest` is then 0."""

    assessment: Assessment
    claimed: Decimal | None
    appraised: Decimal | None
    final: Decimal | None
    lines: tuple[LedgerLine, ...]
    rest: Decimal

    @property
    def moves(self) -> Iterator[Move]:
        for line in self.lines:
            yield from line.moves
        if self.rest:
            yield Move(OtherCause.SET, self.rest)

    @property
    def by_cause(self) -> dict[str, Decimal]:
        return sums(self.moves)

    @property
    def difference(self) -> Decimal | None:
        return None if self.claimed is None or self.final is None else self.final - self.claimed


def sums(moves: Iterable[Move]) -> dict[str, Decimal]:
    """Points by cause, in the order of CAUSES, without those that come to nothing."""
    found = dict.fromkeys(CAUSES, ZERO)
    for move in moves:
        found[move.cause] += move.points
    return {cause: points for cause, points in found.items() if points}


@dataclass(frozen=True)
class Worlds:
    """One group scored three times over the same units and lines."""

    claimed: engine.Results
    appraised: engine.Results
    final: engine.Results


def ledger_of(
    assessment: Assessment, worlds: Worlds, leaves: Iterable[engine.Leaf], reasons: dict[str, Reasons]
) -> UnitLedger:
    """`reasons` by criterion code."""
    code = assessment.unit.code
    claimed, appraised, final = (world.by_unit[code] for world in (worlds.claimed, worlds.appraised, worlds.final))
    lines = [
        _line(leaf, *(_counted(leaf, row) for row in (claimed, appraised, final)), reasons.get(leaf.code, Reasons()))
        for leaf in leaves
    ]
    rest = ZERO
    if claimed.total is not None and final.total is not None:
        explained = sum(((line.final or ZERO) - (line.claimed or ZERO) for line in lines), ZERO)
        rest = final.total - claimed.total - explained
    moved = tuple(line for line in lines if line.moves)
    return UnitLedger(assessment, claimed.total, appraised.total, final.total, moved, rest)


def _counted(leaf: engine.Leaf, row: engine.ResultRow) -> Decimal | None:
    points = row.lines[leaf.code].points
    return -points if points and leaf.rule.kind == "penalty" else points


def _line(
    leaf: engine.Leaf, claimed: Decimal | None, appraised: Decimal | None, final: Decimal | None, reasons: Reasons
) -> LedgerLine:
    steps = (
        Move(reasons.first or OtherCause.OTHERS, (appraised or ZERO) - (claimed or ZERO)),
        Move(reasons.second or OtherCause.OTHERS, (final or ZERO) - (appraised or ZERO)),
    )
    return LedgerLine(leaf, claimed, final, tuple(step for step in steps if step.points))
