"""Who votes, once, while it is open."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import RoleMembership
from core.audit.models import AuditEntry
from core.errors import Conflict, DomainError, Invalid, NotAllowed, WrongState
from nominations.council.services import cast_vote, close_motion, open_motion, recuse
from nominations.enums import Choice
from nominations.models import Ballot
from tests.factories.people import make_user
from tests.nominations.thin import MET

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(MET):
        yield


def test_a_ballot_is_kept_and_the_trail_does_not_say_what(awards):
    motion = awards.opened()

    cast_vote(motion=motion, choice=Choice.AGAINST, actor=awards.members[1])

    assert list(Ballot.objects.values_list("member", "choice")) == [(awards.members[1].pk, "against")]
    entry = AuditEntry.objects.last()
    assert (entry.action, entry.actor, entry.details) == ("motion.vote", awards.members[1], "{}")


def test_a_member_votes_once(awards):
    motion = awards.opened()
    cast_vote(motion=motion, choice=Choice.FOR, actor=awards.members[1])

    with pytest.raises(Conflict):
        cast_vote(motion=motion, choice=Choice.AGAINST, actor=awards.members[1])

    assert Ballot.objects.get().choice == Choice.FOR


def test_nobody_votes_on_the_own_unit(awards):
    motion = awards.opened()
    newcomer = awards.members[1]
    RoleMembership.objects.create(user=newcomer, role=Role.UNIT_OFFICER, unit=awards.year.units[0], from_on=MET.date())
    newcomer.forget_roles()

    for member in (awards.members[0], newcomer):
        with pytest.raises(NotAllowed):
            cast_vote(motion=motion, choice=Choice.FOR, actor=member)

    assert not Ballot.objects.exists()


def test_only_members_on_the_roll_who_still_hold_the_role_vote(awards):
    motion = awards.opened()
    late = make_user("late", (Role.COUNCIL_MEMBER, awards.year.office))
    left = awards.members[2]
    RoleMembership.objects.filter(user=left).update(to_on=MET.date() - timedelta(days=1))
    left.forget_roles()

    for person in (late, left, awards.secretary, awards.leader, awards.year.people["administrator"]):
        with pytest.raises(NotAllowed):
            cast_vote(motion=motion, choice=Choice.FOR, actor=person)


def test_a_choice_is_one_of_three(awards):
    with pytest.raises(Invalid):
        cast_vote(motion=awards.opened(), choice="yes", actor=awards.members[1])


def test_nobody_votes_before_the_vote_is_opened(awards):
    with pytest.raises(WrongState):
        cast_vote(motion=awards.prepared(), choice=Choice.FOR, actor=awards.members[1])


def test_a_member_of_another_council_does_not_vote(awards):
    motion = awards.opened()
    other = make_user("other", (Role.COUNCIL_MEMBER, awards.year.office))
    awards.members.append(other)
    awards.seat()

    with pytest.raises(NotAllowed):
        cast_vote(motion=motion, choice=Choice.FOR, actor=other)


def test_each_refusal_is_a_sentence_of_its_own(awards):
    """One person after the other, and no two are told the same."""
    motion = awards.prepared()
    early = refusal(motion, awards.members[1])
    awards.attend(motion.meeting, awards.members[:4])
    motion = open_motion(motion=motion, actor=awards.secretary)
    cast_vote(motion=motion, choice=Choice.FOR, actor=awards.members[1])
    recuse(motion=motion, reason="Người thân được đề nghị", actor=awards.members[2])
    people = [awards.members[0], awards.members[1], awards.members[2], awards.members[4], awards.leader]
    told = [early, *(refusal(motion, person) for person in people), refusal(motion, awards.members[3], "")]
    close_motion(motion=motion, actor=awards.secretary)
    told.append(refusal(motion, awards.members[3]))

    assert len(set(told)) == len(told) == 8


def refusal(motion, person, choice=Choice.FOR) -> str:
    with pytest.raises(DomainError) as refused:
        cast_vote(motion=motion, choice=choice, actor=person)
    return str(refused.value)
