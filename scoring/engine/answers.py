"""One unit's declared fields for one line: what is accepted, and the sentence that refuses the rest.

Besides the fields of its rule an answer may be, alone, `na` = `approved` (where the rule allows it) or
`appraised_points`, the points set by an appraiser (the product's extension to the contract: any leaf or adjustment,
0..max_points, rounded like the line's own points; such a unit does not enter a `relative` pool).
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from .exact import LONGEST_DECIMAL, decimal_from_text
from .faults import Fault, Refused, quoted
from .jsontypes import day_from_text
from .model import CriteriaSet, Leaf
from .rules.base import Answer, FieldSpec, Problem
from .titles import title_in
from .wording import LANGUAGES, Words

NOT_APPLICABLE_FIELD = "na"
APPRAISED_FIELD = "appraised_points"
APPROVED = "approved"
_WORDS = {lang: Words(lang) for lang in LANGUAGES}


@dataclass(frozen=True)
class Read:
    """The fields of one answer after reading: parsed values, and what is wrong (then nothing may be computed)."""

    answer: Answer
    problems: tuple[Problem, ...] = ()


def read_fields(leaf: Leaf, fields: Mapping[str, str]) -> Read:
    """Parse and check the fields of one line; no fields at all is a missing answer and is not refused here."""
    for alone in (NOT_APPLICABLE_FIELD, APPRAISED_FIELD):
        if alone in fields:
            return _read_alone(leaf, alone, fields)
    specs = {spec.name: spec for spec in leaf.rule.specs}
    normal = {unicodedata.normalize("NFC", name): text for name, text in fields.items()}
    problems = [_unknown(name, leaf) for name in normal if name not in specs]
    answer = {}
    for name, spec in specs.items():
        if name not in normal:
            problems += [_lacking(name, leaf)] if fields else []
            continue
        parsed = _parsed(leaf, spec, normal[name])
        if isinstance(parsed, Problem):
            problems.append(parsed)
        else:
            answer[name] = parsed
    if not problems and fields:
        problems += leaf.rule.problems(answer, leaf, _WORDS)
    return Read(answer, tuple(problems))


def check_fields(criteria_set: CriteriaSet, code: str, fields: Mapping[str, str]) -> None:
    """Refuse what one line's fields may not hold; each fault names its `field`, its place is `code/field`."""
    faults = faults_of(criteria_set.leaf(code), fields, place=code)
    if faults:
        raise Refused(faults)


def faults_of(leaf: Leaf, fields: Mapping[str, str], place: str) -> list[Fault]:
    return [Fault(f"{place}/{p.field}", p.en, p.vi, p.field) for p in read_fields(leaf, fields).problems]


def _read_alone(leaf: Leaf, alone: str, fields: Mapping[str, str]) -> Read:
    problems = [
        Problem(
            name,
            f"“{quoted(name)}” không được đi cùng “{alone}”.",
            f"“{quoted(name)}” must not stand beside “{alone}”.",
        )
        for name in fields
        if name != alone
    ]
    if alone == APPRAISED_FIELD:
        spec = FieldSpec(APPRAISED_FIELD, at_least_zero=True, at_most_max=True)
        parsed = _parsed(leaf, spec, fields[alone])
        if isinstance(parsed, Problem):
            return Read({}, (*problems, parsed))
        return Read({APPRAISED_FIELD: parsed}, tuple(problems))
    if not leaf.rule.na_allowed:
        problems.append(
            Problem(alone, "Tiêu chí này không được miễn áp dụng.", "This criterion may not be “not applicable”.")
        )
    elif fields[alone] != APPROVED:
        problems.append(Problem(alone, "Giá trị của “na” phải là “approved”.", "The value of “na” must be “approved”."))
    return Read({alone: fields[alone]}, tuple(problems))


def _unknown(name: str, leaf: Leaf) -> Problem:
    listed = ", ".join(leaf.rule.fields)
    return Problem(
        name,
        f"Tiêu chí này không có trường “{quoted(name)}”; các trường là: {listed}.",
        f"This criterion has no field “{quoted(name)}”; its fields are: {listed}.",
    )


def _lacking(name: str, leaf: Leaf) -> Problem:
    vi, en = (title_in(leaf.input_title(name), lang) or name for lang in LANGUAGES)
    return Problem(name, f"Chưa kê khai “{quoted(vi)}”.", f"“{quoted(en)}” is not declared yet.")


def _parsed(leaf: Leaf, spec: FieldSpec, text: str):
    """The field's value, or the `Problem` with it."""
    if spec.type in ("yes_no", "choice"):
        normal = unicodedata.normalize("NFC", text)
        allowed = ("yes", "no") if spec.type == "yes_no" else spec.allowed
        return normal if normal in allowed else _not_one_of(spec, text, allowed)
    if spec.type == "date":
        return day_from_text(text) or _not_a_date(spec, text)
    value = _number(text) if len(text) <= LONGEST_DECIMAL else None
    return _not_a_number(spec, text) if value is None else next(_out_of_range(leaf, spec, value), value)


@lru_cache(65_536)
def _number(text: str) -> Fraction | None:
    """Kept, because a province writes few numbers very often."""
    number = decimal_from_text(text)
    return None if number is None else Fraction(number)


def _not_one_of(spec: FieldSpec, text: str, allowed: Sequence[str]) -> Problem:
    shown, listed = quoted(text), ", ".join(allowed)
    vi = f"“{shown}” không có trong các lựa chọn: {listed}."
    return Problem(spec.name, vi, f"“{shown}” is not one of the choices: {listed}.")


def _not_a_date(spec: FieldSpec, text: str) -> Problem:
    shown = quoted(text)
    vi = f"“{shown}” không phải là ngày có thật viết theo dạng năm-tháng-ngày, ví dụ 2025-01-31."
    return Problem(spec.name, vi, f"“{shown}” is not a real date written YYYY-MM-DD, such as 2025-01-31.")


def _not_a_number(spec: FieldSpec, text: str) -> Problem:
    shown = quoted(text)
    vi = f"“{shown}” không phải là số viết đúng dạng, ví dụ 12 hoặc 12.5."
    return Problem(spec.name, vi, f"“{shown}” is not a number as expected, such as 12 or 12.5.")


def _out_of_range(leaf: Leaf, spec: FieldSpec, value: Fraction) -> Iterator[Problem]:
    declared = leaf.asked.get(spec.name)
    if spec.at_least_zero and value < 0:
        yield Problem(spec.name, "Không được âm.", "It must not be negative.")
    if value.denominator != 1 and (spec.type == "whole" or declared and declared.type == "integer"):
        vi, en = _written(value)
        yield Problem(spec.name, f"Số {vi} phải là số nguyên.", f"The number {en} must be whole.")
    if spec.at_most_max and value > leaf.max_points:
        (vi, en), (most_vi, most_en) = _written(value), _written(Fraction(leaf.max_points))
        vi, en = f"Điểm {vi} lớn hơn điểm tối đa {most_vi}.", f"The points {en} are above the maximum {most_en}."
        yield Problem(spec.name, vi, en)


def _written(value: Fraction) -> tuple[str, str]:
    return _WORDS["vi"].number(value), _WORDS["en"].number(value)
