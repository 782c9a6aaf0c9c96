"""Weights drawn around the set's own: Dirichlet, one family of weights at a time.

A family is the weights that compete with each other: the maxima of all lines of a chain of sums, or the weights of a
mean's children. With n weights w (shares that add up to 1) a draw is Dirichlet(c w), c = (n - 1) / spread**2 - 1:
then a weight of average size 1/n has the relative standard deviation `spread`, a larger one less, a smaller one more,
and the mean of every weight is the set's own.

A draw is given as factors drawn / own, whole multiples of 2**-bits, so that all that follows is exact. Block b of
`BLOCK` draws has a generator of its own, made from the seed and b alone; that is part of the format of a study.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..aggregate import maxima
from ..faults import Fault, Refused
from ..model import CriteriaSet, Node
from .choices import PILLARS, Options

BLOCK = 256
STREAM = 1


@dataclass(frozen=True)
class Family:
    codes: tuple[str, ...]
    shares: tuple[Fraction, ...]


def refuse_geometric(criteria_set: CriteriaSet) -> None:
    """Roots and powers differ in their last bit from one processor to the next, and so would the bytes of a study."""
    geometric = [node.code for node in criteria_set.nodes if node.aggregate == "geometric_mean"]
    if geometric:
        vi = f"Mục {geometric[0]} lấy trung bình nhân; độ vững thứ hạng chưa tính được với cách gộp này."
        en = f"{geometric[0]} is a geometric mean, which a stability study does not draw."
        raise Refused([Fault("/root", en, vi)])


def families_of(criteria_set: CriteriaSet, level: str) -> tuple[Family, ...]:
    """The families of two weights or more; a weight alone cannot move."""
    full, found = maxima(criteria_set), []

    def visit(node: Node) -> None:
        children = node.children if level == PILLARS else _terminals(node)
        own = [full[child.code] if node.aggregate == "sum" else Fraction(child.weight) for child in children]
        found.append(Family(tuple(child.code for child in children), tuple(weight / sum(own) for weight in own)))
        for child in children:
            if level != PILLARS and isinstance(child, Node):
                visit(child)

    visit(criteria_set.root)
    return tuple(family for family in found if len(family.codes) > 1)


def _terminals(node: Node) -> list:
    """A mean's children; for a sum what its chain of sums is made of: leaves and means."""
    if node.aggregate != "sum":
        return list(node.children)
    found = []
    for child in node.children:
        is_sum = isinstance(child, Node) and child.aggregate == "sum"
        found += _terminals(child) if is_sum else [child]
    return found


class Weights:
    """Factors [draw, code], the codes in the order of `codes`."""

    def __init__(self, families: tuple[Family, ...], options: Options, bits: int):
        self.codes = tuple(code for family in families for code in family.codes)
        self.families, self.seed, self.bits = families, options.seed, bits
        self._alpha = np.array(
            [_concentration(one, options.spread) * share for one in families for share in one.shares]
        )
        self._alpha = self._alpha.astype(np.float64)
        self._block: tuple[int, np.ndarray] | None = None

    def factors(self, start: int, stop: int) -> np.ndarray:
        """Draws start..stop - 1, whole numbers around 2**bits."""
        parts = []
        for block in range(start // BLOCK, -(-stop // BLOCK)):
            first = block * BLOCK
            parts.append(self._drawn(block)[max(start - first, 0) : stop - first])
        return np.concatenate(parts)

    def _drawn(self, block: int) -> np.ndarray:
        if self._block is None or self._block[0] != block:
            sequence = np.random.SeedSequence(self.seed, spawn_key=(STREAM, block))
            generator = np.random.Generator(np.random.Philox(sequence))
            gammas = generator.standard_gamma(self._alpha, size=(BLOCK, len(self._alpha)))
            self._block = (block, self._shared_out(np.rint(gammas * 2**20)))
        return self._block[1]

    def _shared_out(self, gammas: np.ndarray) -> np.ndarray:
        """Whole gammas to factors; their sums are exact, so no order of adding shows."""
        factors, at = np.empty_like(gammas), 0
        for family in self.families:
            columns = slice(at, at + len(family.codes))
            own = np.array([np.float64(share) for share in family.shares])
            total = gammas[:, columns].sum(axis=1, keepdims=True)
            factors[:, columns] = np.rint(gammas[:, columns] / (total * own) * 2**self.bits)
            at = columns.stop
        return np.maximum(factors, 1)


def _concentration(family: Family, spread) -> Fraction:
    return (len(family.codes) - 1) / Fraction(spread) ** 2 - 1
