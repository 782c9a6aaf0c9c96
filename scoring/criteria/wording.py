"""A criteria set in words: how it rounds, ranks and breaks ties, and its lines as they are printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.numbers import format_number
from scoring import engine
from scoring.criteria.provenance import provenance_words
from scoring.criteria.rule_table import rule_table
from scoring.inputs import said
from scoring.ranking.league import BY_TIME


def scoring_sentences(definition: engine.CriteriaSet) -> list[str]:
    """How points become a rank, one sentence per decision of the set."""
    scoring = definition.scoring
    where = {
        "leaf": _("Each line is rounded to {places} places before it is added."),
        "total": _("Only the total is rounded, to {places} places."),
    }
    sentences = [
        where[scoring.round_at].format(places=scoring.places),
        {
            "renormalise": _(
                "What does not apply to a unit leaves its maximum; the rest is rescaled to the full maximum."
            ),
            "full": _("What does not apply to a unit counts its full points."),
            "zero": _("What does not apply to a unit counts 0 points."),
        }[scoring.not_applicable],
        {
            "zero": _("What is not declared counts 0 points."),
            "unranked": _("A unit that leaves a criterion undeclared is not ranked."),
        }[scoring.missing],
        _tie_break(definition),
    ]
    if scoring.cap is not None:
        sentences.append(_("The total is at most {cap}.").format(cap=format_number(scoring.cap)))
    return sentences


def _tie_break(definition: engine.CriteriaSet) -> str:
    steps = [
        _("the earlier submission") if step == BY_TIME else said(definition.node(step.removeprefix("pillar:")).title)
        for step in definition.scoring.tie_break
    ]
    if not steps:
        return _("Equal totals share the rank.")
    return _("Equal totals are told apart by: {steps}; what stays equal shares the rank.").format(
        steps=", ".join(steps)
    )


@dataclass(frozen=True)
class Line:
    """A criterion as it is printed. `rule` are (condition, points) pairs."""

    leaf: engine.Leaf
    title: str
    rule: list[tuple[str, str]]
    agency: str
    source_kind: str
    provenance: str


@dataclass(frozen=True)
class Part:
    """A pillar, or the lines beside the tree."""

    anchor: str
    title: str
    maximum: str
    lines: list[Line]


def parts(definition: engine.CriteriaSet, maxima: dict, agencies: Mapping[str, str]) -> list[Part]:
    """`agencies`: code of a criterion → its appraising agency in the reader's language."""
    found = []
    for child in definition.root.children:
        leaves = (
            [item for item in child.walk() if isinstance(item, engine.Leaf)]
            if isinstance(child, engine.Node)
            else [child]
        )
        found.append(
            Part(f"p-{child.code}", said(child.title), maxima[child.code], [_line(leaf, agencies) for leaf in leaves])
        )
    if definition.adjustments:
        beside = [_line(leaf, agencies) for leaf in definition.adjustments]
        found.append(Part("p-adjustments", _("Bonus and penalty"), "", beside))
    return found


def _line(leaf: engine.Leaf, agencies: Mapping[str, str]) -> Line:
    kinds = {
        "declared": _("declared by the unit"),
        "measured": _("measured by a system"),
        "survey": _("from a survey"),
        "appraiser": _("entered by the appraiser"),
    }
    return Line(
        leaf=leaf,
        title=said(leaf.title),
        rule=rule_table(leaf),
        agency=agencies.get(leaf.code, leaf.appraiser),
        source_kind=kinds[leaf.source_kind],
        provenance=provenance_words(leaf.provenance),
    )
