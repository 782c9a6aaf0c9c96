"""What is fixed when a vote is opened, and what the count decides."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import RoleMembership
from core.errors import Conflict, WrongState
from nominations.council.services import (
    cast_vote,
    close_motion,
    open_motion,
)
from nominations.enums import Choice, MotionState, NominationState
from nominations.models import Ballot, Meeting, Motion, Nomination
from tests.nominations.thin import MET

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(MET):
        yield


def nomination_of(motion: Motion) -> Nomination:
    return Nomination.objects.get(pk=motion.nomination_id)


def test_opening_freezes_rules_and_roll(awards):
    motion = awards.opened(quorum="1/2")
    leaving = awards.members[4]

    awards.members.pop()
    awards.seat(quorum="2/3", threshold_percent=80, must_exceed=False)
    RoleMembership.objects.filter(user=leaving).update(to_on=MET.date() - timedelta(days=1))

    motion.refresh_from_db()
    assert (motion.quorum, motion.must_exceed, motion.state) == ("1/2", True, MotionState.OPEN)
    assert motion.roll.count() == 5
    assert nomination_of(motion).state == NominationState.ON_AGENDA


def test_whoever_belongs_to_the_nominated_unit_is_on_the_roll_and_barred(awards):
    motion = awards.opened()

    assert {entry.member_id for entry in motion.roll.filter(is_barred=True)} == {awards.members[0].pk}


def test_a_member_whose_role_ended_is_not_on_the_roll(awards):
    awards.seat()
    RoleMembership.objects.filter(user=awards.members[4]).update(to_on=MET.date() - timedelta(days=1))

    assert awards.opened().roll.count() == 4


def test_only_a_complete_dossier_is_put_to_the_vote_and_only_once(awards):
    awards.seat()
    meeting, nominated = awards.meet(), awards.nominate()
    with pytest.raises(WrongState):
        open_motion(nomination=nominated, meeting=meeting, actor=awards.secretary)

    motion = awards.opened(awards.complete(1))
    with pytest.raises(WrongState):
        open_motion(nomination=motion.nomination, meeting=meeting, actor=awards.secretary)


def test_votes_are_opened_on_the_day_of_the_meeting_not_before(awards):
    awards.seat()
    meeting = awards.meet(MET.date() + timedelta(days=1))

    with pytest.raises(WrongState):
        open_motion(nomination=awards.complete(), meeting=meeting, actor=awards.secretary)


def test_a_council_that_was_replaced_opens_nothing(awards):
    awards.seat()
    meeting = awards.meet()
    awards.seat()

    with pytest.raises(WrongState):
        open_motion(nomination=awards.complete(), meeting=meeting, actor=awards.secretary)


def test_a_vote_that_nobody_may_cast_is_not_opened(awards):
    awards.seat()
    for member in awards.members:
        RoleMembership.objects.create(
            user=member, role=Role.UNIT_OFFICER, unit=awards.year.units[0], from_on=MET.date()
        )
    with pytest.raises(WrongState):
        open_motion(nomination=awards.complete(), meeting=awards.meet(), actor=awards.secretary)


@pytest.mark.parametrize(
    ("choices", "motion_state", "nomination_state"),
    [
        ([Choice.FOR] * 3 + [Choice.AGAINST], MotionState.CARRIED, NominationState.APPROVED),
        (
            [Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.ABSTAIN],
            MotionState.NOT_CARRIED,
            NominationState.NOT_APPROVED,
        ),
        ([Choice.FOR] * 3, MotionState.NO_QUORUM, NominationState.COMPLETE),
    ],
)
def test_the_count_decides(awards, choices, motion_state, nomination_state):
    motion = awards.opened()
    awards.vote(motion, choices)

    closed = close_motion(motion=motion, actor=awards.secretary)

    assert (closed.state, nomination_of(motion).state) == (motion_state, nomination_state)
    assert (closed.in_favour, closed.against, closed.abstained, closed.closed_at) == (
        choices.count(Choice.FOR),
        choices.count(Choice.AGAINST),
        choices.count(Choice.ABSTAIN),
        MET,
    )


def test_without_a_quorum_another_vote_may_follow(awards):
    first = awards.opened()
    awards.vote(first, [Choice.FOR])
    close_motion(motion=first, actor=awards.secretary)

    second = awards.opened(nomination_of(first))

    assert (second.number, second.state) == (2, MotionState.OPEN)


def test_nothing_is_closed_before_a_ballot_or_twice_and_nobody_votes_afterwards(awards):
    motion = awards.opened()
    with pytest.raises(WrongState):
        close_motion(motion=motion, actor=awards.secretary)
    awards.vote(motion, [Choice.FOR] * 4)
    close_motion(motion=motion, actor=awards.secretary)

    with pytest.raises(WrongState):
        close_motion(motion=motion, actor=awards.secretary)
    motion.refresh_from_db()
    with pytest.raises(Conflict):
        cast_vote(motion=motion, choice=Choice.FOR, actor=awards.members[1])


def test_a_closed_vote_takes_no_late_ballot(awards):
    motion = awards.opened()
    awards.vote(motion, [Choice.FOR] * 3)
    close_motion(motion=motion, actor=awards.secretary)

    with pytest.raises(WrongState):
        cast_vote(motion=motion, choice=Choice.FOR, actor=awards.members[4])
    assert (Ballot.objects.count(), Meeting.objects.count()) == (3, 1)
