"""The list, the form, one nomination."""

import pytest
from django.urls import reverse

from nominations.enums import NominationState
from nominations.models import Nomination
from tests.nominations.thin import ACHIEVEMENT, NOMINATED, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(NOMINATED):
        yield


def given(awards, **changes) -> dict:
    row = awards.row(0).pk
    return {"row": row, "form": "bang_khen", "subject": "collective", "achievement": ACHIEVEMENT} | changes


def as_(client, person):
    client.force_login(person)
    return client


def test_a_head_sees_the_own_row_and_the_way_to_nominate(client, awards):
    text = as_(client, awards.year.head(0)).get(reverse("nominations")).content.decode()

    assert f"{reverse('nominate')}?row={awards.row(0).pk}" in text
    assert "9,50" in text
    assert "nominate-locked" not in text


def test_an_officer_prepares_a_draft_and_is_offered_nothing_else(client, awards):
    as_(client, awards.year.officer(0))
    assert reverse("nominate") in client.get(reverse("nominations")).content.decode()
    page = client.get(reverse("nominate")).content.decode()
    assert 'value="draft"' in page
    assert 'value="submit"' not in page

    response = client.post(reverse("nominate"), given(awards, act="draft"))

    made = Nomination.objects.get()
    assert (response.url, made.state, made.nominated_at) == (
        reverse("nomination", args=[made.pk]),
        NominationState.DRAFT,
        None,
    )


def test_the_form_is_filled_in_and_makes_a_nomination(client, awards):
    as_(client, awards.year.head(0))
    page = client.get(reverse("nominate"), {"row": awards.row(0).pk})
    assert "Ủy ban nhân dân xã Ngọc Chiến" in page.content.decode()

    response = client.post(reverse("nominate"), given(awards))

    made = Nomination.objects.get()
    assert (response.status_code, response.url) == (302, reverse("nomination", args=[made.pk]))
    assert (made.achievement, made.rank) == (ACHIEVEMENT, 1)


def test_a_refusal_stands_in_the_form_and_keeps_what_was_typed(client, awards):
    as_(client, awards.year.head(0))
    typed = given(awards, subject="person", person_position="Chuyên viên chính")

    response = client.post(reverse("nominate"), typed)

    assert (response.status_code, set(response.context["form"].errors)) == (422, {"person_name"})
    assert "Chuyên viên chính" in response.content.decode()
    awards.nominate()
    assert client.post(reverse("nominate"), given(awards)).status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"row": "999999"},
        {"row": "1 OR 1=1"},
        {"row": str(2**70)},
        {"form": "cờ"},
        {"subject": ""},
        {"achievement": "\u200b"},
        {"achievement": "đ" * 1001},
        {"subject": "person", "person_name": "Lò\u202e", "person_position": "x"},
    ],
)
def test_hostile_input_is_refused(client, awards, changes):
    response = as_(client, awards.year.head(0)).post(reverse("nominate"), given(awards, **changes))

    assert (response.status_code, Nomination.objects.count()) == (422, 0)


def test_text_is_shown_as_text(client, awards):
    made = awards.nominate(0, achievement="<script>alert(1)</script>{{ 7*7 }}\nDòng hai")

    text = as_(client, awards.secretary).get(reverse("nomination", args=[made.pk])).content.decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}<br>Dòng hai" in text


def test_the_secretary_checks_the_dossier_and_others_see_why_not(client, awards):
    made = awards.nominate()
    page, act = reverse("nomination", args=[made.pk]), reverse("check_dossier", args=[made.pk])
    assert 'id="check-locked"' in as_(client, awards.year.head(0)).get(page).content.decode()

    response = as_(client, awards.secretary).post(act)

    assert (response.status_code, Nomination.objects.get().state) == (302, NominationState.COMPLETE)
    assert client.post(act).status_code == 409


@pytest.mark.parametrize("pk", ["0", "999999", str(2**63), str(2**80)])
def test_what_is_not_there_is_404(client, awards, pk):
    as_(client, awards.secretary)
    for name in ("nomination", "meeting", "motion", "decision", "decision_pdf", "certificate_pdf"):
        assert client.get(reverse(name, args=[pk])).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(client, awards):
    as_(client, awards.secretary)
    awards.nominate(0)
    one = queries_of(client, reverse("nominations"))
    for index in (1, 2):
        awards.nominate(index)

    assert queries_of(client, reverse("nominations")) == one
