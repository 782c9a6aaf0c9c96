"""Edits of a draft's document: a document in, the edited copy out; nothing here asks the database.

A draft is plain JSON data with the shape of the engine's document: a root with `children`, `adjustments` beside it, and
every item with its `code`. What is not decided yet is left out (a maximum, a parameter of a rule) or empty (a node
without children). Codes are unique at any time and change only by `change` and `renumber`, which carry references along.
"""

import copy
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Invalid, NotFound
from scoring.engine.checks import PILLAR, RESULT_COLUMNS
from scoring.engine.jsontypes import CODE_TEXT

Document = dict[str, Any]
BESIDE = ""  # the name of the list beside the tree, where a node's code would stand
MOST_ITEMS = 400
DEEPEST = 8


@dataclass(frozen=True)
class Place:
    """Where an item stands: the list that holds it, its position there, the code of the node above, its depth."""

    item: Document
    siblings: list[Document]
    at: int
    under: str
    depth: int


def is_node(item: Mapping[str, Any]) -> bool:
    return "children" in item


def places(document: Document) -> Iterator[Place]:
    """Everything but the root, in pre-order; then what stands beside the tree."""
    yield from _below(document["root"], 1)
    beside = document["adjustments"]
    for at, item in enumerate(beside):
        yield Place(item, beside, at, BESIDE, 1)


def _below(node: Document, depth: int) -> Iterator[Place]:
    for at, item in enumerate(node["children"]):
        yield Place(item, node["children"], at, node["code"], depth)
        if is_node(item):
            yield from _below(item, depth + 1)


def codes(document: Document) -> set[str]:
    return {document["root"]["code"], *(place.item["code"] for place in places(document))}


def find(document: Document, code: str) -> Place:
    """The item of that code; NotFound says so in words."""
    for place in places(document):
        if place.item["code"] == code:
            return place
    raise NotFound(_("The set has no criterion or group with the code {code}.").format(code=code[:80]))


def item_of(document: Document, code: str) -> Document:
    """As `find`, the root too."""
    return document["root"] if code == document["root"]["code"] else find(document, code).item


def digest(item: Document) -> str:
    """What an item says of itself, as a short text to compare by: without what stands below it."""
    own = {name: value for name, value in item.items() if name != "children"}
    return hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()


def _list_of(document: Document, under: str) -> list[Document]:
    if under == BESIDE:
        return document["adjustments"]
    node = item_of(document, under)
    if not is_node(node):
        raise Invalid(_("{code} is a criterion; nothing can stand under it.").format(code=under))
    return node["children"]


def add(document: Document, item: Document, *, under: str, at: int | None = None) -> Document:
    """With `item` (and all below it) in the list of `under`, at the end unless `at` says where."""
    if under == BESIDE and is_node(item):
        raise Invalid(_("Beside the tree stand bonus and penalty only, no groups."))
    edited = copy.deepcopy(document)
    siblings, taken = _list_of(edited, under), codes(edited)
    for new in [item, *(below.item for below in _below(item, 1))] if is_node(item) else [item]:
        _require_free(taken, new["code"])
        taken.add(new["code"])
    if len(taken) > MOST_ITEMS:
        raise Invalid(_("A set holds at most {most} criteria and groups.").format(most=MOST_ITEMS))
    siblings.insert(len(siblings) if at is None else at, copy.deepcopy(item))
    _require_shallow(edited)
    return edited


def remove(document: Document, code: str) -> Document:
    """Without the item and everything below it."""
    edited = copy.deepcopy(document)
    place = find(edited, code)
    del place.siblings[place.at]
    return edited


def change(document: Document, code: str, item: Document) -> Document:
    """With other data in the place of `code`; a node keeps its children, references follow a changed code."""
    edited = copy.deepcopy(document)
    kept = item_of(edited, code)
    if item["code"] != code:
        _require_free(codes(edited), item["code"])
    children = {"children": kept["children"]} if is_node(kept) else {}
    kept.clear()
    kept.update(copy.deepcopy(item) | children)
    _follow(edited, {code: item["code"]})
    return edited


def change_whole(document: Document, values: Document) -> Document:
    """With other data of the set itself (titles, scoring, grades); tree and adjustments stay."""
    kept = {name: document[name] for name in ("root", "adjustments")}
    return copy.deepcopy(document | values | kept)


def put(document: Document, code: str, *, under: str, at: int) -> Document:
    """With the item, and all below it, moved into the list of `under` at position `at`."""
    edited = copy.deepcopy(document)
    place = find(edited, code)
    if (place.under == BESIDE) != (under == BESIDE):
        raise Invalid(_("Bonus and penalty stand beside the tree, all other criteria in it."))
    if is_node(place.item) and under in {place.item["code"], *(below.item["code"] for below in _below(place.item, 1))}:
        raise Invalid(_("A group cannot be moved into itself."))
    del place.siblings[place.at]
    siblings = _list_of(edited, under)
    siblings.insert(max(0, min(at, len(siblings))), place.item)
    _require_shallow(edited)
    return edited


