"""Many units' answers as columns: one row a field, one place a unit. Made once, evaluated as often as one likes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..answers import read_fields
from ..faults import Refused
from ..model import CriteriaSet
from ..tables import GroupEntry, instant
from .packing import IS_MISSING, IS_NOT_APPLICABLE, IS_POINTS_SET, IS_SCORED, Layout, Unpackable
from .whole import LIMIT, largest


@dataclass(frozen=True)
class Columns:
    """Shapes: `state` lines x units (the pack's numbers of a status), `number` fields x units, `decimals` one a field.

    A field's value is number ÷ 10**decimals. `given` holds, by line, the points that an appraiser set as one such row
    over the line's units of that state; their own fields are 0. `group` counts `groups` from 0; `submitted` orders the
    units' instants of submission, earlier first, units without one last.
    """

    layout: Layout
    units: Sequence[str]
    groups: Sequence[str]
    group: np.ndarray
    submitted: np.ndarray
    state: np.ndarray
    number: np.ndarray
    decimals: Sequence[int]
    given: Mapping[int, tuple[np.ndarray, int]]

    @property
    def criteria_set(self) -> CriteriaSet:
        return self.layout.criteria_set

    @cached_property
    def gaps(self) -> "Cells":
        """The cells without points of their own, by the state that they have: missing or not applicable."""
        line, unit = np.nonzero((self.state == IS_MISSING) | (self.state == IS_NOT_APPLICABLE))
        order = np.argsort(unit, kind="stable")
        return Cells(line[order], unit[order])

    @cached_property
    def known(self) -> "tuple[Known, ...]":
        """What is known of the fields of each line."""
        bounds = [largest(row) for row in self.number]
        has_zero = [not row.all() for row in self.number]
        return tuple(
            Known(self.decimals[fields], bounds[fields], has_zero[fields]) for fields in self.layout.places.values()
        )


@dataclass(frozen=True)
class Known:
    """Of each field of a line, over all units: the decimals of its numbers, the largest magnitude, whether one is 0."""

    decimals: Sequence[int]
    bounds: Sequence[int]
    has_zero: Sequence[bool]


@dataclass(frozen=True)
class Cells:
    """Places of a matrix of lines x units, by rising unit."""

    line: np.ndarray
    unit: np.ndarray

    def within(self, span: slice) -> "Cells":
        start, stop = self.unit.searchsorted((span.start, span.stop))
        return Cells(self.line[start:stop], self.unit[start:stop])

    def where(self, chosen: np.ndarray) -> "Cells":
        return Cells(self.line[chosen], self.unit[chosen])


def columns_of(
    criteria_set: CriteriaSet,
    values: Mapping[str, Mapping[str, Mapping[str, str]]],
    groups: Mapping[str, GroupEntry] | None = None,
) -> Columns:
    """Columns of declared texts, as `score` takes them. `Refused` or `Unpackable` where `score` must speak."""
    layout = Layout(criteria_set)
    entries = dict.fromkeys(values, GroupEntry("", "")) if groups is None else groups
    if not entries.keys() >= values.keys():
        raise Refused([])
    read = _Reader(criteria_set)
    packs = [
        layout.pack({code: read(code, fields) for code, fields in values.get(unit, {}).items()}) for unit in entries
    ]
    return columns_of_packs(layout, packs, entries)


class _Reader:
    """Reads each distinct answer of a line once: a province repeats few of them very often."""

    def __init__(self, criteria_set: CriteriaSet):
        self.criteria_set = criteria_set
        self.known: dict[tuple, dict] = {}

    def __call__(self, code: str, fields: Mapping[str, str]) -> dict:
        key = (code, *fields.items())
        if key not in self.known:
            read = read_fields(self.criteria_set.leaf(code), fields) if self.criteria_set.has_line(code) else None
            if read is None or read.problems:
                raise Refused([])
            self.known[key] = read.answer
        return self.known[key]


def columns_of_packs(layout: Layout, packs: Iterable[bytes], entries: Mapping[str, GroupEntry]) -> Columns:
    """One pack for each unit of `entries`, in its order. ValueError for a pack of another set."""
    lines, fields = layout.lines, layout.fields
    form = np.dtype([("state", "u1", (lines,)), ("decimals", "u1", (fields,)), ("number", "<i8", (fields,))])
    table = np.frombuffer(b"".join(packs), form)
    if len(table) != len(entries):
        raise ValueError("The packs are not those of these units and this set.")
    state = np.array(table["state"].T, order="C")
    number, decimals = (
        np.array(table["number"].T, np.int64, order="C"),
        np.array(table["decimals"].T, np.int64, order="C"),
    )
    given = _given(layout, state, number, decimals)
    _make_divisible(layout, state, number)
    names = sorted({entry.group for entry in entries.values()})
    position = {name: place for place, name in enumerate(names)}
    group = np.array([position[entry.group] for entry in entries.values()], np.int64)
    submitted = _instants([entry.submitted_at for entry in entries.values()])
    return Columns(layout, tuple(entries), names, group, submitted, state, number, _align(number, decimals), given)


def _given(layout: Layout, state: np.ndarray, number: np.ndarray, decimals: np.ndarray) -> dict:
    """Take the points that an appraiser set out of the rows of the lines' own fields."""
    given = {}
    for line in np.flatnonzero((state == IS_POINTS_SET).any(axis=1)).tolist():
        units = np.flatnonzero(state[line] == IS_POINTS_SET)
        place = layout.places[layout.criteria_set.lines[line].code].start
        row, places = number[place : place + 1, units], decimals[place : place + 1, units]
        given[line] = row[0], _align(row, places)[0]
        number[place, units] = decimals[place, units] = 0
    return given


def _make_divisible(layout: Layout, state: np.ndarray, number: np.ndarray) -> None:
    """Where a ratio is not declared its divisor becomes 1, so that a whole row can be divided."""
    for line, leaf in enumerate(layout.criteria_set.lines):
        if leaf.rule.kind == "ratio":
            number[layout.places[leaf.code].start + 1, state[line] != IS_SCORED] = 1


def _align(number: np.ndarray, decimals: np.ndarray) -> list[int]:
    """Bring each row to the most decimals that a unit has in it, and return them."""
    most = decimals.max(axis=1, initial=0)
    for place in np.flatnonzero((decimals != most[:, np.newaxis]).any(axis=1)):
        # Zeros stand where nothing was declared: they must not make a row seem too large.
        raised = np.where(number[place] == 0, 0, most[place] - decimals[place])
        if largest(number[place]) * 10 ** int(raised.max()) >= LIMIT:
            raise Unpackable
        number[place] *= 10**raised
    return most.tolist()


def _instants(texts: list[str]) -> np.ndarray:
    """The place of each instant among the distinct ones; without an instant: after all."""
    seconds = {text: instant(text) for text in set(texts) if text}
    if None in seconds.values():
        raise Refused([])
    order = {second: place for place, second in enumerate(sorted(set(seconds.values())))}
    return np.array([order[seconds[text]] if text else len(order) for text in texts], np.int64)
