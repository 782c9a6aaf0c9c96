"""A draft by the officer, changed, signed by the head; withdrawn. Each act with each of its refusals."""

import json

import pytest

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from nominations.enums import AwardForm, NominationState, Subject
from nominations.models import Nomination, Quota
from nominations.nominating.dossier import check_dossier
from nominations.nominating.proposal import Proposal
from nominations.nominating.services import (
    edit_nomination,
    nominate,
    prepare_nomination,
    submit_nomination,
    withdraw_nomination,
)
from scoring.enums import CycleState, RunState
from scoring.models import Cycle, RankingRun
from tests.nominations.thin import NOMINATED

pytestmark = pytest.mark.django_db
OTHERS = ["officer1", "head1", "emulation", "member", "leader", "auditor", "administrator", "outsider"]
COLLECTIVE = Proposal(AwardForm.BANG_KHEN, Subject.COLLECTIVE, "Dẫn đầu")


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(NOMINATED):
        yield


def edited(awards, one, actor=None, version=None, **changes) -> Nomination:
    given = {"form": AwardForm.BANG_KHEN, "subject": Subject.COLLECTIVE, "achievement": "Sửa lại"} | changes
    return edit_nomination(
        nomination=one,
        proposal=Proposal(**given),
        version=one.version if version is None else version,
        actor=actor or awards.year.officer(0),
    )


def signed(awards, one, actor=None, version=None) -> Nomination:
    version = one.version if version is None else version
    return submit_nomination(nomination=one, version=version, actor=actor or awards.year.head(0))


@pytest.mark.parametrize("person", ["officer0", "head0"])
def test_officer_and_head_prepare_a_draft_that_nobody_has_nominated(awards, person):
    actor = awards.year.people[person]

    made = prepare_nomination(row=awards.row(0), proposal=COLLECTIVE, actor=actor)

    assert (made.state, made.nominated_at, made.nominated_by, made.rank) == (NominationState.DRAFT, None, None, 1)
    assert AuditEntry.objects.last().action == "nomination.prepare"
    for reader in ("emulation", "member", "leader", "auditor", "head1"):
        assert not Nomination.objects.visible_to(awards.year.people[reader]).exists()


@pytest.mark.parametrize("person", OTHERS)
def test_nobody_else_prepares_edits_or_signs(awards, person):
    one, actor = awards.prepare(), awards.year.people[person]

    with pytest.raises(NotAllowed):
        prepare_nomination(row=awards.row(0), proposal=COLLECTIVE, actor=actor)
    with pytest.raises(NotAllowed):
        edited(awards, one, actor)
    with pytest.raises(NotAllowed):
        signed(awards, one, actor)
    assert list(Nomination.objects.values_list("state", "version")) == [(NominationState.DRAFT, 0)]


def test_the_officer_does_not_sign(awards):
    with pytest.raises(NotAllowed):
        signed(awards, awards.prepare(), awards.year.officer(0))


def test_the_head_signs_the_draft_and_it_is_nominated(awards):
    one = signed(awards, awards.prepare())

    assert (one.state, one.nominated_at, one.nominated_by) == (
        NominationState.SUBMITTED,
        NOMINATED,
        awards.year.head(0),
    )
    with pytest.raises(WrongState):
        signed(awards, one)
    with pytest.raises(WrongState):
        edited(awards, one)


def test_a_draft_changed_meanwhile_is_neither_saved_over_nor_signed(awards):
    one = awards.prepare()
    edited(awards, one, achievement="Người khác đã sửa")

    for act in (edited, signed):
        with pytest.raises(Conflict) as refused:
            act(awards, one, version=0)
        assert refused.value.code == "ERR-STALE"
    assert Nomination.objects.get().achievement == "Người khác đã sửa"


def test_an_edit_can_turn_a_collective_into_a_person_and_tells_the_audit_what_changed(awards):
    one = awards.prepare()

    one = edited(awards, one, subject=Subject.PERSON, person_name="Bà Lò Thị Hương", person_position="Chuyên viên")

    assert (one.recipient_name, one.person_position, one.version) == ("Bà Lò Thị Hương", "Chuyên viên", 1)
    entry = AuditEntry.objects.last()
    assert entry.action == "nomination.edit"
    assert set(json.loads(entry.details)["before"]) == {"subject", "recipient_name", "person_position", "achievement"}


def test_a_returned_dossier_is_mended_and_signed_again(awards):
    one = awards.returned()

    one = signed(awards, edited(awards, one))

    assert (one.state, one.achievement) == (NominationState.SUBMITTED, "Sửa lại")
    # The secretary checks whether what was missing is there now; then the remark is done with.
    assert one.remark == "Thiếu biên bản xét của đơn vị."
    assert check_dossier(nomination=one, actor=awards.secretary).remark == ""


