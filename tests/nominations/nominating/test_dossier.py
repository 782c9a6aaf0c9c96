"""The secretary's acts on a dossier, and eligibility clause by clause."""

import json

import pytest
from django.utils import translation

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from nominations.enums import AwardForm, NominationState, Subject
from nominations.models import Nomination, Quota
from nominations.nominating.dossier import (
    check_dossier,
    find_eligible,
    find_ineligible,
    reconsider,
    return_dossier,
)
from nominations.nominating.eligibility import clauses_of
from nominations.nominating.wording import clause_lines
from tests.nominations.thin import NOMINATED

pytestmark = pytest.mark.django_db
NOT_SECRETARY = ["officer0", "head0", "member", "leader", "auditor", "administrator"]
CODES = ["standard", "grade", "rank", "unit", "once"]
GRADES = {"tot": "Tốt", "kha": "Khá"}


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(NOMINATED):
        yield


def acts(awards, person: str) -> list:
    """Each act on a nomination in the state it is for, with everything else right."""
    actor = awards.year.people[person]
    return [
        lambda: return_dossier(nomination=awards.nominate(0), reason="Thiếu", actor=actor),
        lambda: check_dossier(nomination=awards.nominate(1), actor=actor),
        lambda: find_eligible(nomination=awards.complete(2), conduct_confirmed=True, actor=actor),
        lambda: find_ineligible(nomination=awards.complete(0, part="Tổ A"), reason="Sai", actor=actor),
        lambda: reconsider(nomination=awards.ineligible(0), actor=actor),
    ]


def met(one: Nomination) -> dict[str, bool]:
    one = Nomination.objects.select_related("unit", "run__criteria_set").get(pk=one.pk)
    return {clause.code: clause.is_met for clause in clauses_of(one)}


def standard(**changes) -> None:
    Quota.objects.filter(form=AwardForm.BANG_KHEN, subject=Subject.COLLECTIVE).update(**changes)


@pytest.mark.parametrize("person", NOT_SECRETARY)
def test_only_the_emulation_secretary_acts_on_a_dossier(awards, person):
    for act in acts(awards, person):
        Nomination.objects.all().delete()
        with pytest.raises(NotAllowed):
            act()


def test_every_act_has_its_state(awards):
    one = awards.nominate()
    # What is decided is frozen, and comes last.
    for state in sorted(NominationState, key=lambda state: state == NominationState.DECIDED):
        Nomination.objects.filter(pk=one.pk).update(state=state)
        if state != NominationState.SUBMITTED:
            with pytest.raises(WrongState):
                return_dossier(nomination=one, reason="Thiếu", actor=awards.secretary)
            with pytest.raises(WrongState):
                check_dossier(nomination=one, actor=awards.secretary)
        if state != NominationState.COMPLETE:
            with pytest.raises(WrongState):
                find_eligible(nomination=one, conduct_confirmed=True, actor=awards.secretary)
            with pytest.raises(WrongState):
                find_ineligible(nomination=one, reason="Sai", actor=awards.secretary)
        if state != NominationState.INELIGIBLE:
            with pytest.raises(WrongState):
                reconsider(nomination=one, actor=awards.secretary)
        assert Nomination.objects.get().state == state


def test_what_is_missing_goes_back_to_the_unit_in_words(awards):
    one = awards.returned(reason=" Thiếu biên bản. ")

    assert (one.state, one.remark) == (NominationState.INCOMPLETE, "Thiếu biên bản.")
    entry = AuditEntry.objects.last()
    assert (entry.action, json.loads(entry.details)["reason"]) == ("nomination.return", "Thiếu biên bản.")


@pytest.mark.parametrize("act", [return_dossier, find_ineligible])
def test_a_refusal_needs_its_reason(awards, act):
    one = awards.nominate() if act is return_dossier else awards.complete()

    with pytest.raises(Invalid) as refused:
        act(nomination=one, reason=" ", actor=awards.secretary)

    assert (refused.value.code, set(refused.value.fields)) == ("ERR-REQUIRED", {"reason"})
    assert Nomination.objects.get().remark == ""


def test_eligible_keeps_the_clauses_with_their_figures_and_the_conduct(awards):
    one = awards.eligible()

    assert one.state == NominationState.ELIGIBLE
    assert [clause["code"] for clause in one.clauses] == [*CODES, "conduct"]
    assert all(clause["is_met"] for clause in one.clauses)
    assert one.clauses[0]["figures"] == {"cap": 30, "left": 30}
    assert json.loads(AuditEntry.objects.last().details)["clauses"] == one.clauses


def test_conduct_must_be_confirmed(awards):
    with pytest.raises(Invalid) as refused:
        find_eligible(nomination=awards.complete(), conduct_confirmed=False, actor=awards.secretary)

    assert set(refused.value.fields) == {"conduct_confirmed"}


