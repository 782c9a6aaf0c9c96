"""What the committee and the units' heads type. The rule's own figures are fields under the engine's names."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import days
from core.forms import DayField, LongTextField, NameField, NumberField, refusals_in
from core.numbers import parse_decimal
from scoring.appraisal.council import NUMBER_LIMIT
from scoring.appraisal.entering import Entry, field_name
from scoring.appraisal.explanations import GROUNDS_LIMIT
from scoring.appraisal.lines import ACCEPT, POINTS_FIELD, POINTS_KINDS, proposed_values
from scoring.appraisal.permissions import can_accept, can_uphold
from scoring.appraisal.selectors.queue import QueueLine
from scoring.appraisal.services import REASON_LIMIT
from scoring.appraisal.value_words import typed
from scoring.enums import CorrectionKind, ExplanationAction, LineState, ReasonCode
from scoring.filing.evidence_forms import FilesField
from scoring.inputs import Input, inputs_of
from scoring.models import Answer, Assessment, Criterion

# Given by the act itself, never chosen.
_AUTOMATIC = {ReasonCode.NOT_APPLICABLE, ReasonCode.AFTER_EXPLANATION}
_VERSION = "version"


class FiguresForm(forms.Form):
    """Fields for the figures of one line, filled in with `values`; all of them may stay empty."""

    def __init__(self, *args, answer: Answer, values: Mapping[str, str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.answer, self.inputs = answer, inputs_of(answer.criterion.leaf)
        for one in self.inputs:
            self.fields[one.name] = figure_field(one)
            if values and one.name in values:
                self.initial[one.name] = typed(one, values[one.name])

    @property
    def figures(self) -> list[tuple[forms.BoundField, str]]:
        """The fields with their units, in the order of the rule."""
        return [(self[one.name], one.suffix) for one in self.inputs]

    @property
    def raw(self) -> dict[str, str]:
        return {one.name: self.cleaned_data.get(one.name) or "" for one in self.inputs}


def figure_field(one: Input, title: str = "") -> forms.Field:
    """The field of one figure; with a `title` it stands in a table, where a choice is a list that opens."""
    if one.type == "choice" and title:
        return forms.ChoiceField(label=title, choices=[("", ""), *one.choices], required=False)
    if one.type == "choice":
        choices = [("", _("nothing is recognised")), *one.choices]
        return forms.ChoiceField(label=one.title, choices=choices, required=False, widget=forms.RadioSelect)
    mode = {"integer": "numeric", "decimal": "decimal"}.get(one.type, "text")
    attrs = {"inputmode": mode, "autocomplete": "off"}
    if one.type == "date":
        attrs["placeholder"] = days.SHAPE
    return forms.CharField(label=title or one.title, max_length=60, required=False, widget=forms.TextInput(attrs=attrs))


class LineForm(FiguresForm):
    """One line decided: accepted, other figures, points set, or not applicable; the last three with a reason."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    decision = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    appraised_points = NumberField(read=parse_decimal, label=gettext_lazy("Points"), max_length=60, required=False)
    reason_code = forms.ChoiceField(label=gettext_lazy("Reason of the change"), required=False)
    reason = LongTextField(label=gettext_lazy("Reason in words"), limit=REASON_LIMIT, required=False)

    def __init__(self, *args, answer: Answer, saving: bool = False, **kwargs):
        self.saving = saving
        in_force = answer.correction
        figures = in_force.values if in_force and in_force.kind == CorrectionKind.INPUTS else answer.values
        super().__init__(*args, answer=answer, values=figures, **kwargs)
        self.fields["decision"].choices = _ways(answer)
        codes = [(one.value, f"{one.value} · {one.label}") for one in ReasonCode if one not in _AUTOMATIC]
        self.fields["reason_code"].choices = [("", _("choose")), *codes]
        self.initial |= {"version": answer.version, "decision": _way_taken(answer)}
        if in_force:
            self.initial |= {
                "reason_code": in_force.reason_code,
                "reason": in_force.reason,
                POINTS_FIELD: in_force.values.get(POINTS_FIELD, "").replace(".", ","),
            }
        elif not answer.criterion.declared_by_unit:
            self.initial["reason_code"] = ReasonCode.BY_APPRAISER

    @property
    def ways(self) -> set[str]:
        return {value for value, _label in self.fields["decision"].choices}

    @property
    def waits_for_points(self) -> bool:
        return self.cleaned_data["decision"] == CorrectionKind.POINTS and self.cleaned_data[POINTS_FIELD] is None

    def clean(self):
        """Before a save everything that is missing is said at once; the service refuses one thing after the other."""
        data = super().clean()
        way = data.get("decision", ACCEPT)
        if not self.saving or way == ACCEPT:
            return data
        if not set(self.errors) & {POINTS_FIELD, *(one.name for one in self.inputs)}:
            with refusals_in(self):
                proposed_values(self.answer, way, self.raw, data[POINTS_FIELD])
        if way != CorrectionKind.NOT_APPLICABLE and not data.get("reason_code", "-"):
            self.add_error("reason_code", _("Choose a reason."))
        if not data.get("reason", "-"):
            self.add_error("reason", _("Still empty."))
        return data


