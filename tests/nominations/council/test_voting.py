"""Who votes, once, while it is open."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import RoleMembership
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed
from nominations.council.services import (
    cast_vote,
)
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
