"""The tree of a set as the builder shows it: sums against what was planned, rules in words, what is missing where."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.numbers import format_number
from scoring.criteria.draft import Maximum, leaf_of, maxima_of
from scoring.criteria.editing import BESIDE, Document, is_node, places, steps_of
from scoring.criteria.findings import Finding, said_points
from scoring.criteria.parameter_words import KINDS, choices_of
from scoring.criteria.rule_table import rule_table

STEPS = ("up", "down", "out", "in")


@dataclass(frozen=True)
class Standing:
    """What a group's criteria come to, beside what it was planned to have."""

    reached: str
    planned: str
    words: str
    is_even: bool


@dataclass(frozen=True)
class TreeRow:
    code: str
    title: str
    depth: int
    is_node: bool
    under: str
    most: str = ""
    standing: Standing | None = None
    kind: str = ""
    rule: Sequence[tuple[str, str]] = ()
    agency: str = ""
    evidence: bool = False
    evidence_note: str = ""
    aggregate: str = ""
    faults: int = 0
    steps: tuple[str, ...] = ()


def tree_rows(document: Document, found: Sequence[Finding], agencies: dict[str, str]) -> list[TreeRow]:
    """The root first, then everything in pre-order, then bonus and penalty. `agencies`: name → in the reader's language."""
    maxima, faults = maxima_of(document), Counter(one.code for one in found)
    rows = [_node_row(document["root"], "", 0, maxima, faults, ())]
    for place in places(document):
        steps = tuple(steps_of(document, place))
        if is_node(place.item):
            rows.append(_node_row(place.item, place.under, place.depth, maxima, faults, steps))
        else:
            rows.append(_line_row(place, faults, steps, agencies))
    return rows


def title_of(item: Document) -> str:
    title = item["title"]
    return title.get("en") or title["vi"] if get_language() == "en" else title["vi"]


def _node_row(item, under, depth, maxima, faults, steps) -> TreeRow:
    return TreeRow(
        code=item["code"], title=title_of(item), depth=depth, is_node=True, under=under,
        standing=standing_of(maxima[item["code"]]), faults=faults[item["code"]], steps=steps,
        aggregate="" if item.get("aggregate", "sum") == "sum" else choices_of("", "aggregate")[item["aggregate"]],
    )  # fmt: skip


def _line_row(place, faults, steps, agencies) -> TreeRow:
    item, beside = place.item, place.under == BESIDE
    leaf, evidence = leaf_of(item, beside=beside), item.get("evidence", {})
    most = item.get("max_points")
    named = item.get("appraiser", "")
    return TreeRow(
        code=item["code"], title=title_of(item), depth=1 if beside else place.depth, is_node=False, under=place.under,
        most=format_number(most) if most else "", kind=KINDS[item["rule"]["kind"]],
        rule=rule_table(leaf) if leaf else (), agency=agencies.get(named, named),
        evidence=evidence.get("required", False), evidence_note=evidence.get("note", ""),
        faults=faults[item["code"]], steps=steps,
    )  # fmt: skip


def standing_of(maximum: Maximum) -> Standing:
    missing = maximum.missing
    if missing is None:
        words = _("no maximum is planned")
    elif missing == 0:
        words = _("adds up")
    elif missing > 0:
        words = _("{points} still to be given out").format(points=said_points(missing))
    else:
        words = _("{points} too many").format(points=said_points(-missing))
    planned = "" if maximum.planned is None else format_number(maximum.planned)
    return Standing(said_points(maximum.reached), planned, words, is_even=not missing)
