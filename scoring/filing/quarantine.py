"""Files that the virus check holds back: who is told, and the administrator's list. Nobody gets their bytes."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from core.errors import NotFound
from core.verdict import Verdict
from core.waiting import Task
from scoring.enums import ScanState
from scoring.models import Evidence
from scoring.models.assessment import FILES

HELD_BACK = (ScanState.INFECTED, ScanState.WAITING)


def can_see_quarantine(user: User) -> Verdict:
    """Whoever looks after the machines, and the auditor; for others there is no such page."""
    return Verdict(user.has_role(Role.ADMINISTRATOR, Role.AUDITOR), _("There is no such page."), NotFound)


def held_back() -> QuerySet[Evidence]:
    """Every file held back and not removed, found viruses first."""
    found = Evidence.objects.filter(scan__in=HELD_BACK, removed_at__isnull=True)
    return found.select_related("assessment__unit", "assessment__cycle", "uploaded_by").order_by("scan", "-pk")


def waiting_for(user: User) -> list[Task]:
    """One query for an administrator or for whoever files; none for others."""
    if user.has_role(Role.ADMINISTRATOR):
        return _for_administrator(held_back())
    if own := user.units_as(*FILES):
        infected = held_back().filter(scan=ScanState.INFECTED, assessment__unit__in=own)
        return [_for_officer(one) for one in infected if one.assessment.is_editable]
    return []


def _for_administrator(files: Iterable[Evidence]) -> list[Task]:
    files = list(files)
    infected = sum(one.scan == ScanState.INFECTED for one in files)
    url, tasks = reverse("evidence_quarantine"), []
    if infected:
        title = ngettext("A virus was found in {n} file of evidence", "A virus was found in {n} files", infected)
        where = _("Nobody gets these files. Warn the sender: the machine may carry it.")
        tasks.append(Task("shield-exclamation", title.format(n=infected), where, url, _("See which")))
    if waiting := len(files) - infected:
        title = ngettext(
            "{n} file of evidence waits for the virus check", "{n} files wait for the virus check", waiting
        )
        where = _("The virus checker did not answer. It is asked again by itself; see whether it runs.")
        tasks.append(Task("shield-exclamation", title.format(n=waiting), where, url, _("See which")))
    return tasks


def _for_officer(evidence: Evidence) -> Task:
    title = _("Remove the file with a virus: {title}").format(title=evidence.title)
    where = _("{unit}, year {year}").format(unit=evidence.assessment.unit, year=evidence.assessment.cycle.year)
    return Task("shield-exclamation", title, where, reverse("evidence_view", args=[evidence.pk]), _("Open"))
