"""Nominate from the published row; check the dossier."""

from decimal import Decimal

import pytest

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, Malformed, NotAllowed, WrongState
from nominations.enums import AwardForm, NominationState, Subject
from nominations.models import Nomination
from nominations.nominating.dossier import check_dossier
from nominations.nominating.permissions import can_nominate
from nominations.nominating.services import Proposal, nominate
from scoring.enums import CycleState, RunState
from scoring.models import Cycle, RankingRow, RankingRun
from tests.nominations.thin import NOMINATED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(NOMINATED):
        yield


def test_a_collective_carries_the_figures_of_its_published_row(awards):
    made = awards.nominate()

    row = awards.row(0)
    assert (made.recipient_name, made.unit, made.cycle) == (
        "Ủy ban nhân dân xã Ngọc Chiến",
        awards.year.units[0],
        awards.year.cycle,
    )
    assert (made.run_id, made.rank, made.total, made.grade) == (row.run_id, 1, Decimal("9.50"), "tot")
    assert (made.state, made.nominated_at) == (NominationState.SUBMITTED, NOMINATED)
    assert AuditEntry.objects.last().action == "nomination.submit"


def test_a_person_has_name_and_position(awards):
    made = awards.nominate_person(0, "  Bà  Lò Thị Hương ")

    assert (made.recipient_name, made.person_position, made.subject) == (
        "Bà Lò Thị Hương",
        "Chuyên viên",
        Subject.PERSON,
    )


def test_a_collective_keeps_no_name_of_a_person(awards):
    made = awards.nominate(0, person_name="Bà Lò Thị Hương", person_position="Chuyên viên")

    assert (made.recipient_name, made.person_position) == ("Ủy ban nhân dân xã Ngọc Chiến", "")


@pytest.mark.parametrize("person", ["head1", "officer0", "emulation", "member", "administrator", "outsider"])
def test_only_the_head_of_the_unit_nominates(awards, person):
    proposal = Proposal(AwardForm.BANG_KHEN, Subject.COLLECTIVE, "Dẫn đầu")

    with pytest.raises(NotAllowed):
        nominate(row=awards.row(0), proposal=proposal, actor=awards.year.people[person])

    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"achievement": "  \u200b "}, {"achievement"}),
        ({"subject": Subject.PERSON}, {"person_name", "person_position"}),
        ({"subject": Subject.PERSON, "person_name": "Bà Lò Thị Hương"}, {"person_position"}),
    ],
)
def test_what_is_missing_is_named(awards, changes, fields):
    with pytest.raises(Invalid) as refused:
        awards.nominate(0, **changes)

    assert (set(refused.value.fields), refused.value.code) == (fields, "ERR-REQUIRED")


def test_hidden_and_control_characters_are_refused(awards):
    with pytest.raises(Invalid):
        awards.nominate_person(0, "Lò\u202eThị Hương")
    with pytest.raises(Malformed):
        awards.nominate(0, achievement="Dẫn\x00đầu")
    with pytest.raises(Invalid):
        awards.nominate(0, achievement="đ" * 1001)


def test_one_subject_is_nominated_once_a_cycle_whatever_the_form(awards):
    awards.nominate()

    with pytest.raises(Conflict) as refused:
        awards.nominate(0, form=AwardForm.GIAY_KHEN)

    assert refused.value.code == "ERR-DONE"
    awards.nominate_person(0, "Bà Lò Thị Hương")
    with pytest.raises(Conflict):
        awards.nominate_person(0, "Bà Lò Thị Hương")


def test_a_subject_that_was_not_approved_may_be_nominated_again(awards):
    made = awards.nominate()
    Nomination.objects.filter(pk=made.pk).update(state=NominationState.NOT_APPROVED)

    assert awards.nominate(0, form=AwardForm.GIAY_KHEN).form == AwardForm.GIAY_KHEN


def test_a_row_without_a_rank_is_no_ground(awards):
    row = awards.row(0)
    run = RankingRun.objects.get(pk=row.run_id)
    unranked = RankingRow(run=run, unit=row.unit, rank=None, bonus=0, penalty=0)

    assert can_nominate(awards.year.head(0), unranked).error is WrongState


@pytest.mark.parametrize(("model", "state"), [(Cycle, CycleState.ARCHIVED), (RankingRun, RunState.SUPERSEDED)])
def test_only_a_published_ranking_of_a_year_not_archived_is_a_ground(awards, model, state):
    row = awards.row(0)
    pk = row.run_id if model is RankingRun else awards.year.cycle.pk
    model.objects.filter(pk=pk).update(state=state)

    with pytest.raises(WrongState):
        nominate(
            row=row,
            proposal=Proposal(AwardForm.BANG_KHEN, Subject.COLLECTIVE, "Dẫn đầu"),
            actor=awards.year.head(0),
        )


def test_a_dissolved_unit_is_not_commended_but_its_people_are(awards):
    unit = awards.year.units[0]
    unit.is_active = False
    unit.save()

    with pytest.raises(WrongState):
        awards.nominate()
    assert awards.nominate_person(0).pk


def test_a_complete_dossier_is_the_secretarys_word(awards):
    made = awards.nominate()

    for person in ("head0", "member", "leader", "auditor"):
        with pytest.raises(NotAllowed):
            check_dossier(nomination=made, actor=awards.year.people[person])
    checked = check_dossier(nomination=made, actor=awards.secretary)

    assert checked.state == NominationState.COMPLETE
    with pytest.raises(WrongState):
        check_dossier(nomination=made, actor=awards.secretary)


def test_who_sees_which_nominations(awards):
    own, other = awards.nominate(0), awards.nominate(1)

    def seen(person: str) -> list:
        return list(Nomination.objects.visible_to(awards.year.people[person]).order_by("pk"))

    for person in ("head0", "officer0"):
        assert seen(person) == [own]
    for person in ("emulation", "member", "leader", "auditor"):
        assert seen(person) == [own, other]
    for person in ("head2", "secretary", "administrator", "outsider"):
        assert seen(person) == []
