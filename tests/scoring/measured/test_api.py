"""The same act for programs."""

import json

import pytest
from django.urls import reverse

from tests.scoring.measured.conftest import ORIGIN

pytestmark = pytest.mark.django_db


def post(client, year, code="P.2", dry_run=False, measured_on="2026-11-05", **values):
    body = {
        "origin": ORIGIN,
        "measured_on": measured_on,
        "dry_run": dry_run,
        "units": [{"unit": year.units[int(unit[1:])].code, "values": {"value": text}} for unit, text in values.items()],
    }
    address = reverse("api_values", args=[year.cycle.year, "small", code])
    return client.post(address, json.dumps(body), content_type="application/json")


@pytest.fixture
def client(filing, as_user):
    return as_user(filing.people["appraiser"])


def test_dry_run_says_what_would_happen_and_writes_nothing(client, filing):
    answer = post(client, filing, dry_run=True, u0="3", u1="1.234").json()

    assert answer["changed"] == 1
    assert [bool(one["faults"]) for one in answer["units"]] == [False, True]
    assert answer["units"][0] == {
        "unit": "11111",
        "values": {"value": "3"},
        "points": "0.3",
        "is_new": True,
        "faults": [],
    }
    assert filing.answer("P.2").values == {}


def test_all_or_none_and_twice_has_the_effect_of_once(client, filing):
    refused = post(client, filing, u0="3", u1="-1")
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["/units/1"])

    assert post(client, filing, u0="3", u1="4").json()["changed"] == 2
    assert post(client, filing, u0="3", u1="4").json()["changed"] == 0
    assert filing.answer("P.2", 1).values == {"value": "4"}


def test_unknown_keys_and_criteria(client, filing):
    address = reverse("api_values", args=[2026, "small", "P.2"])
    body = {"origin": ORIGIN, "measured_on": "2026-11-05", "units": [{"unit": "11111", "values": {"wert": "1"}}]}
    answer = client.post(address, json.dumps(body), content_type="application/json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["/units/0/values/wert"])
    assert post(client, filing, code="A.1", u0="1").status_code == 404
    assert post(client, filing, code="Z.9", u0="1").status_code == 404
