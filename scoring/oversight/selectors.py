"""The ledger of one group, read from its answers, corrections and explanations."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from scoring import engine
from scoring.appraisal.lines import claim_values, effective_values
from scoring.appraisal.permissions import sees_marks
from scoring.enums import HEARD, ReasonCode
from scoring.models import Answer, Assessment, Correction, CycleGroup, Explanation
from scoring.oversight.ledger import Reasons, UnitLedger, Worlds, ledger_of

Values = dict[str, dict[str, dict[str, str]]]
# Decided in favour of the unit, wholly or in part: what counts is no longer what was contested.
_READ = (
    "assessment_id", "criterion_id", "values", "asks_not_applicable",
    "correction__values", "correction__reason_code",
)  # fmt: skip


@dataclass
class Reading:
    """What the three worlds are given, by unit and criterion, and why lines changed."""

    claimed: Values
    appraised: Values
    final: Values
    reasons: dict[str, dict[str, Reasons]]


def group_ledger(one: CycleGroup) -> list[UnitLedger]:
    """Every unit of the group that handed in, in Vietnamese order: four queries and three scorings."""
    assessments = list(_assessments(one))
    reading = _read(one, {form.pk: form.unit.code for form in assessments if form.is_handed_in})
    definition = one.criteria_set.definition
    groups = {
        form.unit.code: engine.GroupEntry(one.group.code, form.submitted_at.isoformat() if form.submitted_at else "")
        for form in assessments
    }
    worlds = Worlds(
        *(_score(definition, world, groups) for world in (reading.claimed, reading.appraised, reading.final))
    )
    return [
        ledger_of(form, worlds, definition.lines, reading.reasons[form.unit.code])
        for form in assessments
        if form.is_handed_in
    ]


def ledgers_for(user: User, one: CycleGroup) -> list[UnitLedger]:
    """Those that the person may see: no unit of a conflict of interest, and the own unit not before it learns of its marks."""
    seen = forms_with_marks(user, one)
    return [ledger for ledger in group_ledger(one) if ledger.assessment.pk in seen]


def forms_with_marks(user: User, one: CycleGroup) -> set[int]:
    """The forms of the group whose marks the person may see: two queries at most."""
    seen = Assessment.objects.visible_to(user).filter(cycle=one.cycle_id, group=one.group_id)
    return {form.pk for form in seen.only("unit") if sees_marks(user, form, one.cycle)}


def _assessments(one: CycleGroup) -> QuerySet[Assessment]:
    forms = Assessment.objects.filter(cycle=one.cycle_id, group=one.group_id)
    return forms.select_related("unit").order_by("unit__name_sort", "pk")


def _score(definition: engine.CriteriaSet, values: Values, groups: dict[str, engine.GroupEntry]) -> engine.Results:
    """What was not handed in counts as not declared, as in a run."""
    from scoring.engine import batch  # noqa: PLC0415 - loads numpy, which few pages need

    return batch.score(definition, {unit: values.get(unit, {}) for unit in groups}, groups)


def _read(one: CycleGroup, units: dict[int, str]) -> Reading:
    criteria = {criterion.pk: criterion for criterion in one.criteria_set.criteria.all()}
    claimed, appraised, final, reasons = ({code: {} for code in units.values()} for _world in range(4))
    answers = Answer.objects.filter(assessment__in=units).select_related("correction")
    first_heard = _first_heard(units)
    for answer in answers.only(*_READ):
        unit, answer.criterion = units[answer.assessment_id], criteria[answer.criterion_id]
        code, heard = answer.criterion.code, answer.pk in first_heard
        first = first_heard[answer.pk] if heard else answer.correction
        _put(claimed[unit], code, claim_values(answer))
        _put(appraised[unit], code, _given(answer, first))
        _put(final[unit], code, effective_values(answer))
        reasons[unit][code] = Reasons(first.reason_code if first else "", ReasonCode.AFTER_EXPLANATION if heard else "")
    return Reading(claimed, appraised, final, reasons)


def _first_heard(units: Iterable[int]) -> dict[int, Correction]:
    """By line, the correction that was contested first with success: what the appraisers had made of it. One query."""
    heard = Explanation.objects.filter(answer__assessment__in=units, state__in=HEARD).select_related("contested")
    return {one.answer_id: one.contested for one in heard.order_by("-round")}


def _given(answer: Answer, correction: Correction | None) -> dict[str, str] | None:
    return claim_values(answer) if correction is None else correction.values or None


def _put(values: dict[str, dict[str, str]], code: str, given: dict[str, str] | None) -> None:
    if given is not None:
        values[code] = given
