"""One unit's checked answers as bytes, all of one length for one set: the canonical record that columns are made of.

A pack holds, in the order of the set's lines, one byte for the state of each line, then one byte for the decimals of
each field, then each field as a signed 64-bit whole number (little endian): a number times 10**decimals, the position
of a choice, 1 for yes, the day counted from 0001-01-01. Points set by an appraiser stand in the line's first place.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from ..answers import APPRAISED_FIELD, NOT_APPLICABLE_FIELD
from ..exact import terminating_decimals
from ..lines import MISSING, NOT_APPLICABLE, PENDING, POINTS_SET, SCORED
from ..model import CriteriaSet, Leaf
from ..rules.base import Answer, FieldSpec

# A line's status by its number in a pack and in `Scores.status`.
STATUSES = (SCORED, MISSING, NOT_APPLICABLE, POINTS_SET, PENDING)
IS_SCORED, IS_MISSING, IS_NOT_APPLICABLE, IS_POINTS_SET, IS_PENDING = range(5)


class Unpackable(Exception):
    """An answer that no 64-bit whole number holds; the readable evaluator takes it."""


@dataclass(frozen=True)
class Layout:
    """Where the lines and fields of a set stand in its packs."""

    criteria_set: CriteriaSet

    @cached_property
    def places(self) -> dict[str, slice]:
        """Where the fields of each line stand; every line has one at least, for points that an appraiser sets."""
        found, place = {}, 0
        for leaf in self.criteria_set.lines:
            found[leaf.code] = slice(place, place := place + max(1, len(leaf.rule.specs)))
        return found

    @cached_property
    def fields(self) -> int:
        return sum(fields.stop - fields.start for fields in self.places.values())

    @cached_property
    def lines(self) -> int:
        return len(self.criteria_set.lines)

    @cached_property
    def _form(self) -> struct.Struct:
        return struct.Struct(f"<{self.lines}s{self.fields}s{self.fields}q")

    @property
    def size(self) -> int:
        """Bytes of one pack."""
        return self._form.size

    def pack(self, answers: Mapping[str, Answer]) -> bytes:
        """`answers[code]` are the parsed fields of a line that were found in order; a line left out is missing."""
        states, decimals, numbers = bytearray(self.lines), bytearray(self.fields), [0] * self.fields
        for line, leaf in enumerate(self.criteria_set.lines):
            answer = answers.get(leaf.code, {})
            states[line] = _state(leaf, answer)
            for place, value in enumerate(_values(leaf, answer), self.places[leaf.code].start):
                decimals[place], numbers[place] = value
        try:
            return self._form.pack(bytes(states), bytes(decimals), *numbers)
        except struct.error:
            raise Unpackable from None


def _state(leaf: Leaf, answer: Answer) -> int:
    if APPRAISED_FIELD in answer:
        return IS_POINTS_SET
    if NOT_APPLICABLE_FIELD in answer:
        return IS_NOT_APPLICABLE
    is_missing = not answer and leaf.rule.specs and not leaf.rule.is_adjustment
    return IS_MISSING if is_missing else IS_SCORED


def _values(leaf: Leaf, answer: Answer) -> list[tuple[int, int]]:
    """(decimals, number) of each field."""
    if APPRAISED_FIELD in answer:
        return [_whole(answer[APPRAISED_FIELD])]
    return [_value(spec, answer[spec.name]) for spec in leaf.rule.specs if spec.name in answer]


def _value(spec: FieldSpec, value: Fraction | date | str) -> tuple[int, int]:
    if isinstance(value, date):
        return 0, value.toordinal()
    if isinstance(value, str):
        return 0, int(value == "yes") if spec.type == "yes_no" else spec.allowed.index(value)
    return _whole(value)


def _whole(value: Fraction) -> tuple[int, int]:
    if value.denominator == 1:
        return 0, value.numerator
    decimals = terminating_decimals(value)
    return decimals, value.numerator * (10**decimals // value.denominator)
