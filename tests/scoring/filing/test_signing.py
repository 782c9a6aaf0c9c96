"""The head signs what was put before the head: frozen, hashed, and void as soon as it is taken back."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts.proof import LASTS
from core import clock
from core.audit.models import AuditEntry
from core.errors import NotAllowed, WrongState
from scoring.appraisal.services import return_assessment
from scoring.enums import AssessmentState
from scoring.filing.services import AnswerInput, prepare, reopen, save_answer, submit
from scoring.filing.signing import contents_of
from scoring.models import Answer, Preparation, Submission
from tests.factories.people import PASSWORD, proof_of
from tests.scoring.filing.conftest import upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


@pytest.fixture
def prepared(year):
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
        yield year


def sign_page(year) -> str:
    return reverse("assessment_submit", args=[year.assessment().pk])


def sent(year, password: str = PASSWORD) -> dict[str, str]:
    return {"version": str(year.assessment().version), "password": password}


def test_preparing_freezes_the_form_and_the_signature_covers_that_hash(prepared):
    frozen = Preparation.objects.get()

    submission = prepared.sign()

    assert hashlib.sha256(frozen.snapshot.encode()).hexdigest() == frozen.sha256
    assert (submission.preparation, submission.sha256, submission.snapshot) == (frozen, frozen.sha256, frozen.snapshot)
    assert (frozen.prepared_by, submission.submitted_by) == (prepared.officer(), prepared.head())
    assert (submission.proof_method, submission.proof_at) == ("password", clock.now())
    kept = json.loads(AuditEntry.objects.get(action="assessment.receipt").details)
    assert (kept["sha256"], kept["proof"]) == (frozen.sha256, "password")


def test_taking_it_back_voids_it_for_good_and_the_next_one_is_another(prepared):
    first = Preparation.objects.get()
    reopen(assessment=prepared.assessment(), actor=prepared.head())
    answer = prepared.answer("A.3")
    save_answer(answer=answer, given=AnswerInput({"value": "4"}), version=answer.version, actor=prepared.officer())
    answer = prepared.answer("A.3")
    given = AnswerInput({"value": "4"}, explanation="Có hồ sơ.")
    save_answer(answer=answer, given=given, version=answer.version, actor=prepared.officer())
    prepare(assessment=prepared.assessment(), actor=prepared.officer())
    submission = prepared.sign()

    first.refresh_from_db()
    assert (first.voided_at, first.voided_by) == (clock.now(), prepared.head())
    assert submission.preparation.number == 2
    assert submission.sha256 != first.sha256


@pytest.mark.parametrize("change", ["values", "evidence", "none prepared"])
def test_a_form_that_changed_behind_the_services_is_not_signed(prepared, change):
    """Cannot happen through the services; the signature does not rely on that."""
    if change == "values":
        Answer.objects.filter(pk=prepared.answer("A.3").pk).update(values={"value": "1"}, claimed_points="0")
    elif change == "evidence":
        one = prepared.assessment().evidence.create(
            title="x", original_name="x", stored_as="x", media_type="x", size=1, sha256="0" * 64,
            uploaded_at=clock.now(), uploaded_by=prepared.officer(),
        )  # fmt: skip
        one.answers.add(prepared.answer("A.3"))
    else:
        Preparation.objects.filter(voided_at=None).update(voided_at=clock.now(), voided_by=prepared.officer())

    with pytest.raises(WrongState):
        prepared.sign()

    assert prepared.assessment().state == AssessmentState.PREPARED
    assert not Submission.objects.exists()


def test_an_old_proof_or_another_persons_does_not_sign(prepared):
    old = proof_of(prepared.head())
    with prepared.on(clock.now() + LASTS + timedelta(seconds=1)), pytest.raises(NotAllowed) as refused:
        submit(assessment=prepared.assessment(), actor=prepared.head(), proof=old)
    with pytest.raises(NotAllowed):
        submit(assessment=prepared.assessment(), actor=prepared.head(), proof=proof_of(prepared.officer()))

    assert refused.value.code == "ERR-PROOF"
    assert not Submission.objects.exists()


def test_the_database_keeps_what_was_frozen(prepared):
    frozen = Preparation.objects.filter(assessment=prepared.assessment())
    for refused in ({"sha256": "0" * 64}, {"snapshot": "{}"}, {"prepared_by": prepared.head()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            frozen.update(**refused)
    with pytest.raises(DatabaseError), transaction.atomic():
        frozen.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        frozen.update(voided_at=clock.now())
    reopen(assessment=prepared.assessment(), actor=prepared.officer())
    with pytest.raises(DatabaseError), transaction.atomic():
        frozen.update(voided_at=None, voided_by=None)


def test_what_a_form_holds_is_counted_from_what_was_frozen(year, as_user):
    with year.filing():
        year.fill()
        for code in ("A.1", "A.3"):  # the same file twice is one file
            url = reverse("evidence_attach", args=[year.answer(code).pk])
            as_user(year.officer()).post(url, {"title": "Kế hoạch", "file": upload()})
        prepare(assessment=year.assessment(), actor=year.officer())

    counted = contents_of(Preparation.objects.get())
    assert (counted.declared, counted.files, counted.explanations, counted.not_applicable) == (5, 1, 5, 0)


def test_the_page_shows_what_is_signed_and_signs_it(prepared, as_user):
    frozen, client = Preparation.objects.get(), as_user(prepared.head())
    page = client.get(sign_page(prepared)).content.decode()

    assert f"<b>{frozen.sha256[:12]}</b><wbr>{frozen.sha256[12:]}" in page
    assert prepared.officer().full_name in page
    assert client.post(sign_page(prepared), sent(prepared)).status_code == 302
    assert Submission.objects.get().sha256 == frozen.sha256


@pytest.mark.parametrize(("password", "status"), [("wrong", 403), ("", 422)])
def test_a_wrong_password_keeps_everything(prepared, as_user, password, status):
    before, entries = prepared.assessment().__dict__ | {"_state": None}, AuditEntry.objects.count()
    client = as_user(prepared.head())

    answer = client.post(sign_page(prepared), sent(prepared, password))

    page = answer.content.decode()
    assert answer.status_code == status
    assert (prepared.assessment().__dict__ | {"_state": None}, AuditEntry.objects.count()) == (before, entries)
    assert not Submission.objects.exists()
    assert (
        f'name="version" value="{prepared.assessment().version}"' in page
    )  # the page is there again, ready for the next try
    assert 'value="wrong"' not in page
    assert client.post(sign_page(prepared), sent(prepared)).status_code == 302


def test_guessing_on_the_page_ends_after_five(prepared, as_user):
    client = as_user(prepared.head())
    tries = [client.post(sign_page(prepared), sent(prepared, "wrong")).status_code for _try in range(5)]

    assert tries == [403] * 5
    assert client.post(sign_page(prepared), sent(prepared)).status_code == 429
    assert not Submission.objects.exists()


def test_a_form_changed_behind_the_services_is_shown_as_changed(prepared, as_user):
    Answer.objects.filter(pk=prepared.answer("A.3").pk).update(values={"value": "1"}, claimed_points="0")
    page = as_user(prepared.head()).get(sign_page(prepared)).content.decode()

    assert 'role="alert"' in page
    assert 'name="password"' not in page


def test_what_was_taken_back_is_said_to_be_void(prepared, as_user):
    frozen = Preparation.objects.get()
    reopen(assessment=prepared.assessment(), actor=prepared.officer())
    page = as_user(prepared.head()).get(reverse("assessment", args=[prepared.assessment().pk])).content.decode()

    assert frozen.sha256[:12] in page


def test_earlier_receipts_stay_and_say_that_there_is_a_later_one(year, as_user):
    first = year.hand_in()
    with year.filing():
        return_assessment(assessment=year.assessment(), reason="Thiếu văn bản", actor=year.people["lead"])
        prepare(assessment=year.assessment(), actor=year.officer())
        second = year.sign()
        client, pk = as_user(year.officer()), year.assessment().pk
        last = client.get(reverse("assessment_receipt", args=[pk])).content.decode()
        earlier = client.get(reverse("assessment_receipt_number", args=[pk, 1])).content.decode()

    assert f'<p class="receipt-code">{second.receipt_code}</p>' in last
    assert reverse("assessment_receipt_number", args=[pk, 1]) in last
    assert f'<p class="receipt-code">{first.receipt_code}</p>' in earlier
    assert reverse("assessment_receipt", args=[pk]) in earlier
