"""Signing in as a program, and the units."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role, TokenScope
from accounts.services import create_token, reset_password, revoke_token, set_active
from core import clock
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db

UNITS = "/api/v1/units/"


def token(office, scope=TokenScope.READ, **changes):
    given = {"user": office.clerk, "name": "Máy", "unit": None, "last_on": office.clerk.today, "actor": office.clerk}
    return create_token(scope=scope, **given | changes)


def asked(text: str, path: str = UNITS) -> int:
    """The status of a fresh caller with this token."""
    return Client().get(path, headers={"Authorization": f"Bearer {text}"}).status_code


class TestTokens:
    def test_a_valid_one(self, office):
        _token, text = token(office)
        assert asked(text) == 200

    def test_none(self, client, office):
        answer = client.get(UNITS)
        assert (answer.status_code, answer.json()["code"]) == (401, "ERR-SIGN-IN")
        assert answer["WWW-Authenticate"] == "Bearer"

    def test_the_day_after_its_last(self, office):
        made, text = token(office)
        with clock.set_to(made.expires_at):
            assert asked(text) == 401

    def test_rights_end_at_once(self, office):
        made, text = token(office)
        revoke_token(token=made, actor=office.clerk)
        assert asked(text) == 401

    def test_with_the_account(self, office):
        _token, text = token(office)
        set_active(user=office.clerk, active=False, actor=office.administrator)
        assert asked(text) == 401

    def test_not_while_the_password_is_temporary(self, office):
        _token, text = token(office)
        reset_password(user=office.clerk, actor=office.administrator)
        assert asked(text) == 403

    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp5", "sonla_1_2", "Bearer é"])
    def test_what_is_no_token(self, client, office, header):
        assert client.get(UNITS, headers={"Authorization": header}).status_code == 401

    def test_a_wrong_token_is_refused_where_anybody_may_read(self, office):
        assert asked("sonla_1_2", "/api/v1/rankings/") == 401

    def test_a_token_in_the_address_is_none(self, client, office):
        _token, text = token(office)
        assert client.get(f"{UNITS}?token={text}").status_code == 401

    def test_it_never_becomes_a_session(self, office):
        _token, text = token(office)
        client = Client()
        answer = client.get(UNITS, headers={"Authorization": f"Bearer {text}"})
        assert (answer.status_code, list(answer.cookies)) == (200, [])
        assert client.get(UNITS).status_code == 401

    def test_with_a_unit_only_the_roles_for_that_unit_count(self, office):
        office.clerk.memberships.create(role=Role.AUDITOR, unit=office.agency, from_on=office.clerk.today)
        office.clerk.forget_roles()
        _token, narrow = token(office, unit=office.commune)
        _token, wide = token(office)
        assert (asked(narrow, "/api/v1/cycles/"), asked(wide, "/api/v1/cycles/")) == (404, 200)


class TestSessions:
    def test_an_act_needs_the_csrf_token(self, office):
        client = Client(enforce_csrf_checks=True)
        client.force_login(office.clerk)
        path = "/api/v1/assessments/1/prepare/"
        client.cookies["csrftoken"] = "c" * 32

        refused = client.post(path, content_type="application/json")
        taken = client.post(path, content_type="application/json", headers={"X-CSRFToken": "c" * 32})

        assert (refused.status_code, refused.json()["code"]) == (403, "ERR-NOT-ALLOWED")
        assert taken.status_code == 404

    def test_a_temporary_password_opens_nothing(self, client, office):
        reset_password(user=office.clerk, actor=office.administrator)
        office.clerk.refresh_from_db()
        client.force_login(office.clerk)
        assert client.get(UNITS).status_code == 403


class TestUnits:
    @pytest.fixture
    def clerk(self, client, office):
        client.force_login(office.clerk)
        return client

    def test_one_of_them(self, clerk, office):
        unit = clerk.get(f"{UNITS}03856/").json()
        assert unit == {
            "code": "03856",
            "name": "Xã Bắc Yên",
            "short_name": "Bắc Yên",
            "name_en": "Xã Bắc Yên",
            "kind": "commune",
            "group": "commune",
            "former_district": "",
            "merged_from": "",
            "area_km2": "",
            "population": None,
            "certainty": "confirmed",
            "is_active": True,
        }
        assert clerk.get(f"{UNITS}VPUBND/").json()["group"] is None
        assert clerk.get(f"{UNITS}0/").status_code == 404

    @pytest.mark.parametrize(
        ("query", "codes"),
        [
            ({"q": "bac yen"}, ["03856"]),
            ({"q": "%"}, []),
            ({"group": "commune"}, ["03856", "03862"]),
            ({"group": "-"}, ["VPUBND"]),
            ({"kind": "department"}, ["VPUBND"]),
            ({"certainty": "uncertain"}, []),
        ],
    )
    def test_filters(self, clerk, query, codes):
        assert [unit["code"] for unit in clerk.get(UNITS, query).json()["results"]] == codes

    def test_groups(self, clerk):
        assert clerk.get("/api/v1/groups/").json()["results"] == [
            {"code": "commune", "name": "Xã, phường", "name_en": "Commune", "position": 0}
        ]

    def test_three_more_units_cost_no_more_queries(self, clerk, office):
        counts = []
        for codes in ((), ("1", "2", "3")):
            for code in codes:
                make_unit(code * 5, f"Xã {code}", group=office.commune.group)
            clerk.get(UNITS)  # the limit's first count of the minute
            with CaptureQueriesContext(connection) as queries:
                assert clerk.get(UNITS).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]
