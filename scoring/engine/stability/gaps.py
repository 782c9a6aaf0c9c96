"""GAPS.csv: by how many points two appraisers of one line differ on average."""

from fractions import Fraction

from ..csvtext import Cell, read_table
from ..exact import decimal_from_text
from ..faults import Fault, Refused, quoted
from ..model import CriteriaSet

GAPS_HEADER = ("criterion", "gap_points")


class Gaps(dict[str, Fraction]):
    """gaps[criterion] = points, and where in the file each stands."""

    def __init__(self, place: str):
        super().__init__()
        self.place = place
        self.cells: dict[str, tuple[Cell, Cell]] = {}

    def place_of(self, code: str, column: int) -> str:
        cell = self.cells[code][column]
        return f"{self.place}:{cell.line}:{cell.column}"


def read_gaps(data: bytes | str, *, place: str = "gaps") -> Gaps:
    """GAPS.csv; `Refused` holds every fault at `place:line:column`."""
    faults: list[Fault] = []
    gaps = Gaps(place)
    for code, points in read_table(data, GAPS_HEADER, place, faults):
        number = decimal_from_text(points.text)
        if code.text in gaps:
            shown = quoted(code.text)
            vi, en = f"Tiêu chí “{shown}” đứng hai lần.", f"The criterion “{shown}” stands twice."
            faults.append(Fault(f"{place}:{code.line}:{code.column}", en, vi))
        elif number is None or number < 0:
            shown = quoted(points.text)
            vi = f"“{shown}” không phải là số điểm không âm viết đúng dạng, ví dụ 0.25."
            en = f"“{shown}” is not a number of points, 0 or more, such as 0.25."
            faults.append(Fault(f"{place}:{points.line}:{points.column}", en, vi))
        else:
            gaps[code.text] = Fraction(number)
            gaps.cells[code.text] = (code, points)
    if faults:
        raise Refused(faults)
    return gaps


def check_gaps(criteria_set: CriteriaSet, gaps) -> None:
    """Every gap belongs to a line of the tree and is not above its maximum."""
    leaves = {leaf.code: leaf for leaf in criteria_set.leaves}
    faults = []
    for code, points in gaps.items():
        shown = quoted(code)
        if code not in leaves:
            vi, en = f"Cây tiêu chí không có tiêu chí “{shown}”.", f"The tree has no criterion “{shown}”."
            faults.append(Fault(_place(gaps, code, 0), en, vi))
        elif points < 0 or points > leaves[code].max_points:
            vi = f"Chênh lệch của “{shown}” phải từ 0 đến điểm tối đa {leaves[code].max_points}."
            en = f"The gap of “{shown}” must be within 0 and the maximum {leaves[code].max_points}."
            faults.append(Fault(_place(gaps, code, 1), en, vi))
    if faults:
        raise Refused(faults)


def _place(gaps, code: str, column: int) -> str:
    return gaps.place_of(code, column) if isinstance(gaps, Gaps) else code
