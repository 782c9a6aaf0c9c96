"""A certificate is taken back by a signed decision, once, with its ground; nothing is deleted."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import RoleMembership
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, Malformed, NotAllowed, WrongState
from nominations.certifying.services import discard_draft, issue_certificates
from nominations.enums import CertificateState, DecisionKind, DecisionState, NominationState, RevocationGround
from nominations.models import Certificate, Decision, GoldenBook, Nomination, Revocation
from tests.nominations.certifying.revoking import FACTS, REVOKED, drafted_revocation, revoked, sign_revocation
from tests.nominations.certifying.test_services import approved_person
from tests.nominations.thin import SIGNED

pytestmark = pytest.mark.django_db
OTHERS = ["head0", "officer0", "member", "leader", "auditor", "administrator"]


# --- drafting ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("ground", RevocationGround.values)
def test_a_draft_names_certificate_ground_and_facts_and_revokes_nothing(awards, ground):
    certificate = awards.issued()[0]

    decision = drafted_revocation(awards, certificate, ground=ground)

    row = Revocation.objects.get()
    assert (row.decision, row.certificate, row.ground, row.facts) == (decision, certificate, ground, FACTS)
    assert (decision.kind, decision.state, decision.form) == (
        DecisionKind.REVOCATION,
        DecisionState.DRAFT,
        certificate.form,
    )
    assert Certificate.objects.get().state == CertificateState.ISSUED


@pytest.mark.parametrize("person", OTHERS)
def test_only_the_secretary_drafts_and_discards(awards, person):
    certificate, actor = awards.issued()[0], awards.year.people[person]
    with pytest.raises(NotAllowed):
        drafted_revocation(awards, certificate, actor=actor)

    decision = drafted_revocation(awards, certificate)
    with awards.on(REVOKED), pytest.raises(NotAllowed):
        discard_draft(decision=decision, actor=actor)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [({"ground": "e"}, {"ground"}), ({"ground": ""}, {"ground"}), ({"facts": " \u200b "}, {"facts"})],
)
def test_ground_and_facts_are_needed(awards, changes, fields):
    certificate = awards.issued()[0]

    with pytest.raises(Invalid) as refused:
        drafted_revocation(awards, certificate, **changes)

    assert set(refused.value.fields) == fields


def test_facts_have_a_limit_and_no_control_characters(awards):
    certificate = awards.issued()[0]

    with pytest.raises(Invalid):
        drafted_revocation(awards, certificate, facts="x" * 2001)
    with pytest.raises(Malformed):
        drafted_revocation(awards, certificate, facts="a\x07b")


def test_one_draft_takes_back_several_certificates_of_one_decision_only(awards):
    first, second = awards.issued(awards.approved(), approved_person(awards))
    other = awards.issued(approved_person(awards, 2, name="Bà Hà Thu Lan"), number="416/QĐ-UBND")[0]

    for chosen in ((), (first, other)):
        with pytest.raises(Invalid):
            drafted_revocation(awards, *chosen)
    decision = drafted_revocation(awards, first, second)

    assert [row.certificate for row in decision.revocations.all()] == [first, second]


def test_a_certificate_stands_in_one_draft_and_a_discarded_one_frees_it(awards):
    certificate = awards.issued()[0]
    decision = drafted_revocation(awards, certificate)
    with pytest.raises(WrongState):
        drafted_revocation(awards, certificate)

    with awards.on(REVOKED):
        discard_draft(decision=decision, actor=awards.secretary)

    assert (Revocation.objects.count(), Decision.objects.count()) == (0, 1)
    assert AuditEntry.objects.filter(action="decision.discard").count() == 1
    assert drafted_revocation(awards, certificate).state == DecisionState.DRAFT


# --- signing -------------------------------------------------------------------------------------------------------
def test_the_signature_revokes_in_the_same_act_and_deletes_nothing(awards):
    first, second = awards.issued(awards.approved(), approved_person(awards))

    decision = revoked(awards, first)

    assert (decision.state, decision.number, decision.dated_on, decision.signer) == (
        DecisionState.SIGNED,
        "987/QĐ-UBND",
        REVOKED.date(),
        awards.leader,
    )
    states = dict(Certificate.objects.values_list("pk", "state"))
    assert states == {first.pk: CertificateState.REVOKED, second.pk: CertificateState.ISSUED}
    assert GoldenBook.objects.get(year=2027).last_number == 2
    assert set(Nomination.objects.values_list("state", flat=True)) == {NominationState.DECIDED}
    steps = AuditEntry.objects.filter(action__in=("certificate.revoke", "decision.sign"), at=REVOKED)
    assert sorted(steps.values_list("action", flat=True)) == ["certificate.revoke", "decision.sign"]


@pytest.mark.parametrize("person", ["head0", "member", "emulation", "auditor", "administrator"])
def test_only_a_signing_leader_signs(awards, person):
    decision = drafted_revocation(awards, awards.issued()[0])

    with pytest.raises(NotAllowed):
        sign_revocation(awards, decision, actor=awards.year.people[person])
    assert Certificate.objects.get().state == CertificateState.ISSUED


def test_nobody_signs_for_the_own_unit(awards):
    decision = drafted_revocation(awards, awards.issued()[0])
    RoleMembership.objects.create(
        user=awards.leader, role=Role.UNIT_OFFICER, unit=awards.year.units[0], from_on=SIGNED.date()
    )

    with pytest.raises(NotAllowed):
        sign_revocation(awards, decision)


def test_the_date_lies_between_the_award_and_today(awards):
    decision = drafted_revocation(awards, awards.issued()[0])

    for day in (SIGNED.date() - timedelta(days=1), REVOKED.date() + timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            sign_revocation(awards, decision, dated_on=day)
        assert set(refused.value.fields) == {"dated_on"}
    assert Certificate.objects.get().state == CertificateState.ISSUED
    assert sign_revocation(awards, decision, dated_on=SIGNED.date()).dated_on == SIGNED.date()


def test_its_number_is_its_own_in_the_year(awards):
    decision = drafted_revocation(awards, awards.issued()[0])

    with pytest.raises(Conflict) as used:
        sign_revocation(awards, decision, number="415/QĐ-UBND")
    with pytest.raises(Invalid) as wrong:
        sign_revocation(awards, decision, number="987")

    assert set(used.value.fields) == set(wrong.value.fields) == {"number"}


def test_revoked_once_and_for_all(awards):
    certificate = awards.issued()[0]
    decision = revoked(awards, certificate)

    with pytest.raises(WrongState):
        drafted_revocation(awards, certificate)
    with pytest.raises(WrongState):
        sign_revocation(awards, decision, number="988/QĐ-UBND")
    with awards.on(REVOKED), pytest.raises(WrongState):
        discard_draft(decision=decision, actor=awards.secretary)
    with awards.on(REVOKED), pytest.raises(WrongState):
        issue_certificates(decision=decision, actor=awards.secretary)


def test_who_sees_the_revoking_decision(awards):
    draft = drafted_revocation(awards, awards.issued()[0])
    people = awards.year.people
    with awards.on(REVOKED):
        sees_draft = {name for name, one in people.items() if Decision.objects.visible_to(one).filter(pk=draft.pk)}
    sign_revocation(awards, draft)
    with awards.on(REVOKED):
        sees = {name for name, one in people.items() if Decision.objects.visible_to(one).filter(pk=draft.pk)}

    assert sees_draft == {"emulation", "leader", "auditor"}
    assert sees == {"emulation", "leader", "auditor", "member", "officer0", "head0"}
