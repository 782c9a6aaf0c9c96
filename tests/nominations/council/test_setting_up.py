"""Composition and rules of the council, and its meetings."""

from datetime import timedelta
from fractions import Fraction

import pytest

from core.errors import Conflict, Invalid, NotAllowed, WrongState
from nominations.council.services import (
    WorkingRules,
    call_meeting,
    close_motion,
    open_motion,
    put_on_agenda,
    record_attendance,
    set_up_council,
    take_off_agenda,
)
from nominations.enums import Choice
from nominations.models import Council
from nominations.tally import Base, Rules
from tests.factories.people import make_user
from tests.nominations.thin import MET

pytestmark = pytest.mark.django_db
NOT_SECRETARIES = ["head0", "member", "leader", "auditor", "administrator"]


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(MET):
        yield


def test_a_council_has_seats_one_chair_and_rules(awards):
    council = awards.seat()

    seats = {(seat.user_id, seat.is_chair) for seat in council.seats.all()}
    assert seats == {(member.pk, member == awards.members[0]) for member in awards.members}
    assert Council.objects.current() == council
    assert council.secretary == awards.secretary


def test_every_setting_of_the_rules_is_kept(awards):
    more = {"base": "present", "recused_leave_base": True, "chair_breaks_tie": False}
    council = awards.seat(quorum="1/2", threshold_percent=80, must_exceed=False, **more)

    council.refresh_from_db()
    assert council.rules == Rules(Fraction(1, 2), Fraction(80), False, Base.PRESENT, True, False)


@pytest.mark.parametrize("person", NOT_SECRETARIES)
def test_only_the_emulation_secretary_runs_the_council(awards, person):
    actor = awards.year.people[person]
    motion = awards.opened()
    awards.vote(motion, [Choice.FOR], skip=1)

    for act in (
        lambda: set_up_council(
            name="X",
            founding_decision="X",
            members=awards.members,
            chair=awards.members[0],
            secretary=awards.secretary,
            rules=WorkingRules(),
            actor=actor,
        ),
        lambda: call_meeting(held_on=MET.date(), actor=actor),
        lambda: put_on_agenda(nominations=[motion.nomination], meeting=motion.meeting, actor=actor),
        lambda: record_attendance(meeting=motion.meeting, present=[], actor=actor),
        lambda: take_off_agenda(motion=motion, actor=actor),
        lambda: open_motion(motion=motion, actor=actor),
        lambda: close_motion(motion=motion, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_what_a_council_lacks_is_named(awards):
    with pytest.raises(Invalid) as refused:
        set_up_council(
            name=" ",
            founding_decision="",
            members=awards.members[:2],
            chair=awards.leader,
            secretary=awards.leader,
            rules=WorkingRules(),
            actor=awards.secretary,
        )

    assert set(refused.value.fields) == {"name", "founding_decision", "members", "chair", "secretary"}


def test_members_hold_the_role_today(awards):
    awards.members.append(make_user("guest"))

    with pytest.raises(Invalid) as refused:
        awards.seat()

    assert set(refused.value.fields) == {"members"}


def test_rules_that_no_vote_can_meet_are_refused(awards):
    for changes in ({"quorum": "4/3"}, {"quorum": "1/0"}, {"threshold_percent": 100}):
        with pytest.raises(Invalid):
            awards.seat(**changes)


def test_a_meeting_needs_a_council_a_coming_day_and_a_day_of_its_own(awards):
    with pytest.raises(WrongState):
        awards.meet()
    awards.seat()
    with pytest.raises(Invalid):
        awards.meet(MET.date() - timedelta(days=1))
    awards.meet()
    with pytest.raises(Conflict):
        awards.meet()
