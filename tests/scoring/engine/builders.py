"""Small criteria sets as documents, so that a test shows only what it is about."""

import json
from pathlib import Path

from scoring.engine import CriteriaSet, Fault, Refused, Results, load_set, score

PROJECT = Path(__file__).resolve().parents[3]
GOLDEN = PROJECT / "data" / "golden"
ORACLES = PROJECT / "data" / "oracles"
SETS = PROJECT / "data" / "criteria" / "examples"

RULES = {
    "boolean": {"kind": "boolean"},
    "level": {"kind": "level", "options": [{"key": "high", "fraction": "1"}, {"key": "low", "fraction": "0.5"}]},
    "ratio": {"kind": "ratio", "full_at": "80", "zero_below": "40", "between": "over_full", "b_zero": "zero"},
    "tiers": {"kind": "tiers", "tiers": [{"min": "4", "fraction": "1"}, {"min": "2", "fraction": "0.5"}]},
    "count": {"kind": "count", "fraction_per_item": "0.25", "max_items": 4},
    "deadline": {"kind": "deadline", "due": "2025-01-31", "late": [{"days": 15, "fraction": "0.5"}]},
    "manual": {"kind": "manual"},
    "formula": {"kind": "formula", "expression": "10 * a / b", "inputs": [{"name": "a"}, {"name": "b"}]},
    "linear": {"kind": "linear", "low": "0", "high": "100"},
    "relative": {"kind": "relative"},
    "carried": {"kind": "carried", "set": "other", "node": "ROOT"},
    "bonus": {"kind": "bonus", "per_item_points": "1"},
    "penalty": {"kind": "penalty", "per_item_points": "1"},
}


def titled(text: str) -> dict:
    return {"vi": text, "en": text}


def leaf(code: str = "L", kind: str = "manual", max_points: str = "10", rule: dict | None = None, **keys) -> dict:
    """A leaf of `kind`; `rule` changes parameters of the kind's sample rule."""
    return {
        "code": code,
        "title": titled(code),
        "max_points": max_points,
        "rule": {**RULES[kind], **(rule or {})},
        **keys,
    }


def node(code: str, *children: dict, **keys) -> dict:
    return {"code": code, "title": titled(code), "children": list(children), **keys}


def document(root: dict, *adjustments: dict, grades: list | None = None, **scoring) -> dict:
    return {
        "format": "sonla-awards/criteria-set@1",
        "code": "test",
        "year": 2025,
        "title": titled("Test"),
        "scoring": scoring,
        "grades": grades or [],
        "root": root,
        "adjustments": list(adjustments),
    }


def loaded(doc: dict) -> CriteriaSet:
    return load_set(json.dumps(doc))


def one_leaf(kind: str = "manual", max_points: str = "10", rule: dict | None = None, **scoring) -> CriteriaSet:
    """A set of the single leaf L under the root R, or of a bonus or penalty P beside a manual L."""
    if kind in ("bonus", "penalty"):
        return loaded(document(node("R", leaf("L")), leaf("P", kind, max_points, rule), **scoring))
    return loaded(document(node("R", leaf("L", kind, max_points, rule)), **scoring))


def manual_results(criteria_set: CriteriaSet, points: dict[str, dict[str, str]], groups=None) -> Results:
    """Score units given as {unit: {leaf: points}}; `na` as points means not applicable."""
    fields = {
        unit: {code: {"na": "approved"} if text == "na" else {"points": text} for code, text in lines.items()}
        for unit, lines in points.items()
    }
    return score(criteria_set, fields, groups)


def faults_of(action) -> tuple[Fault, ...]:
    """The faults that `action` is refused with; none if it is not refused."""
    try:
        action()
    except Refused as refused:
        return refused.faults
    return ()


def places_of(action) -> list[str]:
    return [fault.place for fault in faults_of(action)]
