"""Reading a draft: what of it the engine understands already, and everything that is still wrong, each at its place.

A draft is stored as its document and nothing else. While it is built it may be incomplete: what is not decided is left
out. Whatever reads is stored in the engine's canonical form, so that a complete draft is exactly the document that will be
published and its `identity` the identity of the set.
"""

import hashlib
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring import engine
from scoring.criteria.editing import Document, is_node, places
from scoring.engine.aggregate import combined
from scoring.engine.checks import check_whole
from scoring.engine.codec import rfc8785
from scoring.engine.exact import decimal_from_text
from scoring.engine.model import FORMAT
from scoring.engine.records import Record, Spot, Unread

_WHOLE = Record(engine.CriteriaSet)
_STAND_IN = {"kind": "manual"}


def empty_document(*, code: str, year: int, title: dict[str, str], root_title: dict[str, str]) -> Document:
    """A set without a criterion, scored as Sơn La's sets are: each line rounded to two places, then added."""
    return {
        "format": FORMAT, "code": code, "year": year, "title": title, "source": "",
        "scoring": {
            "places": 2, "rounding": "half_up", "round_at": "leaf", "rank_on": "rounded",
            "not_applicable": "renormalise", "missing": "zero", "tie_break": [], "max_bonus": None,
            "max_penalty": None, "cap": None,
        },
        "grades": [],
        "root": {"code": "TONG", "title": root_title, "aggregate": "sum", "weight": "1", "children": []},
        "adjustments": [],
    }  # fmt: skip


def read(text: str) -> Document:
    return json.loads(text)


def stored(document: Document) -> tuple[str, str]:
    """The text to keep and its SHA-256; canonical as far as the document can be read."""
    whole, _faults = record_of(document, engine.CriteriaSet)
    text = rfc8785(engine.to_document(whole) if whole else _settled(document))
    return text, hashlib.sha256(text.encode()).hexdigest()


def _settled(document: Document) -> Document:
    """Each line that reads on its own in its canonical form, all else as it is."""

    def settle(item: Document, kind: type) -> Document:
        if is_node(item):
            return item | {"children": [settle(child, engine.Leaf) for child in item["children"]]}
        leaf, _faults = record_of(item, kind)
        return Record(kind).write(leaf) if leaf else item

    return document | {
        "root": settle(document["root"], engine.Leaf),
        "adjustments": [settle(item, engine.Adjustment) for item in document["adjustments"]],
    }


def record_of(value: Any, kind: type, pointer: str = "") -> tuple[Any, list[engine.Fault]]:
    """The record, or None and why not."""
    faults: list[engine.Fault] = []
    try:
        return Record(kind).read(value, Spot("", faults, pointer)), faults
    except (Unread, engine.Refused):
        return None, faults


def leaf_of(item: Document, *, beside: bool) -> engine.Leaf | None:
    """The line as the engine reads it, None while it is incomplete or contradicts itself."""
    return record_of(item, engine.Adjustment if beside else engine.Leaf)[0]


def definition_of(document: Document) -> tuple[engine.CriteriaSet | None, list[engine.Fault]]:
    """The set, and everything that is wrong with it; the place of a fault is `:` and a JSON pointer.

    Lines that do not read are replaced by stand-ins, so that codes, weights, references and maxima of the rest are
    looked at all the same. The set is None only where even that does not read.
    """
    whole, faults = record_of(document, engine.CriteriaSet)
    if whole is None:
        whole, unread = record_of(_with_stand_ins(document), engine.CriteriaSet)
        if whole is None:
            return None, faults or unread
    found: list[engine.Fault] = []
    check_whole(whole, Spot("", found))
    unsure = set(_pointers_of_unsure_maxima(document))
    return whole, faults + [fault for fault in found if fault.place.lstrip(":") not in unsure]


def _with_stand_ins(document: Document) -> Document:
    number = itertools.count()

    def mended(item: Document, beside: bool) -> Document:
        if is_node(item):
            children = [mended(child, False) for child in item["children"]]
            return item | {"children": children or [_stand_in({"code": f"0-no-line-yet-{next(number)}"})]}
        return item if leaf_of(item, beside=beside) else _stand_in(item, beside)

    beside = [mended(item, True) for item in document["adjustments"]]
    return document | {"root": mended(document["root"], False), "adjustments": beside}


def _stand_in(item: Document, beside: bool = False) -> Document:
    rule = {"kind": "bonus", "per_item_points": "0"} if beside else _STAND_IN
    most = item.get("max_points", "1")
    title = {"vi": item["code"], "en": item["code"]}
    return {"code": item["code"], "title": title, "max_points": most, "weight": item.get("weight", "1"), "rule": rule}


def _pointers_of_unsure_maxima(document: Document) -> Iterator[str]:
    """Nodes with something below them that has no maximum yet: their sum says nothing."""
    maxima = maxima_of(document)

    def visit(item: Document, pointer: str) -> Iterator[str]:
        if not is_node(item):
            return
        if maxima[item["code"]].is_open:
            yield f"{pointer}/max_points"
        for at, child in enumerate(item["children"]):
            yield from visit(child, f"{pointer}/children/{at}")

    yield from visit(document["root"], "/root")


@dataclass(frozen=True)
class Maximum:
    """What the lines below give so far, and what the node is planned to have; `is_open` while a line has no maximum."""

    reached: Fraction
    planned: Decimal | None = None
    is_open: bool = False

    @property
    def missing(self) -> Fraction | None:
        """How much is still to be given out (negative: too much); None without a plan."""
        return None if self.planned is None else Fraction(self.planned) - self.reached


def maxima_of(document: Document) -> dict[str, Maximum]:
    """By code, for every node and every line of the tree, with what is known."""
    found: dict[str, Maximum] = {}

    def visit(item: Document) -> Maximum:
        planned = decimal_from_text(item.get("max_points") or "")
        if not is_node(item):
            found[item["code"]] = Maximum(Fraction(planned or 0), planned, is_open=planned is None)
            return found[item["code"]]
        below = [(Fraction(child.get("weight", "1")), visit(child)) for child in item["children"]]
        parts = [(weight, one.reached) for weight, one in below]
        reached = combined(item.get("aggregate", "sum"), parts) if parts else Fraction(0)
        is_open = not below or any(one.is_open for _weight, one in below)
        found[item["code"]] = Maximum(reached, planned, is_open)
        return found[item["code"]]

    visit(document["root"])
    return found


def line_count(document: Document) -> int:
    return sum(not is_node(place.item) for place in places(document))