def test_a_part_of_a_unit_is_named_for_itself_with_the_figures_of_the_unit(awards):
    whole = awards.nominate()
    part = awards.nominate(0, part="  Phòng  Văn hóa - Xã hội ")

    assert (part.recipient_name, part.part) == ("Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội")
    assert (part.rank, part.total) == (whole.rank, whole.total)
    with pytest.raises(Conflict, match="Phòng Văn hóa - Xã hội"):
        awards.nominate(0, part="Phòng Văn hóa - Xã hội")


def test_a_person_is_no_part(awards):
    assert awards.nominate_person(0, part="Phòng Văn hóa - Xã hội").part == ""


def test_the_second_of_one_subject_is_refused_as_draft_and_as_edit(awards):
    awards.nominate()
    other = awards.prepare(0, part="Văn phòng")

    with pytest.raises(Conflict) as refused:
        awards.prepare(0)
    assert refused.value.code == "ERR-DONE"
    with pytest.raises(Conflict) as refused:
        edited(awards, other)
    assert refused.value.code == "ERR-DONE"
    assert edited(awards, other, part="Văn phòng").version == 1


@pytest.mark.parametrize("cap", [None, 0])
def test_without_a_place_nobody_is_proposed(awards, cap):
    one = awards.prepare(1)
    rows = Quota.objects.filter(form=AwardForm.BANG_KHEN, subject=Subject.COLLECTIVE)
    rows.delete() if cap is None else rows.update(cap=cap)

    for act, actor in ((nominate, awards.year.head(0)), (prepare_nomination, awards.year.officer(0))):
        with pytest.raises(WrongState):
            act(row=awards.row(0), proposal=COLLECTIVE, actor=actor)
    with pytest.raises(WrongState):
        signed(awards, one, awards.year.head(1))
    assert awards.nominate_person(0).pk


@pytest.mark.parametrize(("model", "state"), [(Cycle, CycleState.ARCHIVED), (RankingRun, RunState.SUPERSEDED)])
def test_a_draft_is_signed_only_on_the_ranking_in_force(awards, model, state):
    one = awards.prepare()
    model.objects.filter(pk=one.cycle_id if model is Cycle else one.run_id).update(state=state)

    with pytest.raises(WrongState):
        signed(awards, one)
    with pytest.raises(WrongState):
        edited(awards, one)


def test_a_unit_dissolved_meanwhile_is_not_signed_for(awards):
    one, unit = awards.prepare(), awards.year.units[0]
    unit.is_active = False
    unit.save()

    with pytest.raises(WrongState):
        signed(awards, one)


@pytest.mark.parametrize("person", ["head0", "emulation"])
def test_head_and_secretary_withdraw_with_a_reason(awards, person):
    one = withdraw_nomination(nomination=awards.nominate(), reason=" Xin rút. ", actor=awards.year.people[person])

    assert (one.state, one.remark) == (NominationState.WITHDRAWN, "Xin rút.")
    assert awards.nominate().state == NominationState.SUBMITTED


@pytest.mark.parametrize("person", ["officer0", "head1", "member", "leader", "auditor", "administrator"])
def test_nobody_else_withdraws(awards, person):
    with pytest.raises(NotAllowed):
        withdraw_nomination(nomination=awards.nominate(), reason="Xin rút.", actor=awards.year.people[person])


def test_a_draft_is_withdrawn_by_the_head_alone(awards):
    one = awards.prepare()

    with pytest.raises(NotAllowed):
        withdraw_nomination(nomination=one, reason="Xin rút.", actor=awards.secretary)
    assert withdraw_nomination(nomination=one, reason="Không còn.", actor=awards.year.head(0)).nominated_at is None


def test_a_withdrawal_needs_a_reason(awards):
    with pytest.raises(Invalid) as refused:
        withdraw_nomination(nomination=awards.nominate(), reason=" \u200b", actor=awards.secretary)

    assert (refused.value.code, set(refused.value.fields)) == ("ERR-REQUIRED", {"reason"})


@pytest.mark.parametrize(
    "state", sorted({*NominationState} - {"draft", "submitted", "incomplete", "complete", "eligible"})
)
def test_what_is_on_the_agenda_or_over_is_not_withdrawn(awards, state):
    one = awards.nominate()
    Nomination.objects.filter(pk=one.pk).update(state=state)

    with pytest.raises(WrongState):
        withdraw_nomination(nomination=one, reason="Xin rút.", actor=awards.secretary)
