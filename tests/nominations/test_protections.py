"""What the database itself refuses: ballots, closed votes, decided nominations, signed decisions, certificates."""

import pytest
from django.db import IntegrityError, connection, transaction

from nominations.council.services import close_motion, open_motion, recuse
from nominations.enums import Choice
from nominations.models import (
    Attendance,
    Ballot,
    Certificate,
    Decision,
    DecisionItem,
    Motion,
    Nomination,
    Recusal,
    RollEntry,
)
from tests.nominations.thin import MET

pytestmark = pytest.mark.django_db


def raw(statement: str, pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk])


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
    motion = awards.approved().motions.get()
    with awards.on(MET):
        prepared = awards.prepared(awards.eligible(1))

    for one in (motion, prepared):
        refused(lambda one=one: Ballot.objects.create(motion=one, member=awards.members[0], choice=Choice.FOR))


def test_a_prepared_motion_leaves_the_agenda_and_an_open_one_does_not(awards):
    with awards.on(MET):
        prepared, motion = awards.prepared(awards.eligible(1)), awards.opened()

    refused(lambda: raw("DELETE FROM nominations_motion WHERE id = %s", motion.pk))
    raw("DELETE FROM nominations_motion WHERE id = %s", prepared.pk)

    assert list(Motion.objects.all()) == [motion]


def test_a_motion_is_not_open_without_who_opened_it(awards):
    prepared = awards.prepared()

    refused(lambda: raw("UPDATE nominations_motion SET state = 'open' WHERE id = %s", prepared.pk))
    refused(lambda: raw("UPDATE nominations_motion SET state = 'voting' WHERE id = %s", prepared.pk))
    refused(lambda: raw("UPDATE nominations_motion SET state = 'carried' WHERE id = %s", prepared.pk))


def test_a_nomination_is_before_one_vote_only(awards, motion):
    twice = {"meeting": motion.meeting, "nomination": motion.nomination, "number": 2, "quorum": "2/3"}

    refused(lambda: Motion.objects.create(threshold_percent=50, must_exceed=True, base="ballots", **twice))


def test_a_recusal_goes_only_with_a_prepared_motion(awards):
    with awards.on(MET):
        prepared = awards.prepared()
        recuse(motion=prepared, reason="Người thân", actor=awards.members[1])
        refused(lambda: raw("UPDATE nominations_recusal SET reason = 'x' WHERE motion_id = %s", prepared.pk))
        awards.attend(prepared.meeting)
        motion = open_motion(motion=prepared, actor=awards.secretary)
        recuse(motion=motion, reason="Người thân", actor=awards.members[2])
        refused(lambda: raw("DELETE FROM nominations_recusal WHERE motion_id = %s", motion.pk))
        doubled = {"motion": motion, "member": awards.members[2], "reason": "x", "declared_at": MET}
        refused(lambda: Recusal.objects.create(**doubled))
        awards.vote(motion, [Choice.FOR] * 2, skip=3)
        close_motion(motion=motion, actor=awards.secretary)

    refused(lambda: Recusal.objects.create(**doubled | {"member": awards.members[3]}))
    refused(lambda: raw("DELETE FROM nominations_recusal WHERE motion_id = %s", motion.pk))
    assert Recusal.objects.count() == 2


def test_attendance_is_free_until_a_vote_is_opened_and_then_final(awards):
    with awards.on(MET):
        prepared = awards.prepared()
        awards.attend(prepared.meeting)
        raw("DELETE FROM nominations_attendance WHERE meeting_id = %s", prepared.meeting_id)
        awards.attend(prepared.meeting)
        open_motion(motion=prepared, actor=awards.secretary)

    one = Attendance.objects.first()
    refused(lambda: raw("UPDATE nominations_attendance SET is_present = NOT is_present WHERE id = %s", one.pk))
    refused(lambda: raw("DELETE FROM nominations_attendance WHERE id = %s", one.pk))
    refused(lambda: Attendance.objects.create(meeting=prepared.meeting, member=awards.leader, is_present=True))


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
        other = awards.eligible(1)
    refused(lambda: DecisionItem.objects.create(decision=decision, nomination=other, position=2))


def test_an_issued_decision_does_not_go_back(awards):
    awards.issued()

    refused(lambda: Decision.objects.update(state="signed"))


def test_a_certificate_is_never_changed_or_removed(awards):
    awards.issued()

    refused(lambda: Certificate.objects.update(recipient_name="Người khác"))
    refused(lambda: Certificate.objects.update(token="x"))
    refused(lambda: Certificate.objects.all().delete())
