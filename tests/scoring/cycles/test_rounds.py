"""A further round of explanation: what it opens, what it freezes, and who decides in it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Conflict, DomainError, Invalid, NotAllowed, OutOfTime, WrongState
from scoring.appraisal.council import enter_council_decision, refer_to_council
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.waiting import waiting_for
from scoring.cycles.rounds import open_round
from scoring.models import Explanation
from scoring.oversight.selectors import group_ledger
from scoring.ranking.selectors import contest_counts
from tests.factories.year import EXPLAINED, Year

pytestmark = pytest.mark.django_db
AGAIN, DAY = EXPLAINED + timedelta(days=10), timedelta(days=1)
PARTLY = {"a": "70", "b": "100"}


def contest(year: Year, code: str = "B.1") -> Explanation:
    return file_explanation(answer=year.answer(code), grounds="Đề nghị xem lại.", actor=year.head())


def decide(year: Year, one: Explanation, action: str = "reject", *, by: str = "appraiser2", **raw) -> Explanation:
    return decide_explanation(explanation=one, action=action, raw=raw, reason="Rõ.", actor=year.people[by])


def further(year: Year, **more):
    given = {"closes_at": AGAIN, "words": 300, "reason": "Còn ý kiến.", "actor": year.people["secretary"]}
    year.cycle = open_round(cycle=year.cycle, **given | more)
    return year.cycle


@pytest.fixture
def second(explaining):
    """B.1 upheld in part by `appraiser2` in round 1; round 2 is open."""
    decide(explaining, contest(explaining), "uphold_partly", **PARTLY)
    with explaining.on(EXPLAINED):
        further(explaining)
        yield explaining


def test_what_was_decided_is_contested_once_more_and_others_decide(second):
    again = contest(second)

    assert (again.round, again.contested.reason_code) == (2, "GT-01")
    with pytest.raises(Conflict):
        contest(second)
    with pytest.raises(WrongState):
        contest(second, "B.3")  # not contested in round 1
    for person in ("appraiser", "appraiser2"):
        with pytest.raises(NotAllowed):
            decide(second, again, by=person)
    assert [task.url for task in waiting_for(second.people["appraiser2"])] == []
    decide(second, again, "uphold", by="lead")
    assert second.answer("B.1").appraised_points == Decimal("3")


@pytest.mark.parametrize("outcome", ["uphold", "reject"])
def test_the_ledger_still_adds_up_and_a_line_counts_once(second, outcome):
    decide(second, contest(second), outcome, by="lead")

    [ledger] = [one for one in group_ledger(second.cycle.groups.get()) if one.assessment == second.assessment()]
    [line] = [one for one in ledger.lines if one.leaf.code == "B.1"]
    assert [(move.cause, move.points) for move in line.moves] == [
        ("TL-04", Decimal("-0.75")),
        ("GT-01", Decimal("0.75") if outcome == "uphold" else Decimal("0.38")),
    ]
    assert ledger.difference == sum((move.points for move in ledger.moves), Decimal(0))
    counts = contest_counts(second.compute())
    assert (counts.lines, counts.units, counts.changed) == (1, 1, 1)


def test_a_round_opens_when_all_of_the_one_before_is_decided(explaining, client):
    first, other = contest(explaining), contest(explaining, "B.3")
    decide(explaining, first)
    with pytest.raises(OutOfTime):
        further(explaining)
    client.force_login(explaining.people["secretary"])
    url = reverse("cycle_round", args=[2026])
    with explaining.on(EXPLAINED):
        with pytest.raises(WrongState) as refused:
            further(explaining)
        assert "B.3" in refused.value.message
        assert f'href="{reverse("explanation", args=[other.pk])}"' in client.get(url).content.decode()

        refer_to_council(explanation=other, reason="Không còn ai.", actor=explaining.people["lead"])
        with pytest.raises(WrongState):
            further(explaining)
        enter_council_decision(
            explanation=other, action="reject", raw={}, number="5/BB", decided_on=EXPLAINED.date(), present="Ông A",
            reason="Rõ.", actor=explaining.people["lead"],
        )  # fmt: skip
        day = f"{(AGAIN - DAY).date():%d/%m/%Y}"
        typed = {"closes_on": day, "explanation_words": "300", "reason": "Còn ý kiến."}
        assert client.post(url, typed | {"reason": ""}).status_code == 422
        assert client.post(url, typed | {"closes_on": "01/01/2020"}).status_code == 422
        assert client.post(url, typed).status_code == 302
        assert list(explaining.cycle.rounds.values_list("number", "word_limit")) == [(1, 500), (2, 300)]


def test_a_round_without_any_contest_is_not_followed(explaining):
    with explaining.on(EXPLAINED), pytest.raises(WrongState):
        further(explaining)


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        ({"closes_at": EXPLAINED}, Invalid),
        ({"words": 10**9}, Invalid),
        ({"reason": " "}, Invalid),
    ],
)
def test_bad_rounds_are_refused(explaining, bad, refusal):
    decide(explaining, contest(explaining))
    with explaining.on(EXPLAINED), pytest.raises(refusal):
        further(explaining, **bad)


@pytest.mark.parametrize("person", ["lead", "appraiser", "head0", "administrator", "auditor"])
def test_only_the_secretary_opens_a_round(explaining, person):
    decide(explaining, contest(explaining))
    with explaining.on(EXPLAINED), pytest.raises(NotAllowed):
        further(explaining, actor=explaining.people[person])


def test_the_round_before_is_frozen(second):
    first = Explanation.objects.get()
    with pytest.raises(WrongState):
        decide(second, first, by="lead")
    for change in ({"decision_reason": "x"}, {"round": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Explanation.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.cycle.rounds.update(word_limit=400)


def test_the_second_round_has_its_own_limit_and_its_own_end(second):
    with pytest.raises(DomainError):
        file_explanation(answer=second.answer("B.1"), grounds="từ " * 301, actor=second.head())
    with second.on(AGAIN), pytest.raises(OutOfTime):
        contest(second)


def test_both_sides_read_the_round_before(second, client):
    again = contest(second)
    for person, url in (
        ("head0", reverse("provisional", args=[second.assessment().pk])),
        ("lead", reverse("explanation", args=[again.pk])),
    ):
        client.force_login(second.people[person])
        page = client.get(url).content.decode()
        assert page.count("Đề nghị xem lại.") == 2
        assert page.count("Rõ.") >= 1
