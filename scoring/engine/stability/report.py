"""What a study gives: one row a unit, and the table and the facts about the study byte for byte."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from ..csvtext import write_table
from ..exact import decimal_text
from ..model import CriteriaSet
from .choices import CAUSES

FIXED_COLUMNS = (
    "unit", "group", "total", "rank", "rank_p05", "rank_median", "rank_p95", "cluster", "not_told_apart",
)  # fmt: skip


@dataclass(frozen=True)
class UnitStability:
    """One unit. `total`, `rank` and `grade` are the published ones; without a rank everything that is drawn is empty.

    `rank_p05` is the least rank that 5 % of the draws do not exceed, `rank_median` and `rank_p95` alike. `grades` gives
    the share of draws by grade code, the empty code for below all grades. `shares` gives, by cause, the part of the
    total's variance; empty where the total does not move.
    """

    unit: str
    group: str
    total: Decimal | None
    rank: int | None
    grade: str
    rank_p05: int | None = None
    rank_median: int | None = None
    rank_p95: int | None = None
    cluster: int | None = None
    not_told_apart: tuple[str, ...] = ()
    grades: Mapping[str, Decimal] = field(default_factory=dict)
    shares: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Study:
    """Rows in the order of the results. `shares` is of the whole set; `facts` say how the study was made."""

    criteria_set: CriteriaSet = field(repr=False)
    rows: tuple[UnitStability, ...]
    shares: Mapping[str, Decimal]
    facts: Mapping[str, object]

    @cached_property
    def by_unit(self) -> dict[str, UnitStability]:
        return {row.unit: row for row in self.rows}


def write_study(study: Study) -> bytes:
    """The table (UTF-8 without BOM, LF, comma). A share of draws or of variance prints four decimals; the grades of a
    row, and its causes, add up to exactly 1."""
    grades = grade_codes(study.criteria_set)
    heads = [*FIXED_COLUMNS, *(f"share_{cause}" for cause in CAUSES), *(f"grade:{code}" for code in grades)]
    return write_table([heads, *(_cells(row, grades) for row in study.rows)])


def _cells(row: UnitStability, grades: tuple[str, ...]) -> list[str]:
    return [
        row.unit, row.group, _decimal(row.total), *map(_number, (row.rank, row.rank_p05, row.rank_median, row.rank_p95)),
        _number(row.cluster), ";".join(row.not_told_apart), *(_decimal(row.shares.get(cause)) for cause in CAUSES),
        *(_decimal(row.grades.get(code)) for code in grades),
    ]  # fmt: skip


def grade_codes(criteria_set: CriteriaSet) -> tuple[str, ...]:
    """From the highest band to the empty code, below all; none in a set without grades."""
    bands = sorted(criteria_set.grades, key=lambda grade: grade.from_points, reverse=True)
    return (*(grade.code for grade in bands), "") if bands else ()


def write_facts(study: Study) -> bytes:
    return (json.dumps(study.facts, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _decimal(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)
