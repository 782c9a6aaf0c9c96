"""A member who declares to take no part."""

import json

import pytest

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from nominations.council.rolls import votes_on
from nominations.council.services import cast_vote, close_motion, open_motion, recuse
from nominations.enums import Choice, MotionState
from nominations.models import Motion, Recusal
from tests.nominations.thin import MET

pytestmark = pytest.mark.django_db
REASON = "Em ruột là người được đề nghị"


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(MET):
        yield


@pytest.mark.parametrize("before_opening", [True, False])
def test_who_takes_no_part_stands_in_the_count_and_does_not_vote(awards, before_opening):
    motion, member = awards.prepared(), awards.members[1]
    awards.attend(motion.meeting)
    if before_opening:
        recuse(motion=motion, reason=f" {REASON} ", actor=member)
    motion = open_motion(motion=motion, actor=awards.secretary)
    if not before_opening:
        recuse(motion=motion, reason=REASON, actor=member)

    with pytest.raises(NotAllowed):
        cast_vote(motion=motion, choice=Choice.FOR, actor=member)

    assert list(Recusal.objects.values_list("member", "reason", "declared_at")) == [(member.pk, REASON, MET)]
    votes = votes_on(motion)
    assert (votes.members, votes.recused, votes.recused_present) == (5, 2, 2)
    entry = AuditEntry.objects.get(action="motion.recuse")
    assert (entry.actor, json.loads(entry.details)) == (member, {"reason": REASON})
    assert not Motion.objects.waiting_for_vote_of(member).exists()


@pytest.mark.parametrize(("leaves_base", "state"), [(True, MotionState.CARRIED), (False, MotionState.NOT_CARRIED)])
def test_the_base_counts_them_or_not_as_the_rules_say(awards, leaves_base, state):
    """Three of five take part: two in favour are two thirds of three, and two fifths of five."""
    motion = awards.opened(base="all_members", recused_leave_base=leaves_base)
    recuse(motion=motion, reason=REASON, actor=awards.members[1])
    awards.vote(motion, [Choice.FOR, Choice.FOR, Choice.AGAINST], skip=2)

    assert close_motion(motion=motion, actor=awards.secretary).state == state


def test_what_is_not_a_declaration(awards):
    motion = awards.opened()
    awards.vote(motion, [Choice.FOR])
    recuse(motion=motion, reason=REASON, actor=awards.members[2])

    refusals = [
        (awards.members[3], " ", Invalid),
        (awards.members[3], "x" * 301, Invalid),
        (awards.members[0], REASON, WrongState),
        (awards.members[1], REASON, WrongState),
        (awards.members[2], REASON, Conflict),
        (awards.secretary, REASON, NotAllowed),
        (awards.leader, REASON, NotAllowed),
    ]
    for actor, reason, error in refusals:
        with pytest.raises(error):
            recuse(motion=motion, reason=reason, actor=actor)
    assert Recusal.objects.count() == 1


def test_a_closed_vote_takes_no_declaration(awards):
    motion = awards.opened()
    awards.vote(motion, [Choice.FOR] * 3)
    close_motion(motion=motion, actor=awards.secretary)
    motion.refresh_from_db()

    with pytest.raises(WrongState):
        recuse(motion=motion, reason=REASON, actor=awards.members[4])
