"""The desk's lists: progress, criterion across units, one unit, closing, returning."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleMembership
from scoring.appraisal.services import accept_line
from scoring.models import Answer, Assessment
from tests.factories.year import APPRAISED, OPENS
from tests.scoring.appraisal.conftest import correct, decide_rest

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(appraising, client):
    client.force_login(appraising.people["lead"])
    return appraising


def accept(year, code: str, index: int) -> None:
    answer = year.answer(code, index)
    accept_line(answer=answer, version=answer.version, actor=year.people["appraiser"])


def shares(response) -> dict[str, tuple[int, int]]:
    return {
        one.criterion.code: (one.share.decided, one.share.total)
        for pillar in response.context["pillars"]
        for one in pillar.criteria
    }


def test_home_counts_decided_lines_per_criterion(desk, client):
    accept(desk, "A.1", 0)
    accept(desk, "A.1", 1)
    accept(desk, "B.2", 1)

    response = client.get(reverse("appraisal"))

    expected = {"A.1": (2, 3), "A.2": (0, 3), "A.3": (0, 3), "B.1": (0, 3), "B.2": (1, 3), "B.3": (0, 3)}
    assert shares(response) == expected | {"T.1": (0, 0), "P.1": (0, 0)}
    assert (response.context["total"].decided, response.context["total"].total) == (3, 18)


def test_home_shows_an_appraiser_the_own_agency_only(desk, client):
    client.force_login(desk.people["other_appraiser"])
    assert shares(client.get(reverse("appraisal"))) == {}
    client.force_login(desk.people["appraiser"])
    assert len(shares(client.get(reverse("appraisal")))) == 8


def test_home_filters_by_pillar_and_by_what_is_left(desk, client):
    for index in range(3):
        accept(desk, "A.1", index)
    pillar = desk.criteria_set.pillars.get(code="A")

    response = client.get(reverse("appraisal"), {"pillar": pillar.pk, "progress": "left"})

    assert list(shares(response)) == ["A.2", "A.3"]


@pytest.mark.parametrize("query", ["pillar=999", "pillar=x", "progress=all", "pillar=%27", f"pillar={2**70}"])
def test_home_refuses_filters_that_are_not_offered(desk, client, query):
    assert client.get(f"{reverse('appraisal')}?{query}").status_code == 400


def test_home_before_the_first_cycle_says_so(db, client):
    from tests.factories.people import make_unit, make_user  # noqa: PLC0415 - the one test without a year

    client.force_login(make_user("someone", (Role.APPRAISER, make_unit("X", "Sở X"))))

    assert client.get(reverse("appraisal")).status_code == 200
    assert client.get(reverse("explanations")).status_code == 200
    assert client.get(reverse("appraisal_progress", args=[2026])).status_code == 404


def test_criterion_lists_units_in_vietnamese_order_with_their_figures(desk, client):
    correct(desk, "B.1", a="60", b="100")
    criterion = desk.answer("B.1").criterion

    lines = client.get(reverse("appraisal_criterion", args=[2026, criterion.pk])).context["lines"]

    rows = [(one.answer.assessment.unit.name, one.declared, one.points, one.difference, one.state) for one in lines]
    assert rows == [
        ("Xã Đoàn Kết", "10 ÷ 100 = 10,00%", None, None, "open"),
        ("Xã Ngọc Chiến", "90 ÷ 100 = 90,00%", Decimal("2.25"), Decimal("-0.75"), "corrected"),
        ("Phường Tô Hiệu", "60 ÷ 100 = 60,00%", None, None, "open"),
    ]


def test_criterion_filters_by_name_without_tone_marks_and_by_state(desk, client):
    correct(desk, "B.1", a="60", b="100")
    url = reverse("appraisal_criterion", args=[2026, desk.answer("B.1").criterion_id])

    def units(**query) -> list[str]:
        return [one.answer.assessment.unit.short_name for one in client.get(url, query).context["lines"]]

    assert units(q="doan ket") == ["Đoàn Kết"]
    assert units(q="' OR 1=1--") == []
    assert units(state="changed") == ["Ngọc Chiến"]
    assert units(state="left") == ["Đoàn Kết", "Tô Hiệu"]
    assert client.get(url, {"state": "unknown"}).status_code == 400


def test_criterion_leaves_out_what_was_not_handed_in(desk, client):
    Assessment.objects.filter(pk=desk.assessment(1).pk).update(state="draft")

    response = client.get(reverse("appraisal_criterion", args=[2026, desk.answer("A.1").criterion_id]))

    assert len(response.context["lines"]) == 2


def test_criterion_shows_last_years_points_of_the_same_unit(desk, client):
    desk.cycle.pk = None
    desk.cycle.year = 2025
    desk.cycle.save(force_insert=True)
    before = Assessment.objects.create(
        cycle=desk.cycle, unit=desk.units[0], group=desk.group, criteria_set=desk.criteria_set, state="settled"
    )
    criterion = desk.criteria_set.criteria.get(code="A.2")
    Answer.objects.create(assessment=before, criterion=criterion, appraised_points=Decimal("1.5"))

    response = client.get(reverse("appraisal_criterion", args=[2026, criterion.pk]))

    assert [one.earlier for one in response.context["lines"]] == [None, Decimal("1.5"), None]


@pytest.mark.parametrize(
    "path", ["2026/criteria/0/", "2026/criteria/99999/", "1999/criteria/1/", f"2026/criteria/{2**70}/"]
)
def test_unknown_criteria_and_years_are_not_there(desk, client, path):
    assert client.get(f"/appraisal/{path}").status_code == 404


def test_progress_counts_and_closes(desk, client):
    correct(desk, "B.3", points="0,5")
    for code in ("A.1", "A.2", "A.3", "B.1", "B.2"):
        accept(desk, code, 0)

    progress = client.get(reverse("appraisal_progress", args=[2026])).context["progress"]
    response = client.post(reverse("appraisal_close", args=[2026]))

    assert (progress.closed, progress.ready, progress.waiting) == (0, 1, 2)
    assert [(one.agency.code, one.share.decided, one.share.total) for one in progress.agencies] == [("SKHCN", 6, 18)]
    assert response.status_code == 302
    after = client.get(reverse("appraisal_progress", args=[2026])).context["progress"]
    assert (after.closed, after.ready, after.waiting) == (1, 0, 2)


def test_progress_locks_closing_for_others(desk, client):
    client.force_login(desk.people["appraiser"])

    page = client.get(reverse("appraisal_progress", args=[2026])).content.decode()

    assert 'id="close-locked"' in page
    assert reverse("appraisal_close", args=[2026]) not in page


def unit_url(year, index: int = 0) -> str:
    return reverse("appraisal_unit", args=[year.assessment(index).pk])


def ticked(*answers: Answer) -> dict:
    return {"lines": [f"{one.pk}:{one.version}" for one in answers]}


def test_unit_accepts_the_ticked_lines(desk, client):
    answers = [desk.answer("A.1"), desk.answer("B.1")]

    response = client.post(unit_url(desk), ticked(*answers))

    assert response.status_code == 302
    states = dict(desk.assessment().answers.values_list("criterion__code", "line_state"))
    assert [code for code, state in states.items() if state == "accepted"] == ["A.1", "B.1"]


def test_unit_offers_ticks_only_where_a_claim_can_stand(desk, client):
    Answer.objects.filter(pk=desk.answer("B.2").pk).update(asks_not_applicable=True)
    correct(desk, "A.3", value="1")

    pillars = client.get(unit_url(desk)).context["pillars"]

    offered = [one.line.answer.criterion.code for p in pillars for one in p.lines if one.line.can_be_ticked]
    assert offered == ["A.1", "A.2", "B.1"]


@pytest.mark.parametrize("lines", [[], ["x"], ["1"], ["1:"], ["1:1:1"], ["-1:0"], ["99999999:0"], [f"{2**70}:0"]])
def test_unit_refuses_ticks_that_are_not_offered(desk, client, lines):
    response = client.post(unit_url(desk), {"lines": lines})

    assert response.status_code == 422
    assert set(desk.assessment().answers.values_list("line_state", flat=True)) == {"open"}


def test_a_bonus_without_a_value_waits_for_nobody(desk, client):
    response = client.get(unit_url(desk))
    lines = {one.line.answer.criterion.code: one.line for p in response.context["pillars"] for one in p.lines}
    criterion = client.get(reverse("appraisal_criterion", args=[2026, lines["T.1"].answer.criterion_id]))

    assert (lines["T.1"].state, lines["T.1"].can_be_ticked) == ("unneeded", False)
    assert (response.context["share"].decided, response.context["share"].total) == (0, 6)
    assert (criterion.context["share"].total, criterion.context["first_open"]) == (0, None)


def test_unit_refuses_a_line_of_another_form(desk, client):
    assert client.post(unit_url(desk, 0), ticked(desk.answer("A.1", 1))).status_code == 422
    assert desk.answer("A.1", 1).line_state == "open"


def test_unit_keeps_the_ticks_when_a_line_changed_since(desk, client):
    answers = [desk.answer("A.1"), desk.answer("A.2")]
    Answer.objects.filter(pk=answers[0].pk).update(version=answers[0].version + 1)

    response = client.post(unit_url(desk), ticked(*answers))

    assert response.status_code == 409
    again = [one.line.answer.pk for p in response.context["pillars"] for one in p.lines if one.ticked]
    assert again == [one.pk for one in answers]
    assert desk.answer("A.2").line_state == "open"


def test_the_own_unit_is_blocked_on_its_page(desk, client):
    correct(desk, "A.3", value="1")
    lead = desk.people["lead"]
    RoleMembership.objects.create(user=lead, role=Role.AUDITOR, unit=desk.units[0], from_on=OPENS.date())

    response = client.get(unit_url(desk))

    assert 'id="own-unit"' in response.content.decode()
    lines = [one.line for pillar in response.context["pillars"] for one in pillar.lines]
    assert not any(line.can_be_ticked for line in lines)
    assert {line.state for line in lines} == {"hidden"}
    assert client.post(unit_url(desk), ticked(desk.answer("A.1"))).status_code == 403


def test_returning_by_page(desk, client):
    url = reverse("appraisal_return", args=[desk.assessment().pk])

    empty = client.post(url, {"reason": " "})
    long = client.post(url, {"reason": "x" * 2001})
    done = client.post(url, {"reason": "Bổ sung A.1."})
    twice = client.post(url, {"reason": "Chữ đã gõ."})

    assert [empty.status_code, long.status_code, done.status_code, twice.status_code] == [422, 422, 302, 409]
    assert "Chữ đã gõ." in twice.content.decode()
    assert desk.assessment().return_reason == "Bổ sung A.1."


def test_returning_is_locked_when_the_unit_has_no_time_left(desk, client):
    with desk.on(APPRAISED):
        page = client.get(unit_url(desk)).content.decode()

    assert 'id="return-locked"' in page


@pytest.mark.parametrize("name", ["appraisal", "appraisal_progress", "appraisal_criterion"])
def test_lists_cost_the_same_for_one_unit_and_for_three(desk, client, django_assert_max_num_queries, name):
    answer = desk.answer("A.1")
    args = {"appraisal": [], "appraisal_progress": [2026], "appraisal_criterion": [2026, answer.criterion_id]}[name]
    Assessment.objects.exclude(pk=answer.assessment_id).update(state="draft")
    counted = []
    for state in ("draft", "under_appraisal"):
        Assessment.objects.exclude(pk=answer.assessment_id).update(state=state)
        with django_assert_max_num_queries(16) as queries:
            client.get(reverse(name, args=args))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_unit_costs_the_same_with_few_lines_and_with_all(desk, client, django_assert_max_num_queries):
    counted = []
    for codes in (["A.1"], ["A.1", "A.2", "A.3", "B.1"]):
        for code in codes:
            if desk.answer(code).line_state == "open":
                correct(desk, code)
        with django_assert_max_num_queries(16) as queries:
            client.get(unit_url(desk))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_closed_forms_stay_readable(desk, client):
    decide_rest(desk)

    assert client.get(unit_url(desk)).status_code == 200
    assert 'id="locked"' in client.get(reverse("appraisal_line", args=[desk.answer("A.1").pk])).content.decode()
