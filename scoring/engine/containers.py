"""Lists, maps and values that may be null, of the single values that SET.json holds."""

import unicodedata
from typing import Any

from .faults import quoted
from .records import Spot, Unread, expect_object


class Nullable:
    def __init__(self, kind):
        self.kind = kind

    def read(self, value: Any, spot: Spot) -> Any:
        return None if value is None else self.kind.read(value, spot)

    def write(self, value: Any) -> Any:
        return None if value is None else self.kind.write(value)


class ListOf:
    def __init__(self, kind, at_least: int = 0):
        self.kind, self.at_least = kind, at_least

    def read(self, value: Any, spot: Spot) -> tuple:
        if not isinstance(value, list):
            raise spot.fault("Ở đây phải là một danh sách JSON […].", "A JSON list […] is expected here.")
        if len(value) < self.at_least:
            raise spot.fault(
                f"Danh sách phải có ít nhất {self.at_least} mục.", f"The list must hold at least {self.at_least} item."
            )
        items = []
        for position, item in enumerate(value):
            try:
                items.append(self.kind.read(item, spot / position))
            except Unread:
                continue  # the fault is recorded; the other items are read to find theirs
        if len(items) < len(value):
            raise Unread
        return tuple(items)

    def write(self, value: tuple) -> list:
        return [self.kind.write(item) for item in value]


class MapOf:
    """An object whose keys are data (the fields of a leaf's `inputs`)."""

    def __init__(self, kind):
        self.kind = kind

    def read(self, value: Any, spot: Spot) -> dict:
        items = {}
        for name, item in expect_object(value, spot).items():
            normal = unicodedata.normalize("NFC", name)
            if normal in items:
                (spot / name).fault(f"Khóa “{quoted(name)}” đứng hai lần.", f"The key “{quoted(name)}” stands twice.")
                continue
            try:
                items[normal] = self.kind.read(item, spot / name)
            except Unread:
                items[normal] = None
        if len(items) < len(value) or None in items.values():
            raise Unread
        return items

    def write(self, value: dict) -> dict:
        return {name: self.kind.write(item) for name, item in value.items()}
