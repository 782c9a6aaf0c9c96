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
from accounts.permissions import can_read_trail, can_see_people
from core.templatetags.values import date_vi
from scoring.cycles.phases import ends_at, headline, phase_strip
from scoring.models import Cycle

FILES = (Role.UNIT_OFFICER, Role.UNIT_HEAD)
APPRAISES = (Role.APPRAISER, Role.APPRAISAL_LEAD)
READS_CYCLES = (Role.SCORING_SECRETARY, Role.APPRAISAL_LEAD, Role.AUDITOR)
# Desks with pages at further addresses, by the name of the desk's first page.
BELONGING = {"nominations": ("council", "decisions", "bonus_rates", "certificates"), "people": ("units",)}
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
    here = _current(request.path, [url for _label, url in links])
    frame = {
        "nav_items": [NavItem(label, url, url == here) for label, url in links],
        "is_sample": settings.CLOCK_MAY_BE_SET,
        "public_facts": SimpleLazyObject(_public_facts),
        "public_links": SimpleLazyObject(_public_links),
    }
    if user.is_authenticated:
        frame |= {"person_role": _role_line(user)} | _phases(user)
    return frame


def bare_frame() -> dict:
    """The frame of the page of last resort: public links and nobody's name, from neither database nor session."""
    items = [NavItem(label, url, current=False) for label, url in _links(AnonymousUser())]
    return {"nav_items": items, "is_sample": settings.CLOCK_MAY_BE_SET, "hide_sign_in": True}


def _current(path: str, urls: list[str]) -> str:
    """The desk whose address the path begins with, the longest one: explanations stand below the appraisal desk.

    Home is itself only.
    """
    home, begins = reverse("home"), {url: url for url in urls}
    for desk, pages in BELONGING.items():
        begins |= {reverse(page): reverse(desk) for page in pages}
    fitting = [url for url in begins if path == url or url != home and path.startswith(url)]
    return begins[max(fitting, key=len)] if fitting else ""


def _links(user: User | AnonymousUser) -> list[tuple[str, str]]:
    """Only the desks a person works at, then what everybody may read."""
    if not user.is_authenticated:
        desks = []
    else:
        desks = [(_("Home"), reverse("home"))]
        offered = [
            (_("Self-assessments"), "assessments", user.has_role(*FILES)),
            (_("Cycles"), "cycles", user.has_role(*READS_CYCLES)),
            (_("Appraisal desk"), "appraisal", user.has_role(*APPRAISES, Role.AUDITOR)),
            (_("Explanations"), "explanations", user.has_role(*APPRAISES)),
            (_("Ranking runs"), "runs", user.has_role(*READS_CYCLES)),
            (_("Commendation"), "nominations", user.has_role(*FILES, *READS_AWARDS)),
            (_("Accounts"), "people", can_see_people(user)),
            (_("Audit trail"), "audit_trail", can_read_trail(user)),
        ]
        desks += [(label, reverse(name)) for label, name, may in offered if may]
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
    return f"{user.position or membership.get_role_display()}, {membership.unit.short_label}"


def _phases(user: User) -> dict:
    cycle = Cycle.objects.current()
    if cycle is None:
        return {}
    return {"current_cycle": cycle} | phase_strip(cycle, user.seen_at)


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
