"""Double marking on the screen: the desk's line, the page of the year, the third person's page, the workbook."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from scoring.appraisal.services import accept_line
from scoring.marking.waiting import marking_tasks
from scoring.models import MarkingDraw, SecondMark
from tests.scoring.marking.conftest import mark_second
from tests.stages import correct

pytestmark = pytest.mark.django_db


@pytest.fixture
def apart(doubled):
    """The first mark of B.1 is the claim, 3 points; the second recognises nothing."""
    answer = doubled.answer("B.1")
    accept_line(answer=answer, version=answer.version, actor=doubled.people["appraiser"])
    mark_second(doubled, "inputs")
    return doubled


def line(year) -> str:
    return reverse("appraisal_line", args=[year.answer("B.1").pk])


def gap(year) -> str:
    return reverse("marking_gap", args=[2026, SecondMark.objects.get().pk])


def page(client, year, person: str, url: str) -> str:
    client.force_login(year.people[person])
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_second_mark_is_given_on_the_page_of_the_line(doubled, client):
    correct(doubled, "B.1", a="41", b="100")
    shown = page(client, doubled, "appraiser2", line(doubled))
    assert 'id="second-mark"' in shown
    assert 'id="decided"' not in shown
    form = client.get(line(doubled)).context["form"]
    assert form["decision"].value() == "accept"

    sent = {"decision": "accept", "version": form["version"].value(), "act": "save"}
    assert client.post(line(doubled), sent).status_code == 302
    second = SecondMark.objects.get()
    assert (second.way, second.points) == ("accept", 3)
    # Now both marks are there for both.
    for person in ("appraiser", "appraiser2"):
        shown = page(client, doubled, person, line(doubled))
        assert 'id="decided"' in shown
        assert 'id="second-mark"' in shown


def test_what_was_read_has_changed_and_what_was_typed_is_kept(doubled, client):
    client.force_login(doubled.people["appraiser2"])
    sent = {
        "decision": "points",
        "appraised_points": "1,5",
        "reason_code": "TL-04",
        "reason": "Thiếu số liệu.",
        "version": 1,
    }
    answer = client.post(line(doubled), sent)
    assert answer.status_code == 409
    assert "Thiếu số liệu." in answer.content.decode()
    assert SecondMark.objects.get().saved_at is None


def test_the_first_person_reads_the_second_mark_only_beside_the_own(doubled, client):
    mark_second(doubled, "inputs", reason="Chỉ có bản nháp.")
    assert "Chỉ có bản nháp." not in page(client, doubled, "appraiser", line(doubled))
    assert "Chỉ có bản nháp." not in page(client, doubled, "lead", line(doubled))
    assert "Chỉ có bản nháp." in page(client, doubled, "appraiser2", line(doubled))


def test_the_unit_reads_the_reason_once_both_marks_are_done(doubled, client):
    correct(doubled, "B.1", a="60", b="100")
    form = reverse("assessment_pillar", args=[doubled.assessment().pk, "B"])
    assert "Tài liệu không thể hiện số đã khai." not in page(client, doubled, "officer0", form)
    mark_second(doubled, "inputs", {"a": "60", "b": "100"})
    assert "Tài liệu không thể hiện số đã khai." in page(client, doubled, "officer0", form)


def test_the_third_person_reads_both_marks_without_names_and_decides(apart, client):
    shown = page(client, apart, "lead", gap(apart))
    assert "Người appraiser" not in shown
    assert shown.count("3,00") >= 2
    version = apart.answer("B.1").version
    refused = client.post(gap(apart), {"choice": "other", "points": "", "reason": "Theo hồ sơ.", "version": version})
    assert (refused.status_code, "Theo hồ sơ." in refused.content.decode()) == (422, True)
    assert (
        client.post(gap(apart), {"choice": "second", "reason": "Theo hồ sơ.", "version": version - 1}).status_code
        == 409
    )
    decided = client.post(gap(apart), {"choice": "other", "points": "1,5", "reason": "Theo hồ sơ.", "version": version})
    assert decided.status_code == 302
    assert apart.answer("B.1").appraised_points == 1.5


def test_what_waits_for_whom(apart):
    def titles(person: str) -> list[str]:
        return [task.title for task in marking_tasks(apart.people[person], apart.cycle)]

    assert len(titles("lead")) == 1
    assert titles("appraiser") == titles("appraiser2") == titles("other_appraiser") == []
    SecondMark.objects.create(
        answer=apart.answer("A.1"), draw=MarkingDraw.objects.get(), marker=apart.people["appraiser2"]
    )
    assert len(titles("appraiser2")) == 1


def test_agreement_is_told_to_the_lead_by_name_and_to_each_the_own(apart, client):
    url = reverse("marking", args=[2026])
    assert {one.person.username for one in _people(client, apart, "lead", url)} == {"appraiser", "appraiser2"}
    assert {one.person.username for one in _people(client, apart, "appraiser2", url)} == {"appraiser2"}
    assert _people(client, apart, "other_appraiser", url) == []


def _people(client, year, person: str, url: str) -> list:
    client.force_login(year.people[person])
    return client.get(url).context["people"]


@pytest.mark.parametrize("name", ["marking", "appraisal_criterion", "appraisal_grid"])
def test_lists_cost_the_same_for_one_second_mark_and_for_many(apart, client, django_assert_max_num_queries, name):
    criterion = [] if name == "marking" else [apart.answer("B.1").criterion_id]
    url, draw = reverse(name, args=[2026, *criterion]), MarkingDraw.objects.get()
    client.force_login(apart.people["lead"])
    client.get(url)
    with django_assert_max_num_queries(100) as one:
        client.get(url)
    SecondMark.objects.bulk_create(
        SecondMark(answer=apart.answer(code, index), draw=draw, marker=apart.people["appraiser2"])
        for code, index in (("B.1", 1), ("B.1", 2), ("A.1", 0), ("A.1", 1))
    )
    with django_assert_max_num_queries(len(one)):
        client.get(url)


def test_the_workbook_says_what_the_page_says(apart, client):
    client.force_login(apart.people["lead"])
    answer = client.get(reverse("marking_file", args=[2026]))
    book = load_workbook(BytesIO(answer.content))
    [row] = [row for row in book["Từng dòng"].iter_rows(min_row=6, values_only=True) if row[1] == "B.1"]
    assert row[3:7] == (3, 3, 0, 3)
    assert row[7] == "Chờ người thứ ba"
    [draw] = [row for row in book["Bốc thăm"].iter_rows(min_row=6, values_only=True) if row[0]]
    assert draw[1:8] == (10, 20, "1", 1, 1, 1, 0)
