"""Whether somebody marks more strictly or more mildly than agreed, or than colleagues do: values in, a finding out.

Against colleagues. Read are the last `WINDOW` files; lines of one unit decided one after the other are one file. Each
mark is compared with every mark that colleagues gave on the same criterion: +1 where it cuts more from the claim, −1
where it cuts less, 0 where it cuts the same. A drift is told where the mean of these lies at least `PEERS_AT` standard
errors from 0 and the mean cut is apart by at least `LEAST_SHARE` of the line's maximum. Ranks and not means are tested,
because most lines are not cut at all and a few are cut wholly. The standard error is the larger of two: that of the rank
sum test with ties (Mann and Whitney), and one in which the lines of a unit count as one (DeLong, Obuchowski), since a
unit that claims too much does so on all its lines.

Against the reference answers. The signed gaps are summed and divided by the root of the sum of their squares; told from
`ANCHORS_AT` on, with the same least share.

With fewer than `FEW` nothing is told. The bounds hold for somebody who looks after every file: `tests/scoring/anchors/
test_drift.py` injects drifts and counts the false alarms. All arithmetic is exact.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import groupby
from math import lcm

WINDOW, FEW = 30, 10
LEAST_SHARE = Fraction(3, 100)
PEERS_AT, ANCHORS_AT = Fraction(31, 10), Fraction(27, 10)


class Tendency(Enum):
    TOO_FEW = "too_few"
    EVEN = "even"
    STRICT = "strict"
    MILD = "mild"

    @property
    def is_drift(self) -> bool:
        return self in (Tendency.STRICT, Tendency.MILD)


@dataclass(frozen=True)
class Mark:
    """`cut` is what the mark takes from the claim, of `most` points; more where it is stricter, also for a deduction."""

    person: Hashable
    criterion: Hashable
    file: Hashable
    cut: Decimal
    most: Decimal


@dataclass(frozen=True)
class BesidePeers:
    """`files` units and `peer_files` of colleagues can be compared; the mean cuts on the same criteria are shares of the
    maximum, None where there are too few."""

    files: int
    peer_files: int
    own_share: Fraction | None
    peers_share: Fraction | None
    tendency: Tendency

    @property
    def apart_share(self) -> Fraction | None:
        """More than colleagues cut; negative for less."""
        return None if self.own_share is None or self.peers_share is None else self.own_share - self.peers_share


@dataclass(frozen=True)
class BesideAnchors:
    """Mean gaps as shares of the maximum, None without marks. Signed: above 0 gives less than agreed."""

    marks: int
    signed_share: Fraction | None
    absolute_share: Fraction | None
    tendency: Tendency


def beside_anchors(gaps: Sequence[Fraction]) -> BesideAnchors:
    """`gaps`: agreed less given points, as shares of the maximum, of each reference answer that the person marked."""
    count = len(gaps)
    if not count:
        return BesideAnchors(0, None, None, Tendency.TOO_FEW)
    total, squares = sum(gaps, Fraction(0)), sum((gap * gap for gap in gaps), Fraction(0))
    signed, absolute = total / count, sum(map(abs, gaps), Fraction(0)) / count
    tendency = Tendency.TOO_FEW
    if count >= FEW:
        tendency = _tendency(total, squares, ANCHORS_AT, signed)
    return BesideAnchors(count, signed, absolute, tendency)


def beside_peers(own: Sequence[Mark], peers: Iterable[Mark]) -> BesidePeers:
    """`own` in the order in which they were given, all of one person; `peers` by anybody else, in any order."""
    theirs = defaultdict(list)
    for mark in peers:
        theirs[mark.criterion].append(mark)
    window = last_files([mark for mark in own if mark.criterion in theirs])
    if not window:
        return BesidePeers(0, 0, None, None, Tendency.TOO_FEW)
    mine = defaultdict(list)
    for mark in window:
        mine[mark.criterion].append(mark)
    fields = [_Field(marks, theirs[criterion]) for criterion, marks in mine.items()]
    files = len({mark.file for mark in window})
    peer_files = len({(mark.person, mark.file) for field in fields for mark in field.peers})
    if min(files, peer_files) < FEW:
        return BesidePeers(files, peer_files, None, None, Tendency.TOO_FEW)
    own_share = sum((field.own_mean for field in fields), Fraction(0)) / len(window)
    peers_share = sum((field.peers_mean for field in fields), Fraction(0)) / len(window)
    total, variance = _rank_sum(fields, len(window))
    tendency = _tendency(total, variance, PEERS_AT, own_share - peers_share)
    return BesidePeers(files, peer_files, own_share, peers_share, tendency)


def last_files(marks: Sequence[Mark]) -> list[Mark]:
    """The marks of the last `WINDOW` files."""
    files = [list(run) for _file, run in groupby(marks, key=lambda mark: mark.file)]
    return [mark for file in files[-WINDOW:] for mark in file]


def _tendency(total: Fraction, variance: Fraction, bound: Fraction, apart: Fraction) -> Tendency:
    """Drift where the total lies `bound` standard errors from 0, and the shares lie apart to the same side."""
    if not total or total * total < bound * bound * variance or total * apart <= 0 or abs(apart) < LEAST_SHARE:
        return Tendency.EVEN
    return Tendency.STRICT if apart > 0 else Tendency.MILD


class _Field:
    """The marks on one criterion: n own ones in the window, m of colleagues."""

    def __init__(self, own: list[Mark], peers: list[Mark]):
        self.own, self.peers = own, peers
        mine, theirs = sorted(mark.cut for mark in own), sorted(mark.cut for mark in peers)
        most = Fraction(own[0].most)
        self.own_mean = Fraction(sum(mine)) / most
        self.peers_mean = Fraction(sum(theirs)) / most / len(theirs) * len(mine)
        # How many of the other side lie below a mark, less how many lie above it.
        above, below = _places(theirs, mine), _places(mine, theirs)
        self.above_peers = [above[mark.cut] for mark in own]
        self.below_own = [-below[mark.cut] for mark in peers]
        self.null_variance = _null_variance(mine, theirs)


def _places(among: list[Decimal], values: list[Decimal]) -> dict[Decimal, int]:
    """Each different value once: marks are few and round."""
    return {one: bisect_left(among, one) + bisect_right(among, one) - len(among) for one in set(values)}


def _null_variance(mine: list[Decimal], theirs: list[Decimal]) -> Fraction:
    """Of the sum over own marks of their mean comparison, where both sides draw from one urn."""
    n, m = len(mine), len(theirs)
    both = n + m
    ties = sum(count**3 - count for count in Counter(mine + theirs).values())
    return Fraction(n * (both + 1), 3 * m) * (1 - Fraction(ties, both**3 - both))


def _rank_sum(fields: list[_Field], n: int) -> tuple[Fraction, Fraction]:
    """The sum of the own marks' mean comparisons, and its variance. Reckoned in whole numbers: times `scale`."""
    scale = lcm(*(len(field.peers) for field in fields))
    mine, theirs = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0])
    for field in fields:
        step, weight = scale // len(field.peers), len(field.own) * scale // len(field.peers)
        for mark, place in zip(field.own, field.above_peers, strict=True):
            _add(mine[mark.file], place * step, scale)
        for mark, place in zip(field.peers, field.below_own, strict=True):
            _add(theirs[mark.person, mark.file], place * step, weight)
    total = sum(found for found, _weight in mine.values())
    by_units = sum((_spread(side.values(), total, n * scale) for side in (mine, theirs)), Fraction(0))
    null = sum((field.null_variance for field in fields), Fraction(0))
    return Fraction(total, scale), max(by_units / scale**2, null)


def _add(sums: list[int], found: int, weight: int) -> None:
    sums[0] += found
    sums[1] += weight


def _spread(units: Iterable[Sequence[int]], total: int, weights: int) -> Fraction:
    """The variance of `total` as it shows between units, each beside its part (`weight` of `weights`) of the total."""
    units = list(units)
    squares = sum((weights * found - total * weight) ** 2 for found, weight in units)
    return Fraction(squares * len(units), weights**2 * (len(units) - 1))
