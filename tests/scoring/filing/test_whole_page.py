"""All lines on one page, and the map of what is missing."""

import re

import pytest
from django.urls import reverse

from scoring.filing.progress import ADJUSTMENTS
from tests.scoring.filing.conftest import line_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(year) -> str:
    return reverse("assessment_all", args=[year.assessment().pk])


def text(response) -> str:
    return response.content.decode()


def gaps_in(page: str) -> list[str]:
    """Where the links of the map lead."""
    return re.findall(r'data-gap href="([^"]*)"', page)


def test_every_line_of_every_section_stands_there_once(year, as_user, whole):
    with year.filing():
        page = text(as_user(year.officer()).get(whole))

    lines = [str(pk) for pk in year.assessment().answers.order_by("criterion__position").values_list("pk", flat=True)]
    assert re.findall(r'<section class="line" id="line-(\d+)"', page) == lines
    assert re.findall(r'id="section-([^"]+)"', page) == ["A", "B", ADJUSTMENTS]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_map_leads_to_every_gap_and_to_nothing_else(year, as_user, whole):
    client = as_user(year.officer())
    missing = [f"#line-{year.answer(code).pk}" for code in ("A.1", "A.2", "A.3", "B.1", "B.2")]
    with year.filing():
        assert gaps_in(text(client.get(whole))) == missing
        pillar = reverse("assessment_pillar", args=[year.assessment().pk, "B"])
        assert gaps_in(text(client.get(pillar))) == missing[3:]
        year.fill()
        assert gaps_in(text(client.get(whole))) == []


def test_a_line_saved_there_brings_what_fits_there(year, as_user, whole):
    answer = year.answer("A.3")
    address, data = reverse("answer_save", args=[answer.pk]), line_data(answer, value="4")
    with year.filing():
        client = as_user(year.officer())
        there = text(client.post(address, data, HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL=whole))
        elsewhere = text(client.post(address, data, HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="/filing/1/pillars/A/"))

    assert 'href="#section-B"' in there
    assert 'id="pillar-points-A"' in there
    assert 'href="#section-B"' not in elsewhere


@pytest.mark.parametrize(("typed", "status"), [("4", 302), ("1.234", 422)])
def test_without_a_script_a_line_saved_there_leads_back_there(year, as_user, whole, typed, status):
    answer = year.answer("B.2")
    with year.filing():
        response = as_user(year.officer()).post(
            reverse("answer_save", args=[answer.pk]),
            line_data(answer, value=typed),
            HTTP_REFERER=f"http://testserver{whole}",
        )

    assert response.status_code == status
    if status == 302:
        assert response.url == f"{whole}#line-{answer.pk}"
    else:
        assert 'id="section-B"' in text(response)
        assert f'value="{typed}"' in text(response)
        assert "1234" in text(response)  # the way to write it


@pytest.mark.parametrize("referer", ["", "x", "http://[", "http://testserver/filing/1/all"])
def test_a_strange_referer_is_no_reason_to_fail(year, as_user, referer):
    answer = year.answer("A.3")
    address, data, client = (
        reverse("answer_save", args=[answer.pk]),
        line_data(answer, value="4"),
        as_user(year.officer()),
    )
    with year.filing():
        assert client.post(address, data, HTTP_REFERER=referer).status_code == 302
        script = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": referer}
        assert client.post(address, data, **script).status_code == 200
