"""What is fixed when a vote is opened, and what the count decides."""

from datetime import timedelta

import pytest

from accounts.models import RoleMembership
from core.errors import Conflict, NotAllowed, WrongState
from nominations.council.services import cast_vote, close_motion, open_motion, put_on_agenda, recuse
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


def test_the_roll_says_who_was_there_and_only_those_vote(awards):
    motion = awards.prepared()
    awards.attend(motion.meeting, awards.members[:4])

    motion = open_motion(motion=motion, actor=awards.secretary)

    assert {entry.member_id for entry in motion.roll.filter(is_present=False)} == {awards.members[4].pk}
    with pytest.raises(NotAllowed):
        cast_vote(motion=motion, choice=Choice.FOR, actor=awards.members[4])


def test_votes_are_opened_on_the_day_of_the_meeting_not_before(awards):
    tomorrow = MET + timedelta(days=1)
    awards.seat()
    (motion,) = put_on_agenda(
        nominations=[awards.eligible()], meeting=awards.meet(tomorrow.date()), actor=awards.secretary
    )

    with pytest.raises(WrongState):
        open_motion(motion=motion, actor=awards.secretary)

    with awards.on(tomorrow):
        awards.attend(motion.meeting)
        assert open_motion(motion=motion, actor=awards.secretary).opened_at == tomorrow


def test_without_attendance_nothing_is_opened(awards):
    with pytest.raises(WrongState):
        open_motion(motion=awards.prepared(), actor=awards.secretary)


@pytest.mark.parametrize(("present", "opens"), [(3, False), (4, True)])
def test_two_thirds_of_five_are_four(awards, present, opens):
    motion = awards.prepared()
    awards.attend(motion.meeting, awards.members[:present])

    if opens:
        assert open_motion(motion=motion, actor=awards.secretary).state == MotionState.OPEN
    else:
        with pytest.raises(WrongState):
            open_motion(motion=motion, actor=awards.secretary)
        assert not motion.roll.exists()


def test_a_vote_is_opened_once(awards):
    motion = awards.opened()

    with pytest.raises(WrongState):
        open_motion(motion=motion, actor=awards.secretary)


def test_a_council_that_was_replaced_opens_nothing(awards):
    motion = awards.prepared()
    awards.attend(motion.meeting)
    awards.seat()

    with pytest.raises(WrongState):
        open_motion(motion=motion, actor=awards.secretary)


def test_a_vote_that_nobody_may_cast_is_not_opened(awards):
    motion = awards.prepared()
    awards.attend(motion.meeting)
    for member in awards.members[1:]:
        recuse(motion=motion, reason="Người thân được đề nghị", actor=member)

    with pytest.raises(WrongState):
        open_motion(motion=motion, actor=awards.secretary)


def test_a_carried_vote_without_a_place_stays_open_until_the_quota_is_raised(awards):
    motion = awards.opened()
    awards.vote(motion, [Choice.FOR] * 4)
    awards.set_quotas(cap=0)
    with pytest.raises(Conflict) as refused:
        close_motion(motion=motion, actor=awards.secretary)
    assert refused.value.code == "ERR-QUOTA"
    motion.refresh_from_db()
    assert motion.state == MotionState.OPEN

    awards.set_quotas(cap=1)

    assert close_motion(motion=motion, actor=awards.secretary).state == MotionState.CARRIED


@pytest.mark.parametrize(
    ("choices", "motion_state", "nomination_state"),
    [
        ([Choice.FOR] * 3 + [Choice.AGAINST], MotionState.CARRIED, NominationState.APPROVED),
        (
            [Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.ABSTAIN],
            MotionState.NOT_CARRIED,
            NominationState.NOT_APPROVED,
        ),
        ([Choice.FOR] * 2, MotionState.NO_QUORUM, NominationState.ELIGIBLE),
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
