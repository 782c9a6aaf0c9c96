"""Reads of the council's pages: composition, meetings, agenda. Who votes and how: `rolls`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.enums import Role
from accounts.models import RoleMembership, User
from core import clock
from nominations import tally
from nominations.enums import CLOSED, MotionState, NominationState
from nominations.models import Council, CouncilMember, Meeting, Motion, Nomination, Quota


def candidates() -> QuerySet[User]:
    """Who may sit on a council: people with the role today."""
    return _holding(Role.COUNCIL_MEMBER)


def secretaries() -> QuerySet[User]:
    """Who may be the secretary of a council."""
    return _holding(Role.EMULATION_SECRETARY)


def _holding(role: Role) -> QuerySet[User]:
    held = RoleMembership.objects.in_force(clock.today()).filter(role=role)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def in_office(users: Iterable[int]) -> set[int]:
    """Those of the users who are council members today."""
    return set(candidates().filter(pk__in=users).values_list("pk", flat=True))


def seats_in_office(council: Council) -> list[CouncilMember]:
    """The seats whose holders are council members today: the roll of a vote opened now. Two queries."""
    seats = list(council.seats.select_related("user"))
    held = in_office(seat.user_id for seat in seats)
    return [seat for seat in seats if seat.user_id in held]


def is_in_office(council: Council) -> bool:
    """Whether no other council has been set up since."""
    return council == Council.objects.current()


def meetings_with_counts(council: Council | None) -> QuerySet[Meeting]:
    is_closed = Q(motions__state__in=CLOSED)
    return Meeting.objects.filter(council=council).annotate(
        motion_count=Count("motions"), closed_count=Count("motions", filter=is_closed)
    )


def ready_for_vote() -> QuerySet[Nomination]:
    """Eligible nominations that no council has before it."""
    return Nomination.objects.in_state(NominationState.ELIGIBLE).select_related("unit", "cycle")


def agenda_of(meeting: Meeting) -> list[Motion]:
    """The motions in their order, each with its number of ballots."""
    motions = meeting.motions.select_related("nomination__cycle").annotate(cast=Count("ballots")).order_by("number")
    return list(motions)


@dataclass(frozen=True)
class Sitter:
    """A member and whether the member is at the meeting; `None` while nobody has said so."""

    member: User
    is_chair: bool
    is_present: bool | None


@dataclass(frozen=True)
class Sitting:
    """Attendance of a meeting. `has_begun`: a vote was opened, so attendance stays as it is."""

    lines: list[Sitter]
    quorum: int
    is_recorded: bool
    has_begun: bool
    council_in_office: bool

    @property
    def members(self) -> int:
        return len(self.lines)

    @property
    def present(self) -> int:
        return sum(line.is_present is True for line in self.lines)

    @property
    def absent(self) -> list[Sitter]:
        return [line for line in self.lines if line.is_present is False]

    @property
    def has_quorum(self) -> bool:
        return self.is_recorded and self.present >= self.quorum


def sitting_of(meeting: Meeting) -> Sitting:
    """Who is at the meeting: before the first vote the members in office today, afterwards those who were."""
    has_begun = meeting.motions.exclude(state=MotionState.PREPARED).exists()
    attendance = dict(meeting.attendance.values_list("member", "is_present"))
    council = meeting.council
    seats = list(council.seats.select_related("user")) if has_begun else seats_in_office(council)
    lines = [
        Sitter(seat.user, seat.is_chair, attendance.get(seat.user_id))
        for seat in seats
        if not has_begun or seat.user_id in attendance
    ]
    return Sitting(
        lines=lines,
        quorum=tally.quorum_of(council.rules, len(lines)),
        is_recorded=bool(attendance),
        has_begun=has_begun,
        council_in_office=is_in_office(council),
    )


def places_of(nominations: Iterable[Nomination]) -> list[tuple[Nomination, Quota | None]]:
    """The year's places that the nominations compete for, each once, beside one nomination of its kind."""
    kinds = {(one.cycle_id, one.form, one.subject): one for one in nominations}
    cycles = {cycle for cycle, _form, _subject in kinds}
    quotas = {(q.cycle_id, q.form, q.subject): q for q in Quota.objects.filter(cycle__in=cycles)}
    return [(one, quotas.get(kind)) for kind, one in sorted(kinds.items())]
