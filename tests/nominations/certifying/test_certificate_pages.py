"""Certificates: list and filters, one of them, its revocation from draft to signature, all through the pages."""

import pytest
from django.urls import reverse

from nominations.enums import DecisionState
from nominations.models import Certificate, Decision, Revocation
from tests.nominations.certifying.revoking import FACTS, REVOKED, drafted_revocation, revoked
from tests.nominations.certifying.test_pages import as_, more_approved
from tests.nominations.certifying.test_services import approved_person
from tests.nominations.thin import SIGNED, queries_of

pytestmark = pytest.mark.django_db


def listed(client, **query) -> list[str]:
    response = client.get(reverse("certificates"), query)
    assert response.status_code == 200
    return [str(one) for one in response.context["page_obj"]]


def test_the_list_is_searched_without_marks_and_filtered(client, awards):
    first, second = awards.issued(awards.approved(), approved_person(awards))
    revoked(awards, second)
    as_(client, awards.secretary)

    assert listed(client) == ["0002/2027", "0001/2027"]
    assert listed(client, q="lo van am") == listed(client, q="TÔ HIỆU") == ["0002/2027"]
    assert listed(client, q=first.printed_code.lower()) == listed(client, q="0001/2027") == ["0001/2027"]
    assert listed(client, state="revoked") == ["0002/2027"]
    assert listed(client, state="issued", year="2027") == ["0001/2027"]
    assert listed(client, q="không có ai", year="2027") == []


@pytest.mark.parametrize("query", [{"state": "gone"}, {"year": "1999"}, {"page": "x"}, {"q": "a" * 101}])
def test_a_filter_that_does_not_exist_is_refused(client, awards, query):
    assert as_(client, awards.secretary).get(reverse("certificates"), query).status_code == 400


def test_a_unit_sees_its_own_certificates_only(client, awards):
    awards.issued(awards.approved(), approved_person(awards))

    assert listed(as_(client, awards.year.head(0))) == ["0001/2027"]
    assert listed(as_(client, awards.year.head(1))) == ["0002/2027"]
    assert listed(as_(client, awards.year.head(2))) == []


def test_a_revocation_goes_from_the_certificate_to_the_signature(client, awards):
    certificate = awards.issued()[0]
    page = reverse("certificate", args=[certificate.pk])
    revoke = reverse("draft_revocation", args=[certificate.pk])
    with awards.on(REVOKED):
        as_(client, awards.secretary)
        assert revoke in client.get(page).content.decode()
        empty = client.post(revoke, {"ground": "a", "facts": " "})
        drafted = client.post(revoke, {"ground": "a", "facts": FACTS})
        waits, again = client.get(page).content.decode(), client.post(revoke, {"ground": "a", "facts": FACTS})
        decision = Decision.objects.get(kind="revocation")
        as_(client, awards.leader)
        sign = reverse("sign_decision", args=[decision.pk])
        early = client.post(sign, {"number": "987/QĐ-UBND", "dated_on": "13/03/2027"})
        signed = client.post(sign, {"number": "987/QĐ-UBND", "dated_on": f"{REVOKED:%d/%m/%Y}"})
        gone = client.get(page).content.decode()

    address = reverse("decision", args=[decision.pk])
    assert (empty.status_code, drafted.url, again.status_code) == (422, address, 409)
    assert address in waits
    assert (early.status_code, set(early.context["form"].errors)) == (422, {"dated_on"})
    assert signed.status_code == 302
    assert Certificate.objects.get().state == "revoked"
    for fact in ("987/QĐ-UBND", FACTS, 'class="notice notice-bad"', reverse("certificate_pdf", args=[certificate.pk])):
        assert fact in gone
    assert revoke not in gone


def test_a_draft_of_a_revocation_is_hidden_from_the_unit(client, awards):
    certificate = awards.issued()[0]
    decision = drafted_revocation(awards, certificate)
    with awards.on(REVOKED):
        as_(client, awards.year.head(0))
        text = client.get(reverse("certificate", args=[certificate.pk])).content.decode()
        draft = client.get(reverse("decision", args=[decision.pk]))

    assert FACTS not in text
    assert reverse("decision", args=[decision.pk]) not in text
    assert draft.status_code == 404


