"""The points of every line for a span of units, and which units lack them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np

from ..exact import rounded
from ..lines import missing_policy
from ..model import CriteriaSet, Leaf
from ..rules.base import FieldSpec
from .columns import Cells, Columns
from .kinds import Many, given_points, many_of
from .packing import IS_MISSING, IS_NOT_APPLICABLE, IS_PENDING, IS_POINTS_SET, IS_SCORED, STATUSES, Layout
from .whole import integers, scaled


@dataclass(frozen=True)
class Lines:
    """points and status, lines x units. `emptied`: cells whose declared answer turned out not to have points, found on
    the way; they are not applicable or pending."""

    points: np.ndarray
    status: np.ndarray
    emptied: list[Cells] = field(default_factory=list)


@dataclass(frozen=True)
class Holes:
    """Cells that left the applicable maximum, and cells that leave their nodes without a value."""

    dropped: Cells
    without: Cells

    @cached_property
    def most_dropped(self) -> int:
        """The most lines that one unit lacks."""
        return int(np.bincount(self.dropped.unit).max())


@dataclass(frozen=True)
class Step:
    """One line of the reckoning: its row of the points, the rows of its fields, and its form (None: one by one)."""

    leaf: Leaf
    line: int
    fields: slice
    form: Many | None


class LineWorker:
    """The lines of one set in the order in which they can be reckoned."""

    def __init__(self, criteria_set: CriteriaSet):
        self.criteria_set, self.scoring = criteria_set, criteria_set.scoring
        self.position = {leaf.code: line for line, leaf in enumerate(criteria_set.lines)}
        unranked = [missing_policy(leaf, self.scoring) == "unranked" for leaf in criteria_set.lines]
        # By line and status: whether a line in it leaves the node without a value.
        self.leaves_none = np.zeros((len(unranked), len(STATUSES)), bool)
        self.leaves_none[:, IS_MISSING], self.leaves_none[:, IS_PENDING] = unranked, True
        self.maxima = integers([scaled(leaf.max_points, self.scoring.places) for leaf in criteria_set.lines])

        places = Layout(criteria_set).places
        self.steps = [
            Step(leaf, self.position[leaf.code], places[leaf.code], many_of(leaf, self.scoring))
            for leaf in criteria_set.reckoning_order
        ]

    def work(self, columns: Columns, pools: "Pools", lines: Lines, span: slice) -> None:
        """Fill the span's places of `lines`."""
        for step in self.steps:
            if step.form is None:
                self._one_by_one(step.leaf, columns, pools, lines, span)
            else:
                rows, known = columns.number[step.fields, span], columns.known[step.line]
                lines.points[step.line, span] = step.form.points(rows, known)
                emptied = step.form.not_applicable(rows, known)
                if emptied is not None:
                    self._empty(lines, step.line, emptied + span.start, IS_NOT_APPLICABLE)
            if step.line in columns.given:
                self._give(columns, lines, step.line, span)
        self._fill(lines, columns.gaps.within(span))

    def _give(self, columns: Columns, lines: Lines, line: int, span: slice) -> None:
        """Points that an appraiser set."""
        row, decimals = columns.given[line]
        units = np.flatnonzero(columns.state[line] == IS_POINTS_SET)
        start, stop = units.searchsorted((span.start, span.stop))
        points = given_points(row[start:stop], decimals, self.scoring.places, self.scoring.rounding)
        lines.points[line, units[start:stop]] = points

    def _empty(self, lines: Lines, line: int, units: np.ndarray, becomes: int) -> None:
        units = units[lines.status[line, units] == IS_SCORED]
        lines.status[line, units] = becomes
        cells = Cells(np.full(len(units), line), units)
        lines.emptied.append(cells)
        self._fill(lines, cells)

    def _fill(self, lines: Lines, cells: Cells) -> None:
        """Points of cells that have none of their own."""
        points = 0
        if self.scoring.not_applicable == "full":
            points = self.maxima[cells.line] * (lines.status[cells.line, cells.unit] == IS_NOT_APPLICABLE)
        lines.points[cells.line, cells.unit] = points

    def holes(self, columns: Columns, lines: Lines) -> "Holes":
        """What `lines` lack, once every span is filled."""
        found = [columns.gaps, *lines.emptied]
        cells = Cells(*(np.concatenate([getattr(part, name) for part in found]) for name in ("line", "unit")))
        status = lines.status[cells.line, cells.unit]
        renormalised = self.scoring.not_applicable == "renormalise"
        return Holes(
            dropped=cells.where((status == IS_NOT_APPLICABLE) & renormalised),
            without=cells.where(self.leaves_none[cells.line, status]),
        )

    def _one_by_one(self, leaf: Leaf, columns: Columns, pools: "Pools", lines: Lines, span: slice) -> None:
        """By the rule itself, each distinct answer (with what it is compared with or made of) once."""
        line, known = self.position[leaf.code], {}
        units = np.flatnonzero(columns.state[line, span] == IS_SCORED) + span.start
        pending, emptied = [], []
        for unit, key in zip(units.tolist(), self._keys(leaf, columns, lines, units), strict=True):
            if None in key:
                pending.append(unit)
                continue
            if key not in known:
                known[key] = self._worked(leaf, columns, pools, lines, unit)
            if known[key] is None:
                emptied.append(unit)
            else:
                lines.points[line, unit] = known[key]
        for found, becomes in ((pending, IS_PENDING), (emptied, IS_NOT_APPLICABLE)):
            if found:
                self._empty(lines, line, np.array(found), becomes)

    def _keys(self, leaf: Leaf, columns: Columns, lines: Lines, units: np.ndarray) -> Iterator[tuple]:
        """What the points of one line rest on, for each unit; None in it where a line that it takes has no value."""
        first = columns.layout.places[leaf.code].start
        parts = [columns.number[first + place, units].tolist() for place in range(len(leaf.rule.specs))]
        if leaf.rule.is_relative:
            parts.append(columns.group[units].tolist())
        for code in sorted(leaf.rule.takes_points_of):
            taken = self.position[code]
            gone = self.leaves_none[taken, lines.status[taken, units]].tolist()
            points = self._taken(lines, taken, units).tolist()
            parts.append([None if none else one for one, none in zip(points, gone, strict=True)])
        return zip(*parts, strict=True) if parts else iter([()] * len(units))

    def _taken(self, lines: Lines, line: int, units):
        """Points as a formula takes them: a line missing or not applicable counts 0, whatever the policy gives for it."""
        status = lines.status[line, units]
        return lines.points[line, units] * ((status == IS_SCORED) | (status == IS_POINTS_SET))

    def _worked(self, leaf: Leaf, columns: Columns, pools: "Pools", lines: Lines, unit: int) -> int | None:
        scoring, first = self.scoring, columns.layout.places[leaf.code].start
        answer = {
            spec.name: value_of(spec, int(columns.number[first + place, unit]), columns.decimals[first + place])
            for place, spec in enumerate(leaf.rule.specs)
        }
        figures = {}
        if leaf.rule.is_relative:
            figures = leaf.rule.figures_for(answer["value"], pools.of(leaf, int(columns.group[unit])))
        for code in sorted(leaf.rule.takes_points_of):
            taken = self.position[code]
            figures[f"[{code}]"] = Fraction(int(self._taken(lines, taken, unit)), 10**scoring.places)
        points = leaf.rule.work(answer, Fraction(leaf.max_points), figures, scoring.rounding).points
        return None if points is None else scaled(rounded(points, scoring.places, scoring.rounding), scoring.places)


def value_of(spec: FieldSpec, number: int, decimals: int) -> Fraction | date | str:
    """A field's value as rules take it."""
    if spec.type == "date":
        return date.fromordinal(number)
    if spec.type == "yes_no":
        return "yes" if number else "no"
    return spec.allowed[number] if spec.type == "choice" else Fraction(number, 10**decimals)


class Pools:
    """The declared values of `relative` lines in each group, in rising order."""

    def __init__(self, columns: Columns):
        self.columns = columns
        self.known: dict[tuple[str, int], list[Fraction]] = {}

    def of(self, leaf: Leaf, group: int) -> list[Fraction]:
        key = (leaf.code, group)
        if key not in self.known:
            columns = self.columns
            line, place = columns.criteria_set.lines.index(leaf), columns.layout.places[leaf.code].start
            inside = (columns.group == group) & (columns.state[line] == IS_SCORED)
            whole = 10 ** columns.decimals[place]
            self.known[key] = [Fraction(number, whole) for number in sorted(columns.number[place, inside].tolist())]
        return self.known[key]
