"""Reading and writing JSON objects as frozen dataclasses, strictly, with a pointer for every fault.

A dataclass field made by `json_key(type, default)` is one JSON key. Reading refuses unknown, missing and ill-typed
keys, goes on after a fault to find the next one, and writes back with every default filled in.
"""

import dataclasses
from collections.abc import Iterable
from typing import Any

from .faults import Fault, quoted, stop_at_most

REQUIRED = dataclasses.MISSING


class Unread(Exception):
    """A value could not be read; its fault is recorded already."""


class Spot:
    """A place in the JSON document, and the list that collects what is wrong there."""

    def __init__(self, place: str, faults: list[Fault], pointer: str = ""):
        self.place, self.faults, self.pointer = place, faults, pointer

    def __truediv__(self, key: str | int) -> "Spot":
        step = str(key).replace("~", "~0").replace("/", "~1")
        return Spot(self.place, self.faults, f"{self.pointer}/{step}")

    def fault(self, vi: str, en: str) -> Unread:
        # The root has the empty pointer; line 1, column 1 says the same and can be read.
        place = f"{self.place}:{self.pointer or '1:1'}"
        stop_at_most(self.faults, place)
        self.faults.append(Fault(place, en, vi))
        return Unread()


def json_key(kind, default: Any = REQUIRED, *, name: str = "", default_factory: Any = REQUIRED, omit: bool = False):
    """One JSON key of a record. With `omit` an absent value is None and stays absent when written."""
    metadata = {"type": kind, "name": name, "omit": omit}
    return dataclasses.field(default=default, default_factory=default_factory, metadata=metadata)


def json_keys(cls) -> Iterable[tuple[str, dataclasses.Field]]:
    for field in dataclasses.fields(cls):
        if "type" in field.metadata:
            yield field.metadata["name"] or field.name, field


class Record:
    """The type of a JSON object read as the dataclass `cls`; `constants` are keys that the caller has read."""

    def __init__(self, cls, constants: tuple[str, ...] = ()):
        self.cls, self.constants = cls, constants

    def read(self, value: Any, spot: Spot):
        document = expect_object(value, spot)
        found_before = len(spot.faults)
        values = {}
        known = dict(json_keys(self.cls))
        for name in document:
            if name not in known and name not in self.constants:
                shown, listed = quoted(name), ", ".join(dict.fromkeys((*self.constants, *known)))
                (spot / name).fault(
                    f"Khóa “{shown}” không có trong định dạng; các khóa ở đây là: {listed}.",
                    f"The key “{shown}” is not part of the format; the keys here are: {listed}.",
                )
        for name, field in known.items():
            if name in document:
                try:
                    values[field.name] = field.metadata["type"].read(document[name], spot / name)
                except Unread:
                    continue
            elif field.default is REQUIRED and field.default_factory is REQUIRED:
                (spot / name).fault(f"Thiếu khóa bắt buộc “{name}”.", f"The required key “{name}” is missing.")
        if len(spot.faults) > found_before:
            raise Unread
        record = self.cls(**values)
        if hasattr(record, "settled"):
            record = record.settled(spot)
            if len(spot.faults) > found_before:
                raise Unread
        return record

    def write(self, record) -> dict:
        return write_record(record)


def write_record(record) -> dict:
    document = {}
    for name, field in json_keys(type(record)):
        value = getattr(record, field.name)
        if not (value is None and field.metadata["omit"]):
            document[name] = field.metadata["type"].write(value)
    return document


def expect_object(value: Any, spot: Spot) -> dict:
    if not isinstance(value, dict):
        raise spot.fault("Ở đây phải là một đối tượng JSON {…}.", "A JSON object {…} is expected here.")
    return value
