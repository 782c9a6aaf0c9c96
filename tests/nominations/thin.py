"""The second half of the small year (`tests.factories.year`), driven through the services."""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from nominations.certifying.services import draft_decision, issue_certificates, sign_decision
from nominations.council.selectors import sitting_of
from nominations.council.services import (
    WorkingRules,
    call_meeting,
    cast_vote,
    close_motion,
    open_motion,
    put_on_agenda,
    record_attendance,
    set_up_council,
)
from nominations.enums import AwardForm, Choice, Subject
from nominations.models import Certificate, Council, Decision, Meeting, Motion, Nomination
from nominations.nominating.dossier import check_dossier, find_eligible, find_ineligible, return_dossier
from nominations.nominating.quotas import Places, set_quota
from nominations.nominating.services import Proposal, nominate, prepare_nomination
from scoring.models import RankingRow
from tests.factories.people import make_user
from tests.factories.year import EXPLAINED, Year, make_year

NOMINATED = EXPLAINED.replace(hour=2) + timedelta(days=3)
MET = NOMINATED + timedelta(days=10)
SIGNED = MET + timedelta(days=10)
ACHIEVEMENT = "Dẫn đầu khối xã về dịch vụ công trực tuyến; 90% hồ sơ được số hóa."


@dataclass
class Awards:
    """The year with its council: five members, one of them also head of unit 0. `on(moment)` sets the clock.

    `met_at` and `signed_at` are when the council meets and when decisions are drafted, signed and issued.
    """

    year: Year
    members: list[User]
    council: Council | None = None
    met_at: datetime = MET
    signed_at: datetime = SIGNED
    more: dict[str, User] = field(default_factory=dict)

    @property
    def secretary(self) -> User:
        return self.year.people["emulation"]

    @property
    def leader(self) -> User:
        return self.year.people["leader"]

    @contextmanager
    def on(self, moment: datetime):
        with self.year.on(moment):
            for person in [*self.members, *self.more.values()]:
                person.forget_roles()
            yield

    def row(self, index: int = 0) -> RankingRow:
        return RankingRow.objects.select_related("run__cycle", "unit").get(
            run__state="published", unit=self.year.units[index]
        )

    def nominate(self, index: int = 0, **changes) -> Nomination:
        given = {"form": AwardForm.BANG_KHEN, "subject": Subject.COLLECTIVE, "achievement": ACHIEVEMENT} | changes
        return nominate(row=self.row(index), proposal=Proposal(**given), actor=self.year.head(index))

    def prepare(self, index: int = 0, **changes) -> Nomination:
        """A draft by the unit's officer."""
        given = {"form": AwardForm.BANG_KHEN, "subject": Subject.COLLECTIVE, "achievement": ACHIEVEMENT} | changes
        return prepare_nomination(row=self.row(index), proposal=Proposal(**given), actor=self.year.officer(index))

    def nominate_person(self, index: int = 1, name: str = "Ông Lò Văn Ẵm", **changes) -> Nomination:
        given = {"subject": Subject.PERSON, "person_name": name, "person_position": "Chuyên viên"} | changes
        return self.nominate(index, **given)

    def set_quotas(self, cap: int = 30) -> None:
        for form in AwardForm:
            for subject in Subject:
                places = Places(cap=cap, ground="Kế hoạch 12/KH-UBND ngày 10/01/2027")
                set_quota(cycle=self.year.cycle, form=form, subject=subject, places=places, actor=self.secretary)

    def returned(self, index: int = 0, reason: str = "Thiếu biên bản xét của đơn vị.") -> Nomination:
        return return_dossier(nomination=self.nominate(index), reason=reason, actor=self.secretary)

    def complete(self, index: int = 0, **changes) -> Nomination:
        return check_dossier(nomination=self.nominate(index, **changes), actor=self.secretary)

    def ineligible(self, index: int = 0, reason: str = "Đang có đơn tố cáo chưa giải quyết.") -> Nomination:
        return find_ineligible(nomination=self.complete(index), reason=reason, actor=self.secretary)

    def eligible(self, index: int = 0, **changes) -> Nomination:
        return self.ready(self.nominate(index, **changes))

    def ready(self, nomination: Nomination) -> Nomination:
        """The dossier is complete and the nomination eligible."""
        nomination = check_dossier(nomination=nomination, actor=self.secretary)
        return find_eligible(nomination=nomination, conduct_confirmed=True, actor=self.secretary)

    def seat(self, **changes) -> Council:
        rules = WorkingRules(**changes)
        self.council = set_up_council(
            name="Hội đồng Thi đua - Khen thưởng tỉnh",
            founding_decision="Quyết định 88/QĐ-UBND ngày 15/01/2026",
            members=self.members,
            chair=self.members[0],
            secretary=self.secretary,
            rules=rules,
            actor=self.secretary,
        )
        return self.council

    def meet(self, on: date | None = None) -> Meeting:
        return call_meeting(held_on=on or self.met_at.date(), actor=self.secretary)

    def prepared(self, nomination: Nomination | None = None, **rules) -> Motion:
        """An eligible nomination of unit 0 (or the one given) on the agenda."""
        with self.on(self.met_at):
            nomination = nomination or self.eligible()
            if self.council is None:
                self.seat(**rules)
            meeting = Meeting.objects.filter(council=self.council).first() or self.meet()
            (motion,) = put_on_agenda(nominations=[nomination], meeting=meeting, actor=self.secretary)
            return motion

    def attend(self, meeting: Meeting, present: Iterable[User] | None = None) -> None:
        """All members who are in office, or those given, are at the meeting."""
        people = [line.member for line in sitting_of(meeting).lines] if present is None else present
        record_attendance(meeting=meeting, present=people, actor=self.secretary)

    def opened(self, nomination: Nomination | None = None, **rules) -> Motion:
        """An eligible nomination of unit 0 (or the one given) put to the vote, every member present."""
        motion = self.prepared(nomination, **rules)
        with self.on(self.met_at):
            if not sitting_of(motion.meeting).has_begun:
                self.attend(motion.meeting)
            return open_motion(motion=motion, actor=self.secretary)

    def vote(self, motion: Motion, choices: Iterable[Choice], skip: int = 1) -> None:
        """The members from number `skip` on vote in order; member 0 is head of unit 0."""
        for member, choice in zip(self.members[skip:], choices, strict=False):
            cast_vote(motion=motion, choice=choice, actor=member)

    def approved(self, nomination: Nomination | None = None) -> Nomination:
        motion = self.opened(nomination)
        with self.on(self.met_at):
            self.vote(motion, [Choice.FOR] * 4)
            close_motion(motion=motion, actor=self.secretary)
        return Nomination.objects.get(pk=motion.nomination_id)

    def drafted(self, *nominations: Nomination) -> Decision:
        nominations = nominations or (self.approved(),)
        with self.on(self.signed_at):
            return draft_decision(
                cycle=self.year.cycle, form=nominations[0].form, nominations=nominations, actor=self.secretary
            )

    def signed(self, *nominations: Nomination, number: str = "415/QĐ-UBND", on: date | None = None) -> Decision:
        decision = self.drafted(*nominations)
        with self.on(self.signed_at):
            return sign_decision(
                decision=decision, number=number, dated_on=on or self.signed_at.date(), actor=self.leader
            )

    def issued(self, *nominations: Nomination, **changes) -> list[Certificate]:
        decision = self.signed(*nominations, **changes)
        with self.on(self.signed_at):
            return issue_certificates(decision=decision, actor=self.secretary)


def make_awards() -> Awards:
    """The ranking is published and nobody is nominated yet."""
    year = make_year()
    year.all_the_way()
    return awards_of(year)


def awards_of(year: Year) -> Awards:
    """The council's members for a year whose ranking is published."""
    office = year.office
    members = [
        make_user("member0", (Role.COUNCIL_MEMBER, office), (Role.UNIT_HEAD, year.units[0]), full_name="Lò Thị Ẩn"),
        year.people["member"],
        *(make_user(f"member{n}", (Role.COUNCIL_MEMBER, office)) for n in (2, 3, 4)),
    ]
    leader = year.people["leader"]
    leader.full_name, leader.position = "Lê Quang Hòa", "Chủ tịch Ủy ban nhân dân tỉnh"
    leader.save()
    awards = Awards(year, members)
    with awards.on(NOMINATED):
        awards.set_quotas()
    return awards


def queries_of(client: Client, address: str) -> int:
    """How many queries a page costs, sign-in and frame included; it must answer 200."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
