"""What is put on the agenda and taken off, and who is at the meeting."""

import json
from datetime import timedelta

import pytest

from accounts.models import RoleMembership
from core.audit.models import AuditEntry
from core.errors import Invalid, NotFound, WrongState
from nominations.council.selectors import sitting_of
from nominations.council.services import open_motion, put_on_agenda, record_attendance, recuse, take_off_agenda
from nominations.enums import MotionState, NominationState
from nominations.models import Meeting, Motion, Nomination, Recusal
from tests.nominations.thin import MET

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(MET):
        yield


@pytest.fixture
def meeting(awards) -> Meeting:
    """A meeting tomorrow."""
    awards.seat()
    return awards.meet(MET.date() + timedelta(days=1))


def states() -> list[str]:
    return list(Nomination.objects.order_by("pk").values_list("state", flat=True))


def test_several_nominations_before_the_day_are_one_act(awards, meeting):
    first, second, third = (awards.eligible(index) for index in range(3))
    before = AuditEntry.objects.count()

    put_on_agenda(nominations=[second], meeting=meeting, actor=awards.secretary)
    put_on_agenda(nominations=[third, first, third], meeting=meeting, actor=awards.secretary)

    motions = list(meeting.motions.values_list("number", "nomination", "state", "opened_at", "threshold_percent"))
    assert motions == [(n, one.pk, "prepared", None, 50) for n, one in enumerate((second, third, first), 1)]
    assert states() == [NominationState.ON_AGENDA] * 3
    assert AuditEntry.objects.count() == before + 2
    entry = AuditEntry.objects.last()
    assert (entry.action, entry.object_id) == ("meeting.put_on_agenda", str(meeting.pk))
    assert json.loads(entry.details) == {"nominations": [third.pk, first.pk], "numbers": [2, 3]}


def test_one_that_is_not_eligible_holds_up_all(awards, meeting):
    ready, not_ready = awards.eligible(0), awards.nominate(1)

    with pytest.raises(WrongState):
        put_on_agenda(nominations=[ready, not_ready], meeting=meeting, actor=awards.secretary)

    assert not Motion.objects.exists()
    assert states()[0] == NominationState.ELIGIBLE


def test_a_nomination_stands_on_one_agenda_once(awards, meeting):
    nomination = awards.eligible()
    put_on_agenda(nominations=[nomination], meeting=meeting, actor=awards.secretary)

    with pytest.raises(WrongState):
        put_on_agenda(nominations=[nomination], meeting=meeting, actor=awards.secretary)


def test_an_agenda_of_nothing_and_of_a_council_replaced_are_refused(awards, meeting):
    with pytest.raises(Invalid) as refused:
        put_on_agenda(nominations=[], meeting=meeting, actor=awards.secretary)
    assert set(refused.value.fields) == {"nominations"}
    nomination = awards.eligible()
    awards.seat()

    with pytest.raises(WrongState):
        put_on_agenda(nominations=[nomination], meeting=meeting, actor=awards.secretary)


def test_a_meeting_that_is_past_takes_nothing_more(awards, meeting):
    nomination = awards.eligible()

    with awards.on(MET + timedelta(days=2)), pytest.raises(WrongState):
        put_on_agenda(nominations=[nomination], meeting=meeting, actor=awards.secretary)


def test_taken_off_it_is_eligible_as_before_and_its_recusals_go(awards):
    motion = awards.prepared()
    recuse(motion=motion, reason="Người thân được đề nghị", actor=awards.members[1])

    nomination = take_off_agenda(motion=motion, actor=awards.secretary)

    assert nomination.state == NominationState.ELIGIBLE
    assert not Motion.objects.exists()
    assert not Recusal.objects.exists()
    assert AuditEntry.objects.filter(action="motion.recuse").count() == 1
    assert awards.prepared(nomination).number == 1
    with pytest.raises(NotFound):
        recuse(motion=motion, reason="x", actor=awards.members[1])


def test_an_opened_vote_stays_on_the_agenda(awards):
    with pytest.raises(WrongState):
        take_off_agenda(motion=awards.opened(), actor=awards.secretary)


def test_attendance_may_be_recorded_again_until_a_vote_is_opened(awards):
    motion = awards.prepared()
    awards.attend(motion.meeting, awards.members[:2])
    sitting = sitting_of(motion.meeting)
    assert (sitting.present, sitting.members, sitting.quorum, sitting.has_quorum) == (2, 5, 4, False)
    awards.attend(motion.meeting, awards.members[:4])
    assert sitting_of(motion.meeting).has_quorum
    open_motion(motion=motion, actor=awards.secretary)

    with pytest.raises(WrongState):
        awards.attend(motion.meeting)

    sitting = sitting_of(motion.meeting)
    assert [line.member for line in sitting.absent] == [awards.members[4]]
    details = json.loads(AuditEntry.objects.filter(action="meeting.attendance").last().details)
    assert details == {"present": sorted(m.pk for m in awards.members[:4]), "absent": [awards.members[4].pk]}


def test_attendance_is_recorded_on_the_day_of_members_in_office(awards, meeting):
    with pytest.raises(WrongState):
        awards.attend(meeting)
    left = awards.members[4]
    RoleMembership.objects.filter(user=left).update(to_on=MET.date())

    with awards.on(MET + timedelta(days=1)):
        for stranger in (awards.leader, left):
            with pytest.raises(Invalid) as refused:
                record_attendance(meeting=meeting, present=[stranger], actor=awards.secretary)
            assert set(refused.value.fields) == {"present"}
        awards.attend(meeting)
        assert sitting_of(meeting).members == 4


def test_attendance_of_a_council_replaced_is_refused(awards):
    motion = awards.prepared()
    awards.seat()

    with pytest.raises(WrongState):
        awards.attend(motion.meeting)


def test_a_second_motion_opens_with_the_attendance_of_the_first(awards):
    awards.opened()
    second = awards.opened(awards.eligible(1))

    assert (second.number, second.state, second.roll.count()) == (2, MotionState.OPEN, 5)
