"""A line of the form as the page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.verdict import Verdict
from scoring import engine
from scoring.appraisal.value_words import percent_of, said_claim, said_values, shown
from scoring.clarifying.permissions import LineGate
from scoring.enums import LineState
from scoring.filing.carried import has_fresh_evidence
from scoring.filing.checks import Finding
from scoring.filing.checks.gaps import gives_not_applicable
from scoring.filing.forms import LineForm
from scoring.inputs import inputs_of, is_complete, is_scorable
from scoring.marking.blind import is_unfinished
from scoring.models import Answer, Clarification, Correction, Evidence

_CHIP_KINDS = {"application/pdf": "pdf", "image/png": "image", "image/jpeg": "image"}


@dataclass(frozen=True)
class Row:
    """`form` is None where the line is locked; `locked` then says why, `declared` what stands there.

    `state` is one of saved, invalid, conflict, locked or empty (nothing was ever saved). `error` is a refusal that
    belongs to no single field; `last_saved` what stood there before a refused text. `findings` are the most important first.
    """

    answer: Answer
    form: LineForm | None
    locked: str
    state: str
    points: Decimal | None
    sentence: str
    percent: str
    findings: list[Finding]
    declared: str
    error: str = ""
    last_saved: str = ""
    typed: str = ""
    questions: list[Clarification] = field(default_factory=list)
    conflict: dict[str, Any] | None = None

    @property
    def criterion(self):
        return self.answer.criterion

    @property
    def kind(self) -> str:
        return self.criterion.leaf.rule.kind

    @property
    def correction(self) -> Correction | None:
        """The correction in force, told to the unit at once; on a line that is marked twice only when both marks are done."""
        return None if is_unfinished(self.answer) else self.answer.correction

    @property
    def can_be_contested(self) -> bool:
        """A figure that the unit only reads, while nobody has decided on it."""
        return bool(self.answer.measurement_id) and self.answer.line_state == LineState.OPEN

    @property
    def sign(self) -> str:
        """+ or − for a line that is added to the pillars or taken away from them."""
        return {"bonus": "+", "penalty": "\u2212"}.get(self.kind, "")

    @property
    def finding(self) -> Finding | None:
        return self.findings[0] if self.findings else None

    @property
    def is_refreshed(self) -> bool:
        """Of a line carried over from last year: whether something of this year stands behind it."""
        return has_fresh_evidence(self.answer)

    @property
    def chips(self) -> list[tuple[Evidence, str]]:
        """Evidence in force with the kind of its icon."""
        return [(one, _CHIP_KINDS.get(one.media_type, _office(one.media_type))) for one in self.answer.evidence.all()]


def _office(media_type: str) -> str:
    return "xls" if media_type.endswith("sheet") else "doc"


def rows_of(
    lines: Iterable[Answer],
    gate: LineGate,
    bound: LineForm | None,
    found: Mapping[int, list[Finding]],
    questions: Mapping[int, list] | None = None,
) -> list[Row]:
    """Rows for lines read with `lines_of`. `bound` is the one form that was just refused, `found` what the checks say,
    `questions` what was asked, both by line."""
    return [
        row_of(one, gate(one), bound if bound and bound.answer.pk == one.pk else None, found, questions)
        for one in lines
    ]


def row_of(
    answer: Answer,
    can_edit: Verdict,
    bound: LineForm | None,
    found: Mapping[int, list[Finding]],
    questions: Mapping[int, list] | None = None,
) -> Row:
    locked = why_locked(answer, can_edit)
    refused = bool(bound and bound.errors)
    is_stale = refused and not locked and getattr(bound, "refused_status", 0) == 409
    line = _scored(answer)
    leaf = answer.criterion.leaf
    has_percent = leaf.rule.kind == "ratio" and is_complete(leaf, answer.values) and not refused
    return Row(
        answer=answer,
        form=None if locked else _form_for(answer, bound, is_stale),
        locked=locked,
        state=_state(answer, locked, refused, is_stale),
        points=None if refused else answer.claimed_points,
        sentence="" if refused else _sentence(answer, line),
        percent=percent_of(answer.values) if has_percent else "",
        findings=[] if locked or refused else found.get(answer.pk, []),
        declared=said_claim(answer) if answer.criterion.declared_by_unit or answer.values else "",
        error=" ".join(bound.non_field_errors()) if refused and not is_stale else "",
        last_saved=said_values(leaf, answer.values) if refused and not is_stale else "",
        typed=typed_text(bound) if refused and locked else "",
        questions=(questions or {}).get(answer.pk, []),
        conflict=_conflict(answer, bound) if is_stale else None,
    )


def why_locked(answer: Answer, can_edit: Verdict) -> str:
    """Empty where the person may type here now."""
    criterion = answer.criterion
    if not criterion.declared_by_unit:
        if criterion.leaf.source_kind == "measured":
            return _("The figure comes from a system of the province; the unit only reads it.")
        if criterion.leaf.source_kind == "survey":
            return _("The figure comes from a survey; the unit does not declare it.")
        return _("Entered by the appraising agency: {agency}.").format(
            agency=criterion.responsible or criterion.leaf.appraiser
        )
    return "" if can_edit else can_edit.reason


def _form_for(answer: Answer, bound: LineForm | None, is_stale: bool) -> LineForm:
    if not is_stale:
        return bound if bound and bound.errors else LineForm(answer)
    # The typed text stays, the version is the one that it is now compared with.
    data = bound.data.copy()
    data[bound.add_prefix("version")] = str(answer.version)
    data[bound.add_prefix("keep")] = ""
    form = LineForm(answer, data)
    form.full_clean()
    return form


def _state(answer: Answer, locked: str, refused: bool, is_stale: bool) -> str:
    if locked:
        return "locked"
    if is_stale:
        return "conflict"
    if refused:
        return "invalid"
    return "saved" if answer.updated_at else ""


def _scored(answer: Answer) -> engine.Line | None:
    leaf = answer.criterion.leaf
    definition = answer.criterion.criteria_set.definition
    if not is_scorable(definition, leaf.code, answer.values):
        return None
    return engine.score_line(definition, leaf.code, answer.values)


def _sentence(answer: Answer, line: engine.Line | None) -> str:
    """The engine's sentence for what is declared, or what is still to come."""
    if answer.asks_not_applicable:
        return _("“Not applicable” is asked for; the appraiser decides. Until then the line has no points.")
    if line is None:
        return ""
    said = line.sentence(get_language() or "vi")
    return " ".join([said, _("The appraiser decides on it.")]) if gives_not_applicable(answer) else said


def typed_text(form: LineForm) -> str:
    """What was typed, in one line, where it can no longer be typed."""
    given = form.given
    parts = [given.raw[one.name] for one in form.inputs if given.raw[one.name]]
    return "; ".join([" ÷ ".join(parts), given.explanation] if given.explanation else [" ÷ ".join(parts)])


def _conflict(answer: Answer, bound: LineForm) -> dict[str, Any]:
    """Both values with name and time; the texts of the choices as people read them."""
    given, fields = bound.given, {one.name: one for one in inputs_of(answer.criterion.leaf)}
    mine = [dict(one.choices).get(given.raw[name], given.raw[name]) for name, one in fields.items() if given.raw[name]]
    theirs = [shown(one, answer.values[name]) for name, one in fields.items() if name in answer.values]
    empty = _("not declared")
    return {
        "mine": _with_explanation(" ÷ ".join(mine) or empty, given.explanation),
        "theirs": _with_explanation(" ÷ ".join(theirs) or empty, answer.explanation),
        "who": answer.updated_by,
        "at": answer.updated_at,
    }


def _with_explanation(value: str, explanation: str) -> str:
    return f"{value} · {explanation[:80]}" if explanation else value
