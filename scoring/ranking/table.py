"""The league table as it is asked for: found, narrowed, sorted, and each line ready to be printed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from accounts.enums import UnitKind
from core.collation import fold
from scoring.inputs import said
from scoring.ranking.forms import PILLAR
from scoring.ranking.league import Place
from scoring.ranking.reading import Reading, cell_points

BEST_LEVEL = 4


def narrowed(places: Iterable[Place], chosen: dict[str, Any]) -> list[Place]:
    """Those whose name contains the text (tone marks and đ/d ignored) and that are of the kind, district and grade."""
    text = fold(chosen.get("q") or "")
    return [
        place
        for place in places
        if (text in fold(place.names["name"]) or text in fold(place.names["name_en"]))
        and chosen.get("kind") in ("", None, place.names["kind"])
        and chosen.get("district") in ("", None, place.names["former_district"])
        and chosen.get("grade") in ("", None, place.grade and place.grade.code)
    ]


def in_order(places: list[Place], sort: str) -> list[Place]:
    """By `key` or `-key`. What has no value stands last either way; equal values keep the order of rank."""
    key, falling = sort.removeprefix("-"), sort.startswith("-")
    if key in ("", "rank"):
        return places[::-1] if falling else places
    known = [(value, place) for place in places if (value := _value(place, key)) is not None]
    unknown = [place for place in places if _value(place, key) is None]
    known.sort(key=lambda pair: pair[0], reverse=falling)
    return [place for _value_of, place in known] + unknown


def _value(place: Place, key: str) -> Any:
    if key == "name":
        return place.names["name_sort"]
    if key == "total":
        return place.result.total
    if key.startswith(PILLAR):
        return cell_points(place.result, key.removeprefix(PILLAR))
    if place.move is None:
        return None
    return place.move.rank if key == "change" else place.move.points


@dataclass(frozen=True)
class Cell:
    """Points of a pillar: the decimal for the eye, its plain text for the bar."""

    points: Decimal | None
    bar: str
    maximum: str


@dataclass(frozen=True)
class Line:
    """One line of the table, ready to print. `level` 4 is the best grade, 0 none. `opens_unfiled` counts the units that
    handed nothing in where they begin and stand together at the end, else 0."""

    place: Place
    name: str
    kind: str
    level: int
    grade: str
    cells: list[Cell]
    opens_unfiled: int = 0


def grade_levels(reading: Reading) -> dict[str, int]:
    """How many of the four bars each grade fills: 4 for the best."""
    return {code: max(1, BEST_LEVEL - index) for index, code in enumerate(reading.grades)}


def lines(reading: Reading, places: Iterable[Place]) -> list[Line]:
    levels = grade_levels(reading)
    kinds = dict(UnitKind.choices) if len({unit["kind"] for unit in reading.opened.units.values()}) > 1 else {}
    maxima = [str(float(column.maximum)).removesuffix(".0") for column in reading.columns]
    return _with_unfiled_apart([_line(place, levels, kinds, maxima) for place in places])


def _with_unfiled_apart(lines: list[Line]) -> list[Line]:
    count = sum(not line.place.has_filed for line in lines)
    if not count or any(line.place.has_filed for line in lines[-count:]):
        return lines
    return [*lines[:-count], replace(lines[-count], opens_unfiled=count), *lines[len(lines) - count + 1 :]]


def _line(place: Place, levels: dict[str, int], kinds: dict[str, str], maxima: list[str]) -> Line:
    english = get_language() == "en" and place.names["name_en"]
    cells = [
        Cell(points, "0" if points is None else str(points), maximum)
        for points, maximum in zip(place.cells, maxima, strict=True)
    ]
    return Line(
        place=place,
        name=place.names["name_en"] if english else place.names["short_name" if kinds else "name"],
        kind="" if english else kinds.get(place.names["kind"], ""),
        level=levels[place.grade.code] if place.grade else 0,
        grade=said(place.grade.title) if place.grade else "",
        cells=cells,
    )
