"""Score a set: values in, results out, or `Refused` with everything that is wrong."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .aggregate import NegativeMean, NodeValue, leaf_value, maxima, node_values
from .answers import APPRAISED_FIELD, NOT_APPLICABLE_FIELD, Read, read_fields
from .exact import rounded
from .faults import Fault, Refused, quoted, stop_at_most
from .formula import Undefined
from .lines import MISSING, NOT_APPLICABLE, Line, score_fields
from .model import CriteriaSet, Leaf
from .ranking import Standing, competition_ranks, grade_of, instant_key, value_key
from .results import Results, UnitResult
from .tables import GroupEntry, Groups, Values, instant, not_an_instant
from .totals import Total, total_of

UnitValues = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class _Scored:
    """One unit before ranking."""

    unit: str
    entry: GroupEntry
    lines: dict[str, Line]
    nodes: dict[str, NodeValue]
    total: Total


def score(criteria_set: CriteriaSet, values: UnitValues, groups: Mapping[str, GroupEntry] | None = None) -> Results:
    """Score every unit of `groups` (or, without, of `values`, in one group named by the empty text)."""
    faults: list[Fault] = []
    entries = _entries(values, groups, faults)
    answers = _answers(criteria_set, values, faults)
    if faults:
        raise Refused(faults)
    pools = _pools(criteria_set, answers, entries)
    full = maxima(criteria_set)
    scored = []
    for unit, entry in entries.items():
        try:
            lines = _lines(criteria_set, answers.get(unit, {}), values.get(unit, {}), pools.get(entry.group, {}))
        except _NoValue as none:
            faults.append(none.fault(values, unit))
            continue
        leaves = {
            leaf.code: leaf_value(lines[leaf.code].exact, not lines[leaf.code].dropped, full[leaf.code])
            for leaf in criteria_set.leaves
        }
        try:
            nodes = node_values(criteria_set, leaves, full)
        except NegativeMean as negative:
            faults.append(_negative(values, unit, negative.node))
            continue
        total = total_of(criteria_set, lines, nodes[criteria_set.root.code].value)
        scored.append(_Scored(unit, entry, lines, nodes, total))
    if faults:
        raise Refused(faults)
    return _ranked(criteria_set, scored, full)


def _entries(values: UnitValues, groups, faults: list[Fault]) -> dict[str, GroupEntry]:
    if groups is None:
        return {unit: GroupEntry("", "") for unit in values}
    for unit in values:
        if unit not in groups:
            place = values.place_of(unit, column=0) if isinstance(values, Values) else unit
            shown = quoted(unit)
            vi = f"Đơn vị “{shown}” không có trong danh sách khối, cụm; thêm đơn vị vào đó hoặc bỏ các dòng của nó."
            en = f"The unit “{shown}” is not in the list of groups; add it there or take its rows out."
            stop_at_most(faults, place)
            faults.append(Fault(place, en, vi))
    for unit, entry in groups.items():
        if entry.submitted_at and instant(entry.submitted_at) is None:
            vi, en = not_an_instant(entry.submitted_at)
            place = groups.place_of(unit, 2) if isinstance(groups, Groups) else f"{unit}/submitted_at"
            faults.append(Fault(place, en, vi))
    return dict(groups)


def _answers(criteria_set: CriteriaSet, values: UnitValues, faults: list[Fault]) -> dict[str, dict[str, Read]]:
    """Every declared answer, read; what is wrong is recorded with its place in the file or `unit/criterion/field`."""

    def record(place: str, en: str, vi: str, field: str = "") -> None:
        stop_at_most(faults, place)
        faults.append(Fault(place, en, vi, field))

    answers: dict[str, dict[str, Read]] = {}
    for unit, criteria in values.items():
        answers[unit] = {}
        for code, fields in criteria.items():
            if not criteria_set.has_line(code):
                record(_place(values, unit, code, "", column=1), *_unknown(criteria_set, code))
                continue
            read = read_fields(criteria_set.leaf(code), fields)
            answers[unit][code] = read
            for problem in read.problems:
                column = 3 if problem.field in fields and problem.field in _known(criteria_set, code) else 2
                place = _place(values, unit, code, problem.field, column)
                record(place, problem.en, problem.vi, problem.field)
    return answers


def _unknown(criteria_set: CriteriaSet, code: str) -> tuple[str, str]:
    """English and Vietnamese."""
    shown = quoted(code)
    if any(node.code == code for node in criteria_set.nodes):
        en = f"“{shown}” is made of other criteria and takes no values of its own; take the row out."
        return en, f"“{shown}” là mục gộp các tiêu chí, không kê khai trực tiếp; bỏ dòng này."
    en = f"The set has no criterion “{shown}”; correct the code, or use the set that these values belong to."
    return en, f"Bộ tiêu chí không có tiêu chí “{shown}”; sửa mã, hoặc dùng đúng bộ tiêu chí của các giá trị này."


def _known(criteria_set: CriteriaSet, code: str) -> tuple[str, ...]:
    return (*criteria_set.leaf(code).rule.fields, NOT_APPLICABLE_FIELD, APPRAISED_FIELD)


def _place(values: UnitValues, unit: str, code: str, field: str, column: int) -> str:
    if isinstance(values, Values):
        return values.place_of(unit, code, field, column)
    return f"{unit}/{code}/{field}".rstrip("/")


def _negative(values: UnitValues, unit: str, node: str) -> Fault:
    place = values.place_of(unit) if isinstance(values, Values) else f"{unit}/{node}"
    return Fault(
        place,
        f"The unit {quoted(unit)} has a negative value under {node}, which has no geometric mean.",
        f"Đơn vị {quoted(unit)} có giá trị âm trong mục {node} nên không tính được trung bình nhân.",
    )


def _pools(criteria_set: CriteriaSet, answers, entries) -> dict[str, dict[str, list[Fraction]]]:
    """pools[group][criterion] = the values of a `relative` leaf in rising order. Units without a value, not
    applicable or with points set by an appraiser are outside."""
    relative = [leaf.code for leaf in criteria_set.leaves if leaf.rule.is_relative]
    pools: dict[str, dict[str, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    for unit, entry in entries.items():
        for code in relative:
            read = answers.get(unit, {}).get(code)
            if read and "value" in read.answer:
                pools[entry.group][code].append(read.answer["value"])
    for group in pools.values():
        for pool in group.values():
            pool.sort()
    return pools


@dataclass
class _NoValue(Exception):
    """A formula without a value for one unit, such as a division by zero."""

    code: str
    why: Undefined

    def fault(self, values: UnitValues, unit: str) -> Fault:
        (line, column), code = self.why.place, self.code
        where_vi, where_en = f"công thức dòng {line}, ký tự {column}", f"formula line {line}, character {column}"
        vi = f"Đơn vị {quoted(unit)}, tiêu chí {code}, {where_vi}: {self.why.vi}"
        en = f"Unit {quoted(unit)}, criterion {code}, {where_en}: {self.why.en}"
        known = isinstance(values, Values) and code in values.get(unit, {})
        return Fault(_place(values, unit, code, "", column=1) if known else f"{unit}/{code}", en, vi)


def _lines(criteria_set: CriteriaSet, answers: Mapping[str, Read], fields, pools) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for leaf in criteria_set.reckoning_order:
        answer = answers[leaf.code].answer if leaf.code in answers else {}
        figures = None
        if leaf.rule.is_relative and "value" in answer:
            figures = leaf.rule.figures_for(answer["value"], pools[leaf.code])
        elif leaf.rule.takes_points_of:
            figures = _points_taken(leaf, lines)
        try:
            lines[leaf.code] = score_fields(leaf, criteria_set.scoring, fields.get(leaf.code, {}), answer, figures)
        except Undefined as undefined:
            raise _NoValue(leaf.code, undefined) from undefined
    return {leaf.code: lines[leaf.code] for leaf in criteria_set.lines}


def _points_taken(leaf: Leaf, lines: Mapping[str, Line]) -> dict[str, Fraction] | None:
    """“[CODE]” → points; a line that is not applicable counts 0; None where one has no value."""
    taken = {}
    for code in sorted(leaf.rule.takes_points_of):
        line = lines[code]
        if line.exact is None and line.status != NOT_APPLICABLE:
            return None
        taken[f"[{code}]"] = Fraction(0) if line.status == NOT_APPLICABLE else line.exact
    return taken


def _ranked(criteria_set: CriteriaSet, scored: list[_Scored], full: Mapping[str, Fraction]) -> Results:
    compared = {one.unit: _compared(criteria_set, one.total.exact) for one in scored}
    by_group: dict[str, list[_Scored]] = defaultdict(list)
    for one in scored:
        if compared[one.unit] is not None:
            by_group[one.entry.group].append(one)
    standings: dict[str, Standing] = {}
    steps = criteria_set.scoring.tie_break
    for members in by_group.values():
        totals = {one.unit: compared[one.unit] for one in members}
        keys = {one.unit: [_tie_key(criteria_set, one, step) for step in steps] for one in members}
        standings |= competition_ranks(totals, keys, steps)
    rows = [_row(criteria_set, one, standings.get(one.unit), compared[one.unit], full) for one in scored]
    rows.sort(key=lambda row: (row.group, row.rank is None, row.rank or 0, row.unit))
    return Results(criteria_set, tuple(rows))


def _compared(criteria_set: CriteriaSet, value: Fraction | None) -> Fraction | None:
    """A total or node value as ranks, ties and grades see it."""
    if value is None or criteria_set.scoring.rank_on == "exact":
        return value
    return Fraction(rounded(value, criteria_set.scoring.places, criteria_set.scoring.rounding))


def _tie_key(criteria_set: CriteriaSet, one: _Scored, step: str) -> tuple:
    if step == "submitted_at":
        return instant_key(instant(one.entry.submitted_at))
    return value_key(_compared(criteria_set, one.nodes[step.removeprefix("pillar:")].raw))


def _row(criteria_set: CriteriaSet, one: _Scored, standing: Standing | None, compared, full) -> UnitResult:
    scoring, root = criteria_set.scoring, one.nodes[criteria_set.root.code]

    def printed(value: Fraction | None) -> Decimal | None:
        return None if value is None else rounded(value, scoring.places, scoring.rounding)

    def listed(status: str) -> tuple[str, ...]:
        return tuple(leaf.code for leaf in criteria_set.leaves if one.lines[leaf.code].status == status)

    return UnitResult(
        unit=one.unit, group=one.entry.group, base_exact=one.total.base, total_exact=one.total.exact,
        total=printed(one.total.exact), rank=standing.rank if standing else None,
        grade="" if compared is None else grade_of(compared, criteria_set.grades),
        tie_break=standing.tie_break if standing else "", missing=listed(MISSING), na=listed(NOT_APPLICABLE),
        bonus=printed(one.total.bonus), penalty=printed(one.total.penalty),
        nodes={code: printed(value.raw) for code, value in one.nodes.items()}, lines=one.lines,
        applicable_max=root.raw_max, maximum=full[criteria_set.root.code], node_values=one.nodes, maxima=full,
        total_parts=one.total, criteria_set=criteria_set,
    )  # fmt: skip
