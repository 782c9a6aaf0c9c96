"""The form of one criterion: what it is called and worth, how it is scored, what proves it, who appraises it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import UnitKind
from accounts.models import Unit
from scoring.criteria.desk.forms.boxes import NOT_CHOSEN, ChoiceBox, TextBox, TitleBox, box_for, default_of, shown
from scoring.criteria.desk.forms.editor import Editor, named_by
from scoring.criteria.desk.forms.rule import Pair, RulePart
from scoring.criteria.editing import Document
from scoring.criteria.parameter_words import EXPLAINED, KINDS, label_of
from scoring.engine.jsontypes import Code
from scoring.engine.model import Leaf
from scoring.engine.records import json_keys
from scoring.engine.rules import KINDS as KNOWN_KINDS

_DECLARED = dict(json_keys(Leaf))
TITLE_LIMIT = 500


def _box(name: str) -> forms.Field:
    return box_for("", name, _DECLARED[name].metadata["type"], _DECLARED[name].default)


def kinds_offered(beside: bool) -> list[tuple[str, Any]]:
    return [(kind, words) for kind, words in KINDS.items() if KNOWN_KINDS[kind].is_adjustment == beside]


def agency_choices(stored: str) -> list[tuple[str, str]]:
    """Names of the agencies, as the document keeps them; a stored name that is no unit stays until another is chosen."""
    units = Unit.objects.filter(is_active=True).exclude(kind__in=[UnitKind.COMMUNE, UnitKind.WARD])
    names = [(unit.name, unit.label) for unit in units]
    if stored and stored not in dict(names):
        names.append((stored, _("{name} (no unit of this installation)").format(name=stored)))
    return [NOT_CHOSEN, *names]


class NamedForm(forms.Form):
    """Code and titles, as every item of a set has them."""

    code = TextBox(label=label_of("", "code"), kind=Code(), limit=32)
    title_vi = TitleBox(label=gettext_lazy("Title"), limit=TITLE_LIMIT)
    title_en = TitleBox(label=gettext_lazy("Title in English"), limit=TITLE_LIMIT, required=False)

    def named(self) -> Document:
        return {"code": self.cleaned_data["code"], "title": Pair.read(self.cleaned_data)}


class NewLineForm(NamedForm):
    """The first step of a criterion: its parameters are asked for afterwards."""

    kind = forms.ChoiceField(label=label_of("", "kind"))
    max_points = _box("max_points")

    def __init__(self, *args, beside: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_offered(beside)

    def document(self) -> Document:
        most = self.cleaned_data["max_points"]
        item = self.named() | {"rule": {"kind": self.cleaned_data["kind"]}}
        return item | ({"max_points": most} if most else {})


class LineForm(NamedForm):
    max_points = _box("max_points")
    weight = _box("weight")
    kind = forms.ChoiceField(label=label_of("", "kind"))
    source_kind = _box("source_kind")
    missing = ChoiceBox(
        label=label_of("", "missing"), kind=_DECLARED["missing"].metadata["type"], required=False, choices=[]
    )
    evidence_required = forms.BooleanField(label=label_of("", "required"), required=False)
    evidence_note = TextBox(label=label_of("", "note"), required=False, limit=1000, widget=forms.Textarea({"rows": 2}))
    appraiser = forms.ChoiceField(label=label_of("", "appraiser"), required=False)
    source = TextBox(label=label_of("", "source"), required=False, limit=2000, widget=forms.Textarea({"rows": 2}))
    provenance = _box("provenance")

    def __init__(self, *args, beside: bool, weighted: bool, stored_agency: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_offered(beside)
        self.fields["appraiser"].choices = agency_choices(stored_agency)
        words = box_for("", "missing", _DECLARED["missing"].metadata["type"], "zero").choices
        self.fields["missing"].choices = [("", gettext_lazy("as the set says")), *words]
        if not weighted:
            del self.fields["weight"]
        if beside:
            del self.fields["missing"]


class LineEditor(Editor):
    """The whole form of a criterion, with the part of its kind. `data` is the request's, else the item's own values show."""

    def __init__(
        self, item: Document, *, beside: bool, weighted: bool, data: Mapping[str, str] | None = None, act: str = ""
    ):
        self.item, self.beside = item, beside
        weighted = weighted or item.get("weight", "1") != "1"
        options = {"beside": beside, "weighted": weighted, "stored_agency": item.get("appraiser", "")}
        self.form = LineForm(data, initial=self._initial(), **options)
        stored = item["rule"].get("kind", "")
        kind = (data or {}).get("kind", stored)
        if kind not in dict(kinds_offered(beside)):
            kind = stored
        # The parameters of one kind say nothing about another's.
        rule = item["rule"] if kind == stored else {"kind": kind}
        rows = {"add": named_by(act, "add"), "drop": named_by(act, "drop")}
        self.rule = RulePart(kind, rule, item.get("inputs", {}), data, **rows)
        self.explained = EXPLAINED[kind]

    def _initial(self) -> dict[str, Any]:
        item, evidence = self.item, self.item.get("evidence", {})
        values = {
            name: item.get(name, default_of(declared, declared.metadata["type"]))
            for name, declared in _DECLARED.items()
        }
        return (
            shown(LineForm, values)
            | Pair.shown(item["title"])
            | {"code": item["code"], "kind": item["rule"].get("kind", ""), "appraiser": item.get("appraiser", "")}
            | {"evidence_required": evidence.get("required", False), "evidence_note": evidence.get("note", "")}
        )

    @property
    def parts(self) -> list:
        return [self.form, *self.rule.parts]

    def is_valid(self) -> bool:
        return not [part for part in (self.form, self.rule) if not part.is_valid()]

    def document(self) -> Document:
        data = self.form.cleaned_data
        item = self.form.named() | {
            "weight": data.get("weight") or self.item.get("weight", "1"),
            "source_kind": data["source_kind"],
            "inputs": self.rule.inputs_document(),
            "evidence": {"required": data["evidence_required"], "note": data["evidence_note"]},
            "appraiser": data["appraiser"],
            "source": data["source"],
            "provenance": data["provenance"] or None,
            "rule": self.rule.document(),
        }
        if data.get("missing"):
            item["missing"] = data["missing"]
        if data["max_points"]:
            item["max_points"] = data["max_points"]
        return item
