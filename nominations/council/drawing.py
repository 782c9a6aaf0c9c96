"""The bar of a vote as numbers for the SVG of the page: pixels of a fixed width, no style attributes."""

from dataclasses import dataclass

from nominations import tally

WIDTH, HEIGHT = 600, 18


@dataclass(frozen=True)
class Bar:
    """Segments from the left, and the tick of the threshold; all whole pixels of WIDTH."""

    in_favour: int
    against: int
    abstained: int
    tick: int

    @property
    def after_favour(self) -> int:
        return self.in_favour

    @property
    def after_against(self) -> int:
        return self.in_favour + self.against


def bar_of(rules: tally.Rules, votes: tally.Votes, counted: tally.Tally) -> Bar:
    """Widths as shares of the base; nothing is drawn for members who have not voted."""
    base = max(counted.base, 1)
    widths = [round(WIDTH * n / base) for n in (votes.in_favour, votes.against, votes.abstained)]
    return Bar(*widths, tick=round(WIDTH * rules.threshold_percent / 100))
