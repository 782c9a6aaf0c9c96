"""Decisions: list, draft, one of them, signature, certificates, files."""

import pytest
from django.urls import reverse

from nominations.enums import DecisionState
from nominations.models import Certificate, Decision, GoldenBook
from tests.nominations.thin import NOMINATED, SIGNED, queries_of

pytestmark = pytest.mark.django_db


def as_(client, person):
    client.force_login(person)
    return client


def more_approved(awards, count: int) -> list:
    """`count` approved nominations: the unit and persons of it."""
    with awards.on(NOMINATED):
        persons = [awards.ready(awards.nominate_person(1, f"Bà Lò Thị {n}")) for n in range(count - 1)]
    return [awards.approved(), *(awards.approved(one) for one in persons)]


def test_the_secretary_drafts_from_what_waits(client, awards):
    nomination = awards.approved()
    as_(client, awards.secretary)
    with awards.on(SIGNED):
        address = reverse("draft_decision", args=[2026, "bang_khen"])
        assert address in client.get(reverse("decisions")).content.decode()

        empty = client.post(address, {"nominations": []})
        made = client.post(address, {"nominations": [nomination.pk]})

    decision = Decision.objects.get()
    assert (empty.status_code, made.url) == (422, reverse("decision", args=[decision.pk]))
    assert [item.nomination for item in decision.items.all()] == [nomination]


@pytest.mark.parametrize(("year", "award"), [(2026, "co-thi-dua"), (1999, "bang_khen"), (2**40, "bang_khen")])
def test_a_year_or_form_that_does_not_exist_is_404(client, awards, year, award):
    response = as_(client, awards.secretary).get(reverse("draft_decision", args=[year, award]))

    assert response.status_code == 404


def test_the_leader_signs_and_a_refusal_stays_in_the_form(client, awards):
    decision = awards.drafted()
    sign = reverse("sign_decision", args=[decision.pk])
    as_(client, awards.leader)
    with awards.on(SIGNED):
        refused = client.post(sign, {"number": "415", "dated_on": "14/03/2027"})
        early = client.post(sign, {"number": "415/QĐ-UBND", "dated_on": "01/03/2027"})
        signed = client.post(sign, {"number": "415/QĐ-UBND", "dated_on": "14/03/2027"})
        again = client.get(sign)

    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"number"})
    assert (early.status_code, set(early.context["form"].errors)) == (422, {"dated_on"})
    assert 'value="415"' in refused.content.decode()
    assert (signed.status_code, again.status_code) == (302, 409)
    assert Decision.objects.get().state == DecisionState.SIGNED


def test_who_may_not_act_sees_why(client, awards):
    decision = awards.drafted()
    as_(client, awards.secretary)

    text = client.get(reverse("decision", args=[decision.pk])).content.decode()

    assert 'id="sign-locked"' in text
    assert reverse("sign_decision", args=[decision.pk]) not in text
    text = as_(client, awards.leader).get(reverse("decisions")).content.decode()
    assert 'id="draft-locked"' in text


def test_issuing_asks_first_with_the_count_and_the_first_number(client, awards):
    decision = awards.signed(*more_approved(awards, 2))
    GoldenBook.objects.create(year=2027, last_number=27)
    as_(client, awards.secretary)
    address = reverse("issue_certificates", args=[decision.pk])
    with awards.on(SIGNED):
        assert f'href="{address}"' in client.get(reverse("decision", args=[decision.pk])).content.decode()

        asked = client.get(address)
        untouched = Certificate.objects.count()
        client.post(address)

    assert (asked.status_code, asked.context["count"], asked.context["first"], untouched) == (200, 2, "0028/2027", 0)
    assert "0028/2027" in asked.content.decode()
    assert [one.book_number for one in Certificate.objects.all()] == ["0028/2027", "0029/2027"]


def test_certificates_are_issued_from_the_page_and_listed_there(client, awards):
    decision = awards.signed()
    as_(client, awards.secretary)
    with awards.on(SIGNED):
        response = client.post(reverse("issue_certificates", args=[decision.pk]))
        again = client.post(reverse("issue_certificates", args=[decision.pk]))

    certificate = Certificate.objects.get()
    text = client.get(reverse("decision", args=[decision.pk])).content.decode()
    assert (response.status_code, again.status_code) == (302, 409)
    assert certificate.printed_code in text
    assert certificate.token not in text


def test_files_are_attachments_that_no_cache_keeps(client, awards):
    certificate = awards.issued()[0]
    decision = certificate.decision
    as_(client, awards.year.head(0))

    for name, pk, beginning, ending in (
        ("decision_pdf", decision.pk, b"%PDF-", "quyet-dinh-415-qd-ubnd-2027.pdf"),
        ("awarded_excel", decision.pk, b"PK", "danh-sach-khen-thuong-415-qd-ubnd-2027.xlsx"),
        ("bonus_excel", decision.pk, b"PK", "danh-sach-tien-thuong-415-qd-ubnd-2027.xlsx"),
        ("certificate_pdf", certificate.pk, b"%PDF-", ".pdf"),
    ):
        response = client.get(reverse(name, args=[pk]))
        assert response.content.startswith(beginning)
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["Content-Disposition"].endswith(f'{ending}"')
        assert "no-store" in response["Cache-Control"]


def test_a_draft_has_no_list_to_hand_out(client, awards):
    decision = awards.drafted()

    response = as_(client, awards.secretary).get(reverse("awarded_excel", args=[decision.pk]))

    assert response.status_code == 409


def test_a_unit_sees_only_what_commends_it(client, awards):
    certificate = awards.issued()[0]

    for index, status in ((0, 200), (1, 404)):
        as_(client, awards.year.head(index))
        for name, pk in (("decision", certificate.decision_id), ("certificate_pdf", certificate.pk)):
            assert client.get(reverse(name, args=[pk])).status_code == status


def test_pages_cost_the_same_for_one_and_for_many(client, awards):
    as_(client, awards.secretary)
    many = awards.issued(*more_approved(awards, 3))[0].decision
    one_list = queries_of(client, reverse("decisions"))
    with awards.on(NOMINATED):
        last = awards.ready(awards.nominate(2))
    one = awards.issued(awards.approved(last), number="416/QĐ-UBND")[0].decision

    assert queries_of(client, reverse("decisions")) == one_list
    assert queries_of(client, reverse("decision", args=[many.pk])) == queries_of(
        client, reverse("decision", args=[one.pk])
    )
