"""What stands on file now, beside what was typed: for whoever was too late and must choose."""

from typing import Any

from django.utils.translation import gettext as _

from core.numbers import format_number
from scoring.criteria.editing import Document
from scoring.criteria.parameter_words import KINDS, SHARES, choices_of, label_of
from scoring.engine.exact import decimal_from_text


def changed_meanwhile(stored: Document, typed: Document) -> list[tuple[str, str]]:
    """(field, the value on file) for each field in which the two differ."""
    kind = stored.get("rule", {}).get("kind", "")
    before, after = _flat(stored), _flat(typed)
    return [
        (str(label_of(kind, name)), _said(kind, name, value))
        for name, value in before.items()
        if name != "children" and after.get(name) != value
    ]


def _flat(item: Document) -> dict[str, Any]:
    """The rule's parameters beside the item's own keys."""
    return {name: value for name, value in item.items() if name != "rule"} | item.get("rule", {})


def _said(kind: str, name: str, value: Any) -> str:
    """As the form shows it: choices in words, shares as percents, a decimal comma."""
    if isinstance(value, dict):
        return " · ".join(said for key, one in value.items() if key != "key" and (said := _said(kind, key, one)))
    if isinstance(value, list):
        return " | ".join(_said(kind, name, one) for one in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (words := choices_of(kind, name)):
        return str(words[value])
    number = decimal_from_text(value) if isinstance(value, str) and name != "code" else None
    if number is None:
        return "" if value is None else str(KINDS.get(value, value) if name == "kind" else value)
    return f"{format_number(number.scaleb(2))}%" if name in SHARES else format_number(number)
