"""What the database itself refuses: ballots, closed votes, decided nominations, signed decisions, certificates."""

import pytest
from django.db import IntegrityError, transaction

from nominations.enums import Choice
from nominations.models import Ballot, Certificate, Decision, DecisionItem, Motion, Nomination, RollEntry
from tests.nominations.thin import MET

pytestmark = pytest.mark.django_db


def refused(act) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


@pytest.fixture
def motion(awards) -> Motion:
    motion = awards.opened()
    with awards.on(MET):
        awards.vote(motion, [Choice.FOR])
    return motion


def test_a_ballot_is_never_changed_removed_or_doubled(awards, motion):
    ballot = Ballot.objects.get()

    refused(lambda: Ballot.objects.update(choice=Choice.AGAINST))
    refused(lambda: Ballot.objects.all().delete())
    refused(lambda: Ballot.objects.create(motion=motion, member=ballot.member, choice=Choice.FOR))
    refused(lambda: Ballot.objects.create(motion=motion, member=awards.members[2], choice="yes"))


def test_no_ballot_enters_a_vote_that_is_not_open(awards):
    nomination = awards.approved()
    motion = nomination.motions.get()
    with awards.on(MET):
        nomination = awards.complete(1)
    prepared = Motion.objects.create(
        meeting=motion.meeting,
        nomination=nomination,
        number=2,
        opened_at=MET,
        opened_by=awards.secretary,
        quorum="2/3",
        threshold_percent=50,
        must_exceed=True,
        base="ballots",
    )

    for one in (motion, prepared):
        refused(lambda one=one: Ballot.objects.create(motion=one, member=awards.members[0], choice=Choice.FOR))


def test_rules_and_roll_of_an_open_vote_are_fixed(awards, motion):
    refused(lambda: Motion.objects.update(threshold_percent=1))
    refused(lambda: Motion.objects.update(state="prepared"))
    refused(lambda: RollEntry.objects.update(is_barred=False))
    refused(lambda: RollEntry.objects.all().delete())
    refused(lambda: RollEntry.objects.create(motion=motion, member=awards.leader, is_chair=False, is_barred=False))


def test_a_closed_vote_stays_as_counted(awards):
    motion = awards.approved().motions.get()

    refused(lambda: Motion.objects.filter(pk=motion.pk).update(in_favour=1))
    refused(lambda: Motion.objects.filter(pk=motion.pk).update(state="open"))
    refused(lambda: Motion.objects.filter(pk=motion.pk).delete())


def test_a_signed_decision_and_its_list_are_final(awards):
    decision = awards.signed()

    refused(lambda: Decision.objects.update(number="999/QĐ-UBND"))
    refused(lambda: Decision.objects.update(state="draft"))
    refused(lambda: Decision.objects.all().delete())
    refused(lambda: DecisionItem.objects.update(position=9))
    refused(lambda: DecisionItem.objects.all().delete())
    refused(lambda: Nomination.objects.update(recipient_name="Người khác"))
    refused(lambda: Nomination.objects.update(state="approved"))
    with awards.on(MET):
        other = awards.complete(1)
    refused(lambda: DecisionItem.objects.create(decision=decision, nomination=other, position=2))


def test_an_issued_decision_does_not_go_back(awards):
    awards.issued()

    refused(lambda: Decision.objects.update(state="signed"))


def test_a_certificate_is_never_changed_or_removed(awards):
    awards.issued()

    refused(lambda: Certificate.objects.update(recipient_name="Người khác"))
    refused(lambda: Certificate.objects.update(token="x"))
    refused(lambda: Certificate.objects.all().delete())
