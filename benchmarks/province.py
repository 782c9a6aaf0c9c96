"""A made-up set of 80 criteria and what any number of units declares in it: the same numbers for product and anchors.

8 pillars; 20 boolean, 24 ratio, 14 tiers and 16 count leaves; 3 bonus and 3 penalty lines; 3 % not applicable. Points
are whole hundredths, so that every anchor can reckon exactly.
"""

import json
import random
from dataclasses import dataclass
from functools import cached_property

PILLARS = "ABCDEFGH"
KINDS = ["boolean"] * 20 + ["ratio"] * 24 + ["tiers"] * 14 + ["count"] * 16
MAX_ADJUSTMENT = 200


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
    """`answers[line][unit]` is (value, denominator) or None where not applicable; `group_of[unit]` a number."""

    units: int
    groups: int

    @cached_property
    def lines(self) -> list[Line]:
        return lines()

    @cached_property
    def group_of(self) -> list[int]:
        chance = random.Random(11)
        return [chance.randrange(self.groups) for _unit in range(self.units)]

    @cached_property
    def answers(self) -> list[list[tuple[int, int] | None]]:
        chance = random.Random(3)
        return [[_answer(line, chance) for _unit in range(self.units)] for line in self.lines]

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
        for line, answers in zip(self.lines, self.answers, strict=True):
            for name, answer in zip(found, answers, strict=True):
                found[name][line.code] = _fields(line, answer)
        return found


def _answer(line: Line, chance: random.Random) -> tuple[int, int] | None:
    if line.pillar >= 0 and chance.random() < 0.03:
        return None
    if line.kind == "ratio":
        below = chance.randrange(10, 2000)
        return chance.randrange(below + 1), below
    highest = {"boolean": 1, "tiers": 100}.get(line.kind, 24)
    return chance.randint(0, highest), 1


def _fields(line: Line, answer: tuple[int, int] | None) -> dict[str, str]:
    if answer is None:
        return {"na": "approved"}
    if line.kind == "ratio":
        return {"a": str(answer[0]), "b": str(answer[1])}
    return {"value": ("no", "yes")[answer[0]] if line.kind == "boolean" else str(answer[0])}
