"""The points of every line for a span of units, and which units lack them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np

from ..exact import rounded
from ..lines import missing_policy
from ..model import CriteriaSet, Leaf
from ..rules.base import FieldSpec
from .columns import Columns
from .kinds import given_points, many_of
from .packing import IS_MISSING, IS_NOT_APPLICABLE, IS_PENDING, IS_POINTS_SET, IS_SCORED
from .whole import scaled


@dataclass(frozen=True)
class Lines:
    """points and status, lines x units. `dropped` and `without`, by line: positions of units whose line left the
    applicable maximum, and of units whose line has no value; there the points are 0."""

    points: np.ndarray
    status: np.ndarray
    dropped: dict[int, list[np.ndarray]] = field(default_factory=lambda: defaultdict(list))
    without: dict[int, list[np.ndarray]] = field(default_factory=lambda: defaultdict(list))


class LineWorker:
    """The lines of one set in the order in which they can be reckoned."""

    def __init__(self, criteria_set: CriteriaSet):
        self.criteria_set, self.scoring = criteria_set, criteria_set.scoring
        self.position = {leaf.code: line for line, leaf in enumerate(criteria_set.lines)}
        self.forms = {leaf.code: many_of(leaf, self.scoring) for leaf in criteria_set.lines}
        self.policies = {leaf.code: missing_policy(leaf, self.scoring) for leaf in criteria_set.lines}

    def work(self, columns: Columns, pools: "Pools", lines: Lines, span: slice) -> None:
        """Fill the span's places of `lines`."""
        for leaf in self.criteria_set.reckoning_order:
            line, first = self.position[leaf.code], columns.layout.first_field[leaf.code]
            fields = slice(first, first + max(1, len(leaf.rule.specs)))
            rows = columns.number[fields, span]
            form = self.forms[leaf.code]
            if form:
                decimals, bounds = columns.decimals[fields], columns.bounds[fields]
                lines.points[line, span] = form.points(rows, decimals, bounds)
                emptied = form.not_applicable(rows)
                if emptied is not None and emptied.size:
                    self._drop(lines, line, emptied + span.start, {IS_SCORED: IS_NOT_APPLICABLE})
            else:
                self._one_by_one(leaf, columns, pools, lines, span)
            self._except(leaf, columns, lines, span)

    def _drop(self, lines: Lines, line: int, units: np.ndarray, change: dict[int, int]) -> None:
        """Units whose declared answer turns out to have no points: not applicable, or pending."""
        for state, becomes in change.items():
            units = units[lines.status[line, units] == state]
            lines.status[line, units] = becomes
            self._settle(lines, line, becomes, units)

    def _except(self, leaf: Leaf, columns: Columns, lines: Lines, span: slice) -> None:
        line = self.position[leaf.code]
        for state, units in columns.exceptions[line]:
            start, stop = np.searchsorted(units, (span.start, span.stop))
            units = units[start:stop]
            if state == IS_POINTS_SET:
                row, decimals = columns.given[line]
                places, mode = self.scoring.places, self.scoring.rounding
                lines.points[line, units] = given_points(row[start:stop], decimals, places, mode)
            else:
                self._settle(lines, line, state, units)

    def _settle(self, lines: Lines, line: int, state: int, units: np.ndarray) -> None:
        """Points of units that have none of their own, by the set's policies."""
        leaf, policy, points = self.criteria_set.lines[line], self.scoring.not_applicable, 0
        if state == IS_NOT_APPLICABLE and policy == "renormalise":
            lines.dropped[line].append(units)
        elif state == IS_NOT_APPLICABLE and policy == "full":
            points = scaled(leaf.max_points, self.scoring.places)
        elif state == IS_PENDING or state == IS_MISSING and self.policies[leaf.code] == "unranked":
            lines.without[line].append(units)
        lines.points[line, units] = points

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
                self._drop(lines, line, np.array(found), {IS_SCORED: becomes})

    def _keys(self, leaf: Leaf, columns: Columns, lines: Lines, units: np.ndarray) -> Iterator[tuple]:
        """What the points of one line rest on, for each unit; None in it where a line that it takes has no value."""
        first = columns.layout.first_field[leaf.code]
        parts = [columns.number[first + place, units].tolist() for place in range(len(leaf.rule.specs))]
        if leaf.rule.is_relative:
            parts.append(columns.group[units].tolist())
        for code in sorted(leaf.rule.takes_points_of):
            taken = self.position[code]
            points = lines.points[taken, units].tolist()
            empty = np.zeros(len(columns.units), bool)
            for positions in lines.without[taken]:
                empty[positions] = True
            parts.append([None if gone else one for one, gone in zip(points, empty[units].tolist(), strict=True)])
        return zip(*parts, strict=True) if parts else iter([()] * len(units))

    def _worked(self, leaf: Leaf, columns: Columns, pools: "Pools", lines: Lines, unit: int) -> int | None:
        scoring, first = self.scoring, columns.layout.first_field[leaf.code]
        answer = {
            spec.name: value_of(spec, int(columns.number[first + place, unit]), columns.decimals[first + place])
            for place, spec in enumerate(leaf.rule.specs)
        }
        figures = {}
        if leaf.rule.is_relative:
            figures = leaf.rule.figures_for(answer["value"], pools.of(leaf, int(columns.group[unit])))
        for code in sorted(leaf.rule.takes_points_of):
            taken = self.position[code]
            # A line that is not applicable counts 0, whatever the set's policy gives for it.
            counts = lines.status[taken, unit] != IS_NOT_APPLICABLE
            figures[f"[{code}]"] = Fraction(int(lines.points[taken, unit]) * int(counts), 10**scoring.places)
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
            line, place = columns.criteria_set.lines.index(leaf), columns.layout.first_field[leaf.code]
            inside = (columns.group == group) & (columns.state[line] == IS_SCORED)
            whole = 10 ** columns.decimals[place]
            self.known[key] = [Fraction(number, whole) for number in sorted(columns.number[place, inside].tolist())]
        return self.known[key]
