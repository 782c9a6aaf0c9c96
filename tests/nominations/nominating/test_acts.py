"""The acts of unit and secretary through their pages: what each answers, and what stays on the screen when refused."""

import pytest
from django.urls import reverse

from nominations.enums import NominationState
from nominations.models import Nomination, Quota
from tests.nominations.thin import ACHIEVEMENT, NOMINATED, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(NOMINATED):
        yield


def as_(client, person):
    client.force_login(person)
    return client


def typed(**changes) -> dict:
    return {"form": "bang_khen", "subject": "collective", "achievement": "Vừa nhập", "version": 0} | changes


def text_of(client, one: Nomination, name: str = "nomination") -> str:
    response = client.get(reverse(name, args=[one.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_an_edit_that_came_second_keeps_what_was_typed_and_shows_what_is_saved(client, awards):
    one = awards.prepare()
    address = reverse("nomination_edit", args=[one.pk])
    as_(client, awards.year.officer(0))
    assert client.post(address, typed(achievement="Người khác đã lưu")).status_code == 302

    response = client.post(address, typed())

    text = response.content.decode()
    assert response.status_code == 409
    assert "Vừa nhập" in text
    assert "Người khác đã lưu" in text
    # The form now counts as written against what is saved: a second save is a choice.
    assert response.context["form"]["version"].value() == "1"
    assert client.post(address, typed(version=1)).status_code == 302
    assert Nomination.objects.get().achievement == "Vừa nhập"


def test_the_draft_waits_for_the_head_and_is_signed_as_it_was_read(client, awards):
    one = awards.prepare()
    assert 'id="sign-locked"' in text_of(as_(client, awards.year.officer(0)), one)
    as_(client, awards.year.head(0))
    act = reverse("submit_nomination", args=[one.pk])
    assert act in text_of(client, one)

    stale = client.post(act, {"version": 7})
    assert (stale.status_code, stale.context["sign_form"]["version"].value()) == (409, 0)
    assert client.post(act, {"version": "x"}).status_code == 422
    assert client.post(act, {"version": 0}).status_code == 302

    assert Nomination.objects.get().state == NominationState.SUBMITTED


def test_the_unit_reads_what_is_missing_and_mends_it(client, awards):
    one = awards.nominate()
    act = reverse("return_dossier", args=[one.pk])
    as_(client, awards.secretary)
    empty = client.post(act, {"return-reason": "  "})
    assert (empty.status_code, set(empty.context["return_form"].errors)) == (422, {"reason"})
    assert client.post(act, {"return-reason": "Thiếu <b>biên bản</b>."}).status_code == 302

    text = text_of(as_(client, awards.year.officer(0)), one)

    assert "Thiếu &lt;b&gt;biên bản&lt;/b&gt;." in text
    assert reverse("nomination_edit", args=[one.pk]) in text


def test_eligibility_is_read_clause_by_clause_and_kept_after_the_finding(client, awards):
    one = awards.complete()
    as_(client, awards.secretary)
    text = text_of(client, one)
    for code in ("standard", "grade", "rank", "unit", "once"):
        assert f"clause-{code}" in text
    act = reverse("find_eligible", args=[one.pk])

    unconfirmed = client.post(act, {})
    assert (unconfirmed.status_code, set(unconfirmed.context["eligible_form"].errors)) == (422, {"conduct_confirmed"})
    assert client.post(act, {"conduct_confirmed": "on"}).status_code == 302
    Quota.objects.update(cap=1)

    # A unit reads the clauses as they were found, not as they would be today.
    kept = text_of(as_(client, awards.year.officer(0)), one)
    assert "clause-conduct" in kept
    assert "30" in kept[kept.index("clause-standard") : kept.index("clause-grade")]


def test_below_the_standard_the_finding_is_locked_and_refused(client, awards):
    one = awards.complete(1)
    Quota.objects.update(lowest_rank=1)
    as_(client, awards.secretary)
    assert 'id="eligible-locked"' in text_of(client, one)

    response = client.post(reverse("find_eligible", args=[one.pk]), {"conduct_confirmed": "on"})

    assert (response.status_code, Nomination.objects.get().state) == (422, NominationState.COMPLETE)
    act = reverse("find_ineligible", args=[one.pk])
    assert client.post(act, {"ineligible-reason": ""}).status_code == 422
    assert client.post(act, {"ineligible-reason": "Thứ hạng thấp."}).status_code == 302
    assert "Thứ hạng thấp." in text_of(as_(client, awards.year.head(1)), one)


def test_an_act_out_of_its_state_says_so_on_the_page(client, awards):
    one = awards.complete()
    as_(client, awards.secretary)

    response = client.post(reverse("return_dossier", args=[one.pk]), {"return-reason": "Thiếu"})

    assert response.status_code == 409
    assert "error-summary" in response.content.decode()


def test_a_withdrawal_asks_first_and_needs_its_reason(client, awards):
    one = awards.nominate()
    act = reverse("withdraw_nomination", args=[one.pk])
    as_(client, awards.year.head(0))
    assert client.get(act).status_code == 200
    assert Nomination.objects.get().state == NominationState.SUBMITTED

    assert client.post(act, {"reason": ""}).status_code == 422
    assert client.post(act, {"reason": "Xin rút."}).status_code == 302
    assert client.post(act, {"reason": "Xin rút."}).status_code == 409


def test_only_forms_with_a_place_are_offered_and_accepted(client, awards):
    Quota.objects.filter(form="giay_khen").delete()
    Quota.objects.filter(subject="person").update(cap=0)
    as_(client, awards.year.head(0))
    form = client.get(reverse("nominate")).context["form"]
    assert [value for value, _label in form.fields["form"].choices] == ["bang_khen"]
    assert [value for value, _label in form.fields["subject"].choices] == ["collective"]
    Quota.objects.create(**first_quota() | {"form": "giay_khen", "subject": "person"})

    # Each alone is offered, this pair is not.
    sent = {"row": awards.row(0).pk, "person_name": "Bà Lò Thị Hương", "person_position": "Chuyên viên"}
    response = client.post(reverse("nominate"), typed(subject="person") | sent)

    assert (response.status_code, set(response.context["form"].errors)) == (422, {"subject"})
    assert not Nomination.objects.exists()


def first_quota() -> dict:
    quota = Quota.objects.first()
    names = ("cycle_id", "cap", "ground", "set_at", "set_by_id")
    return {name: getattr(quota, name) for name in names}


def test_without_any_quota_the_page_says_what_to_wait_for(client, awards):
    Quota.objects.all().delete()
    as_(client, awards.year.head(0))

    assert 'id="nominate-locked"' in client.get(reverse("nominations")).content.decode()
    text = client.get(reverse("nominate")).content.decode()
    assert 'class="empty"' in text
    assert "<textarea" not in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Bà Lò Thị Hương", "Ủy ban nhân dân phường Tô Hiệu", "Ủy ban nhân dân xã Ngọc Chiến"]),
        ({"q": "lo thi huong"}, ["Bà Lò Thị Hương"]),
        ({"q": "NGOC chien"}, ["Bà Lò Thị Hương", "Ủy ban nhân dân xã Ngọc Chiến"]),
        ({"q": "phuong to hieu"}, ["Ủy ban nhân dân phường Tô Hiệu"]),
        ({"state": "complete"}, ["Ủy ban nhân dân phường Tô Hiệu"]),
        ({"form": "giay_khen"}, ["Bà Lò Thị Hương"]),
        ({"form": "giay_khen", "state": "complete"}, []),
        ({"year": "2026"}, ["Bà Lò Thị Hương", "Ủy ban nhân dân phường Tô Hiệu", "Ủy ban nhân dân xã Ngọc Chiến"]),
    ],
)
def test_the_list_is_narrowed(client, awards, query, expected):
    awards.nominate(0)
    awards.complete(1)
    awards.nominate_person(0, "Bà Lò Thị Hương", form="giay_khen")
    awards.prepare(2)
    as_(client, awards.secretary)

    response = client.get(reverse("nominations"), query)

    assert sorted(one.recipient_name for one in response.context["page_obj"]) == expected


@pytest.mark.parametrize("query", [{"state": "x"}, {"year": "1999"}, {"form": "x"}, {"page": "0"}, {"page": "x"}])
def test_an_address_that_asks_for_nothing_there_is_refused(client, awards, query):
    assert as_(client, awards.secretary).get(reverse("nominations"), query).status_code == 400


def test_the_list_says_how_many_places_are_taken(client, awards):
    Quota.objects.filter(form="bang_khen", subject="collective").update(cap=12, taken=8)
    as_(client, awards.year.officer(0))

    lines = client.get(reverse("nominations")).context["lines"]

    assert (lines[0].form, lines[0].subject, lines[0].quota.taken, lines[0].quota.cap) == (
        "bang_khen",
        "collective",
        8,
        12,
    )


def test_the_table_of_quotas_and_its_form(client, awards):
    as_(client, awards.secretary)
    address = reverse("quota_edit", args=[2026, "bang_khen", "person"])
    assert address in client.get(reverse("quotas")).content.decode()
    given = {"cap": 15, "lowest_grade": "kha", "lowest_rank": "", "ground": "12/KH-UBND", "version": 1}

    assert client.post(address, given | {"cap": "x"}).status_code == 422
    assert client.post(address, given | {"lowest_grade": "vàng"}).status_code == 422
    assert client.post(address, given).status_code == 302
    stale = client.post(address, given | {"cap": 99})

    assert (stale.status_code, stale.context["form"]["cap"].value()) == (409, "99")
    assert stale.context["form"]["version"].value() == "2"
    assert Quota.objects.get(form="bang_khen", subject="person").cap == 15


@pytest.mark.parametrize(
    "args", [(1999, "bang_khen", "person"), (2026, "x", "person"), (2026, "bang_khen", "x"), (2**70, "x", "x")]
)
def test_a_line_that_is_not_there_is_404(client, awards, args):
    assert as_(client, awards.secretary).get(reverse("quota_edit", args=args)).status_code == 404


def test_without_a_quota_the_table_says_what_to_do(client, awards):
    Quota.objects.all().delete()

    assert 'class="empty"' in as_(client, awards.secretary).get(reverse("quotas")).content.decode()
    assert 'id="set-locked"' in as_(client, awards.leader).get(reverse("quotas")).content.decode()


@pytest.mark.parametrize("name", ["nominations", "quotas"])
def test_a_page_costs_the_same_for_one_and_for_three(client, awards, name):
    as_(client, awards.secretary)
    awards.nominate(0)
    Quota.objects.exclude(form="bang_khen", subject="collective").delete()
    one = queries_of(client, reverse(name))
    with awards.on(NOMINATED):
        awards.set_quotas()
    for index in (1, 2):
        awards.nominate(index, achievement=ACHIEVEMENT)

    assert queries_of(client, reverse(name)) == one
