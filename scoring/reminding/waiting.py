"""Reminders on the home page of officers and heads: the calendar's step that has come, and the secretary's own."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.values import datetime_vi, last_moment
from core.waiting import Task
from scoring.enums import AssessmentState
from scoring.filing.checks import errors_in
from scoring.models import Answer, Assessment, Reminder
from scoring.reminding.ladder import step_reached


def reminders_for(
    assessment: Assessment, lines: list[Answer], until: datetime, now: datetime, sent: Reminder | None
) -> list[Task]:
    """For a form that can still be handed in until `until`; `sent` is the last reminder to this person. No query."""
    url = reverse("assessment", args=[assessment.pk])
    tasks = []
    if sent:
        title = _("{name} reminds of the self-assessment {year}").format(name=sent.sent_by, year=assessment.cycle.year)
        about = sent.note or str(assessment.unit)
        tasks.append(Task("bell", title, f"{datetime_vi(sent.sent_at)}: {about}", url, _("Open the form"), until))
    if days := step_reached(until, now):
        where = ngettext(
            "Reminder {n} day before the time limit: {unit}, until {time} (server time)",
            "Reminder {n} days before the time limit: {unit}, until {time} (server time)",
            days,
        ).format(n=days, unit=assessment.unit, time=datetime_vi(last_moment(until), "s"))
        tasks.append(Task("alarm", _said(assessment, lines), where, url, _("Open the form"), until))
    return tasks


def _said(assessment: Assessment, lines: list[Answer]) -> str:
    """What is left to do, by the state of the form."""
    year = assessment.cycle.year
    if assessment.state == AssessmentState.PREPARED:
        return _("The time limit is near: the self-assessment {year} waits for the head").format(year=year)
    if assessment.state == AssessmentState.RETURNED:
        return _("The time limit is near: mend the self-assessment {year} and submit it again").format(year=year)
    if not any(answer.is_touched for answer in lines):
        return _("The time limit is near: the self-assessment {year} is not begun").format(year=year)
    missing = len(errors_in(lines))
    if not missing:
        return _("The time limit is near: put the self-assessment {year} before the head").format(year=year)
    return ngettext(
        "The time limit is near: {n} line is not complete yet",
        "The time limit is near: {n} lines are not complete yet",
        missing,
    ).format(n=missing)
