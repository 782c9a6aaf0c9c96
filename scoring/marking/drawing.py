"""Which lines are marked twice, and by whom: by lot with a seed, the same for the same lines in any order."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.assigning.solver import Work, divide


@dataclass(frozen=True)
class Line:
    """`first` is the account the line is assigned to, "" where the agency's people share it."""

    answer: int
    unit: int
    unit_code: str
    criterion: str
    first: str

    @property
    def key(self) -> str:
        return f"{self.unit_code}/{self.criterion}"


def sample(lines: Iterable[Line], *, share_percent: int, seed: int) -> list[Line]:
    """The share of each criterion's lines, rounded up, so that every criterion has one: those with the smallest hash."""
    of_criterion: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        of_criterion[line.criterion].append(line)
    drawn: list[Line] = []
    for found in of_criterion.values():
        count = -(-len(found) * share_percent // 100)
        drawn += sorted(found, key=lambda line: _lot(seed, line.key))[:count]
    return sorted(drawn, key=lambda line: line.key)


def _lot(seed: int, key: str) -> str:
    return hashlib.sha256(f"{seed}/{key}".encode()).hexdigest()


def markers_of(drawn: Iterable[Line], barred: Mapping[str, Iterable[int]], *, seed: int) -> dict[int, str]:
    """Answer → account of the second marker, "" where nobody is free. `barred`: account → units it does not touch.

    Never whom the line is assigned to. Of lines that are shared somebody else must stay who marks first. Loads are as even
    as that allows.
    """
    drawn = list(drawn)
    works = []
    for line in drawn:
        free = {one for one, units in barred.items() if line.unit not in units}
        may = free - {line.first} if line.first else free if len(free) > 1 else set()
        works.append(Work(line.key, frozenset(may)))
    who = divide(works, set(barred), cap=None, seed=seed).who
    return {line.answer: who[line.key] for line in drawn}
