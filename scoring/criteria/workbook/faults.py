"""What is wrong in a file that describes a set: where it stands there, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`place` is a cell such as D7 of `sheet`; in a JSON file `sheet` is empty and `place` a pointer or line:column."""

    sheet: str
    place: str
    sentence: str


class CellFault(Exception):
    """A single cell cannot be read; the caller knows where it stands."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence
