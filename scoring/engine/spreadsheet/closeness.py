"""Whether a spreadsheet's binary numbers can lead to another total, rank or grade than the exact ones.

A spreadsheet snaps a number to `Precision.snap` decimals before it rounds or compares. That gives the exact decision
unless the exact value lies closer than that to where the decision turns, without lying on it. Every value of the run is
looked at with exact arithmetic; the run is refused where one lies there, and where errors can grow that large.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from ..checks import PILLAR
from ..exact import exact_column
from ..formula.nearness import POINTS_ERROR
from ..lines import SCORED, Line
from ..model import Leaf, Node
from ..results import Results, UnitResult
from ..rules.cells import FLOAT_ERROR
from .layout import Precision
from .refusals import Finder

# Digits that a binary number keeps with room for the errors of a sum of some hundred numbers.
_TRUSTED_DIGITS = 13
_FEWEST_BEYOND = 4
_MOST_BEYOND = 10


def precision_of(results: Results, finder: Finder) -> Precision:
    """As many decimals as the largest number leaves room for."""
    scoring = results.criteria_set.scoring
    sizes = [*results.rows[0].maxima.values(), *(abs(row.total_exact or 0) for row in results.rows)]
    sizes += [abs(line.unrounded or 0) for row in results.rows for line in row.lines.values()]
    sizes += [Fraction(leaf.max_points) for leaf in results.criteria_set.adjustments]
    room = _TRUSTED_DIGITS - len(str(int(max(sizes))))
    if room < scoring.places + _FEWEST_BEYOND:
        finder.of_set(
            "",
            "scoring/places",
            f"Bảng tính không đủ chữ số để làm tròn điểm cỡ này đến {scoring.places} chữ số thập phân.",
            f"A spreadsheet has too few digits to round points of this size to {scoring.places} decimals.",
        )
    return Precision(scoring.places, scoring.rounding, max(0, min(scoring.places + _MOST_BEYOND, room)))


class Closeness:
    def __init__(self, results: Results, precision: Precision, finder: Finder):
        self.results, self.precision, self.finder = results, precision, finder
        self.scoring = results.criteria_set.scoring
        self.unit_of_snap = Fraction(1, 10**precision.snap)

    def check(self) -> None:
        for row in self.results.rows:
            errors = {code: self._line(row, line) for code, line in row.lines.items()}
            if None not in errors.values():
                self._points_taken(row, errors)
                self._unit(row, errors)
        groups: dict[str, list[UnitResult]] = {}
        for row in self.results.rows:
            if row.rank is not None:
                groups.setdefault(row.group, []).append(row)
        for rows in groups.values():
            self._ranks(rows)

    def _line(self, row: UnitResult, line: Line) -> Fraction | None:
        """The error of the line's points as they enter a node; None where a fault was found."""
        if line.status != SCORED:
            return Fraction(0)
        leaf = line.leaf
        error = leaf.rule.cell_error(
            line.answer, line.outcome, Fraction(leaf.max_points), line.figures, self.scoring.rounding
        )
        if error is None or error * 4 > self.unit_of_snap:
            self._refuse(row.unit, leaf.code, exact_column(line.unrounded))
            return None
        if self.scoring.round_at != "leaf":
            return error
        if self._turns_nearby(line.unrounded):
            self._refuse(row.unit, leaf.code, exact_column(line.unrounded))
            return None
        return Fraction(0)

    def _points_taken(self, row: UnitResult, errors: Mapping[str, Fraction]) -> None:
        """A formula's own error holds if the points that it takes of other lines are as good as it takes them for."""
        for leaf in self.results.criteria_set.leaves:
            for code in leaf.rule.takes_points_of:
                exact = row.lines[code].exact
                if exact is not None and errors[code] > POINTS_ERROR * abs(exact):
                    self._refuse(row.unit, leaf.code, exact_column(exact))

    def _turns_nearby(self, value: Fraction) -> bool:
        """Whether rounding turns within two snaps of the value, and not at the value itself."""
        if value.denominator == 1:
            return False
        units = abs(value) * 10**self.precision.places
        if self.precision.mode != "down":
            units += Fraction(1, 2)
        distance = abs(units - round(units)) / 10**self.precision.places
        return 0 < distance <= 2 * self.unit_of_snap

    def _unit(self, row: UnitResult, errors: Mapping[str, Fraction]) -> None:
        found: dict[str, Fraction] = {}
        root = self.results.criteria_set.root
        error = self._node(root, row, errors, found, under_sum=False)
        if row.total_exact is not None and (error * 4 > self.unit_of_snap or self._turns_nearby(row.total_exact)):
            self._refuse(row.unit, "", exact_column(row.total_exact))
        for code in self._tie_nodes() if self.scoring.rank_on == "rounded" else ():
            raw = row.node_values[code].raw
            if raw is not None and (found[code] * 4 > self.unit_of_snap or self._turns_nearby(raw)):
                self._refuse(row.unit, "", exact_column(raw))

    def _node(self, node: Node, row: UnitResult, errors, found, under_sum: bool) -> Fraction:
        """The error of what the node passes on; `found` gets that of its own value."""
        is_sum = node.aggregate == "sum"
        parts = []
        for child in node.children:
            if isinstance(child, Leaf):
                parts.append((child.weight, row.lines[child.code].exact, errors[child.code]))
            else:
                error = self._node(child, row, errors, found, is_sum)
                parts.append((child.weight, row.node_values[child.code].value, error))
        seen = row.node_values[node.code]
        if seen.value is None:
            found[node.code] = Fraction(0)
            return found[node.code]
        parts = [part for part in parts if part[1] is not None]
        found[node.code] = _aggregated_error(node.aggregate, parts, seen.raw)
        if not is_sum or under_sum or seen.raw_max == row.maxima[node.code]:
            return found[node.code]
        return found[node.code] * row.maxima[node.code] / seen.raw_max + abs(seen.value) * FLOAT_ERROR

    def _tie_nodes(self) -> Iterator[str]:
        return (step.removeprefix(PILLAR) for step in self.scoring.tie_break if step.startswith(PILLAR))

    def _ranks(self, rows: list[UnitResult]) -> None:
        if self.scoring.rank_on == "rounded":
            return
        bounds = [(Fraction(grade.from_points), None) for grade in self.results.criteria_set.grades]
        self._apart([*((row.total_exact, row) for row in rows), *bounds])
        for code in self._tie_nodes():
            tied: dict[Fraction, list] = {}
            for row in rows:
                raw = row.node_values[code].raw
                if raw is not None:
                    tied.setdefault(row.total_exact, []).append((raw, row))
            for pairs in tied.values():
                self._apart(pairs)

    def _apart(self, values: list) -> None:
        """Different values must stay different after snapping."""
        ordered = sorted(values, key=lambda pair: pair[0])
        for (low, one), (high, other) in pairwise(ordered):
            if 0 < high - low <= 2 * self.unit_of_snap:
                row = other or one
                if row is not None:
                    self._refuse(row.unit, "", exact_column(high))

    def _refuse(self, unit: str, code: str, value: str) -> None:
        line_vi, line_en = (f", tiêu chí {code}", f", criterion {code}") if code else ("", "")
        vi = (
            f"Đơn vị {unit}{line_vi}: giá trị {value} quá sát ranh giới làm tròn hoặc so sánh, số nhị phân của bảng tính"
            " có thể cho kết quả khác nên không xuất; kết quả đúng là của phần mềm."
        )
        en = (
            f"Unit {unit}{line_en}: the value {value} is so close to where rounding or a comparison turns that a"
            " spreadsheet's binary numbers may give another result; the engine's is the right one."
        )
        self.finder.of_value(unit, code, "", vi, en)


def _aggregated_error(aggregate: str, parts, raw: Fraction) -> Fraction:
    own = abs(raw) * FLOAT_ERROR
    if aggregate == "geometric_mean":
        return own + _geometric_error(parts, raw)
    total = sum((error for _, _, error in parts), Fraction(0))
    if aggregate == "sum":
        return total + sum((abs(value) for _, value, _ in parts), Fraction(0)) * FLOAT_ERROR
    # A mean weakens the errors of its children, never more than to the largest of them.
    return own + max(error for _, _, error in parts)


def _geometric_error(parts, raw: Fraction) -> Fraction:
    """A small value with a given error is the less certain in its logarithm the smaller it is."""
    if any(value == 0 and error for _, value, error in parts):
        return Fraction(1)
    weights = sum((Fraction(weight) for weight, _, _ in parts), Fraction(0))
    shares = (Fraction(weight) / weights * error / value for weight, value, error in parts if value)
    return abs(raw) * sum(shares, Fraction(0))
