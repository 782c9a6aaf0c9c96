"""The workbook a province would use: the values, a formula a line, sums and COUNTIFS ranks, recalculated by LibreOffice."""

from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from benchmarks.anchors.libreoffice import recalculate
from benchmarks.province import MAX_ADJUSTMENT, PILLARS, Line, Province


class Spreadsheet:
    """The workbook, written once into `folder`; `recalculate` loads, reckons and saves it there."""

    def __init__(self, province: Province, folder: Path):
        self.lines, self.folder, self.source = province.lines, folder, folder / "in.xlsx"
        self.columns = [get_column_letter(number) for number in range(1, len(self.lines) + 1)]
        book = Workbook(write_only=True)
        sheets = {name: book.create_sheet(name) for name in ("Sum", "Value", "Below", "Counts", "Points")}
        for unit in range(province.units):
            for name in ("Value", "Below", "Counts"):
                sheets[name].append(getattr(province, name.lower())[:, unit].tolist())
            sheets["Points"].append(
                [self._points(*pair, unit + 1) for pair in zip(self.lines, self.columns, strict=True)]
            )
            sheets["Sum"].append([int(province.group_of[unit]), *self._sums(unit + 1, province.units)])
        book.save(self.source)

    def _points(self, line: Line, column: str, row: int) -> str:
        value, below = f"Value!{column}{row}", f"Below!{column}{row}"
        match line.kind:
            case "boolean":
                points = f"{value}*{line.maximum}"
            case "ratio":
                part = f"INT((200*{line.maximum}*{value}+{line.full_at}*{below})/(2*{line.full_at}*{below}))"
                points = f"IF(100*{value}<{line.zero_below}*{below},0,MIN({line.maximum},{part}))"
            case "tiers":
                points = "0"  # nested from the lowest step outwards: the highest is asked first
                for low, reached in line.steps:
                    points = f"IF({value}>={low},{reached},{points})"
            case "count":
                points = f"INT((2*{line.maximum}*MIN(100,4*MIN({value},{line.max_items}))+100)/200)"
            case _:
                points = f"MIN({line.maximum},{line.per_item}*{value})"
        return f"=Counts!{column}{row}*({points})"

    def _sums(self, row: int, units: int) -> list[str]:
        """Pillars B to I, applicable maximum J, total K, sorting key L, rank M."""
        tree = [pair for pair in zip(self.lines, self.columns, strict=True) if pair[0].pillar >= 0]
        full = sum(line.maximum for line, _ in tree)
        pillars = [
            "=" + "+".join(f"Points!{column}{row}" for line, column in tree if line.pillar == number)
            for number in range(len(PILLARS))
        ]
        applicable = "=" + "+".join(f"Counts!{column}{row}*{line.maximum}" for line, column in tree)
        bonus, penalty = (f"MIN({MAX_ADJUSTMENT},{'+'.join(self._cells(kind, row))})" for kind in ("bonus", "penalty"))
        total = f"=INT((2*MAX(0,SUM(B{row}:I{row})*{full}+({bonus}-{penalty})*J{row})+J{row})/(2*J{row}))"
        key = f"=K{row}*2^30+B{row}*2^15+C{row}"
        rank = f'=COUNTIFS($A$1:$A${units},A{row},$L$1:$L${units},">"&L{row})+1'
        return [*pillars, applicable, total, key, rank]

    def _cells(self, kind: str, row: int) -> list[str]:
        return [
            f"Points!{column}{row}" for line, column in zip(self.lines, self.columns, strict=True) if line.kind == kind
        ]

    def recalculate(self) -> None:
        recalculate(self.folder, self.source)

    def results(self) -> list[tuple[int, int]]:
        """(total in hundredths, rank) by unit, as LibreOffice saved them."""
        book = load_workbook(self.folder / "out" / "in.xlsx", read_only=True, data_only=True)
        return [(int(row[10]), int(row[12])) for row in book["Sum"].iter_rows(values_only=True)]
