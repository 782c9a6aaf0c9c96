"""Dividing work between people: pure, exact in whole numbers, the same for the same input in any order.

Minimised first: the sum of the squared loads, which makes them as equal as conflicts and the cap allow. Then: how many
pairs stay as they were last year. What is still equal is decided by lot: the order of a hash with the seed.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import networkx

SOURCE, SINK = "source", "sink"


@dataclass(frozen=True)
class Work:
    """What one person gets whole. `may` are the people without a conflict, `before` who had it last year."""

    key: str
    may: frozenset[str]
    before: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Solution:
    """`who` has an entry per piece of work, "" where nobody may. `balance` and `repeats` are what was minimised."""

    who: Mapping[str, str]
    cap: int
    balance: int
    repeats: int


class CapTooSmall(ValueError):
    """`needed` is the smallest cap for which a plan exists, `placed` how many of `total` pieces fit under the given one."""

    def __init__(self, *, placed: int, total: int, needed: int):
        super().__init__(f"{placed} of {total} fit; {needed} for each are needed")
        self.placed, self.total, self.needed = placed, total, needed


def divide(works: Iterable[Work], people: Collection[str], *, cap: int | None, seed: int) -> Solution:
    """Every piece of work that somebody may do gets one person, at most `cap` pieces each (None: as few as possible).
    CapTooSmall where that cannot be."""
    people, kinds = sorted(people, key=lambda one: _lot(seed, one)), _kinds(works, seed)
    free = {kind: group for kind, group in kinds.items() if kind[0]}
    total = sum(len(group) for group in free.values())
    needed = _smallest_cap(free, people, total)
    if cap is not None and cap < needed:
        raise CapTooSmall(placed=_most(free, people, cap), total=total, needed=needed)
    # No even division gives anybody more than the smallest possible cap.
    flows = _flows(free, people, needed, total) if total else {}
    who = {work.key: "" for group in kinds.values() for work in group}
    for kind, group in free.items():
        takers = [one for one in people for _piece in range(flows[kind].get(one, 0))]
        who |= {work.key: one for work, one in zip(group, takers, strict=True)}
    return _weighed(who, kinds, needed if cap is None else cap)


def _lot(seed: int, name: str) -> tuple[str, str]:
    return hashlib.sha256(f"{seed}|{name}".encode()).hexdigest(), name


Kind = tuple[tuple[str, ...], tuple[str, ...]]


def _kinds(works: Iterable[Work], seed: int) -> dict[Kind, list[Work]]:
    """Work that may go to the same people at the same cost is one node of the network: some dozens instead of thousands."""
    kinds: dict[Kind, list[Work]] = defaultdict(list)
    for work in sorted(works, key=lambda one: _lot(seed, one.key)):
        kinds[tuple(sorted(work.may)), tuple(sorted(work.before & work.may))].append(work)
    return {kind: kinds[kind] for kind in sorted(kinds)}


def _smallest_cap(kinds: Mapping[Kind, list[Work]], people: Collection[str], total: int) -> int:
    low, high = -(-total // max(len(people), 1)), total
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _most(kinds, people, middle) == total else (middle + 1, high)
    return low


def _most(kinds: Mapping[Kind, list[Work]], people: Collection[str], cap: int) -> int:
    """How many pieces find somebody under the cap."""
    network = networkx.DiGraph()
    network.add_nodes_from([SOURCE, SINK])
    for kind, group in kinds.items():
        network.add_edge(SOURCE, ("work", kind), capacity=len(group))
        network.add_edges_from((("work", kind), ("person", one)) for one in kind[0])
    for one in people:
        network.add_edge(("person", one), SINK, capacity=cap)
    return networkx.maximum_flow_value(network, SOURCE, SINK)


def _flows(
    kinds: Mapping[Kind, list[Work]], people: Collection[str], cap: int, total: int
) -> dict[Kind, dict[str, int]]:
    """How many pieces of each kind go to whom, by min-cost flow. The n-th piece of a person costs 2n - 1, so that a load
    costs its square; that weighs more than all repeats together."""
    network = networkx.MultiDiGraph()
    network.add_node(SINK, demand=total)
    for one in people:
        for place in range(cap):
            network.add_edge(("person", one), SINK, capacity=1, weight=(2 * place + 1) * (total + 1))
    for kind, group in kinds.items():
        network.add_node(("work", kind), demand=-len(group))
        for one in people:
            if one in kind[0]:
                network.add_edge(("work", kind), ("person", one), weight=int(one in kind[1]))
    _cost, flow = networkx.network_simplex(network)
    return {kind: {one: sum(edges.values()) for (_what, one), edges in flow["work", kind].items()} for kind in kinds}


def _weighed(who: Mapping[str, str], kinds: Mapping[Kind, list[Work]], cap: int) -> Solution:
    loads = Counter(one for one in who.values() if one)
    repeats = sum(who[work.key] in work.before for group in kinds.values() for work in group)
    return Solution({key: who[key] for key in sorted(who)}, cap, sum(load * load for load in loads.values()), repeats)
