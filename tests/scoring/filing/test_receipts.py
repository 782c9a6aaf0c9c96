"""Receipts on paper, and their public check: unit, year, time, fingerprint, nothing of what was declared."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.templatetags.values import datetime_vi
from scoring.filing.receipt_codes import submission_by_code
from scoring.filing.services import prepare
from scoring.models import Submission
from tests.papers import code_on, squeezed, text_of

pytestmark = pytest.mark.django_db

TYPED = [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} ", lambda code: code.replace("-", "–")]


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def receipt(year) -> Submission:
    return year.hand_in()


def paper(year, as_user, number=1, person="officer0") -> bytes:
    url = reverse("assessment_receipt_paper", args=[year.assessment().pk, number])
    return as_user(year.people[person]).get(url).content


def main_of(answer) -> str:
    """The page without its frame, where a masked token stands that is another one each time."""
    return answer.content.decode().split("<main", 1)[1]


def check(code, client=None, **headers):
    return (client or Client()).get(reverse("receipt_check"), {"code": code}, **headers)


def test_the_paper_says_what_was_received_and_its_code_leads_to_the_check(year, receipt, as_user):
    data = paper(year, as_user)
    text = squeezed(text_of(data))

    for said in (
        "Ủy ban nhân dân xã Ngọc Chiến", receipt.receipt_code, datetime_vi(receipt.submitted_at, "s"), "đúng hạn",
        year.head().full_name, year.officer().full_name, receipt.sha256, "GIẤY BIÊN NHẬN",
    ):  # fmt: skip
        assert squeezed(said) in text
    assert code_on(data).endswith(reverse("receipt_check_code", args=[receipt.receipt_code]))
    assert data == paper(year, as_user)  # the same receipt is the same paper


def test_the_check_shows_four_facts_and_nothing_declared(year, receipt):
    page = check(receipt.receipt_code).content.decode()

    for said in ("Xã Ngọc Chiến", "2026", datetime_vi(receipt.submitted_at, "s"), receipt.sha256):
        assert said in page
    assert year.head().full_name not in page
    assert "Có hồ sơ giấy" not in page
    assert reverse("assessment_receipt_number", args=[receipt.assessment_id, 1]) not in page


def test_whoever_may_see_the_form_goes_on_to_the_whole_receipt(year, receipt, as_user):
    link = reverse("assessment_receipt_number", args=[receipt.assessment_id, 1])

    with year.filing():
        assert link in check(receipt.receipt_code, as_user(year.officer())).content.decode()
        assert link not in check(receipt.receipt_code, as_user(year.officer(1))).content.decode()


@pytest.mark.parametrize("change", TYPED)
def test_a_code_is_found_as_people_type_it(receipt, change):
    assert submission_by_code(change(receipt.receipt_code)) == receipt


def test_every_wrong_code_gets_the_same_answer(receipt, django_assert_num_queries):
    wrong = [
        "",
        "x",
        "TN26-2222-2222",
        receipt.receipt_code[:-1],
        receipt.receipt_code + "2",
        "%",
        "x" * 500,
        "TN26-IIII-OOOO",
    ]
    pages = set()
    for code in wrong:
        with django_assert_num_queries(1):
            assert submission_by_code(code) is None
        answer = check(code)
        assert answer.status_code == 404
        pages.add(main_of(answer))

    assert len(pages) == 1
    assert main_of(Client().get(reverse("receipt_check_code", args=["x"]))) in pages


def test_an_earlier_receipt_is_still_found_and_says_that_a_later_one_exists(year, receipt, as_user):
    from scoring.appraisal.services import return_assessment  # noqa: PLC0415 - only here

    only = check(receipt.receipt_code).content.decode()
    with year.filing():
        return_assessment(assessment=year.assessment(), reason="Thiếu", actor=year.people["lead"])
        prepare(assessment=year.assessment(), actor=year.officer())
        second = year.sign()
        now = check(receipt.receipt_code).content.decode()
        papers = [squeezed(text_of(paper(year, as_user, number))) for number in (1, 2)]

    assert only != now
    assert receipt.sha256 in now
    assert (receipt.receipt_code in papers[0], second.receipt_code in papers[1]) == (True, True)
    assert squeezed("nộp lại sau khi được trả lại") in papers[1]


def test_guessing_is_slowed_down(receipt):
    answers = [check("TN26-2222-2222").status_code for _try in range(31)]
    assert answers == [404] * 30 + [429]
    assert check(receipt.receipt_code).status_code == 429
