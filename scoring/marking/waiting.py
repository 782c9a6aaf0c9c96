"""What waits for the committee because lines are marked twice. The home page shows it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.waiting import Task
from scoring.marking.selectors import may_settle, waiting_for_person
from scoring.models import Cycle


def marking_tasks(user: User, cycle: Cycle) -> list[Task]:
    """One query, two where there are gaps."""
    url, until = reverse("marking", args=[cycle.year]), cycle.appraisal_closes_at
    found, tasks = list(waiting_for_person(user, cycle)), []
    mine = sum(one.saved_at is None for one in found)
    if mine:
        title = ngettext("Give {n} second mark", "Give {n} second marks", mine).format(n=mine)
        where = _("Independent of the first mark, {year}").format(year=cycle.year)
        tasks.append(Task("people", title, where, url, _("Mark"), until))
    gaps = [one for one in found if one.disputed]
    apart = sum(may_settle(user, gaps)) if gaps else 0
    if apart:
        title = ngettext("Decide {n} gap between two marks", "Decide {n} gaps between two marks", apart)
        where = _("A third person decides, {year}").format(year=cycle.year)
        tasks.append(Task("people", title.format(n=apart), where, url, _("Decide"), until))
    return tasks
