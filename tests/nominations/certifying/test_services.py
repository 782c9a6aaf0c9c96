"""Draft, sign, issue."""

import json
import re
from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import RoleMembership
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from nominations.certifying.services import discard_draft, draft_decision, issue_certificates, sign_decision
from nominations.enums import AwardForm, DecisionState, NominationState
from nominations.models import Certificate, Decision, DecisionItem, GoldenBook, Nomination
from tests.nominations.thin import MET, NOMINATED, SIGNED

pytestmark = pytest.mark.django_db


def approved_person(awards, index: int = 1, **changes) -> Nomination:
    with awards.on(NOMINATED):
        nomination = awards.ready(awards.nominate_person(index, **changes))
    return awards.approved(nomination)


def draft(awards, *nominations, actor=None, **changes) -> Decision:
    given = {"cycle": awards.year.cycle, "form": AwardForm.BANG_KHEN} | changes
    with awards.on(SIGNED):
        return draft_decision(nominations=nominations, actor=actor or awards.secretary, **given)


def sign(awards, decision, *, number="415/QĐ-UBND", dated_on=None, actor=None) -> Decision:
    with awards.on(SIGNED):
        return sign_decision(
            decision=decision, number=number, dated_on=dated_on or SIGNED.date(), actor=actor or awards.leader
        )


# --- drafting ------------------------------------------------------------------------------------------------------
def test_a_draft_lists_collectives_before_persons(awards):
    person, collective = approved_person(awards), awards.approved()

    decision = draft(awards, person, collective)

    items = list(decision.items.values_list("position", "nomination"))
    assert items == [(1, collective.pk), (2, person.pk)]
    assert (decision.state, decision.number) == (DecisionState.DRAFT, "")


def test_only_approved_nominations_of_one_form_and_in_no_other_decision(awards):
    approved = awards.approved()
    with awards.on(MET):
        waiting = awards.eligible(1)
    of_other_form = approved_person(awards, 2, form=AwardForm.GIAY_KHEN)

    for chosen in ((waiting,), (approved, waiting), (approved, of_other_form)):
        with pytest.raises(WrongState):
            draft(awards, *chosen)
    with pytest.raises(Invalid):
        draft(awards)
    draft(awards, approved)
    with pytest.raises(WrongState):
        draft(awards, approved)
    assert DecisionItem.objects.count() == 1


@pytest.mark.parametrize("person", ["head0", "member", "leader", "auditor", "administrator"])
def test_only_the_secretary_drafts_and_issues(awards, person):
    actor = awards.year.people[person]
    approved = awards.approved()
    with pytest.raises(NotAllowed):
        draft(awards, approved, actor=actor)

    decision = sign(awards, draft(awards, approved))
    with awards.on(SIGNED), pytest.raises(NotAllowed):
        issue_certificates(decision=decision, actor=actor)


def test_the_order_of_the_draft_is_the_order_of_the_signed_list_and_the_numbers(awards):
    second, first = approved_person(awards, 2, name="Bà Hà Thu Lan"), awards.approved()
    third = approved_person(awards, 1)
    decision = draft(awards, third, second, first)
    drafted = list(decision.items.values_list("position", "nomination"))

    decision = sign(awards, decision)
    with awards.on(SIGNED):
        issued = issue_certificates(decision=decision, actor=awards.secretary)

    assert list(decision.items.values_list("position", "nomination")) == drafted
    assert [(one.number, one.nomination_id) for one in issued] == drafted
    assert drafted[0] == (1, first.pk)


def test_a_discarded_draft_leaves_its_trace_and_frees_its_nominations(awards):
    approved = awards.approved()
    decision = draft(awards, approved)

    with awards.on(SIGNED):
        discard_draft(decision=decision, actor=awards.secretary)

    entry = AuditEntry.objects.get(action="decision.discard")
    assert (entry.actor_id, json.loads(entry.details)["nominations"]) == (awards.secretary.pk, [approved.pk])
    assert (Decision.objects.count(), DecisionItem.objects.count()) == (0, 0)
    assert draft(awards, approved).state == DecisionState.DRAFT


@pytest.mark.parametrize("person", ["head0", "member", "leader", "auditor", "administrator"])
def test_only_the_secretary_discards(awards, person):
    decision = draft(awards, awards.approved())

    with awards.on(SIGNED), pytest.raises(NotAllowed):
        discard_draft(decision=decision, actor=awards.year.people[person])


def test_a_signed_decision_is_not_discarded(awards):
    decision = sign(awards, draft(awards, awards.approved()))

    with awards.on(SIGNED), pytest.raises(WrongState):
        discard_draft(decision=decision, actor=awards.secretary)
    assert DecisionItem.objects.count() == 1


def test_who_is_commended_already_stands_in_no_second_draft(awards):
    approved = awards.approved()
    sign(awards, draft(awards, approved))

    with pytest.raises(WrongState):
        draft(awards, approved)
    assert Decision.objects.count() == 1


