"""A made-up set of 80 criteria and what any number of units declares in it: the same numbers for product and anchors.

8 pillars; 20 boolean, 24 ratio, 14 tiers and 16 count leaves; 3 bonus and 3 penalty lines; 3 % not applicable. Points
are whole hundredths, so that every anchor can reckon exactly.
"""

import json
import random
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.engine import CriteriaSet, GroupEntry, batch
from scoring.engine.batch.packing import IS_NOT_APPLICABLE, IS_SCORED

PILLARS = "ABCDEFGH"
KINDS = ["boolean"] * 20 + ["ratio"] * 24 + ["tiers"] * 14 + ["count"] * 16
MAX_ADJUSTMENT = 200
HIGHEST = {"boolean": 1, "tiers": 100}


@dataclass(frozen=True)
class Line:
    """One criterion. `maximum` and `per_item` in hundredths of a point; `steps` (minimum, hundredths), rising."""

    code: str
    kind: str
    pillar: int
    maximum: int
    full_at: int = 100
    zero_below: int = 0
    steps: tuple[tuple[int, int], ...] = ()
    max_items: int = 1
    per_item: int = 0

    @property
    def rule(self) -> dict:
        match self.kind:
            case "ratio":
                own = {
                    "full_at": str(self.full_at),
                    "zero_below": str(self.zero_below),
                    "between": "over_full",
                    "b_zero": "na",
                }
            case "tiers":
                own = {
                    "tiers": [{"min": str(low), "fraction": f"{points / self.maximum:g}"} for low, points in self.steps]
                }
            case "count":
                own = {"fraction_per_item": "0.04", "max_items": self.max_items}
            case "bonus" | "penalty":
                return {"kind": self.kind, "per_item_points": f"{self.per_item / 100:.2f}"}
            case _:
                own = {}
        return {"kind": self.kind, "na_allowed": True} | own

    def as_json(self) -> dict:
        points = f"{self.maximum / 100:.2f}"
        return {"code": self.code, "title": {"vi": f"Tiêu chí {self.code}"}, "max_points": points, "rule": self.rule}


def lines() -> list[Line]:
    chance = random.Random(7)
    kinds, found = chance.sample(KINDS, len(KINDS)), []
    for index, kind in enumerate(kinds):
        maximum, pillar = chance.randrange(50, 300, 10), index % len(PILLARS)
        full_at = chance.randrange(50, 101)
        rises = sorted(chance.sample(range(5, 95), 4))
        fifths = [step * maximum // 10 for step in sorted(chance.sample(range(1, 11), 4))]
        found.append(
            Line(
                f"{PILLARS[pillar]}.{index}",
                kind,
                pillar,
                maximum,
                full_at=full_at,
                zero_below=full_at // 4,
                steps=((0, 0), *zip(rises, fifths, strict=True)),
                max_items=chance.randrange(5, 26),
            )
        )
    for kind in ("bonus", "penalty"):
        found += [Line(f"{kind}.{number}", kind, -1, 100, per_item=10 * number) for number in (1, 2, 3)]
    return found


@dataclass(frozen=True)
class Province:
    """`value`, `below` and `counts` (1 where the line applies, else 0) are whole numbers, lines x units; `group_of[unit]`
    is a number. The same for the same size, whoever asks."""

    units: int
    groups: int

    @cached_property
    def lines(self) -> list[Line]:
        return lines()

    @cached_property
    def group_of(self) -> np.ndarray:
        return np.random.default_rng(11).integers(0, self.groups, self.units)

    @cached_property
    def counts(self) -> np.ndarray:
        chance, tree = np.random.default_rng(5), np.array([line.pillar >= 0 for line in self.lines])
        return np.array([(chance.random(self.units) >= 0.03) | ~applies for applies in tree], np.int64)

    @cached_property
    def below(self) -> np.ndarray:
        """What the value of a ratio is divided by; 1 elsewhere."""
        chance, ones = np.random.default_rng(7), np.ones(self.units, np.int64)
        rows = [chance.integers(10, 2000, self.units) if line.kind == "ratio" else ones for line in self.lines]
        return np.where(self.counts, np.array(rows), 1)

    @cached_property
    def value(self) -> np.ndarray:
        chance = np.random.default_rng(3)
        rows = [
            chance.integers(0, below + 1)
            if line.kind == "ratio"
            else chance.integers(0, HIGHEST.get(line.kind, 24) + 1, self.units)
            for line, below in zip(self.lines, self.below, strict=True)
        ]
        return np.array(rows) * self.counts

    def names(self) -> list[str]:
        return [f"U{number:05}" for number in range(self.units)]

    def document(self) -> bytes:
        """The set in the engine's format."""
        tree = [line for line in self.lines if line.pillar >= 0]
        pillars = [
            {
                "code": code,
                "title": {"vi": f"Trụ cột {code}"},
                "children": [line.as_json() for line in tree if line.pillar == number],
            }
            for number, code in enumerate(PILLARS)
        ]
        document = {
            "format": "sonla-awards/criteria-set@1",
            "code": "bench",
            "year": 2026,
            "title": {"vi": "Bộ tiêu chí đo"},
            "scoring": {
                "round_at": "leaf",
                "tie_break": ["pillar:A", "pillar:B"],
                "max_bonus": "2",
                "max_penalty": "2",
            },
            "adjustments": [line.as_json() for line in self.lines if line.pillar < 0],
            "root": {"code": "ALL", "title": {"vi": "Tổng"}, "children": pillars},
        }
        return json.dumps(document).encode()

    def values(self) -> dict[str, dict[str, dict[str, str]]]:
        """values[unit][criterion][field] as the engine takes them."""
        found = {name: {} for name in self.names()}
        for line, *rows in zip(self.lines, self.value.tolist(), self.below.tolist(), self.counts.tolist(), strict=True):
            for name, value, below, counts in zip(found, *rows, strict=True):
                found[name][line.code] = _fields(line, value, below) if counts else {"na": "approved"}
        return found

    def entries(self) -> dict[str, GroupEntry]:
        return {name: GroupEntry(f"G{number:03}", "") for name, number in zip(self.names(), self.group_of, strict=True)}

    def columns(self, criteria_set: CriteriaSet) -> batch.Columns:
        """The same numbers as the column evaluator takes them, without going by way of texts."""
        layout = batch.Layout(criteria_set)
        row_of = {line.code: row for row, line in enumerate(self.lines)}
        order = [row_of[leaf.code] for leaf in criteria_set.lines]
        numbers = [[self.value[row], self.below[row]][: 1 + (self.lines[row].kind == "ratio")] for row in order]
        names = [f"G{number:03}" for number in range(self.groups)]
        return batch.Columns(
            layout, self.names(), names, self.group_of, np.zeros(self.units, np.int64),
            np.where(self.counts[order], IS_SCORED, IS_NOT_APPLICABLE).astype(np.uint8),
            np.array([row for rows in numbers for row in rows]), [0] * layout.fields, {},
        )  # fmt: skip


def _fields(line: Line, value: int, below: int) -> dict[str, str]:
    if line.kind == "ratio":
        return {"a": str(value), "b": str(below)}
    return {"value": ("no", "yes")[value] if line.kind == "boolean" else str(value)}
