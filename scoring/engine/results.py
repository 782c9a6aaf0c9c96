"""What scoring gives: one row per unit, and the results table byte for byte as the contract writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from .aggregate import NodeValue
from .checks import RESULT_COLUMNS
from .csvtext import write_table
from .exact import decimal_text, exact_column
from .lines import Line
from .model import CriteriaSet
from .nodesaying import node_sentence, node_trace, total_sentence, total_trace
from .totals import Total


@dataclass(frozen=True)
class ResultRow:
    """One unit's line of the results table. A unit without a rank has no base, total, rank or grade.

    `nodes` are the printed node columns: raw, a sum's own earnings before rescaling; `base_exact` is the adjusted
    value of the root. `lines` have at least `points`, as printed, and `status`.
    """

    unit: str
    group: str
    base_exact: Fraction | None
    total_exact: Fraction | None
    total: Decimal | None
    rank: int | None
    grade: str
    tie_break: str
    missing: tuple[str, ...]
    na: tuple[str, ...]
    bonus: Decimal
    penalty: Decimal
    nodes: Mapping[str, Decimal | None]
    lines: Mapping[str, Line]


@dataclass(frozen=True)
class UnitResult(ResultRow):
    """A row with all that explains it. `applicable_max` is the root's maximum after leaving out what is not applicable."""

    applicable_max: Fraction | None
    maximum: Fraction
    node_values: Mapping[str, NodeValue] = field(repr=False)
    maxima: Mapping[str, Fraction] = field(repr=False)
    total_parts: Total = field(repr=False)
    criteria_set: CriteriaSet = field(repr=False)

    @property
    def raw(self) -> Decimal | None:
        """The root's own earnings before rescaling, as printed."""
        return self.nodes[self.criteria_set.root.code]

    @property
    def is_rescaled(self) -> bool:
        """Whether raw and adjusted totals differ in their maximum because something is not applicable."""
        return self.applicable_max is not None and self.applicable_max != self.maximum

    def node_sentence(self, code: str, lang: str) -> str:
        return node_sentence(self, code, lang)

    def node_trace(self, code: str) -> dict:
        return node_trace(self, code)

    def total_sentence(self, lang: str) -> str:
        return total_sentence(self, lang)

    @property
    def total_trace(self) -> dict:
        return total_trace(self)


@dataclass(frozen=True)
class Results:
    """Rows by group, rank (unranked last) and unit, by code point."""

    criteria_set: CriteriaSet = field(repr=False)
    rows: tuple[UnitResult, ...]

    @cached_property
    def by_unit(self) -> dict[str, UnitResult]:
        return {row.unit: row for row in self.rows}


def write_results(results: Results) -> bytes:
    """The results table (UTF-8 without BOM, LF, quoted only where needed)."""
    codes = [node.code for node in results.criteria_set.nodes]
    table = [(*RESULT_COLUMNS, *codes)]
    for row in results.rows:
        fixed = (
            row.unit, row.group, _exact(row.base_exact), _exact(row.total_exact), _printed(row.total),
            "" if row.rank is None else str(row.rank), row.grade, row.tie_break, ";".join(row.missing),
            ";".join(row.na), _printed(row.bonus), _printed(row.penalty),
        )  # fmt: skip
        table.append((*fixed, *(_printed(row.nodes[code]) for code in codes)))
    return write_table(table)


def _exact(value: Fraction | None) -> str:
    return "" if value is None else exact_column(value)


def _printed(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)
