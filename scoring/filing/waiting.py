"""What waits for officers and heads of units: lines to declare, evidence to add, the form to put forward or to submit."""

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.waiting import Task
from scoring.clarifying.waiting import asked_tasks
from scoring.enums import AssessmentState
from scoring.filing.checks import Finding, Kind, carried_in, errors_in, lines_of
from scoring.filing.deadlines import limits_of
from scoring.filing.permissions import may_file
from scoring.filing.progress import ADJUSTMENTS
from scoring.filing.selectors import current_assessments
from scoring.models import Answer, Assessment
from scoring.reminding.selectors import last_reminders
from scoring.reminding.waiting import reminders_for

# Codes or pillars named in one line of the list.
NAMED = 4


def waiting_for(user: User) -> list[Task]:
    """Tasks of the current cycle for every unit the person files for: at most seven queries."""
    current = current_assessments(user)
    own = [one for one in current if one.is_editable or one.state == AssessmentState.PREPARED]
    asked = asked_tasks(user, current[0].cycle, clock.now()) if current else []
    if not own:
        return asked
    now, lines, sent = clock.now(), lines_of(own), last_reminders(own, user)
    tasks = asked
    for assessment in own:
        gate = may_file(assessment, assessment.cycle, now)
        mine = [answer for answer in lines if answer.assessment_id == assessment.pk]
        if not gate:
            tasks.append(_locked(assessment, gate.reason))
            continue
        tasks += reminders_for(assessment, mine, _until(assessment), now, sent.get(assessment.pk))
        if assessment.state == AssessmentState.PREPARED:
            tasks.append(_before_the_head(assessment, user))
        else:
            tasks += [*_returned(assessment), *_missing(assessment, mine)]
    return tasks


def _page(assessment: Assessment, name: str = "assessment") -> str:
    return reverse(name, args=[assessment.pk])


def _about(assessment: Assessment) -> str:
    return _("{unit}, year {year}").format(unit=assessment.unit, year=assessment.cycle.year)


def _until(assessment: Assessment):
    cycle = assessment.cycle
    return cycle.appraisal_closes_at if assessment.submitted_at else limits_of(assessment, cycle).on_time_until


def _locked(assessment: Assessment, reason: str) -> Task:
    title = _("Self-assessment {year} not submitted").format(year=assessment.cycle.year)
    return Task("lock-fill", title, _about(assessment), _page(assessment), _("Read"), locked=reason)


def _returned(assessment: Assessment) -> list[Task]:
    if assessment.state != AssessmentState.RETURNED:
        return []
    why = assessment.return_reason.splitlines()[0][:160] if assessment.return_reason else _about(assessment)
    title = _("Mend the self-assessment that was returned")
    return [Task("arrow-counterclockwise", title, why, _page(assessment), _("See why"), _until(assessment))]


def _before_the_head(assessment: Assessment, user: User) -> Task:
    where, until = _about(assessment), _until(assessment)
    if assessment.unit_id in user.units_as(Role.UNIT_HEAD):
        title = _("Submit the self-assessment {year}").format(year=assessment.cycle.year)
        return Task("pen", title, where, _page(assessment), _("Read and submit"), until)
    title = _("The self-assessment {year} is before the head").format(year=assessment.cycle.year)
    return Task("pen", title, where, _page(assessment), _("Read"), until, locked=_("Waits for the head to submit."))


def _missing(assessment: Assessment, lines: list[Answer]) -> list[Task]:
    """One task per kind of gap, then the last step, locked until the gaps are closed."""
    found = errors_in(lines)
    of = {kind: [finding for finding in found if finding.kind == kind] for kind in Kind}
    tasks = []
    if empty := of[Kind.EMPTY]:
        title = ngettext("Declare {n} empty criterion", "Declare {n} empty criteria", len(empty))
        tasks.append(_task(assessment, "pencil-square", title, empty, _("Go on declaring"), _most_of(lines, empty)))
    if value := of[Kind.VALUE]:
        title = ngettext(
            "Correct {n} figure that the rule refuses", "Correct {n} figures that the rule refuses", len(value)
        )
        tasks.append(_task(assessment, "exclamation-octagon", title, value, _("Correct")))
    if half := of[Kind.HALF]:
        title = ngettext("Complete {n} half-filled criterion", "Complete {n} half-filled criteria", len(half))
        tasks.append(_task(assessment, "exclamation-octagon", title, half, _("Fill in")))
    if reason := of[Kind.REASON]:
        title = ngettext("Give the reason for {n} criterion", "Give the reason for {n} criteria", len(reason))
        tasks.append(_task(assessment, "chat-left-text", title, reason, _("Explain")))
    if evidence := of[Kind.EVIDENCE]:
        title = ngettext("Add evidence to {n} criterion", "Add evidence to {n} criteria", len(evidence))
        tasks.append(_task(assessment, "paperclip", title, evidence, _("Add")))
    blocked = {finding.answer_id for finding in found}
    if carried := [finding for finding in carried_in(lines) if finding.answer_id not in blocked]:
        title = ngettext("Refresh the evidence of {n} criterion", "Refresh the evidence of {n} criteria", len(carried))
        tasks.append(_task(assessment, "copy", title, carried, _("Refresh")))
    return [*tasks, _put_forward(assessment, bool(found))]


def _task(assessment: Assessment, icon: str, title: str, found: list[Finding], button: str, where: str = "") -> Task:
    first = found[0]
    url = reverse("assessment_pillar", args=[assessment.pk, first.pillar_code or ADJUSTMENTS])
    where = where or _named(finding.criterion_code for finding in found)
    until = _until(assessment)
    return Task(icon, title.format(n=len(found)), where, f"{url}#line-{first.answer_id}", button, until)


def _named(codes: Iterable[str]) -> str:
    codes = list(codes)
    more = [_("and {n} more").format(n=len(codes) - NAMED)] if len(codes) > NAMED else []
    return ", ".join([*codes[:NAMED], *more])


def _most_of(lines: list[Answer], found: list[Finding]) -> str:
    """The pillars with the most gaps, with how many each."""
    titles = {
        answer.criterion.pillar.code: answer.criterion.pillar.title for answer in lines if answer.criterion.pillar
    }
    counts = Counter(finding.pillar_code for finding in found).most_common(3)
    other = _("other lines")
    named = ", ".join(f"{titles.get(code, other)} ({count})" for code, count in counts)
    return _("Most of them in {pillars}").format(pillars=named) if len(counts) > 1 else named


def _put_forward(assessment: Assessment, is_blocked: bool) -> Task:
    title = _("Put the self-assessment before the head")
    locked = _("Opens when nothing is empty, half filled or without evidence.") if is_blocked else ""
    url = _page(assessment, "assessment_check")
    return Task("pen", title, _about(assessment), url, _("Check and put forward"), _until(assessment), locked)
