"""The table of one criterion: each row saves itself, refuses for itself, and its own last decision can be undone."""

from decimal import Decimal

import pytest
from django.urls import reverse

from scoring.models import Answer, Correction
from tests.scoring.appraisal.many import many_handed_in
from tests.stages import correct

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(appraising, client):
    client.force_login(appraising.people["appraiser"])
    return appraising


def grid(answer: Answer) -> str:
    return reverse("appraisal_grid", args=[2026, answer.criterion_id])


def row(answer: Answer) -> str:
    return reverse("appraisal_row", args=[answer.pk])


def typed(answer: Answer, decision: str, **more) -> dict:
    return {"version": answer.version, "decision": decision, "reason_code": "TL-04", "reason": "Thiếu căn cứ."} | more


def undo(answer: Answer) -> str:
    return reverse("appraisal_take_back", args=[answer.pk, answer.version])


def test_a_row_is_saved_by_itself_and_comes_back_decided_with_its_undo(desk, client):
    answer = desk.answer("B.1")

    response = client.post(row(answer), typed(answer, "inputs", a="60", b="100"), headers=HTMX)

    saved = desk.answer("B.1")
    page = response.content.decode()
    assert (response.status_code, saved.line_state, saved.appraised_points) == (200, "corrected", Decimal("2.25"))
    assert page.lstrip().startswith(f'<tr id="line-{answer.pk}" data-said=')
    assert (undo(saved) in page, 'name="decision"' in page, "<html" in page) == (True, False, False)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"decision": "inputs", "a": "60", "b": "100", "reason": ""}, "l{pk}_reason"),
        ({"decision": "inputs", "a": "60", "b": "100", "reason_code": "XX"}, "l{pk}_reason_code"),
        ({"decision": "inputs", "a": "x", "b": "100"}, "l{pk}_a"),
        ({"decision": "points", "appraised_points": "3,01"}, "l{pk}_errors"),
        ({"decision": "points", "appraised_points": "-1"}, "l{pk}_errors"),
    ],
)
def test_a_refused_row_keeps_what_was_typed_and_names_the_field(desk, client, given, named):
    answer = desk.answer("B.1")

    response = client.post(row(answer), typed(answer, "inputs") | given, headers=HTMX)

    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="{named.format(pk=answer.pk)}"' in page
    assert f'id="l{answer.pk}_errors"' in page
    assert given.get("a", "Thiếu căn cứ.") in page
    assert desk.answer("B.1").version == answer.version


def test_a_stale_row_is_409_keeps_the_text_and_can_be_saved_again(desk, client):
    answer = desk.answer("B.1")
    correct(desk, "B.1", by="appraiser2", a="50", b="100")

    stale = client.post(row(answer), typed(answer, "inputs", a="60", b="100", reason="Chữ đã gõ."), headers=HTMX)

    assert (stale.status_code, "Chữ đã gõ." in stale.content.decode()) == (409, True)
    assert desk.answer("B.1").appraised_points == Decimal("1.88")
    again = typed(answer, "inputs", a="60", b="100", version=desk.answer("B.1").version)
    assert client.post(row(answer), again, headers=HTMX).status_code == 200
    assert desk.answer("B.1").appraised_points == Decimal("2.25")


def test_undo_brings_the_row_back_open_and_only_the_own(desk, client):
    answer = desk.answer("B.1")
    client.post(row(answer), typed(answer, "accept"), headers=HTMX)
    decided = desk.answer("B.1")
    client.force_login(desk.people["appraiser2"])
    foreign = (
        client.post(undo(decided), headers=HTMX).status_code,
        undo(decided) in client.get(grid(answer)).content.decode(),
    )
    client.force_login(desk.people["appraiser"])

    back = client.post(undo(decided), headers=HTMX)

    assert foreign == (409, False)
    assert (back.status_code, 'name="decision"' in back.content.decode()) == (200, True)
    assert desk.answer("B.1").line_state == "open"
    assert client.post(undo(decided), headers=HTMX).status_code == 409


def test_without_a_script_the_table_comes_back_at_the_row(desk, client):
    answer = desk.answer("B.1")

    refused = client.post(row(answer), typed(answer, "inputs", a="60", b="100", reason=""))
    saved = client.post(row(answer), typed(answer, "accept"))
    undone = client.post(undo(desk.answer("B.1")), {"to": "grid"})

    assert (refused.status_code, "<html" in refused.content.decode(), "60" in refused.content.decode()) == (
        422,
        True,
        True,
    )
    assert saved.url == undone.url == f"{grid(answer)}#line-{answer.pk}"


def test_the_own_unit_and_another_agency_have_no_row_to_type_in(desk, client):
    client.force_login(desk.people["other_appraiser"])
    answer = desk.answer("A.1")

    page = client.get(grid(answer)).content.decode()

    assert "<select" not in page
    assert client.post(row(answer), typed(answer, "accept")).status_code == 403


@pytest.mark.parametrize("code", ["A.2", "B.1", "B.3", "P.2"])
def test_every_kind_of_line_has_its_fields(desk, client, code):
    rows = client.get(grid(desk.answer(code))).context["rows"]

    assert [row.form is not None for row in rows] == [code != "P.2"] * 3


@pytest.mark.parametrize("name", ["appraisal_criterion", "appraisal_grid"])
def test_96_units_cost_a_few_queries_and_the_list_weighs_less_than_150_kb(
    desk, client, django_assert_num_queries, name
):
    many_handed_in(desk, 93)
    answer, counted = desk.answer("B.1"), {"appraisal_criterion": 12, "appraisal_grid": 10}
    client.get(reverse(name, args=[2026, answer.criterion_id]))

    with django_assert_num_queries(counted[name] - CLOCK):
        response = client.get(reverse(name, args=[2026, answer.criterion_id]))

    assert response.content.count(b"<tr id=") == 96
    assert name == "appraisal_grid" or len(response.content) < 150_000
    assert Correction.objects.count() == 0


# The clock's seam stands in for the one question that is put to the database.
CLOCK = 1
