"""X1: how long the slowest of 100,000 grown and random formulas takes to be read and reckoned, or refused."""

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scoring.engine.formula import FormulaFault, Known, Undefined, parse, value_of
from tests.scoring.engine.formula.test_refusals import PIECES
from tests.scoring.engine.formula.test_values import Grown

COUNT = 50_000
MOST_SECONDS = 0.05


def measure(rounds: int) -> Iterator[str]:
    yield _told(f"{COUNT:,} formulas grown from the grammar", _grown())
    yield _told(f"{COUNT:,} random strings of its words and signs", _random())
    longest = "-" + " + ".join(["9" * 20 + "." + "9" * 30] * 250)
    yield _told("the longest formula, 250 numbers of 50 digits", [(longest, Known({}, {}))] * 9)


def _grown() -> Iterator[tuple[str, Known]]:
    for seed in range(COUNT):
        grown = Grown(seed)
        yield grown.number(5)[0], Known(grown.inputs, {})


def _random() -> Iterator[tuple[str, Known]]:
    chance, known = random.Random(6), Known({"a": Fraction(7), "b": Fraction(2)}, defaultdict(Fraction))
    for _number in range(COUNT):
        yield "".join(chance.choices(PIECES, k=chance.choice((3, 10, 40, 200)))), known


def _told(what: str, formulas) -> str:
    taken = sorted(_seconds(text, known) for text, known in formulas)
    verdict = "reached" if taken[-1] <= MOST_SECONDS else "short"
    return f"X1: {what}: slowest {taken[-1] * 1000:.3g} ms, median {taken[len(taken) // 2] * 1e6:.3g} µs; ≤ 50 ms {verdict}."


def _seconds(text: str, known: Known) -> float:
    started = time.perf_counter()
    try:
        value_of(parse(text, known.inputs), known)
    except (FormulaFault, Undefined):
        # A refusal in words is an answer like another; anything else ends the measurement.
        return time.perf_counter() - started
    return time.perf_counter() - started