def test_below_the_standard_nobody_is_found_eligible(awards):
    one = awards.complete(1)
    standard(lowest_rank=1)

    with pytest.raises(Invalid):
        find_eligible(nomination=one, conduct_confirmed=True, actor=awards.secretary)
    one = find_ineligible(nomination=one, reason="Thứ hạng thấp hơn tiêu chuẩn.", actor=awards.secretary)

    assert one.state == NominationState.INELIGIBLE
    assert {c["code"]: c["is_met"] for c in one.clauses} == dict.fromkeys(CODES, True) | {"rank": False}


@pytest.mark.parametrize(
    ("index", "changes", "failed"),
    [
        (0, {}, set()),
        (0, {"lowest_grade": "tot", "lowest_rank": 1}, set()),
        (1, {"lowest_rank": 2}, set()),
        (1, {"lowest_rank": 1}, {"rank"}),
        (2, {"lowest_grade": "tot"}, {"grade"}),
        (0, {"lowest_grade": "unknown"}, {"grade"}),
    ],
)
def test_grade_and_rank_are_held_against_the_standard(awards, index, changes, failed):
    one = awards.nominate(index)
    standard(**changes)

    assert {code for code, is_met in met(one).items() if not is_met} == failed


def test_without_a_quota_there_is_no_standard(awards):
    one = awards.nominate()
    Quota.objects.all().delete()

    assert met(one) == {"standard": False, "unit": True, "once": True}


def test_a_dissolved_unit_is_not_eligible_its_people_are(awards):
    whole, person, unit = awards.nominate(0), awards.nominate_person(0), awards.year.units[0]
    unit.is_active = False
    unit.save()

    assert (met(whole)["unit"], met(person)["unit"]) == (False, True)


def test_what_was_commended_already_is_not_eligible_in_another_form(awards):
    first = awards.nominate()
    Nomination.objects.filter(pk=first.pk).update(state=NominationState.NOT_APPROVED)
    second = awards.nominate(0, form=AwardForm.GIAY_KHEN)
    assert met(second)["once"]

    # The database itself would refuse two of one subject in the running; a differing position slips past it.
    Nomination.objects.filter(pk=second.pk).update(
        subject=Subject.PERSON, person_position="Chuyên viên", state=NominationState.COMPLETE
    )
    Nomination.objects.filter(pk=first.pk).update(state=NominationState.APPROVED)
    assert not met(second)["once"]


def test_a_finding_is_considered_again_and_the_clauses_are_read_anew(awards):
    one = reconsider(nomination=awards.ineligible(), actor=awards.secretary)
    assert (one.state, one.remark) == (NominationState.COMPLETE, "Đang có đơn tố cáo chưa giải quyết.")

    found = find_eligible(nomination=one, conduct_confirmed=True, actor=awards.secretary)

    assert (found.state, found.remark) == (NominationState.ELIGIBLE, "")


def test_nothing_is_considered_again_beside_a_new_nomination_of_the_same_subject(awards):
    one = awards.ineligible()
    awards.nominate()

    with pytest.raises(Conflict) as refused:
        reconsider(nomination=one, actor=awards.secretary)

    assert refused.value.code == "ERR-DONE"


def test_every_clause_has_a_sentence_and_a_source_met_or_not(awards):
    one = awards.eligible()
    Quota.objects.filter(form=AwardForm.BANG_KHEN).update(lowest_grade="kha", lowest_rank=1)
    unmet = [
        {"code": "standard", "is_met": False, "figures": {"cap": None, "left": None}},
        {"code": "grade", "is_met": False, "figures": {"grade": "", "lowest": "kha"}},
        {"code": "grade", "is_met": False, "figures": {"grade": "yeu", "lowest": "kha"}},
        {"code": "rank", "is_met": False, "figures": {"rank": None, "lowest": 3}},
        {"code": "rank", "is_met": False, "figures": {"rank": 7, "lowest": 3}},
        {"code": "unit", "is_met": False, "figures": {"name": "Xã Cũ", "is_active": False}},
        {"code": "once", "is_met": False, "figures": {"earlier": "Bằng khen"}},
    ]

    lines = clause_lines([*one.clauses, *unmet], GRADES)

    assert {line.code for line in lines} == {"standard", "grade", "rank", "unit", "once", "conduct"}
    assert all(line.heading and line.sentence and line.source for line in lines)
    assert len({line.sentence for line in lines}) == len(lines)
    assert "Khá" in lines[8].sentence
    with translation.override("en"):
        english = clause_lines(one.clauses, GRADES)
    assert english[0].source == "The plan of the movement: places and standard of the year"
    assert english[1].source == "Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 74; the standard of the year"
    assert "7" in lines[10].sentence
