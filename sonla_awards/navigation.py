"""The frame of every page: who is signed in, what the header links to, where the year stands, whether data are a sample."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Unit, User
from core import clock
from core.templatetags.ui import date_vi, time_left, weekday_vi
from scoring.cycles.phases import ends_at, headline, phases_of
from scoring.models import Cycle

FILES = (Role.UNIT_OFFICER, Role.UNIT_HEAD)
APPRAISES = (Role.APPRAISER, Role.APPRAISAL_LEAD)
READS_AWARDS = (Role.EMULATION_SECRETARY, Role.COUNCIL_MEMBER, Role.SIGNING_LEADER, Role.AUDITOR)


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    current: bool


def page_frame(request: HttpRequest) -> dict:
    """Context of `base.html`. A visitor's page costs no query here; a signed-in one costs the current cycle."""
    # A request refused at the door (NUL, broken UTF-8) has met no sign-in yet; its page has a frame all the same.
    user = getattr(request, "user", None) or AnonymousUser()
    links = _links(user)
    frame = {
        "nav_items": [NavItem(label, url, _is_current(request.path, url)) for label, url in links],
        "is_sample": settings.CLOCK_MAY_BE_SET,
        "public_facts": SimpleLazyObject(_public_facts),
        "public_links": SimpleLazyObject(_public_links),
    }
    if user.is_authenticated:
        frame |= {"person_role": _role_line(user)} | _phases()
    return frame


def _is_current(path: str, url: str) -> bool:
    return path == url if url == reverse("home") else path.startswith(url)


def _links(user: User) -> list[tuple[str, str]]:
    """Only the desks a person works at, then what everybody may read."""
    if not user.is_authenticated:
        desks = []
    else:
        desks = [(_("Home"), reverse("home"))]
        offered = [
            (_("Self-assessments"), "assessments", FILES),
            (_("Cycles"), "cycles", (Role.SCORING_SECRETARY, Role.APPRAISAL_LEAD, Role.AUDITOR)),
            (_("Appraisal desk"), "appraisal", APPRAISES),
            (_("Ranking runs"), "runs", (Role.SCORING_SECRETARY, Role.APPRAISAL_LEAD, Role.AUDITOR)),
            (_("Commendation"), "nominations", (Role.UNIT_HEAD, Role.UNIT_OFFICER, *READS_AWARDS)),
            (_("Accounts"), "people", (Role.ADMINISTRATOR,)),
        ]
        desks += [(label, reverse(name)) for label, name, roles in offered if user.has_role(*roles)]
    return [
        *desks,
        (_("Rankings"), reverse("public_rankings")),
        (_("Criteria"), reverse("criteria_sets")),
        (_("Check a certificate"), reverse("verify")),
    ]


def _role_line(user: User) -> str:
    membership = next(iter(user.current_memberships), None)
    if membership is None:
        return user.position
    return f"{user.position or membership.get_role_display()}, {membership.unit.short_name}"


def _phases() -> dict:
    cycle = Cycle.objects.current()
    if cycle is None:
        return {}
    end = ends_at(cycle)
    strip = {"current_cycle": cycle, "phases": phases_of(cycle)}
    if end is None:
        return strip
    return strip | {
        "phase_left": time_left(end, clock.now()),
        "phase_until": _("until {moment}").format(moment=weekday_vi(end - timedelta(seconds=1))),
    }


def _public_facts() -> dict | None:
    """The right half of the sign-in page: the cycle in figures."""
    cycle = Cycle.objects.current()
    if cycle is None:
        return None
    end, figures = ends_at(cycle), []
    for one in cycle.groups.select_related("group"):
        figures.append(
            {"value": Unit.objects.filter(group=one.group, is_active=True).count(), "label": one.group.label}
        )
    facts = {"over": _("Cycle of {year}").format(year=cycle.year), "title": headline(cycle), "figures": figures}
    if end:
        last = end - timedelta(seconds=1)
        facts["deadline"] = _("The time ends at the end of {day}.").format(day=date_vi(last))
    return facts


def _public_links() -> list[dict]:
    return [
        {
            "url": reverse("public_rankings"),
            "icon": "list-ol",
            "title": _("Published rankings"),
            "text": _("Points of each pillar for wards, communes and provincial agencies"),
        },
        {
            "url": reverse("verify"),
            "icon": "patch-check",
            "title": _("Check a certificate of merit"),
            "text": _("Scan the QR code or type the code printed on it"),
        },
        {
            "url": reverse("criteria_sets"),
            "icon": "journal-text",
            "title": _("Criteria and how points are computed"),
            "text": _("Every criterion with its rule, evidence and appraising agency"),
        },
    ]
