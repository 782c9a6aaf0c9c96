"""Drafts to edit in tests: documents of one criterion of each kind, and a set of the small year."""

import copy

from scoring.criteria.draft import read, stored
from scoring.criteria.editing import Document
from tests.factories.small_set import AGENCY, DOCUMENT, leaf, title

RULES = {
    "boolean": {"kind": "boolean"},
    "level": {"kind": "level", "options": [{"key": "a", "fraction": "1"}, {"key": "b", "fraction": "0.5"}]},
    "ratio": {"kind": "ratio", "full_at": "80", "zero_below": "0", "between": "none", "b_zero": "zero"},
    "tiers": {"kind": "tiers", "tiers": [{"min": "1", "fraction": "1"}]},
    "count": {"kind": "count", "fraction_per_item": "0.5", "max_items": 2},
    "deadline": {"kind": "deadline", "due": "2026-01-31", "late": [{"days": 5, "fraction": "0.5"}]},
    "manual": {"kind": "manual"},
    "formula": {"kind": "formula", "expression": "x / 2", "inputs": [{"name": "x"}]},
    "linear": {"kind": "linear", "low": "0", "high": "10"},
    "relative": {"kind": "relative"},
    "carried": {"kind": "carried", "set": "other", "node": "A"},
    "bonus": {"kind": "bonus", "per_item_points": "1"},
    "penalty": {"kind": "penalty", "per_item_points": "1"},
}


def small() -> Document:
    """The small set as it is stored."""
    text, _identity = stored(copy.deepcopy(DOCUMENT))
    return read(text)


def line(code: str, kind: str = "boolean", **more) -> Document:
    return leaf(code, f"Tiêu chí {code}", "1", copy.deepcopy(RULES[kind]), appraiser=AGENCY) | more


def group(code: str, *children: Document, **more) -> Document:
    return {"code": code, "title": title(f"Nhóm {code}", f"Group {code}"), "children": list(children)} | more


def shape(document: Document) -> list:
    """Codes as a nested list, the tree first, then what stands beside it."""

    def of(item):
        return [item["code"], *map(of, item["children"])] if "children" in item else item["code"]

    return [of(document["root"]), *(item["code"] for item in document["adjustments"])]
