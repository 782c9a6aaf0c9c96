"""The acts: plan without writing, adopt the plan, decide otherwise for some lines."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Conflict, Invalid, NotAllowed
from scoring.assigning.permissions import can_assign
from scoring.assigning.planning import Draft, appraisers_of, draft_plan
from scoring.conflicts.permissions import has_no_conflict
from scoring.conflicts.selectors import conflicts_of
from scoring.models import Assignment, AssignmentPlan, Cycle

REASON_LIMIT = 2000
_STORED = ["plan", "appraiser", "override_reason", "overridden_by", "overridden_at"]


def plan_assignment(*, cycle: Cycle, agency: Unit, mode: str, cap: int | None, seed: int, actor: User) -> Draft:
    """What adopting would write. `cap` None: as even as possible."""
    can_assign(actor, cycle).require()
    return draft_plan(cycle=cycle, agency=agency, mode=mode, cap=cap, seed=seed, actor=actor)


@transaction.atomic(durable=True)
def adopt_assignment(
    *, cycle: Cycle, agency: Unit, mode: str, cap: int | None, seed: int, digest: str, actor: User
) -> AssignmentPlan:
    """Put the plan that was looked at (`digest`) in force, in place of the one before and of what was decided by hand.

    Holds the cycle for itself: a mark that is being saved is saved first, the next one finds the new assignment. Refused
    where people, lines or conflicts are others than in the plan that was looked at.
    """
    cycle = locks.exclusive(Cycle, cycle.pk)
    draft = plan_assignment(cycle=cycle, agency=agency, mode=mode, cap=cap, seed=seed, actor=actor)
    if draft.digest != digest:
        raise Conflict(
            _("People, lines, conflicts or the plan in force changed meanwhile. Look at the new plan, then adopt it.")
        )
    plan = AssignmentPlan.objects.create(
        cycle=cycle,
        agency=agency,
        mode=draft.mode,
        cap=draft.cap,
        seed=draft.seed,
        balance=draft.balance,
        repeats=draft.repeats,
        loads=draft.loads,
        conflicts=draft.conflicts,
        table=draft.table,
        made_by=actor,
        made_at=clock.now(),
    )
    people = {one.username: one for one in appraisers_of(agency, actor)}
    rows = [Assignment(answer_id=pk, plan=plan, appraiser=people.get(name)) for pk, name in draft.who.items()]
    Assignment.objects.bulk_create(rows, update_conflicts=True, unique_fields=["answer"], update_fields=_STORED)
    details = {name: getattr(draft, name) for name in ("mode", "seed", "balance", "repeats", "digest")}
    details = (
        {"agency": agency.name, "year": cycle.year}
        | details
        | {"at_most": draft.cap, "lines": len(rows), "left_to_lead": draft.left}
    )
    record(actor=actor, action="assignmentplan.adopt", obj=plan, details=details)
    return plan


@transaction.atomic(durable=True)
def override_assignment(
    *, cycle: Cycle, agency: Unit, answers: Iterable[int], appraiser: User, reason: str, actor: User
) -> int:
    """Give these lines of the agency to another of its appraisers, with the reason. Returns how many change hands.

    A conflict of interest is not overridden: any line of a unit that the person may not touch refuses the whole act.
    """
    cycle = locks.exclusive(Cycle, cycle.pk)
    can_assign(actor, cycle).require()
    rows = list(
        Assignment.objects.filter(answer__in=list(answers), plan__cycle=cycle, plan__agency=agency)
        .select_related("answer__assessment__unit", "answer__criterion", "appraiser")
        .order_by("pk")
    )
    if not rows:
        raise Invalid(_("No line of the plan is meant."), fields={"unit": _("No line of the plan is meant.")})
    if appraiser.pk not in {one.pk for one in appraisers_of(agency, actor)}:
        sentence = _("{person} is no appraiser of {agency} today.").format(person=appraiser, agency=agency)
        raise Invalid(sentence, fields={"appraiser": sentence})
    reason = clean_text(reason, limit=REASON_LIMIT)
    if not reason:
        sentence = _("Say why the plan is not followed: the reason stands in the minutes.")
        raise Invalid(sentence, code="ERR-REQUIRED", fields={"reason": sentence})
    _require_free(rows, appraiser, actor)
    moved = [one for one in rows if one.appraiser_id != appraiser.pk]
    if not moved:
        raise Conflict(_("These lines are assigned to {person} already.").format(person=appraiser), code="ERR-DONE")
    before = sorted({one.appraiser.username if one.appraiser else "" for one in moved})
    for one in moved:
        one.appraiser, one.override_reason = appraiser, reason
        one.overridden_by, one.overridden_at = actor, clock.now()
    Assignment.objects.bulk_update(moved, _STORED[1:], batch_size=500)
    lines = [f"{one.answer.assessment.unit.code} {one.answer.criterion.code}" for one in moved]
    details = {"agency": agency.name, "year": cycle.year, "before": before, "user": appraiser.username}
    details |= {"reason": reason, "lines": lines}
    record(actor=actor, action="assignmentplan.override", obj=moved[0].plan, details=details)
    return len(moved)


def _require_free(rows: list[Assignment], appraiser: User, actor: User) -> None:
    """Neither the appraiser nor the lead who decides has a conflict of interest with any of the units."""
    own = conflicts_of(actor)
    for one in rows:
        if not has_no_conflict(actor, one.answer.assessment, own):
            unit = one.answer.assessment.unit
            raise NotAllowed(_("You have a conflict of interest with {unit}; another lead decides.").format(unit=unit))
    known = conflicts_of(appraiser)
    units = {one.answer.assessment.unit for one in rows if one.answer.assessment.unit_id in known}
    if units:
        named = "; ".join(f"{unit} ({known[unit.pk]})" for unit in sorted(units, key=lambda unit: unit.name_sort))
        sentence = _("{person} has a conflict of interest and cannot be given the lines of: {units}.")
        sentence = sentence.format(person=appraiser, units=named)
        raise Invalid(sentence, fields={"appraiser": sentence})
