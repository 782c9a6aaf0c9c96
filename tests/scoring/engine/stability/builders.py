"""Small studies: sets of manual leaves, points as they are, and random points for any set."""

import random
from decimal import Decimal

from scoring.engine import CriteriaSet, GroupEntry, Results, score
from scoring.engine.stability import Options, study
from tests.scoring.engine.builders import document, leaf, loaded, manual_results, node

GRADES = [{"code": "A", "title": {"vi": "Tốt"}, "from": "15"}, {"code": "B", "title": {"vi": "Khá"}, "from": "10"}]


def two_lines(**scoring) -> CriteriaSet:
    """Lines L1 and L2 of 10 points each."""
    keys = {"places": 2, "round_at": "leaf", **scoring}
    return loaded(document(node("R", leaf("L1"), leaf("L2")), grades=GRADES, **keys))


def studied(criteria_set: CriteriaSet, points, *, claimed=None, gaps=None, **options):
    """The study of units given as {unit: {leaf: points}}; few draws unless said."""
    chosen = Options(**{"draws": 500, **options})
    given = None if claimed is None else manual_results(criteria_set, claimed)
    return study(criteria_set, manual_results(criteria_set, points), claimed=given, gaps=gaps, options=chosen)


def random_values(criteria_set: CriteriaSet, units: int, seed: int = 5) -> dict:
    """Every line's points at the set's places, few of them missing or, where it is allowed, not applicable."""
    chance, values = random.Random(seed), {}
    for number in range(units):
        fields = values.setdefault(f"u{number:03}", {})
        for one in criteria_set.lines:
            unit = Decimal(1).scaleb(-criteria_set.scoring.places)
            points = unit * chance.randint(0, int(one.max_points / unit))
            if one.rule.na_allowed and chance.random() < 0.1:
                fields[one.code] = {"na": "approved"}
            elif chance.random() > 0.02:
                fields[one.code] = {"appraised_points": format(points, "f")}
    return values


def random_results(criteria_set: CriteriaSet, units: int = 40, groups: int = 3, seed: int = 5) -> Results:
    values = random_values(criteria_set, units, seed)
    entries = {unit: GroupEntry(f"G{number % groups}", "") for number, unit in enumerate(values)}
    return score(criteria_set, values, entries)
