"""Invented answers of a unit to a criteria set, and what its appraisers do with them. No Django, no clock, no files.

`standing.qualities` gives each unit of a group the total that it should come out with; `unit_answers` finds answers that do.
How: each line draws its chances once, from generators seeded by seed, unit, year and line. A `level` shifts all lines
together and more of it hardly ever takes points from a line, so bisection finds the level whose appraised total comes
near the target; then the numerators of some large ratios are moved until the total is met to the hundredth, or nearly.
Last, claims are made by raising some appraised lines: those are the lines that the appraiser corrects.
The sets must be trees of sums, 2 places, that renormalise what is not applicable, as Sơn La's are.
"""

from decimal import Decimal
from random import Random

from scoring import engine
from sonla_awards.sample.lines import Fields, Line, drawn
from sonla_awards.sample.writing import SampleAnswer, Writer


def unit_answers(
    criteria_set,
    *,
    unit: str,
    quality: float,
    seed: int,
    completeness: float = 1.0,
    population: int | None = None,
    year: int | None = None,
) -> dict[str, SampleAnswer]:
    """Answers of `unit` by line code, whose appraised total comes out near `quality` x 100 points.

    `completeness` 0..1 is the share of lines a unit still filing has answered; the others are absent. `population`
    (people) fits the denominators to a known commune; `year` dates the documents (default: the set's).
    A penalty for late filing may occur: file that unit late.
    """
    year = year or criteria_set.year
    lines = [drawn(leaf, unit, year, seed, population) for leaf in criteria_set.lines]
    sheet = Sheet(criteria_set, lines)
    level = sheet.settle_level(quality)
    sheet.tune(round(quality * 10_000))
    rng = Random(f"{seed} {unit} {year} appraisal")
    raised, truth = _raised(sheet, level, rng), sheet.fields
    kept = {line.leaf.code for line in lines if line.leaf in criteria_set.adjustments or rng.random() < completeness}
    writer, answers = Writer(unit, year), {}
    for line in lines:
        code = line.leaf.code
        if code in kept and not (line.rule.is_adjustment and truth[code] == {"value": "0"}):
            answers[code] = writer.answer(line, truth[code], raised.get(code))
    return answers


class Sheet:
    """A unit's appraised fields, and the total they make in hundredths of a point."""

    def __init__(self, criteria_set, lines: list[Line]):
        self.criteria_set, self.lines = criteria_set, lines
        self.fields: dict[str, Fields] = {}
        self._known: dict[tuple, int] = {}
        tree = [line for line in lines if not line.rule.is_adjustment]
        self._maximum = sum(line.leaf.max_points for line in tree)
        self._applicable = sum(line.leaf.max_points for line in tree if not line.is_na)

    def points(self, line: Line, fields: Fields) -> int:
        """The engine's points, remembered: most lines stay as they are from one step to the next."""
        asked = (line.leaf.code, *fields.values())
        if asked not in self._known:
            scored = engine.score_line(self.criteria_set, line.leaf.code, fields).points
            self._known[asked] = int((scored or 0) * 100)
        return self._known[asked]

    def total(self) -> int:
        """As the engine renormalises and rounds (half up) what is printed."""
        sums = {"bonus": 0, "penalty": 0, "tree": 0}
        for line in self.lines:
            part = line.rule.kind if line.rule.is_adjustment else "tree"
            sums[part] += self.points(line, self.fields[line.leaf.code])
        base = sums["tree"] * self._maximum / self._applicable
        return int(base + Decimal("0.5")) + sums["bonus"] - sums["penalty"]

    def settle_level(self, quality: float) -> float:
        """Fill in the lines at the level, the same for all, that brings the total near the target."""
        low, high = quality - 0.4, quality + 0.2
        for _ in range(5):
            level = (low + high) / 2
            self.fields = {line.leaf.code: line.fields(level) for line in self.lines}
            low, high = (level, high) if self.total() < quality * 10_000 else (low, level)
        return level

    def tune(self, target: int) -> None:
        """Meet the target by single numerators, each moved by a fifth of its denominator at most."""
        large = [line for line in self.lines if line.rule.kind == "ratio" and line.size >= 100 and not line.is_na]
        for line in sorted(large, key=lambda line: line.dice):
            if self.total() == target:
                return
            now, tried = int(self.fields[line.leaf.code]["a"]), []
            low, high = max(0, now - line.size // 5), min(line.size, now + line.size // 5)
            while low <= high:
                middle = (low + high) // 2
                self.fields[line.leaf.code] = {"a": str(middle), "b": str(line.size)}
                missed = self.total() - target
                tried.append((abs(missed), middle))
                low, high = (middle + 1, high) if missed < 0 else (low, middle - 1)
            self.fields[line.leaf.code] = {"a": str(min(tried)[1]), "b": str(line.size)}


def _raised(sheet: Sheet, level: float, rng: Random) -> dict[str, Fields]:
    """Claims above the truth on about a ninth of the lines, by 1.5 points at most: what appraisers will correct."""
    declared = [line for line in sheet.lines if line.is_declared and not line.rule.is_adjustment]
    wanted = round(len(declared) * rng.uniform(0.08, 0.14))
    raised: dict[str, Fields] = {}
    for line in rng.sample(declared, len(declared)):
        if len(raised) == wanted or line.is_na:
            continue
        earned = sheet.points(line, sheet.fields[line.leaf.code])
        for claim in (line.fields(level + step) for step in (0.25, 0.12, 0.5)):
            if earned < sheet.points(line, claim) <= earned + 150:
                raised[line.leaf.code] = claim
                break
    return raised
