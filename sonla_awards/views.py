"""The home page: what waits, until when, where to click."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.waiting import waiting_for as account_tasks
from core import clock
from core.templatetags.values import time_left
from core.waiting import Task
from nominations.waiting import waiting_for as award_tasks
from scoring.appraisal.permissions import result_is_shown
from scoring.appraisal.selectors.result import standing_of
from scoring.appraisal.waiting import waiting_for as appraisal_tasks
from scoring.cycles.waiting import waiting_for as cycle_tasks
from scoring.filing.deadlines import limits_of
from scoring.filing.progress import pillar_progress
from scoring.filing.quarantine import waiting_for as quarantine_tasks
from scoring.filing.selectors import current_assessments
from scoring.filing.waiting import waiting_for as filing_tasks
from scoring.ranking.waiting import waiting_for as ranking_tasks

# In the order of a year; who may sign in comes first.
DESKS = (account_tasks, filing_tasks, quarantine_tasks, cycle_tasks, appraisal_tasks, ranking_tasks, award_tasks)


def home(request: HttpRequest) -> HttpResponse:
    """A visitor is shown to the sign-in page, which also leads to everything public."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    tasks = [task for desk in DESKS for task in desk(request.user)]
    count = sum(not task.locked for task in tasks)
    heading = ngettext("{n} task is waiting", "{n} tasks are waiting", count).format(n=count) if count else _("Home")
    context = {"tasks": _rows(tasks), "heading": heading, "over": request.user.full_name}
    return render(request, "home.html", context | _own_form(request.user))


def _rows(tasks: list[Task]) -> list[dict[str, Any]]:
    """Only the first open task gets the primary button; the time left is the database's."""
    first, now = next((task for task in tasks if not task.locked), None), clock.now()
    return [
        {"task": task, "is_first": task is first, "left": time_left(task.until, now) if task.until else ""}
        for task in tasks
    ]


def _own_form(user: User) -> dict[str, Any]:
    """The own unit's form of the running cycle, pillar by pillar, and its result once it is shown; nothing for whoever
    files for no unit."""
    own = current_assessments(user)
    if not own:
        return {}
    standing = standing_of(own[0]) if result_is_shown(own[0].cycle) else None
    shown = {"assessment": own[0], "progress": pillar_progress(own[0]), "standing": standing}
    return shown | {"limits": limits_of(own[0], own[0].cycle)}
