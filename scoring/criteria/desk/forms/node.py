"""The form of a group: what it is called, how it is reckoned, what it is planned to be worth."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from scoring.criteria.desk.forms.boxes import box_for, shown
from scoring.criteria.desk.forms.line import NamedForm
from scoring.criteria.desk.forms.rule import Pair
from scoring.criteria.editing import Document
from scoring.engine.model import Node
from scoring.engine.records import json_keys

_DECLARED = dict(json_keys(Node))


def _box(name: str) -> Any:
    return box_for("", name, _DECLARED[name].metadata["type"], _DECLARED[name].default)


class NodeForm(NamedForm):
    max_points = _box("max_points")
    aggregate = _box("aggregate")
    weight = _box("weight")

    def __init__(self, *args, weighted: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["max_points"].label = _("Planned maximum")
        self.fields["max_points"].help_text = _("What the criteria below must come to; without it nothing is checked.")
        self.fields["aggregate"].required = True
        if not weighted:
            del self.fields["weight"]

    @staticmethod
    def initial_of(item: Document) -> dict[str, Any]:
        return shown(NodeForm, item) | Pair.shown(item["title"]) | {"code": item["code"]}

    def document(self, kept: Document) -> Document:
        """`kept`: the item as it is, for what the form does not ask."""
        data = self.cleaned_data
        most = {"max_points": data["max_points"]} if data["max_points"] else {}
        weight = data.get("weight") or kept.get("weight", "1")
        return self.named() | {"aggregate": data["aggregate"], "weight": weight} | most
