"""Awards in force by program: whom the decisions commend, and no secret."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

PATH = "/api/v1/awards/"


def test_nothing_before_the_certificates_are_issued(client, awards):
    awards.signed()
    assert client.get(PATH).json()["results"] == []


def test_an_award(client, awards):
    (certificate,) = awards.issued()
    answer = client.get(PATH)
    assert answer.json()["results"] == [
        {
            "number": certificate.book_number,
            "form": "bang_khen",
            "subject": "collective",
            "recipient_name": certificate.recipient_name,
            "unit": "11111",
            "unit_name": "Xã Ngọc Chiến",
            "decision_number": "415/QĐ-UBND",
            "decision_on": certificate.decision.dated_on.isoformat(),
        }
    ]
    for secret in (certificate.token, certificate.code, certificate.printed_code):
        assert secret not in answer.content.decode()


def test_filters(client, awards):
    (certificate,) = awards.issued()
    assert client.get(PATH, {"year": certificate.year, "form": "bang_khen"}).json()["count"] == 1
    assert client.get(PATH, {"form": "giay_khen"}).json()["count"] == 0
    assert client.get(PATH, {"year": certificate.year + 1}).json()["count"] == 0
    assert client.get(PATH, {"code": certificate.code}).status_code == 400


def test_a_second_award_costs_no_more_queries(client, awards):
    counts = []
    with awards.on(awards.met_at):
        made = [awards.eligible(index) for index in (0, 1)]
    first, second = awards.approved(made[0]), awards.approved(made[1])
    awards.issued(first, second)
    for size in ("1", "1", "2"):  # the first request of a minute begins the count
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(PATH, {"page_size": size}).json()["results"]) == int(size)
        counts.append(len(queries))
    assert counts[1] == counts[2]
