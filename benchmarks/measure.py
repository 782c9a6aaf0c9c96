"""Time product and anchor in turn, A B A B, so that a slow hour meets both. Seconds unless a unit is named."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

Measure = Callable[[], float]


@dataclass(frozen=True)
class Goal:
    """A limit on product ÷ anchor: at most `limit`, or at least where `is_floor`. `code` names the goal: E2, W1, ..."""

    code: str
    limit: float
    is_floor: bool = False

    def met(self, ratio: float) -> bool:
        return ratio >= self.limit if self.is_floor else ratio <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.is_floor else '≤'} {self.limit:.3g}"


@dataclass(frozen=True)
class Figure:
    """One measured goal: medians of both sides, and the ratios pair by pair."""

    goal: Goal
    what: str
    product: float
    anchor: float
    ratios: list[float]
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    def cells(self) -> list[str]:
        spread = f"{min(self.ratios):.3g}-{max(self.ratios):.3g}, n={len(self.ratios)}"
        verdict = "reached" if self.goal.met(self.ratio) else "short"
        sides = [shown(value, self.unit) for value in (self.product, self.anchor)]
        return [self.goal.code, self.what, *sides, f"{self.ratio:.3g} ({spread})", str(self.goal), verdict]


HEADS = ["goal", "what", "product", "anchor", "ratio (spread)", "target", ""]


def shown(value: float, unit: str) -> str:
    return f"{value * 1000:.3g} ms" if unit == "s" and value < 1 else f"{value:.3g} {unit}"


def compare(goal: Goal, what: str, product: Measure, anchor: Measure, rounds: int, unit: str = "s") -> Figure:
    """Both sides once to warm up, then pairs; one round has no warm-up. Each callable returns what it measured."""
    if rounds > 1:
        product(), anchor()
    pairs = [(anchor(), product()) for _round in range(rounds)]
    ratios = [ours / theirs for theirs, ours in pairs]
    return Figure(goal, what, median(ours for _, ours in pairs), median(theirs for theirs, _ in pairs), ratios, unit)


def timed(act: Callable[[], object]) -> Measure:
    """Seconds of one call, the garbage of the last one gone before."""

    def measure() -> float:
        gc.collect()
        started = time.perf_counter()
        act()
        return time.perf_counter() - started

    return measure


@contextmanager
def side(module: str, *arguments: str, python: str = sys.executable, **environment: str) -> Iterator[Measure]:
    """`python -m module` as a child that calls `serve`: each call of the measure is one of its rounds."""
    with subprocess.Popen(
        [python, "-m", module, *arguments],
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:

        def measure() -> float:
            child.stdin.write("\n")
            child.stdin.flush()
            return float(child.stdout.readline())

        yield measure
        child.stdin.close()


def serve(measure: Measure) -> None:
    """The child's end of `side`: a line in, a figure out, until the input ends."""
    for _line in sys.stdin:
        print(measure(), flush=True)
