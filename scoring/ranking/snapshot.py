"""What goes into a run and what comes out, as one canonical document that anybody can recompute."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from core.audit.services import canonical
from scoring import engine
from scoring.appraisal.lines import effective_values
from scoring.enums import LineState
from scoring.models import Answer, Assessment, Cycle, CycleGroup

FORMAT = "sonla-awards/ranking@1"


@dataclass(frozen=True)
class Inputs:
    """One reading of a group: values[unit][criterion][field], who is in the group, and notes for the published page."""

    values: dict[str, dict[str, dict[str, str]]]
    groups: dict[str, engine.GroupEntry]
    units: dict[str, dict[str, Any]]
    notes: dict[str, dict[str, dict[str, Any]]]
    open_lines: int


# What a run reads of each answer: thousands of rows.
_READ = (
    "assessment_id", "criterion_id", "values", "asks_not_applicable", "claimed_points", "line_state",
    "correction__values", "correction__reason_code", "correction__reason",
)  # fmt: skip


def read_inputs(cycle: Cycle, one: CycleGroup) -> Inputs:
    """Read a group: three queries. What was never handed in counts as not declared, never as a guess."""
    assessments = {
        assessment.pk: assessment
        for assessment in Assessment.objects.filter(cycle=cycle, group=one.group).select_related("unit")
    }
    values = {assessment.unit.code: {} for assessment in assessments.values()}
    notes = {code: {} for code in values}
    open_lines = 0
    criteria = {criterion.pk: criterion for criterion in one.criteria_set.criteria.all()}
    answers = Answer.objects.filter(assessment__cycle=cycle, assessment__group=one.group).select_related("correction")
    for answer in answers.only(*_READ):
        assessment = assessments[answer.assessment_id]
        if not assessment.is_handed_in:
            continue
        answer.criterion = criteria[answer.criterion_id]
        code = answer.criterion.code
        if (given := effective_values(answer)) is not None:
            values[assessment.unit.code][code] = given
        notes[assessment.unit.code][code] = _note(answer)
        open_lines += answer.line_state == LineState.OPEN and (
            answer.criterion.pillar_id is not None or bool(answer.values)
        )
    groups = {
        assessment.unit.code: engine.GroupEntry(one.group.code, _iso(assessment.submitted_at))
        for assessment in assessments.values()
    }
    units = {assessment.unit.code: _unit(assessment) for assessment in assessments.values()}
    return Inputs(values, groups, units, notes, open_lines)


def _iso(moment) -> str:
    return moment.isoformat() if moment else ""


def _unit(assessment: Assessment) -> dict[str, Any]:
    """What is printed about a unit: its names as they were, so that a later change of name does not change the table."""
    unit = assessment.unit
    return {
        "name": unit.name,
        "short_name": unit.short_name,
        "name_en": unit.name_en,
        "name_sort": unit.name_sort,
        "kind": unit.kind,
        "former_district": unit.former_district,
        "on_time": assessment.on_time,
        "on_time_by_extension": assessment.on_time_by_extension,
        "late_minutes": assessment.late_minutes,
    }


def _note(answer: Answer) -> dict[str, Any]:
    note: dict[str, Any] = {"claimed": None if answer.claimed_points is None else str(answer.claimed_points)}
    if answer.correction_id:
        note |= {"reason_code": answer.correction.reason_code, "reason": answer.correction.reason}
    return note


def build(cycle: Cycle, one: CycleGroup, inputs: Inputs, results: engine.Results) -> tuple[str, str]:
    """The canonical snapshot (sorted keys, decimals as text, NFC) and its SHA-256."""
    document = {
        "format": FORMAT,
        "engine_version": engine.ENGINE_VERSION,
        "year": cycle.year,
        "is_sample": cycle.is_sample,
        "legal_basis": cycle.legal_basis,
        "group": one.group.code,
        "group_name": one.group.name,
        "group_name_en": one.group.name_en,
        "criteria_set": engine.to_document(one.criteria_set.definition),
        "values": inputs.values,
        "groups": {unit: [entry.group, entry.submitted_at] for unit, entry in inputs.groups.items()},
        "units": inputs.units,
        "notes": inputs.notes,
        "results_csv": engine.write_results(results).decode(),
    }
    text = unicodedata.normalize("NFC", canonical(document))
    return text, sha256(text)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Opened:
    """A snapshot read back: everything a verifier, a page or an export needs."""

    engine_version: str
    year: int
    is_sample: bool
    legal_basis: str
    group: str
    group_name: str
    group_name_en: str
    criteria_set: engine.CriteriaSet
    values: dict[str, dict[str, dict[str, str]]]
    groups: dict[str, engine.GroupEntry]
    units: dict[str, dict[str, Any]]
    notes: dict[str, dict[str, dict[str, Any]]]
    results_csv: bytes

    def recompute(self) -> engine.Results:
        return engine.score(self.criteria_set, self.values, self.groups)


# What reading a text that is no snapshot raises.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, engine.Refused)

_PLAIN = (
    "engine_version", "year", "is_sample", "legal_basis", "group", "group_name", "group_name_en", "values", "units",
    "notes",
)  # fmt: skip


def unfiled_units(text: str) -> frozenset[str]:
    """Codes of the units that the run had no submission of. Of a text that is no snapshot nothing is known: nobody."""
    try:
        groups = json.loads(text)["groups"]
        return frozenset(unit for unit, (_group, submitted_at) in groups.items() if not submitted_at)
    except UNREADABLE:
        return frozenset()


def open_snapshot(text: str) -> Opened:
    """One of UNREADABLE where the text is not a snapshot."""
    document = json.loads(text)
    return Opened(
        **{name: document[name] for name in _PLAIN},
        criteria_set=engine.load_set(json.dumps(document["criteria_set"]), place="snapshot"),
        groups={unit: engine.GroupEntry(*entry) for unit, entry in document["groups"].items()},
        results_csv=document["results_csv"].encode(),
    )
