"""What stands on file now, beside what was typed: for whoever was too late and must choose."""

from typing import Any

from django.utils.translation import gettext as _

from scoring.criteria.editing import Document
from scoring.criteria.parameter_words import label_of


def changed_meanwhile(stored: Document, typed: Document) -> list[tuple[str, str]]:
    """(field, the value on file) for each field in which the two differ."""
    kind = stored.get("rule", {}).get("kind", "")
    return [
        (str(label_of(kind, name)), _said(value))
        for name, value in _flat(stored).items()
        if name != "children" and _flat(typed).get(name) != value
    ]


def _flat(item: Document) -> dict[str, Any]:
    """The rule's parameters beside the item's own keys."""
    return {name: value for name, value in item.items() if name != "rule"} | item.get("rule", {})


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(said for one in value.values() if (said := _said(one)))
    if isinstance(value, list):
        return " | ".join(_said(one) for one in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "" if value is None else str(value)