def test_discarding_asks_once_more(client, awards):
    decision = drafted_revocation(awards, awards.issued()[0])
    discard = reverse("discard_draft", args=[decision.pk])
    as_(client, awards.secretary)
    with awards.on(REVOKED):
        asked = client.get(discard)
        still_there = Revocation.objects.count()
        done = client.post(discard)

    assert (asked.status_code, still_there, done.url) == (200, 1, reverse("decisions"))
    assert Revocation.objects.count() == 0


def test_papers_of_a_revocation_and_lists_it_does_not_have(client, awards):
    decision = revoked(awards, awards.issued()[0])
    as_(client, awards.year.head(0))
    with awards.on(REVOKED):
        paper = client.get(reverse("decision_pdf", args=[decision.pk]))
        lists = [client.get(reverse(name, args=[decision.pk])) for name in ("awarded_excel", "bonus_excel")]

    assert paper.content.startswith(b"%PDF-")
    assert [response.status_code for response in lists] == [409, 409]


def test_the_decision_page_shows_the_bonuses(client, awards):
    decision = awards.drafted(awards.approved(), approved_person(awards))
    page = reverse("decision", args=[decision.pk])
    as_(client, awards.leader)
    with awards.on(SIGNED):
        draft = client.get(page)
        client.post(
            reverse("sign_decision", args=[decision.pk]), {"number": "415/QĐ-UBND", "dated_on": f"{SIGNED:%d/%m/%Y}"}
        )
        signed = client.get(page)

    for response in (draft, signed):
        assert response.context["total_vnd"] == 11_385_000
        assert [item.bonus_vnd for item in response.context["items"]] == [7_590_000, 3_795_000]
    assert Decision.objects.get().state == DecisionState.SIGNED
    assert reverse("bonus_excel", args=[decision.pk]) in signed.content.decode()
    assert reverse("bonus_excel", args=[decision.pk]) not in draft.content.decode()


def test_rates_are_added_through_the_page(client, awards):
    as_(client, awards.secretary)
    given = {"monthly_vnd": "2700000", "valid_from": "01/01/2028", "source": "Nghị định số 1/2028/NĐ-CP"}
    new = reverse("base_salary_new")
    unclear = client.post(new, given | {"monthly_vnd": "2.700.000"})
    added, twice = client.post(new, given), client.post(new, given)
    factor = {"form": "bang_khen", "subject": "person", "coefficient": "1,8", "round_up_to_vnd": "10000"}
    wrong = client.post(reverse("coefficient_new"), factor | given | {"coefficient": "1e1"})
    second = client.post(reverse("coefficient_new"), factor | given)
    text = client.get(reverse("bonus_rates")).content.decode()

    assert (unclear.status_code, set(unclear.context["form"].errors)) == (422, {"monthly_vnd"})
    assert (added.url, twice.status_code) == (reverse("bonus_rates"), 409)
    assert (wrong.status_code, second.status_code) == (422, 302)
    assert set(wrong.context["form"].errors) == {"coefficient"}
    assert text.count("Nghị định số 1/2028/NĐ-CP") == 2


def test_who_only_reads_rates_sees_why(client, awards):
    text = as_(client, awards.leader).get(reverse("bonus_rates")).content.decode()

    assert 'id="add-locked"' in text
    assert reverse("base_salary_new") not in text


def test_pages_cost_the_same_for_one_and_for_three(client, awards):
    as_(client, awards.secretary)
    one = awards.issued(approved_person(awards, 2, name="Bà Hà Thu Lan"), number="416/QĐ-UBND")
    counts = []
    for certificates in (one, awards.issued(*more_approved(awards, 3))):
        decision = revoked(awards, *certificates, number=f"{990 + len(certificates)}/QĐ-UBND")
        with awards.on(REVOKED):
            pages = [reverse("decision", args=[decision.pk]), reverse("certificate", args=[certificates[0].pk])]
            pages += [reverse(name) for name in ("certificates", "decisions", "bonus_rates")]
            pages.append(reverse("bonus_excel", args=[certificates[0].decision_id]))
            counts.append([queries_of(client, page) for page in pages])

    assert counts[0] == counts[1]