def steps_of(document: Document, place: Place) -> dict[str, tuple[str, int]]:
    """Where each step would lead: up, down, in (under the group before it), out (behind the group that holds it)."""
    steps = {}
    if place.at > 0:
        steps["up"] = (place.under, place.at - 1)
        before = place.siblings[place.at - 1]
        if is_node(before):
            steps["in"] = (before["code"], len(before["children"]))
    if place.at < len(place.siblings) - 1:
        steps["down"] = (place.under, place.at + 1)
    if place.under not in (BESIDE, document["root"]["code"]):
        above = find(document, place.under)
        steps["out"] = (above.under, above.at + 1)
    return steps


def move(document: Document, code: str, step: str) -> Document:
    """One step; Invalid where there is nowhere to go."""
    steps = steps_of(document, find(document, code))
    if step not in steps:
        raise Invalid(_("{code} cannot be moved there: it stands at the edge already.").format(code=code))
    under, at = steps[step]
    return put(document, code, under=under, at=at)


def next_code(document: Document, under: str) -> str:
    """A free code that goes on after the last of the list: B.1, B.2 → B.3; a proposal that can be overwritten."""
    siblings, taken = _list_of(document, under), codes(document)
    stem = {BESIDE: "T."}.get(under, "" if under == document["root"]["code"] else f"{under}.")
    number = 0
    if siblings and (found := _NUMBERED.fullmatch(siblings[-1]["code"])):
        stem, number = found[1], int(found[2])
    stem = stem or "N"
    return next(code for n in range(number + 1, number + MOST_ITEMS + 2) if (code := f"{stem}{n}") not in taken)


_NUMBERED = re.compile(r"(.*?)([0-9]{1,6})")


def renumbering(document: Document, under: str) -> dict[str, str]:
    """Old code → the code by the place below `under`; only what would change.

    A list keeps what its codes begin with (XP-NT.1, XP-NT.2 …); a code without a number at its end stays as it is.
    """
    given: dict[str, str] = {}

    def number(node: Document, code: str) -> None:
        numbered = [item for item in node["children"] if _NUMBERED.fullmatch(item["code"])]
        stems = Counter(_NUMBERED.fullmatch(item["code"])[1] for item in numbered)
        stem = stems.most_common(1)[0][0] if stems else ""
        stem = f"{code}." if stem == f"{node['code']}." else stem
        given.update({item["code"]: f"{stem}{at}" for at, item in enumerate(numbered, start=1)})
        for item in node["children"]:
            if is_node(item):
                number(item, given.get(item["code"], item["code"]))

    number(item_of(document, under), under)
    return {old: new for old, new in given.items() if old != new}


def renumber(document: Document, given: Mapping[str, str]) -> Document:
    """With the codes of `given` replaced all at once, and every reference to them."""
    edited = copy.deepcopy(document)
    for old in given:
        find(edited, old)
    taken = codes(edited) - given.keys()
    for new in given.values():
        _require_free(taken, new)
        taken.add(new)
    for place in list(places(edited)):
        place.item["code"] = given.get(place.item["code"], place.item["code"])
    _follow(edited, given)
    return edited


def references(document: Document, code: str) -> list[str]:
    """Codes of the criteria whose formula takes the points of `code`."""
    return [
        place.item["code"]
        for place in places(document)
        if f"[{code}]" in place.item.get("rule", {}).get("expression", "")
    ]


def _follow(document: Document, given: Mapping[str, str]) -> None:
    """Formulas and ties name items by their codes."""
    steps = {f"{PILLAR}{old}": f"{PILLAR}{new}" for old, new in given.items()}
    document["scoring"]["tie_break"] = [steps.get(step, step) for step in document["scoring"]["tie_break"]]
    for place in places(document):
        rule = place.item.get("rule", {})
        if "expression" in rule:
            rule["expression"] = _BRACKETED.sub(lambda found: f"[{given.get(found[1], found[1])}]", rule["expression"])


_BRACKETED = re.compile(r"\[([^\[\]]*)\]")


def _require_code(code: str) -> None:
    if not CODE_TEXT.fullmatch(code):
        raise Invalid(
            _("“{code}” cannot be a code: letters A-Z, digits and . _ - only, at most 32.").format(code=code[:80]),
            fields={"code": _("Letters A-Z, digits and . _ - only, at most 32, a letter or digit first.")},
        )
    if code in RESULT_COLUMNS:
        sentence = _("“{code}” is the name of a column of the results; choose another code.").format(code=code)
        raise Invalid(sentence, fields={"code": sentence})


def _require_free(taken: set[str], code: str) -> None:
    _require_code(code)
    if code in taken:
        sentence = _("The code {code} is used by another criterion or group already.").format(code=code)
        raise Invalid(sentence, fields={"code": sentence})


def _require_shallow(document: Document) -> None:
    if any(place.depth > DEEPEST for place in places(document)):
        raise Invalid(_("Groups can stand in each other {deepest} deep at most.").format(deepest=DEEPEST))
