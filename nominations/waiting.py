"""What waits for a person in the year's second half: dossiers, votes, signatures, certificates."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from core.waiting import Task
from nominations.enums import DecisionKind, DecisionState, MotionState, NominationState
from nominations.models import Decision, Motion, Nomination, Quota
from nominations.models.nomination import OF_THE_UNIT
from nominations.nominating.eligibility import meets_standard
from nominations.nominating.permissions import can_nominate
from nominations.nominating.selectors import award_cycle, own_rows


def waiting_for(user: User) -> list[Task]:
    """One line for each kind of work; at most ten queries, whatever the numbers."""
    tasks: list[Task] = []
    if user.has_role(*OF_THE_UNIT):
        tasks += _unit(user)
    if user.has_role(Role.UNIT_HEAD):
        tasks += _nominating(user)
    if user.has_role(Role.COUNCIL_MEMBER):
        tasks += _votes(user)
    if user.has_role(Role.SIGNING_LEADER):
        tasks += _signatures()
    if user.has_role(Role.EMULATION_SECRETARY):
        tasks += _secretary()
    return tasks


def _unit(user: User) -> Iterator[Task]:
    """A dossier that came back is for officer and head, a draft for the head's signature."""
    states = (NominationState.INCOMPLETE, NominationState.DRAFT)
    rows = Nomination.objects.filter(unit__in=user.units_as(*OF_THE_UNIT), state__in=states).order_by("pk")
    found = list(rows.values_list("pk", "state", "unit"))
    if back := [pk for pk, state, _unit in found if state == NominationState.INCOMPLETE]:
        title = ngettext("Mend {n} returned dossier", "Mend {n} returned dossiers", len(back)).format(n=len(back))
        where = _("The emulation secretary says what is missing")
        yield Task("pencil-square", title, where, reverse("nomination", args=[back[0]]), _("Read and mend"))
    heads = user.units_as(Role.UNIT_HEAD)
    if drafts := [pk for pk, state, unit in found if state == NominationState.DRAFT and unit in heads]:
        n = len(drafts)
        title = ngettext("Sign {n} nomination for commendation", "Sign {n} nominations for commendation", n)
        where = _("Prepared by the unit’s officer")
        yield Task("pen", title.format(n=n), where, reverse("nomination", args=[drafts[0]]), _("Read and sign"))


def _nominating(user: User) -> Iterator[Task]:
    """For each unit that nobody has proposed anything for yet, while a place is left that its rank and grade are good
    enough for."""
    cycle = award_cycle()
    quotas = list(Quota.objects.filter(cycle=cycle, taken__lt=F("cap"))) if cycle else []
    if not quotas:
        return
    begun = Nomination.objects.filter(cycle=cycle).values("unit")
    for row in own_rows(user, cycle).exclude(unit__in=begun):
        if can_nominate(user, row) and any(meets_standard(row, quota) for quota in quotas):
            where = _("{unit}, rank {rank} in the published ranking of {year}")
            yield Task(
                "award",
                _("Nominate for commendation"),
                where.format(unit=row.unit.label, rank=row.rank, year=cycle.year),
                f"{reverse('nominate')}?row={row.pk}",
                _("Nominate"),
            )


def _votes(user: User) -> Iterator[Task]:
    first, count = _first_and_count(Motion.objects.waiting_for_vote_of(user).order_by("pk"))
    if count:
        title = ngettext("Vote on {n} nomination", "Vote on {n} nominations", count).format(n=count)
        yield Task("people", title, _("Voting is open"), reverse("motion", args=[first]), _("Vote"))


def _signatures() -> Iterator[Task]:
    first, count = _first_and_count(Decision.objects.filter(state=DecisionState.DRAFT).order_by("pk"))
    if count:
        title = ngettext("Sign {n} decision", "Sign {n} decisions", count).format(n=count)
        where = _("Drafted by the emulation secretary; number and date are given when it is signed")
        yield Task("pen", title, where, reverse("decision", args=[first]), _("Read and sign"))


def _secretary() -> Iterator[Task]:
    states = list(Nomination.objects.exclude(state=NominationState.DECIDED).order_by().values_list("state", flat=True))
    if n := states.count(NominationState.SUBMITTED):
        title = ngettext("Check {n} dossier", "Check {n} dossiers", n).format(n=n)
        yield Task("clipboard-check", title, _("Nominated by units"), reverse("nominations"), _("Check the dossiers"))
    if n := states.count(NominationState.COMPLETE):
        title = ngettext("Find on the eligibility of {n} nomination", "Find on the eligibility of {n} nominations", n)
        where = _("The dossier is complete")
        yield Task("clipboard-check", title.format(n=n), where, reverse("nominations"), _("To the nominations"))
    if n := states.count(NominationState.ELIGIBLE):
        title = ngettext("Put {n} nomination to the vote", "Put {n} nominations to the vote", n).format(n=n)
        yield Task("people", title, _("Found eligible"), reverse("council"), _("To the council"))
    first, n = _first_and_count(Motion.objects.filter(state=MotionState.OPEN).order_by("pk"))
    if n:
        title = ngettext("Close {n} vote", "Close {n} votes", n).format(n=n)
        yield Task("lock-fill", title, _("Voting is open"), reverse("motion", args=[first]), _("See the vote"))
    if n := Nomination.objects.approved_and_free().count():
        title = ngettext("Draft the decision on {n} nomination", "Draft the decision on {n} nominations", n).format(n=n)
        yield Task("award", title, _("Approved by the council"), reverse("decisions"), _("Draft the decision"))
    first, n = _first_and_count(
        Decision.objects.filter(kind=DecisionKind.AWARD, state=DecisionState.SIGNED).order_by("pk")
    )
    if n:
        title = ngettext("Issue the certificates of {n} decision", "Issue the certificates of {n} decisions", n)
        where = _("The decision is signed")
        yield Task("award", title.format(n=n), where, reverse("decision", args=[first]), _("To the decision"))


def _first_and_count(rows) -> tuple[int | None, int]:
    """The first id, for the link, and how many there are: one query."""
    ids = list(rows.values_list("pk", flat=True))
    return (ids[0] if ids else None), len(ids)
