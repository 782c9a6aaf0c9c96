"""What is usual: the figures by which the units of a group were ranked a year before."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from statistics import median

from scoring.models import Assessment, RankingRun

# Fewer units have no «usual».
FEWEST_UNITS = 3
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def usual_numbers(assessment: Assessment) -> Mapping[tuple[str, str], Decimal]:
    """(code, field) → the group's median of last year. One query; one more the first time in a process."""
    runs = RankingRun.objects.published().filter(cycle__year=assessment.cycle.year - 1, group=assessment.group_id)
    sha256 = runs.values_list("sha256", flat=True).first()
    return _medians(sha256) if sha256 else {}


# By the hash: what it stands for cannot change.
@lru_cache(maxsize=32)
def _medians(sha256: str) -> Mapping[tuple[str, str], Decimal]:
    snapshot = RankingRun.objects.filter(sha256=sha256).values_list("snapshot", flat=True).first()
    numbers: dict[tuple[str, str], list[Decimal]] = {}
    for lines in json.loads(snapshot)["values"].values():
        for code, values in lines.items():
            for name, value in values.items():
                if _NUMBER.fullmatch(value):
                    numbers.setdefault((code, name), []).append(Decimal(value))
    return {place: median(found) for place, found in numbers.items() if len(found) >= FEWEST_UNITS}
