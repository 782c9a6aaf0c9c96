"""What the pages cost: the same at one row and at many."""

import pytest
from django.urls import reverse

from scoring.filing.evidence import attach_evidence
from scoring.filing.progress import ADJUSTMENTS
from scoring.filing.services import AnswerInput, import_form, save_answer
from scoring.models import Assessment
from tests.scoring.filing.conftest import PDF, upload

pytestmark = pytest.mark.django_db


def save(year, code: str, raw: dict, index: int = 0, **more):
    answer = year.answer(code, index)
    given = AnswerInput(raw=raw, **more)
    return save_answer(answer=answer, given=given, version=answer.version, actor=year.officer(index))


def _cost(client, url, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(40) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["assessment", "assessment_check"])
def test_pages_cost_the_same_at_one_line_and_at_all(year, as_user, name, django_assert_max_num_queries):
    client, url = as_user(year.officer()), reverse(name, args=[year.assessment().pk])
    with year.filing():
        save(year, "A.1", {"value": "yes"})
        one = _cost(client, url, django_assert_max_num_queries)
        year.fill()
        for code in ("A.1", "A.2", "B.1"):
            attach_evidence(
                answers=[year.answer(code)], upload=upload(data=PDF + code.encode()), title="", actor=year.officer()
            )
        many = _cost(client, url, django_assert_max_num_queries)

    assert many == one


@pytest.mark.parametrize("code", ["A", ADJUSTMENTS, "all"])
def test_the_form_costs_the_same_empty_and_full(year, as_user, code, django_assert_max_num_queries):
    client, own = as_user(year.officer()), year.assessment().pk
    url = reverse("assessment_all", args=[own]) if code == "all" else reverse("assessment_pillar", args=[own, code])
    with year.filing():
        empty = _cost(client, url, django_assert_max_num_queries)
        given = {"T.1": AnswerInput(raw={"value": "2"}, explanation="x")}
        import_form(assessment=year.fill(), given=given, actor=year.officer())
        lines = ["A.1", "A.2", "A.3", "T.1"]
        for number in range(3):
            attach_evidence(
                answers=[year.answer(one) for one in lines],
                upload=upload(data=PDF + bytes([number])),
                title="",
                actor=year.officer(),
            )
        full = _cost(client, url, django_assert_max_num_queries)

    assert full == empty


def test_the_list_costs_the_same_at_one_year_and_at_three(year, as_user, django_assert_max_num_queries):
    client, url, own = as_user(year.officer()), reverse("assessments"), year.assessment()
    one = _cost(client, url, django_assert_max_num_queries)
    for number in (2027, 2028):
        cycle = type(year.cycle).objects.get(pk=year.cycle.pk)
        cycle.pk, cycle.year = None, number
        cycle.save()
        Assessment.objects.create(cycle=cycle, unit=own.unit, group=own.group, criteria_set=own.criteria_set)
    assert _cost(client, url, django_assert_max_num_queries) == one
