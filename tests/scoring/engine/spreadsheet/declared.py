"""What units declare in any set, drawn from a seed: a few gaps, approvals and points set by an appraiser among it."""

import random
from datetime import date, timedelta

from scoring.engine import CriteriaSet, GroupEntry, Leaf


def declared(criteria_set: CriteriaSet, units: int, groups: int, seed: int = 1) -> tuple[dict, dict[str, GroupEntry]]:
    chance = random.Random(seed)
    names = [f"Xã {number:02}" for number in range(units)]
    values = {
        name: {leaf.code: fields for leaf in criteria_set.lines if (fields := _fields(leaf, chance))} for name in names
    }
    entries = {
        name: GroupEntry(f"Cụm {place % groups + 1}", f"2025-12-0{place % 9 + 1}T09:00:00+07:00")
        for place, name in enumerate(names)
    }
    return values, entries


def _fields(leaf: Leaf, chance: random.Random) -> dict[str, str]:
    drawn = chance.random()
    if drawn < 0.05:
        return {}
    if drawn < 0.1:
        return {"appraised_points": f"{chance.randint(0, int(leaf.max_points * 100)) / 100:.2f}"}
    if drawn < 0.15 and leaf.rule.na_allowed:
        return {"na": "approved"}
    if leaf.rule.kind == "ratio":
        below = chance.randint(0, 400)
        return {"a": str(chance.randint(0, below)), "b": str(below)}
    return {spec.name: _field(leaf, spec, chance) for spec in leaf.rule.specs}


def _field(leaf: Leaf, spec, chance: random.Random) -> str:
    if spec.type == "choice":
        return chance.choice(spec.allowed)
    if spec.type == "yes_no":
        return chance.choice(["yes", "no"])
    if spec.type == "date":
        return (date(2025, 1, 31) + timedelta(chance.randint(-20, 60))).isoformat()
    if spec.at_most_max:
        return f"{chance.randint(0, int(leaf.max_points * 1000)) / 1000:.3f}"
    return str(chance.randint(0, 14))
