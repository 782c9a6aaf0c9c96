"""The password typed once more before a binding act: fresh, the person's own, and never a way to guess."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from accounts.enums import ProofMethod
from accounts.proof import LASTS, Proof, prove_by_password
from core import clock
from core.errors import NotAllowed, TooMany
from tests.factories.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    """Within a request: the limits count by the address that asks."""
    from allauth.core import context  # noqa: PLC0415 - only here

    cache.clear()
    with context.request_context(RequestFactory().post("/")):
        yield make_user("lanhdao")


def test_the_right_password_proves_the_person_at_the_moment_of_the_database(head):
    before = clock.now()
    proof = prove_by_password(head, PASSWORD)

    assert (proof.user_id, proof.method) == (head.pk, ProofMethod.PASSWORD)
    assert before <= proof.at <= clock.now()


def test_every_wrong_answer_is_the_same(head):
    temporary = make_user("tam.thoi")
    temporary.must_change_password, temporary.temporary_until = True, clock.now() - timedelta(hours=1)
    temporary.save()
    closed = make_user("da.dong")
    closed.is_active = False
    closed.save()
    tries = [(head, "wrong"), (head, ""), (head, PASSWORD + " "), (temporary, PASSWORD), (closed, PASSWORD)]

    said = []
    for person, password in tries:
        with pytest.raises(NotAllowed) as refused:
            prove_by_password(person, password)
        said.append((refused.value.code, str(refused.value.message), refused.value.fields))

    assert said == [said[0]] * len(tries)
    assert said[0][0] == "ERR-PROOF"


def test_after_five_wrong_ones_the_right_one_waits_too(head):
    for _try in range(5):
        with pytest.raises(NotAllowed):
            prove_by_password(head, "wrong")

    with pytest.raises(TooMany):
        prove_by_password(head, PASSWORD)


def test_right_ones_do_not_count_as_tries(head):
    assert [prove_by_password(head, PASSWORD).user_id for _try in range(8)] == [head.pk] * 8


@pytest.mark.parametrize(("age", "holds"), [(timedelta(0), True), (LASTS, True), (LASTS + timedelta(seconds=1), False)])
def test_a_proof_lasts_five_minutes(head, age, holds):
    now = clock.now()
    proof = Proof(head.pk, ProofMethod.PASSWORD, now - age)

    if holds:
        proof.require(head, now)
    else:
        with pytest.raises(NotAllowed):
            proof.require(head, now)


def test_nobody_elses_proof_counts(head):
    with pytest.raises(NotAllowed):
        Proof(head.pk + 1, ProofMethod.PASSWORD, clock.now()).require(head, clock.now())
