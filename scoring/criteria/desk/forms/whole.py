"""The form of the set itself: its titles, how points become a total and a rank, its grades; and of a new set."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from scoring.criteria.desk.forms.boxes import TextBox, TitleBox, box_for, shown
from scoring.criteria.desk.forms.editor import Editor, named_by
from scoring.criteria.desk.forms.rows import Row, Rows
from scoring.criteria.desk.forms.rule import Pair, row_class
from scoring.criteria.editing import Document, is_node, places
from scoring.criteria.parameter_words import label_of
from scoring.engine.checks import PILLAR
from scoring.engine.containers import ListOf
from scoring.engine.jsontypes import Code
from scoring.engine.model import Grade, Scoring
from scoring.engine.records import json_keys
from scoring.ranking.league import BY_TIME

_SCORING = {
    name: box_for("set", name, declared.metadata["type"], declared.default)
    for name, declared in json_keys(Scoring)
    if not isinstance(declared.metadata["type"], ListOf)
}


class WholeForm(forms.Form):
    title_vi = TitleBox(label=_("Title"), limit=500)
    title_en = TitleBox(label=_("Title in English"), limit=500, required=False)
    source = TextBox(label=label_of("", "source"), required=False, limit=2000, widget=forms.Textarea({"rows": 2}))


ScoringForm = type("ScoringForm", (forms.Form,), _SCORING)


class TieRow(Row):
    own = ("step",)
    step = forms.ChoiceField(label=_("Step"), required=False)

    def __init__(self, *args, steps: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = steps


class GradeRow(row_class("set", Grade)):
    """A grade is whole or not there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("code", "title_vi", "from"):
            self.fields[name].required = True


class WholeEditor(Editor):
    def __init__(self, document: Document, data: Mapping[str, str] | None = None, act: str = ""):
        self.document_now = document
        initial = Pair.shown(document["title"]) | {"source": document.get("source", "")}
        self.form = WholeForm(data, initial=initial)
        self.scoring = ScoringForm(data, initial=shown(ScoringForm, document["scoring"]))
        given = {"data": data, "add": named_by(act, "add"), "drop": named_by(act, "drop")}
        self.grades = Rows(
            "grades", GradeRow, label=label_of("", "grades"), at_least=1,
            items=[one | Pair.shown(one.get("title")) for one in document["grades"]], **given,
        )  # fmt: skip
        self.ties = Rows(
            "tie_break", TieRow, label=label_of("", "tie_break"), at_least=1, steps=self._steps(),
            items=[{"step": step} for step in document["scoring"]["tie_break"]], **given,
        )  # fmt: skip

    def _steps(self) -> list[tuple[str, Any]]:
        nodes = [place.item for place in places(self.document_now) if is_node(place.item)]
        stored = self.document_now["scoring"]["tie_break"]
        steps = {f"{PILLAR}{node['code']}": f"{node['code']} {node['title']['vi']}" for node in nodes}
        steps[BY_TIME] = _("the earlier submission")
        return [("", "–"), *steps.items(), *((step, step) for step in stored if step not in steps)]

    @property
    def parts(self) -> list:
        return [self.form, self.scoring, *self.ties.filled, *self.grades.filled]

    def document(self) -> Document:
        data = self.form.cleaned_data
        now = self.document_now["scoring"]
        scoring = {name: value for name, value in self.scoring.cleaned_data.items() if value is not None}
        open_limits = dict.fromkeys(("max_bonus", "max_penalty", "cap"))
        ties = [row.cleaned_data["step"] for row in self.ties.filled]
        return {
            "title": Pair.read(data),
            "source": data["source"],
            "scoring": now | open_limits | scoring | {"tie_break": ties},
            "grades": [_grade(row.cleaned_data) for row in self.grades.filled],
        }


def _grade(data: Mapping[str, Any]) -> Document:
    return {"code": data["code"], "title": Pair.read(data), "from": data["from"]}


class NewSetForm(forms.Form):
    code = TextBox(
        label=label_of("", "code"), kind=Code(), limit=32,
        help_text=_("For example dti-commune; it stays over the years."),
    )  # fmt: skip
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    title_vi = TitleBox(label=_("Title"), limit=500)
    title_en = TitleBox(label=_("Title in English"), limit=500, required=False)
