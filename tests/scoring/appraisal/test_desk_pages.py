"""The desk's lists: progress, criterion across units, closing."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from accounts.enums import Role
from accounts.models import User
from scoring.appraisal.filters import CriteriaFilter
from scoring.appraisal.services import accept_line
from scoring.appraisal.waiting import waiting_for
from scoring.criteria.services import clone_set
from scoring.enums import CycleState
from scoring.models import Answer, Assessment, Cycle, CycleGroup
from tests.factories.people import make_group, make_user
from tests.stages import correct, decide_rest

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
    assert shares(response) == expected | {"T.1": (0, 0), "P.1": (0, 0), "P.2": (0, 0)}
    assert (response.context["total"].decided, response.context["total"].total) == (3, 18)


def test_home_shows_an_appraiser_the_own_agency_only(desk, client):
    client.force_login(desk.people["other_appraiser"])
    assert shares(client.get(reverse("appraisal"))) == {}
    client.force_login(desk.people["appraiser"])
    assert len(shares(client.get(reverse("appraisal")))) == 9


def test_home_filters_by_pillar_and_by_what_is_left(desk, client):
    for index in range(3):
        accept(desk, "A.1", index)
    pillar = desk.criteria_set.pillars.get(code="A")

    response = client.get(reverse("appraisal"), {"pillar": pillar.pk, "progress": "left"})

    assert list(shares(response)) == ["A.2", "A.3"]


def test_pillars_of_two_sets_are_told_apart(desk):
    alone = CriteriaFilter({}, cycle=desk.cycle).fields["pillar"].choices
    later = clone_set(source=desk.criteria_set, year=2031, actor=desk.people["secretary"])
    Cycle.objects.update(state=CycleState.PREPARING)  # what takes part is chosen before the filing is opened
    CycleGroup.objects.create(cycle=desk.cycle, group=make_group("department", "Sở, ngành", 1), criteria_set=later)

    both = CriteriaFilter({}, cycle=desk.cycle).fields["pillar"].choices

    named = [word for _title, pillars in both[1:] for _pk, word in pillars]
    assert len(named) == len(set(named)) == 4
    assert not any("(" in word for _title, pillars in alone[1:] for _pk, word in pillars)


@pytest.mark.parametrize("query", ["pillar=999", "pillar=x", "progress=all", "pillar=%27", f"pillar={2**70}"])
def test_home_refuses_filters_that_are_not_offered(desk, client, query):
    assert client.get(f"{reverse('appraisal')}?{query}").status_code == 400


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


def test_progress_says_when_every_form_is_closed(desk, client):
    before = client.get(reverse("appraisal_progress", args=[2026])).content.decode()
    decide_rest(desk)

    after = client.get(reverse("appraisal_progress", args=[2026])).content.decode()

    assert ('id="all-closed"' in before, 'id="close-locked"' in before) == (False, True)
    assert ('id="all-closed"' in after, 'id="close-locked"' in after) == (True, False)


def test_progress_names_the_lines_that_cannot_be_accepted_in_one_go(desk, client):
    correct(desk, "B.3", points="0,5")
    Answer.objects.filter(pk=desk.answer("B.2", 1).pk).update(asks_not_applicable=True, values={})

    response = client.get(reverse("appraisal_progress", args=[2026]))

    progress = response.context["progress"]
    left = [(one.criterion.code, one.criterion.responsible.code, one.entered, one.asked) for one in progress.single]
    assert left == [("B.3", "SKHCN", 2, 0), ("B.2", "SKHCN", 0, 1)]
    assert progress.plain == 18 - 1 - 2 - 1
    page = response.content.decode()
    for name in ("appraisal_criterion", "appraisal_enter"):
        assert reverse(name, args=[2026, desk.answer("B.3").criterion_id]) in page


def test_what_was_never_handed_in_is_not_being_filled_in_any_more(desk, client):
    Assessment.objects.filter(pk=desk.assessment(1).pk).update(state="draft", submitted_at=None)

    units = client.get(reverse("appraisal_progress", args=[2026])).context["progress"].units

    said = {one.assessment.unit.short_name: one.assessment.state_label for one in units}
    with_state = {one.assessment.unit.short_name: one.assessment.get_state_display() for one in units}
    assert said == with_state | {"Tô Hiệu": gettext("not submitted")}


def test_the_desk_and_the_home_page_count_the_same_lines(desk, client):
    roles = [(Role.APPRAISER, desk.agency), (Role.UNIT_OFFICER, desk.units[0])]
    client.force_login(make_user("both", *roles))

    total = client.get(reverse("appraisal")).context["total"]

    assert (total.decided, total.total) == (0, 12)
    tasks = waiting_for(User.objects.get(username="both"))
    assert "12" in tasks[0].title


def test_progress_locks_closing_for_others(desk, client):
    client.force_login(desk.people["appraiser"])

    page = client.get(reverse("appraisal_progress", args=[2026])).content.decode()

    assert 'id="close-locked"' in page
    assert reverse("appraisal_close", args=[2026]) not in page


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
