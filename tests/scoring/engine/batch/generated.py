"""Made-up sets and provinces, the same for the same seed: every kind with drawn parameters, every policy of the set.

Most sets are of the form that the column evaluator is suited to; one in eight has means or rounds only at the end.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from scoring.engine import CriteriaSet, GroupEntry, Refused

from ..builders import document, leaf, loaded, node

KINDS = [
    "boolean", "level", "ratio", "tiers", "count", "deadline", "manual", "formula", "linear", "relative", "carried",
]  # fmt: skip
STAMPS = [
    "",
    "2025-12-05T09:00:00+07:00",
    "2025-12-05T02:00:00Z",
    "2025-12-05T03:00:00.5Z",
    "2025-11-30T23:00:00-01:00",
]


@dataclass(frozen=True)
class Case:
    criteria_set: CriteriaSet
    values: dict
    groups: dict | None


def case(seed: int) -> Case:
    return _Maker(random.Random(seed)).case()


class _Maker:
    def __init__(self, chance: random.Random):
        self.chance = chance
        self.places = chance.choice([2, 2, 2, 0, 1, 3, 5])
        # Now and then points so large that products, then sums, then the points themselves outgrow 64 bits.
        self.zeros = chance.choice([5, 8, 11, 14, 16]) if chance.random() < 0.12 else 0

    def case(self) -> Case:
        while True:
            try:
                criteria_set = loaded(self._document())
                break
            except Refused:
                # A drawn expression or maximum that the set's reading refuses is drawn again.
                continue
        units = [f"u{number}" for number in range(self.chance.choice([1, 2, 5, 9, 14]))]
        self.chance.shuffle(units)
        values = {unit: self._declared(criteria_set) for unit in units if self.chance.random() < 0.95}
        if self.chance.random() < 0.2:
            return Case(criteria_set, values, None)
        groups = {unit: GroupEntry(self.chance.choice(["g", "h", ""]), self.chance.choice(STAMPS)) for unit in units}
        return Case(criteria_set, values, groups)

    def _document(self) -> dict:
        chance = self.chance
        suited = chance.random() < 7 / 8
        leaves = [self._leaf(f"L{number}", chance.choice(KINDS)) for number in range(chance.randint(1, 8))]
        self._refer(leaves)
        root = self._tree(leaves, ["sum"] if suited else ["sum", "mean", "weighted_mean", "geometric_mean"])
        adjustments = [
            leaf(
                f"{kind[0]}{number}",
                kind,
                self._points(1, 4),
                {"per_item_points": self._decimal(0, 2, chance.choice([0, 1, 3]))},
            )
            for kind in ("bonus", "penalty")
            for number in range(chance.choice([0, 0, 1, 2]))
        ]
        scoring = self._scoring(root, suited)
        bands = sorted({self._decimal(-1, 20, chance.choice([0, 2, 4])) for _ in range(chance.randint(0, 4))})
        grades = [{"code": f"G{n}", "title": {"vi": f"G{n}"}, "from": bound} for n, bound in enumerate(bands)]
        return document(root, *adjustments, grades=grades, **scoring)

    def _scoring(self, root: dict, suited: bool) -> dict:
        chance = self.chance
        steps = ["submitted_at", *(f"pillar:{code}" for code in _nodes(root))]
        drawn = {
            "places": self.places,
            "rounding": chance.choice(["half_up", "half_even", "down"]),
            "round_at": "leaf" if suited else chance.choice(["leaf", "total"]),
            "rank_on": chance.choice(["rounded", "exact"]),
            "not_applicable": chance.choice(["renormalise", "renormalise", "full", "zero"]),
            "missing": chance.choice(["zero", "unranked"]),
            "tie_break": chance.sample(steps, chance.randint(0, min(2, len(steps)))),
        }
        for limit in ("max_bonus", "max_penalty", "cap"):
            if chance.random() < 0.3:
                drawn[limit] = self._decimal(0, 12 if limit == "cap" else 3, chance.choice([0, 2, 6]))
        return drawn

    def _tree(self, leaves: list[dict], aggregates: list[str], depth: int = 0) -> dict:
        """Leaves in their order, here and there gathered into inner nodes."""
        children, rest = [], leaves[:]
        while rest:
            count = self.chance.randint(1, len(rest))
            part, rest = rest[:count], rest[count:]
            gathered = depth < 2 and len(part) > 1 and self.chance.random() < 0.6 and (rest or children)
            children += [self._tree(part, aggregates, depth + 1)] if gathered else part
        code = "R" if depth == 0 else f"N{depth}{leaves[0]['code']}"
        made = node(code, *children, aggregate=self.chance.choice(aggregates))
        if made["aggregate"] in ("weighted_mean", "geometric_mean"):
            made["children"] = [{**child, "weight": self._decimal(1, 3, 1)} for child in children]
        return made

    def _refer(self, leaves: list[dict]) -> None:
        """Some formulas take the points of other lines."""
        for position, one in enumerate(leaves):
            others = [other["code"] for place, other in enumerate(leaves) if place != position]
            if one["rule"]["kind"] == "formula" and others and self.chance.random() < 0.6:
                other = self.chance.choice(others)
                one["rule"]["expression"] = self.chance.choice(
                    [f"[{other}] / 3 + a", f"IF([{other}] > 1, a * b, MAX(b, 0.5))", f"ROUND([{other}] * a / 7, 1)"]
                )

    def _leaf(self, code: str, kind: str) -> dict:
        rule = {"na_allowed": self.chance.random() < 0.7, **getattr(self, f"_{kind}")()}
        if kind == "ratio" and rule["b_zero"] == "na":
            rule["na_allowed"] = True
        made = leaf(code, kind, self._points(1, 9), rule)
        if kind == "relative":
            made["rule"]["direction"] = self.chance.choice([1, -1])
        if self.chance.random() < 0.2:
            made["missing"] = self.chance.choice(["zero", "unranked"])
        return made

    def _points(self, low: int, high: int) -> str:
        return self._decimal(low * 10**self.zeros, high * 10**self.zeros, self.chance.randint(0, self.places))

    def _decimal(self, low: int, high: int, places: int) -> str:
        units = self.chance.randint(low * 10**places, high * 10**places)
        sign, digits = "-" if units < 0 else "", f"{abs(units):0{places + 1}}"
        return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"

    def _fraction(self) -> str:
        return self._decimal(0, 1, self.chance.choice([0, 1, 2, 3]))

    def _boolean(self) -> dict:
        return {"yes": self._fraction(), "no": self._fraction()}

    def _level(self) -> dict:
        if self.chance.random() < 0.5:
            return {"options": [{"key": key, "fraction": self._fraction()} for key in "xyz"]}
        parts = ["0.125", "0.25", "0.333", "0.2"]
        return {"options": [{"key": key, "fraction": self.chance.choice(parts)} for key in "xyz"], "combine": "sum"}

    def _ratio(self) -> dict:
        full = self.chance.randint(1, 1000)
        return {
            "full_at": f"{full / 10:.1f}",
            "zero_below": f"{self.chance.randint(0, full) / 10:.1f}",
            "between": self.chance.choice(["over_full", "over_100", "none"]),
            "b_zero": self.chance.choice(["na", "zero", "full"]),
        }

    def _tiers(self) -> dict:
        lows = {self._decimal(-3, 12, self.chance.choice([0, 1])) for _ in range(self.chance.randint(1, 4))}
        distinct = {float(low): low for low in lows}
        return {"tiers": [{"min": low, "fraction": self._fraction()} for low in distinct.values()]}

    def _count(self) -> dict:
        return {"fraction_per_item": self._fraction(), "max_items": self.chance.choice([1, 3, 20, 20_000])}

    def _deadline(self) -> dict:
        days = sorted(self.chance.sample(range(1, 60), self.chance.randint(0, 3)))
        return {"due": "2025-01-31", "late": [{"days": day, "fraction": self._fraction()} for day in days]}

    def _manual(self) -> dict:
        return {}

    def _carried(self) -> dict:
        return {}

    def _formula(self) -> dict:
        expression = self.chance.choice(
            ["10 * a / (b + 1)", "MIN(a, b) * 0.37", "IF(b = 0 OR a > b, 1.005, a / b)", "a - b", "a / (b - 2)"]
        )
        return {"expression": expression, "inputs": [{"name": "a"}, {"name": "b"}]}

    def _linear(self) -> dict:
        transform = self.chance.choice(["none", "none", "ln"])
        return {
            "low": self._decimal(1, 4, 1) if transform == "ln" else self._decimal(-4, 4, 1),
            "high": self._decimal(5, 12, 2),
            "clip": self.chance.random() < 0.7,
            "transform": transform,
            "direction": self.chance.choice([1, -1]),
        }

    def _relative(self) -> dict:
        return {"method": self.chance.choice(["best", "min_max", "rank"])}

    def _declared(self, criteria_set: CriteriaSet) -> dict:
        found = {line.code: self._fields(line) for line in criteria_set.lines}
        return {code: fields for code, fields in found.items() if fields}

    def _fields(self, line) -> dict:
        how = self.chance.random()
        if how < 0.1:
            return {}
        if how < 0.18:
            return {"appraised_points": self._given(line)}
        if how < 0.3 and line.rule.na_allowed:
            return {"na": "approved"}
        kind = line.rule.kind
        if kind == "ratio":
            highest = 10**17 if self.chance.random() < 0.1 else 40
            below = self.chance.choice([0, self.chance.randint(0, highest), self.chance.randint(1, highest)])
            places = self.chance.choice(["", "", ".0", ".5"])
            return {"a": str(self.chance.randint(0, below)), "b": f"{below}{places}"}
        if kind == "level":
            return {
                spec.name: self.chance.choice(spec.allowed or ("yes", "no"))
                for spec in line.rule.specs
            }  # fmt: skip
        return {spec.name: self._field(line, spec) for spec in line.rule.specs}

    def _field(self, line, spec) -> str:
        if spec.type == "date":
            return (date(2025, 1, 31) + timedelta(self.chance.randint(-40, 70))).isoformat()
        if spec.type == "yes_no":
            return self.chance.choice(["yes", "no"])
        if spec.at_most_max:
            return self._given(line)
        if spec.type == "whole":
            highest = 25 if self.chance.random() < 0.97 else 10**19
            return f"{self.chance.randint(0, highest)}{self.chance.choice(['', '', '', '.0', '.00'])}"
        low = 0 if spec.at_least_zero else -6
        if getattr(line.rule, "transform", "") == "ln":
            low = 1
        if self.chance.random() < 0.005:
            return f"{self.chance.randint(1, 10**20 - 1)}.{self.chance.randint(0, 10**12):012}"
        return self._decimal(low, 14, self.chance.choice([0, 0, 1, 2, 7]))

    def _given(self, line) -> str:
        """Points up to the line's maximum, often with more decimals than are kept."""
        places = self.chance.choice([0, self.places, self.places + 1, self.places + 3])
        units = self.chance.randint(0, int(line.max_points * 10**places))
        digits = f"{units:0{places + 1}}"
        return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _nodes(item: dict) -> list[str]:
    return (
        [item["code"], *(code for child in item.get("children", ()) for code in _nodes(child))]
        if "children" in item
        else []
    )
