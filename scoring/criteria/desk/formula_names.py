"""What may stand in a formula: functions and the points of other criteria, each with its meaning."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring.criteria.desk.tree import title_of
from scoring.criteria.editing import BESIDE, Document, is_node, places
from scoring.engine.formula.tokens import VIETNAMESE


@dataclass(frozen=True)
class Name:
    """`text` is what is put into the formula."""

    text: str
    meaning: str


def titles_of(document: Document) -> dict[str, str]:
    """“[CODE]” → the criterion's title."""
    return {f"[{place.item['code']}]": title_of(place.item) for place in _lines(document)}


def _lines(document: Document):
    return (place for place in places(document) if not is_node(place.item) and place.under != BESIDE)


def names_for_formulas(document: Document, item: Document) -> dict[str, list[Name]]:
    others = [Name(text, title) for text, title in titles_of(document).items() if text != f"[{item['code']}]"]
    return {"functions": functions(), "criteria": others}


def functions() -> list[Name]:
    meanings = {
        "MIN": _("the smallest of several numbers"),
        "MAX": _("the largest of several numbers"),
        "SUM": _("the sum of several numbers"),
        "ABS": _("a number without its sign"),
        "ROUND": _("a number rounded to so many places"),
        "IF": _("of two numbers the first if a condition holds, else the second"),
        "AND": _("both conditions hold"),
        "OR": _("one of two conditions holds"),
        "NOT": _("the condition does not hold"),
    }
    separator = ", " if get_language() == "en" else "; "
    shapes = {"IF": ("…", "…", "…"), "ROUND": ("…", "2"), "ABS": ("…",)}
    named = []
    for word, meaning in meanings.items():
        said = word if get_language() == "en" else VIETNAMESE[word]
        if word in ("AND", "OR", "NOT"):
            named.append(Name(said, meaning))
        else:
            named.append(Name(f"{said}({separator.join(shapes.get(word, ('…', '…')))})", meaning))
    return named
