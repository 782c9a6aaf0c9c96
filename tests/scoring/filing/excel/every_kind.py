"""A set with every kind of rule, nested nodes, a weighted mean and every limit: what a form may have to reckon."""

import json

from tests.factories.small_set import AGENCY
from tests.scoring.engine.builders import document, leaf, node

OPTIONS = [
    {"key": key, "title": {"vi": vi, "en": key}, "fraction": fraction}
    for key, vi, fraction in (("x", 'Mức "một", đủ', "1"), ("y", "Mức hai * ?", "0.5"), ("z", "Chưa có", "0"))
]
PARTS = [{"key": key, "title": {"vi": f"Phần {key}", "en": key}, "fraction": "0.3"} for key in ("thứ nhất", "b", "c|d")]
LATE = {"due": "2026-03-31", "late": [{"days": 10, "fraction": "0.7"}, {"days": 30, "fraction": "0.2"}]}
NA = {"na_allowed": True}


def _document() -> dict:
    first = node(
        "P1",
        leaf("L.1", "boolean", "1.5", NA),
        leaf("L.2", "level", "2.25", {"options": OPTIONS}),
        leaf("L.3", "level", "3", {"options": PARTS, "combine": "sum"} | NA),
        leaf("L.4", "ratio", "4", {"b_zero": "na"} | NA),
        leaf("L.5", "tiers", "2"),
    )
    second = node(
        "P2",
        {**leaf("L.6", "count", "3"), "weight": "2"},
        {**leaf("L.7", "deadline", "2", LATE), "weight": "1.5"},
        {**leaf("L.8", "manual", "5", NA), "weight": "1"},
        aggregate="weighted_mean",
    )  # fmt: skip
    inner = node("N", leaf("L.9", "linear", "6"), leaf("L.10", "carried", "2"))
    third = node(
        "P3",
        inner,
        leaf("L.11", "relative", "3"),
        leaf("L.12", "formula", "5", {"expression": "IF(b > 0, [L.5] + 2 * a / b, 0)"}),
        leaf("L.13", "formula", "2", {"expression": "MIN(2, [L.1] + [L.9] / 4)", "inputs": []}),
        leaf("L.14", "manual", "1", source_kind="appraiser"),
    )
    made = document(
        node("R", first, second, third, leaf("L.15", "count", "1")),
        leaf("T.1", "bonus", "1", {"per_item_points": "0.3"}),
        leaf("T.2", "bonus", "2"),
        leaf("M.1", "penalty", "3", {"per_item_points": "0.45"}),
        places=2,
        round_at="leaf",
        not_applicable="renormalise",
        max_bonus="1.7",
        max_penalty="2",
        cap="30",
    )
    return made | {"code": "every-kind", "year": 2026}


def _with_agency(item: dict) -> dict:
    if "children" in item:
        return item | {"children": [_with_agency(child) for child in item["children"]]}
    return {"appraiser": AGENCY} | item


def every_kind(**scoring) -> bytes:
    made = _document()
    made["scoring"] |= scoring
    made["root"] = _with_agency(made["root"])
    made["adjustments"] = [_with_agency(item) for item in made["adjustments"]]
    return json.dumps(made, ensure_ascii=False).encode()
