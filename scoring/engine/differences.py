"""Where a published table of results differs from the recomputed one: by unit and column, else by line."""

from collections.abc import Iterator
from dataclasses import dataclass

from .csvtext import Cell, read_rows
from .faults import quoted


@dataclass(frozen=True)
class Difference:
    """One thing that the published table says otherwise, at `place` in it."""

    place: str
    vi: str
    en: str

    def sentence(self, lang: str) -> str:
        return f"{self.place}: {self.en if lang == 'en' else self.vi}"


def differences(published: bytes, recomputed: bytes, place: str) -> Iterator[Difference]:
    """In the order of the published file; both are tables, and their bytes are not the same."""
    theirs, ours = list(read_rows(published, place)), list(read_rows(recomputed, "recomputed"))
    columns = [cell.text for cell in ours[0]]
    found = list(_in_columns(theirs[0], columns, place))
    found = found or list(_in_units(theirs[1:], ours[1:], columns, place))
    yield from found or [_in_writing(published, recomputed, place)]


def _in_columns(header: list[Cell], columns: list[str], place: str) -> Iterator[Difference]:
    given = [cell.text for cell in header]
    if given == columns:
        return
    position = next(
        (number for number, (a, b) in enumerate(zip(given, columns, strict=False)) if a != b),
        min(len(given), len(columns)),
    )
    there = quoted(given[position]) if position < len(given) else ""
    due = quoted(columns[position]) if position < len(columns) else ""
    spot = f"{place}:1:{header[position].column if position < len(header) else 1}"
    vi = f"cột thứ {position + 1} của bảng công bố là “{there}”, theo bộ tiêu chí phải là “{due}”."
    yield Difference(spot, vi, f"column {position + 1} is published as “{there}”, by the set it is “{due}”.")


def _in_units(theirs: list[list[Cell]], ours: list[list[Cell]], columns: list[str], place: str) -> Iterator[Difference]:
    due = {row[0].text: row for row in ours}
    seen: set[str] = set()
    for row in theirs:
        unit, spot = row[0].text, f"{place}:{row[0].line}:{row[0].column}"
        shown = quoted(unit)
        if unit in seen:
            yield Difference(spot, f"đơn vị “{shown}” đứng hai lần.", f"the unit “{shown}” stands twice.")
        elif unit not in due:
            vi = f"đơn vị “{shown}” có trong bảng công bố nhưng không có khi tính lại."
            yield Difference(spot, vi, f"the unit “{shown}” is published but not among the recomputed.")
        else:
            yield from _in_cells(row, due[unit], columns, place)
        seen.add(unit)
    for unit in due:
        if unit not in seen:
            shown = quoted(unit)
            vi = f"bảng công bố thiếu đơn vị “{shown}”."
            yield Difference(f"{place}:1:1", vi, f"the published table lacks the unit “{shown}”.")


def _in_cells(theirs: list[Cell], ours: list[Cell], columns: list[str], place: str) -> Iterator[Difference]:
    unit = quoted(ours[0].text)
    if len(theirs) != len(ours):
        spot = f"{place}:{theirs[0].line}:1"
        vi = f"đơn vị {unit}: dòng có {len(theirs)} cột thay vì {len(ours)} cột."
        yield Difference(spot, vi, f"unit {unit}: the line holds {len(theirs)} columns instead of {len(ours)}.")
        return
    for column, cell, mine in zip(columns, theirs, ours, strict=True):
        if cell.text != mine.text:
            given, found = quoted(cell.text), quoted(mine.text)
            vi = f"đơn vị {unit}, cột {column}: công bố “{given}”, tính lại “{found}”."
            en = f"unit {unit}, column {column}: published “{given}”, recomputed “{found}”."
            yield Difference(f"{place}:{cell.line}:{cell.column}", vi, en)


def _in_writing(published: bytes, recomputed: bytes, place: str) -> Difference:
    """Every cell is the same, yet the bytes are not."""
    theirs, ours = published.split(b"\n"), recomputed.split(b"\n")
    line = next(
        (n for n, (a, b) in enumerate(zip(theirs, ours, strict=False), 1) if a != b), min(len(theirs), len(ours))
    )
    vi = "các ô giống nhau nhưng cách ghi khác từ dòng này: thứ tự dòng, dấu ngoặc kép hoặc dấu xuống dòng."
    en = "all cells agree but they are written otherwise from this line on: order of rows, quotes or line ends."
    return Difference(f"{place}:{line}:1", vi, en)
