"""One line saved over HTTP: what is answered, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from scoring.filing.services import AnswerInput, save_answer
from tests.factories.year import LOCKS
from tests.scoring.filing.conftest import line_data

pytestmark = pytest.mark.django_db


FRAGMENT = {"HTTP_HX_REQUEST": "true"}


def post_line(client, answer, *, fragment: bool = False, version: int | None = None, **values):
    headers = FRAGMENT if fragment else {}
    url = reverse("answer_save", args=[answer.pk])
    return client.post(url, line_data(answer, version=version, **values), **headers)


def text(response) -> str:
    return response.content.decode()


def save(year, code: str, raw: dict, index: int = 0, **more):
    answer = year.answer(code, index)
    given = AnswerInput(raw=raw, **more)
    return save_answer(answer=answer, given=given, version=answer.version, actor=year.officer(index))


def test_a_saved_line_leads_back_to_itself(year, as_user):
    answer = year.answer("B.1")
    with year.filing():
        response = post_line(as_user(year.officer()), answer, a="90", b="100")

    pillar = reverse("assessment_pillar", args=[answer.assessment_id, "B"])
    assert (response.status_code, response.url) == (302, f"{pillar}#line-{answer.pk}")
    assert year.answer("B.1").values == {"a": "90", "b": "100"}


def test_a_fragment_brings_the_line_the_rail_and_the_points(year, as_user):
    answer = year.answer("B.1")
    with year.filing():
        page = text(post_line(as_user(year.officer()), answer, fragment=True, a="60", b="100"))

    assert "<html" not in page
    for element in (f'id="body-{answer.pk}"', 'id="rail"', 'id="pillar-points-B"', 'data-state="saved"'):
        assert element in page
    assert "60,00%" in page
    assert "2.25" in page or "2,25" in page


@pytest.mark.parametrize("fragment", [False, True])
def test_a_refused_line_keeps_what_was_typed_and_what_was_saved(year, as_user, fragment):
    with year.filing():
        save(year, "B.1", {"a": "60", "b": "100"})
        response = post_line(as_user(year.officer()), year.answer("B.1"), fragment=fragment, a="131", b="118<b>")

    page = text(response)
    assert response.status_code == 422
    assert 'value="131"' in page
    assert 'value="118&lt;b&gt;"' in page
    assert "60 ÷ 100" in page
    assert 'aria-invalid="true"' in page
    assert year.answer("B.1").values == {"a": "60", "b": "100"}


@pytest.mark.parametrize("typed", ["9,5", "1.234", "１２", "1e1", "9" * 401])
def test_numbers_that_are_none_are_refused_and_kept(year, as_user, typed):
    with year.filing():
        response = post_line(as_user(year.officer()), year.answer("B.2"), value=typed)

    assert response.status_code == 422
    assert f'value="{typed}"' in text(response)


@pytest.mark.parametrize("fragment", [False, True])
def test_a_conflict_shows_both_values_and_keeps_the_typed_one(year, as_user, fragment):
    with year.filing():
        old = year.answer("A.3")
        save(year, "A.3", {"value": "4"})
        response = post_line(as_user(year.head()), old, fragment=fragment, version=0, value="3")

        page = text(response)
        assert response.status_code == 409
        assert 'data-state="conflict"' in page
        assert 'value="3"' in page
        assert "Người officer0" in page
        assert f'name="l{old.pk}-version" value="1"' in page  # the next save is against what is shown


def test_after_a_conflict_either_value_can_be_kept(year, as_user):
    client = as_user(year.head())
    with year.filing():
        save(year, "A.3", {"value": "4"})
        post_line(client, year.answer("A.3"), version=1, value="3", keep="theirs")
        assert year.answer("A.3").values == {"value": "4"}
        post_line(client, year.answer("A.3"), version=1, value="3", keep="mine")
        assert year.answer("A.3").values == {"value": "3"}


def test_the_same_post_twice_is_no_error(year, as_user):
    client = as_user(year.officer())
    with year.filing():
        statuses = [post_line(client, year.answer("A.3"), version=0, value="4").status_code for _click in range(2)]

    assert statuses == [302, 302]
    assert year.answer("A.3").version == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "９", "9" * 401])
def test_a_post_without_a_real_version_is_malformed(year, as_user, version):
    answer = year.answer("A.3")
    with year.filing():
        response = as_user(year.officer()).post(
            reverse("answer_save", args=[answer.pk]), line_data(answer, value="4") | {f"l{answer.pk}-version": version}
        )

    assert response.status_code == 400
    assert year.answer("A.3").values == {}


@pytest.mark.parametrize("fragment", [False, True])
def test_after_the_lock_the_typed_text_comes_back_with_the_reason(year, as_user, fragment):
    with year.on(LOCKS):
        response = post_line(as_user(year.officer()), year.answer("A.3"), fragment=fragment, value="47")

    page = text(response)
    assert response.status_code == 409
    assert 'data-state="locked"' in page
    assert "47" in page
    assert year.answer("A.3").values == {}


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "{{7*7}}",
        "{% debug %}",
        "<img src=x onerror=alert(1)>",
        "' OR 1=1--",
        "javascript:x",
    ],
)
def test_hostile_text_is_shown_as_text(year, as_user, hostile):
    answer = year.answer("A.3")
    with year.filing():
        client = as_user(year.officer())
        post_line(client, answer, value="4", explanation=hostile)
        page = text(client.get(reverse("assessment_pillar", args=[answer.assessment_id, "A"])))

    assert year.answer("A.3").explanation == hostile
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_nul_and_control_characters_are_malformed(year, as_user):
    with year.filing():
        client = as_user(year.officer())
        assert post_line(client, year.answer("A.3"), value="4", explanation="a\x00b").status_code == 400
        response = post_line(client, year.answer("A.3"), value="4", explanation="a\x0bb")

    assert response.status_code == 400
    assert 'data-state="invalid"' in text(response)