def _ways(answer: Answer) -> list[tuple[str, str]]:
    leaf = answer.criterion.leaf
    ways = [(ACCEPT, _("Accept what the unit declares"))] if can_accept(answer) else []
    ways.append((CorrectionKind.INPUTS, _("Recognise other figures")))
    if leaf.rule.kind not in POINTS_KINDS:
        ways.append((CorrectionKind.POINTS, _("Set the points")))
    if leaf.rule.na_allowed:
        ways.append((CorrectionKind.NOT_APPLICABLE, _("Grant as not applicable")))
    return ways


def _way_taken(answer: Answer) -> str:
    """How the line is decided now; for an open one what is asked for."""
    if answer.correction:
        points = answer.correction.kind == CorrectionKind.POINTS
        as_input = points and answer.criterion.leaf.rule.kind in POINTS_KINDS
        return CorrectionKind.INPUTS if as_input else answer.correction.kind
    if answer.line_state == LineState.OPEN and answer.asks_not_applicable:
        return CorrectionKind.NOT_APPLICABLE
    return ACCEPT if can_accept(answer) else CorrectionKind.INPUTS


class EnterForm(forms.Form):
    """One criterion for many units: the rule's figures of each unit with the version seen, and one reason for all."""

    reason = LongTextField(
        label=gettext_lazy("Where the figures come from"),
        help_text=gettext_lazy("One sentence for all units of this table; each unit reads it beside its result."),
        limit=REASON_LIMIT,
        required=False,
    )

    def __init__(self, *args, criterion: Criterion, lines: Sequence[QueueLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.lines, self.inputs = lines, inputs_of(criterion.leaf)
        for line in lines:
            for one in self.inputs:
                name = field_name(line.answer.pk, one.name)
                self.fields[name] = figure_field(one, title=f"{line.answer.assessment.unit.label}: {one.title}")
            version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
            self.fields[field_name(line.answer.pk, _VERSION)] = version
            self.initial[field_name(line.answer.pk, _VERSION)] = line.answer.version

    @property
    def rows(self) -> list[tuple[QueueLine, list[forms.BoundField], forms.BoundField]]:
        """(line, its figures, its version) per unit."""
        return [
            (
                line,
                [self[field_name(line.answer.pk, one.name)] for one in self.inputs],
                self[field_name(line.answer.pk, _VERSION)],
            )
            for line in self.lines
        ]

    @property
    def entries(self) -> list[Entry]:
        return [
            Entry(
                line.answer.pk,
                self.cleaned_data[field_name(line.answer.pk, _VERSION)],
                {one.name: self.cleaned_data[field_name(line.answer.pk, one.name)] for one in self.inputs},
            )
            for line in self.lines
        ]

    def with_versions_of(self, lines: Sequence[QueueLine]) -> QueryDict:
        """What was typed, beside the lines as they are now: saving again is for what is shown now."""
        typed = self.data.copy()
        for line in lines:
            typed[field_name(line.answer.pk, _VERSION)] = str(line.answer.version)
        return typed


class DecisionForm(FiguresForm):
    """An explanation decided: upheld, upheld in part with figures, or rejected; always with a reason."""

    action = forms.ChoiceField(label=gettext_lazy("The explanation is"), widget=forms.RadioSelect)
    reason = LongTextField(label=gettext_lazy("Reason of the decision"), limit=REASON_LIMIT, required=False)

    def __init__(self, *args, answer: Answer, **kwargs):
        super().__init__(*args, answer=answer, values=answer.correction.values if answer.correction else None, **kwargs)
        barred = (
            {ExplanationAction.REFER} if can_uphold(answer) else {ExplanationAction.REFER, ExplanationAction.UPHOLD}
        )
        self.fields["action"].choices = [(one.value, one.label) for one in ExplanationAction if one not in barred]

    @property
    def decision(self) -> dict[str, Any]:
        """What the service is given beside the figures."""
        data = {name: self.cleaned_data[name] for name in type(self).declared_fields}
        return data | {"action": ExplanationAction(data["action"])}


class CouncilForm(DecisionForm):
    """What the appraisal council decided on an explanation, as its minutes say."""

    number = NameField(label=gettext_lazy("Number of the council's minutes"), limit=NUMBER_LIMIT, required=False)
    decided_on = DayField(label=gettext_lazy("Decided on"))
    present = LongTextField(
        label=gettext_lazy("Those present"),
        help_text=gettext_lazy("Name and position, one a line."),
        limit=REASON_LIMIT,
        required=False,
    )


class ReferForm(forms.Form):
    """Stands on the page of the decision, which has a reason of its own."""

    reason = LongTextField(label=gettext_lazy("Why the council shall decide"), limit=REASON_LIMIT, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="refer_%s", **kwargs)


class SeenLines(forms.Field):
    """Ticked lines as {answer: version}, each written “answer:version”: an acceptance is for what was seen."""

    widget = forms.SelectMultiple

    def to_python(self, value) -> dict[int, int]:
        found = [_SEEN.fullmatch(str(one)) for one in value or []]
        if not all(found):
            raise forms.ValidationError(_("This choice is no longer valid. Load the page again."), code="invalid")
        return {int(one["answer"]): int(one["version"]) for one in found}


_SEEN = re.compile(r"(?P<answer>[0-9]{1,18}):(?P<version>[0-9]{1,9})")


class AcceptForm(forms.Form):
    """Lines of one unit, ticked to be accepted as declared."""

    lines = SeenLines(label=gettext_lazy("Lines"), required=False)

    def __init__(self, *args, assessment: Assessment, **kwargs):
        super().__init__(*args, **kwargs)
        self.assessment = assessment

    def clean_lines(self) -> list[Answer]:
        seen = self.cleaned_data["lines"]
        if not seen:
            raise forms.ValidationError(_("Tick at least one line."), code="required")
        answers = list(self.assessment.answers.filter(pk__in=seen))
        if len(answers) != len(seen):
            raise forms.ValidationError(_("This choice is no longer valid. Load the page again."), code="invalid")
        for answer in answers:
            answer.version = seen[answer.pk]
        return answers

    @property
    def ticked(self) -> set[int]:
        """The lines to tick again where the act was refused."""
        return (
            {answer.pk for answer in self.cleaned_data.get("lines") or []} if self.is_bound and self.errors else set()
        )


class ReopenForm(forms.Form):
    note = LongTextField(
        label=gettext_lazy("What to look at again"),
        help_text=gettext_lazy(
            "The appraiser finds the line first in the queue, with this note. The unit does not see it."
        ),
        limit=REASON_LIMIT,
        required=False,
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    reason = LongTextField(
        label=gettext_lazy("What the unit shall mend"),
        help_text=gettext_lazy("The unit reads this text above its form."),
        limit=REASON_LIMIT,
        required=False,
    )


class ExplanationForm(forms.Form):
    """A line contested: the grounds in at most `words` words, and new evidence for it."""

    grounds = LongTextField(label=gettext_lazy("Grounds"), limit=GROUNDS_LIMIT, required=False)
    file = FilesField(
        label=gettext_lazy("New evidence"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "PDF, PNG, JPEG, DOCX or XLSX, each at most 20 MB. The files go with the explanation; the form stays as it was signed."
        ),
    )

    def __init__(self, *args, words: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.words = words
        sentence = _(
            "Say what the appraisal overlooked and in which document it stands. Once per line, at most {n} words."
        )
        self.fields["grounds"].help_text = sentence.format(n=words)