# --- signing -------------------------------------------------------------------------------------------------------
def test_a_signature_fixes_number_date_signer_and_commends(awards):
    nomination = awards.approved()

    decision = sign(awards, draft(awards, nomination))

    assert (decision.state, decision.number, decision.dated_on, decision.year) == (
        DecisionState.SIGNED,
        "415/QĐ-UBND",
        SIGNED.date(),
        2027,
    )
    assert (decision.signer, decision.signer_name, decision.signed_at) == (awards.leader, "Lê Quang Hòa", SIGNED)
    assert Nomination.objects.get().state == NominationState.DECIDED


@pytest.mark.parametrize("person", ["head0", "member", "emulation", "auditor", "administrator"])
def test_only_a_signing_leader_signs(awards, person):
    decision = draft(awards, awards.approved())

    with pytest.raises(NotAllowed):
        sign(awards, decision, actor=awards.year.people[person])


def test_nobody_signs_for_the_own_unit(awards):
    decision = draft(awards, awards.approved())
    RoleMembership.objects.create(
        user=awards.leader, role=Role.UNIT_OFFICER, unit=awards.year.units[0], from_on=MET.date()
    )

    with pytest.raises(NotAllowed):
        sign(awards, decision)


@pytest.mark.parametrize(
    "number", ["", "415", "0415/QĐ-UBND", "415/QD-UBND", "415/QĐ-UBND ngày", "415/QĐ-SKHCN", "-1/QĐ-UBND", "４/QĐ-UBND"]
)
def test_a_number_has_its_form(awards, number):
    with pytest.raises(Invalid) as refused:
        sign(awards, draft(awards, awards.approved()), number=number)

    assert set(refused.value.fields) == {"number"}


def test_the_date_lies_between_the_meeting_and_today(awards):
    decision = draft(awards, awards.approved())

    for day in (MET.date() - timedelta(days=1), SIGNED.date() + timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            sign(awards, decision, dated_on=day)
        assert set(refused.value.fields) == {"dated_on"}
    assert sign(awards, decision, dated_on=MET.date()).dated_on == MET.date()


def test_a_number_is_used_once_a_year(awards):
    sign(awards, draft(awards, awards.approved()))
    second = draft(awards, approved_person(awards))

    with pytest.raises(Conflict) as refused:
        sign(awards, second)

    assert set(refused.value.fields) == {"number"}
    assert sign(awards, second, number="416/QĐ-UBND").number == "416/QĐ-UBND"


def test_a_decision_is_signed_once(awards):
    decision = sign(awards, draft(awards, awards.approved()))

    with pytest.raises(WrongState):
        sign(awards, decision, number="416/QĐ-UBND")


# --- issuing -------------------------------------------------------------------------------------------------------
def test_certificates_are_numbered_without_gaps_across_decisions(awards):
    first = awards.issued(awards.approved(), approved_person(awards))
    second = awards.issued(approved_person(awards, 2, name="Bà Hà Thu Lan"), number="416/QĐ-UBND")

    assert [certificate.book_number for certificate in [*first, *second]] == ["0001/2027", "0002/2027", "0003/2027"]
    assert GoldenBook.objects.get(year=2027).last_number == 3


def test_a_certificate_says_what_the_paper_says(awards):
    collective, person = awards.issued(awards.approved(), approved_person(awards))

    assert (collective.recipient_name, collective.recipient_detail) == ("Ủy ban nhân dân xã Ngọc Chiến", "")
    assert (person.recipient_name, person.recipient_detail) == (
        "Ông Lò Văn Ẵm",
        "Chuyên viên, Ủy ban nhân dân phường Tô Hiệu",
    )
    assert collective.merit == (
        "Đã có thành tích xuất sắc trong phong trào thi đua “Chuyển đổi số trên địa bàn tỉnh Sơn La” năm 2026"
    )
    assert Decision.objects.get().state == DecisionState.ISSUED


def test_codes_are_random_and_their_own(awards):
    made = awards.issued(awards.approved(), approved_person(awards))

    assert len({one.token for one in made} | {one.code for one in made}) == 4
    for one in made:
        assert re.fullmatch(r"SL27-[2-9A-HJ-KM-NP-TV-Z]{4}-[2-9A-HJ-KM-NP-TV-Z]{4}", one.printed_code)
        assert re.fullmatch(r"[A-Za-z0-9_-]{22}", one.token)


def test_nothing_is_issued_before_the_signature_or_twice(awards):
    decision = draft(awards, awards.approved())
    with awards.on(SIGNED), pytest.raises(WrongState):
        issue_certificates(decision=decision, actor=awards.secretary)
    decision = sign(awards, decision)
    with awards.on(SIGNED):
        issue_certificates(decision=decision, actor=awards.secretary)
        with pytest.raises(WrongState):
            issue_certificates(decision=decision, actor=awards.secretary)

    assert Certificate.objects.count() == 1
