"""VALUES.csv and GROUPS.csv: what the units declared, and who is ranked with whom."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from sys import intern

from .csvtext import Cell, read_table, write_table
from .faults import Fault, Refused, quoted, stop_at_most

VALUES_HEADER = ("unit", "criterion", "field", "value")
# Many times the communes of a nation; beyond it a file is a mistake, and scoring it would not end.
MOST_UNITS = 100_000
GROUPS_HEADER = ("unit", "group", "submitted_at")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:[.,][0-9]{1,30})?))?(?:Z|([+-])([0-9]{2})(?::?([0-9]{2}))?)"
)


Positions = tuple[int, ...]


def positions(row: list[Cell]) -> Positions:
    """Line and column of each cell in turn, without the texts."""
    return tuple(number for cell in row for number in (cell.line, cell.column))


def placed(place: str, spot: Positions, column: int) -> str:
    return f"{place}:{spot[2 * column]}:{spot[2 * column + 1]}"


@dataclass(frozen=True)
class GroupEntry:
    """Which group a unit is ranked in, and when it submitted (ISO 8601 with offset); both may be empty."""

    group: str
    submitted_at: str


class Values(dict[str, dict[str, dict[str, str]]]):
    """values[unit][criterion][field] = text, and where in the file each stands."""

    def __init__(self, place: str):
        super().__init__()
        self.place = place
        self.spots: dict[tuple[str, ...], Positions] = {}

    def add(self, row: list[Cell]) -> None:
        # A nation's file repeats few names in very many rows; interned, they are kept once.
        unit, criterion, field = (intern(cell.text) for cell in row[:3])
        self.setdefault(unit, {}).setdefault(criterion, {})[field] = row[3].text
        spot = positions(row)
        self.spots[unit, criterion, field] = spot
        self.spots.setdefault((unit, criterion), spot)
        self.spots.setdefault((unit,), spot)

    def has_row(self, unit: str, criterion: str, field: str) -> bool:
        return (unit, criterion, field) in self.spots

    def place_of(self, unit: str, criterion: str = "", field: str = "", column: int = 3) -> str:
        """`file:line:column` of a cell (column 0..3 as in the header), as near as the file has it."""
        spot = self.spots.get((unit, criterion, field)) or self.spots.get((unit, criterion))
        spot, column = (spot, column) if spot else (self.spots[unit,], 0)
        return placed(self.place, spot, column)


class Groups(dict[str, GroupEntry]):
    """groups[unit] = GroupEntry, and where in the file each stands."""

    def __init__(self, place: str):
        super().__init__()
        self.place = place
        self.spots: dict[str, Positions] = {}

    def place_of(self, unit: str, column: int) -> str:
        return placed(self.place, self.spots[unit], column)


def read_values(data: bytes | str, *, place: str = "values") -> Values:
    """VALUES.csv; `Refused` holds every fault at `place:line:column`."""
    faults: list[Fault] = []
    values = Values(place)
    for row in read_table(data, VALUES_HEADER, place, faults):
        unit, criterion, field, value = row
        empty = next((cell for cell in row if cell.text == ""), None)
        if empty is not None:
            vi = "Ô này để trống; bỏ cả dòng nếu chưa kê khai."
            _record(faults, place, empty, vi, "This cell is empty; leave the row out if nothing is declared.")
        elif values.has_row(unit.text, criterion.text, field.text):
            shown = quoted(f"{unit.text}, {criterion.text}, {field.text}")
            _record(faults, place, field, *_twice(f"Dòng ({shown})", f"The row ({shown})"))
        else:
            values.add(row)
            _refuse_too_many(values, place, unit)
    if faults:
        raise Refused(faults)
    return values


def read_groups(data: bytes | str, *, place: str = "groups") -> Groups:
    """GROUPS.csv; `Refused` holds every fault at `place:line:column`."""
    faults: list[Fault] = []
    groups = Groups(place)
    for row in read_table(data, GROUPS_HEADER, place, faults):
        unit, group, submitted_at = row
        if unit.text == "":
            _record(faults, place, unit, "Thiếu mã đơn vị.", "The unit is empty.")
        elif unit.text in groups:
            shown = quoted(unit.text)
            _record(faults, place, unit, *_twice(f"Đơn vị “{shown}”", f"The unit “{shown}”"))
        else:
            if submitted_at.text and instant(submitted_at.text) is None:
                _record(faults, place, submitted_at, *not_an_instant(submitted_at.text))
            groups[unit.text] = GroupEntry(group.text, submitted_at.text)
            groups.spots[unit.text] = positions(row)
            _refuse_too_many(groups, place, unit)
    if faults:
        raise Refused(faults)
    return groups


def _refuse_too_many(units: Mapping, place: str, cell: Cell) -> None:
    if len(units) > MOST_UNITS:
        vi = f"Tệp có hơn {MOST_UNITS} đơn vị; kiểm tra xem có đúng tệp không."
        en = f"The file holds more than {MOST_UNITS} units; check that it is the right one."
        raise Refused([Fault(f"{place}:{cell.line}:{cell.column}", en, vi)])


def _twice(vi: str, en: str) -> tuple[str, str]:
    return f"{vi} đứng hai lần; chỉ giữ một dòng.", f"{en} stands twice; keep one line only."


def not_an_instant(text: str) -> tuple[str, str]:
    shown = quoted(text)
    return (
        f"“{shown}” không phải là thời điểm ISO 8601 có múi giờ, ví dụ 2025-12-05T09:00:00+07:00.",
        f"“{shown}” is not an ISO 8601 instant with an offset, such as 2025-12-05T09:00:00+07:00.",
    )


def instant(text: str) -> Fraction | None:
    """Seconds of an ISO 8601 date-time with offset on one time line, exact; None if it is not one."""
    found = _INSTANT.fullmatch(text)
    if found is None:
        return None
    day, hour, minute, second, sign, offset_hour, offset_minute = found.groups()
    try:
        days = date.fromisoformat(day).toordinal()
    except ValueError:
        return None
    seconds = Fraction((second or "0").replace(",", "."))
    ahead_hours, ahead_minutes = int(offset_hour or 0), int(offset_minute or 0)
    if int(hour) > 23 or int(minute) > 59 or seconds >= 60 or ahead_hours > 23 or ahead_minutes > 59:
        return None
    ahead = ahead_hours * 60 + ahead_minutes
    local = days * 1440 + int(hour) * 60 + int(minute)
    return (local + ahead if sign == "-" else local - ahead) * 60 + seconds


def _record(faults: list[Fault], place: str, cell: Cell, vi: str, en: str) -> None:
    spot = f"{place}:{cell.line}:{cell.column}"
    stop_at_most(faults, spot)
    faults.append(Fault(spot, en, vi))


def write_values(values: Mapping[str, Mapping[str, Mapping[str, str]]]) -> bytes:
    """VALUES.csv, rows sorted by unit, criterion (naturally) and field, so that equal values give equal bytes."""
    rows = [
        (unit, criterion, field, text)
        for unit, criteria in values.items()
        for criterion, fields in criteria.items()
        for field, text in fields.items()
    ]
    rows.sort(key=lambda row: (row[0], natural_key(row[1]), row[2]))
    return write_table([VALUES_HEADER, *rows])


def write_groups(groups: Mapping[str, GroupEntry]) -> bytes:
    """GROUPS.csv, rows sorted by unit."""
    return write_table(
        [GROUPS_HEADER, *((unit, entry.group, entry.submitted_at) for unit, entry in sorted(groups.items()))]
    )


def natural_key(code: str) -> tuple:
    """Sorts codes as people count: 4.2 before 4.10; codes that only differ in leading zeros by code point."""
    parts = re.split(r"([0-9]+)", code)
    return tuple((int(part), part) if position % 2 else (0, part) for position, part in enumerate(parts)), code
