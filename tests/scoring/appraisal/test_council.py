"""The appraisal council: what is referred to it, who enters its decision, and what waits for it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Role
from accounts.models import RoleMembership
from core import clock
from core.errors import Invalid, NotAllowed, WrongState
from scoring.appraisal.council import enter_council_decision, refer_to_council
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.waiting import waiting_for
from scoring.cycles.checks import may_move
from scoring.cycles.steps import step_of
from scoring.enums import CycleAction, ExplanationAction
from scoring.models import Explanation, Referral
from tests.factories.year import EXPLAINED, OPENS, Year
from tests.stages import APPRAISING, EXPLAINING, correct, decide_rest

pytestmark = pytest.mark.django_db
UPHOLD, PARTLY, REJECT = ExplanationAction.UPHOLD, ExplanationAction.UPHOLD_PARTLY, ExplanationAction.REJECT


def contest(year: Year, code: str = "B.1", index: int = 0) -> Explanation:
    return file_explanation(answer=year.answer(code, index), grounds="Đã gửi bổ sung.", actor=year.head(index))


def refer(year: Year, one: Explanation, *, by: str = "lead", reason: str = "Không còn người thứ hai.") -> Explanation:
    return refer_to_council(explanation=one, reason=reason, actor=year.people[by])


def enter(year: Year, one: Explanation, action=UPHOLD, *, by: str = "lead", raw: dict | None = None, **more):
    given = {"number": "05/BB-HĐTĐ", "present": "Ông A\nBà B", "reason": "Đủ căn cứ."}
    given |= {"decided_on": localdate(clock.now())} | more
    return enter_council_decision(explanation=one, action=action, raw=raw or {}, actor=year.people[by], **given)


@pytest.fixture
def referred(explaining) -> Explanation:
    return refer(explaining, contest(explaining))


@pytest.mark.parametrize(
    ("action", "raw", "points"),
    [(UPHOLD, {}, "3"), (PARTLY, {"a": "70", "b": "100"}, "2.63"), (REJECT, {}, "2.25")],
)
def test_the_council_has_the_same_outcomes_and_its_minutes_are_kept(explaining, referred, action, raw, points):
    decided = enter(explaining, referred, action, raw=raw)

    assert explaining.answer("B.1").appraised_points == Decimal(points)
    assert (decided.is_decided, decided.decided_by) == (True, explaining.people["lead"])
    minutes = Referral.objects.get()
    assert (minutes.number, minutes.decided_on, minutes.present) == (
        "05/BB-HĐTĐ",
        localdate(clock.now()),
        "Ông A\nBà B",
    )


def test_once_referred_no_appraiser_decides_and_nothing_is_referred_twice(explaining, referred):
    with pytest.raises(WrongState):
        decide_explanation(
            explanation=referred, action=UPHOLD, raw={}, reason="x", actor=explaining.people["appraiser2"]
        )
    with pytest.raises(WrongState):
        refer(explaining, referred)
    enter(explaining, referred, REJECT)
    with pytest.raises(WrongState):
        enter(explaining, referred, UPHOLD)


def test_the_council_does_not_decide_what_was_not_referred(explaining):
    with pytest.raises(WrongState):
        enter(explaining, contest(explaining))


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"number": " "}, "number"),
        ({"present": ""}, "present"),
        ({"reason": ""}, "reason"),
        ({"decided_on": date(2020, 1, 1)}, "decided_on"),
        ({"decided_on": date(2099, 1, 1)}, "decided_on"),
        ({"action": PARTLY}, None),
    ],
)
def test_a_decision_without_its_minutes_is_refused_whole(explaining, referred, bad, field):
    with pytest.raises(Invalid) as refused:
        enter(explaining, referred, **bad)
    assert field is None or field in refused.value.fields
    assert Explanation.objects.get().state == "referred"


def test_who_made_the_correction_enters_nothing_the_secretary_does(year):
    year.to_appraisal()
    with year.on(APPRAISING):
        correct(year, "B.1", by="lead", a="60", b="100")
        decide_rest(year)
    year.to_explanation()
    with year.on(EXPLAINING):
        one = refer(year, contest(year))

        with pytest.raises(NotAllowed):
            enter(year, one)
        assert enter(year, one, by="secretary").state == "upheld"


@pytest.mark.parametrize("person", ["appraiser2", "other_appraiser", "head0", "auditor", "administrator"])
def test_others_neither_refer_nor_enter(explaining, person):
    one = contest(explaining)
    with pytest.raises(NotAllowed):
        refer(explaining, one, by=person)
    refer(explaining, one)
    with pytest.raises(NotAllowed):
        enter(explaining, one, by=person)


def test_nobody_acts_on_the_own_unit(explaining, referred):
    lead, other = explaining.people["lead"], contest(explaining, "B.3")
    RoleMembership.objects.create(user=lead, role=Role.AUDITOR, unit=explaining.units[0], from_on=OPENS.date())
    lead.forget_roles()

    with pytest.raises(NotAllowed):
        enter(explaining, referred)
    with pytest.raises(NotAllowed):
        refer(explaining, other)


def test_open_contests_block_the_settling_and_are_listed(explaining, client):
    filed, given = contest(explaining, "B.3", 1), refer(explaining, contest(explaining))
    client.force_login(explaining.people["secretary"])
    with explaining.on(EXPLAINED):
        step = step_of(explaining.cycle, CycleAction.SETTLE, clock.now())
        assert not step.verdict
        assert list(step.open_contests) == [given, filed]
        page = client.get(reverse("cycle_step", args=[2026, "settle"])).content.decode()
        assert all(f'href="{reverse("explanation", args=[one.pk])}"' in page for one in (filed, given))

        enter(explaining, given, REJECT)
        decide_explanation(
            explanation=filed, action=REJECT, raw={}, reason="Không đủ.", actor=explaining.people["appraiser2"]
        )
        assert may_move(explaining.cycle, CycleAction.SETTLE, clock.now())


def test_the_step_costs_the_same_for_one_and_for_three_open_contests(explaining, client, django_assert_max_num_queries):
    client.force_login(explaining.people["secretary"])
    counted = []
    for code, index in (("B.1", 0), ("B.3", 1), ("B.3", 2)):
        contest(explaining, code, index)
        for page in ("cycle_step", "cycle_round"):
            given = {"action": "settle"} if page == "cycle_step" else {}
            with django_assert_max_num_queries(20) as queries:
                client.get(reverse(page, kwargs={"year": 2026} | given))
            counted.append(len(queries))
    assert counted[0::2] == counted[:1] * 3
    assert counted[1::2] == counted[1:2] * 3


def test_the_database_keeps_what_was_filed_referred_and_decided(explaining, referred):
    enter(explaining, referred, REJECT)
    for rows, change in (
        (Explanation.objects, {"state": "filed"}),
        (Explanation.objects, {"grounds": "x"}),
        (Referral.objects, {"number": "x"}),
        (Referral.objects, {"reason": "x"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_it_waits_for_the_lead_and_the_secretary(explaining, referred):
    url = f"{reverse('explanations')}?state=council"
    for person in ("lead", "secretary"):
        assert url in [task.url for task in waiting_for(explaining.people[person])]
    assert url not in [task.url for task in waiting_for(explaining.people["appraiser2"])]
    enter(explaining, referred)
    assert waiting_for(explaining.people["secretary"]) == []


def test_by_page(explaining, client):
    one = contest(explaining)
    client.force_login(explaining.people["lead"])
    here, council = reverse("explanation", args=[one.pk]), reverse("explanation_council", args=[one.pk])
    refer_url = reverse("explanation_refer", args=[one.pk])

    assert client.post(refer_url, {"reason": " "}).status_code == 422
    assert client.post(refer_url, {"reason": "Không còn ai."}).status_code == 302
    assert f'action="{council}"' in client.get(here).content.decode()
    typed = {"action": "uphold_partly", "a": "70", "b": "100", "reason": "Đủ một phần.", "number": "5/BB"}
    typed |= {"decided_on": f"{localdate(clock.now()):%d/%m/%Y}", "present": ""}
    refused = client.post(council, typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["present"])
    assert "Đủ một phần." in refused.content.decode()
    preview = client.post(council, typed | {"act": "preview", "present": "Bà B"})
    assert preview.context["partly"].points == Decimal("2.63")
    assert client.post(council, typed | {"present": "<b>Bà B</b>"}).status_code == 302
    assert "&lt;b&gt;Bà B&lt;/b&gt;" in client.get(here).content.decode()

    client.force_login(explaining.head())
    assert "5/BB" in client.get(reverse("provisional", args=[explaining.assessment().pk])).content.decode()
    client.force_login(explaining.people["appraiser2"])
    late = client.post(here, {"action": "reject", "reason": "Chữ đã gõ."})
    assert late.status_code == 409
