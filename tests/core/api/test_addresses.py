"""What holds for every address: who may ask is stated, parameters and methods are known, there is a limit."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.urls import get_resolver
from rest_framework.permissions import AllowAny, BasePermission

from core import clock
from core.api.permissions import Nobody, SignedIn
from core.api.views import Endpoint
from tests.factories.people import make_unit, make_user

pytestmark = pytest.mark.django_db

PUBLIC = {
    "api_schema",
    "api_criteria_sets",
    "api_criteria_set",
    "api_criteria_set_difference",
    "api_awards",
    "api_nothing",
} | {f"api_ranking{part}" for part in ("s", "", "_rows", "_row")}


def views() -> dict[str, type[Endpoint]]:
    api = next(one for one in get_resolver().url_patterns if str(one.pattern) == "api/")
    return {one.name: one.callback.cls for one in api.url_patterns}


def test_every_view_states_who_may_ask():
    stated = {name: vars(view).get("permission_classes") for name, view in views().items()}
    assert len(stated) > 15
    assert {name: [AllowAny] if name in PUBLIC else [SignedIn] for name in stated} == stated


def test_every_view_stands_on_the_common_ground():
    assert [name for name, view in views().items() if not issubclass(view, Endpoint)] == []


def test_a_view_that_states_nothing_lets_nobody_in():
    assert Endpoint.permission_classes == [Nobody]
    assert issubclass(Nobody, BasePermission)
    assert not Nobody().has_permission(None, None)


@pytest.fixture
def clerk(client):
    make_unit("11111", "Xã Ngọc Chiến")
    user = make_user("canbo")
    client.force_login(user)
    return client


class TestParameters:
    @pytest.mark.parametrize(
        ("query", "places"),
        [
            ("ordering=password", ["?ordering"]),
            ("unit__users__email=a", ["?unit__users__email"]),
            ("page=-1", ["?page"]),
            ("page=0", ["?page"]),
            ("page=1000000000", ["?page"]),
            ("page=１", ["?page"]),
            ("page=1.0", ["?page"]),
            ("page_size=101", ["?page_size"]),
            ("page_size=0", ["?page_size"]),
            ("page=1&page=1", ["?page"]),
            ("token=sonla_1_2", ["?token"]),
            ("kind=king", ["?kind"]),
            ("a=1&page=x", ["?a", "?page"]),
            (f"q={'x' * 101}", ["?q"]),
        ],
    )
    def test_each_wrong_one_is_named(self, clerk, query, places):
        answer = clerk.get(f"/api/v1/units/?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "ERR-MALFORMED")
        assert sorted(answer.json()["fields"]) == places

    def test_a_page_behind_the_last(self, clerk):
        assert clerk.get("/api/v1/units/?page=2").status_code == 404

    def test_pages(self, clerk):
        make_unit("22222", "Phường Tô Hiệu")
        page = clerk.get("/api/v1/units/?page=2&page_size=1").json()
        assert {name: page[name] for name in ("count", "page", "page_size")} == {"count": 2, "page": 2, "page_size": 1}
        assert [unit["code"] for unit in page["results"]] == ["22222"]

    @pytest.mark.parametrize("path", ["/api/v1/units/?q=%00", "/api/v1/units/a%00b/"])
    def test_impossible_characters_are_a_problem_and_no_page(self, clerk, path):
        answer = clerk.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


class TestMethodsAndAddresses:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
    def test_an_unknown_method(self, clerk, method):
        answer = getattr(clerk, method)("/api/v1/groups/")
        assert (answer.status_code, answer.json()["code"]) == (405, "ERR-METHOD")
        assert answer["Allow"] == "GET, HEAD"

    def test_no_method_is_overridden(self, clerk):
        answer = clerk.post("/api/v1/groups/", headers={"X-HTTP-Method-Override": "GET"})
        assert answer.status_code == 405

    def test_head(self, clerk):
        answer = clerk.head("/api/v1/groups/")
        assert (answer.status_code, answer.content) == (200, b"")

    @pytest.mark.parametrize(
        "path", ["", "v1/", "v2/units/", "v1/units", "v1/cycles/99999999999999999999/", "v1/cycles/x/"]
    )
    def test_what_is_not_there(self, clerk, path):
        answer = clerk.get(f"/api/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert {**answer.json(), "message": ""} == {"status": 404, "code": "ERR-NOT-FOUND", "message": "", "fields": {}}

    def test_the_answer_is_json_whatever_is_asked_for(self, clerk):
        answer = clerk.get("/api/v1/groups/", headers={"Accept": "text/html"})
        assert answer["Content-Type"] == "application/json"

    def test_a_failure_of_ours_is_a_problem_without_its_reason(self, clerk, monkeypatch):
        from accounts import api  # noqa: PLC0415 - only this test breaks it

        monkeypatch.setattr(api, "paged", None)
        clerk.raise_request_exception = False
        answer = clerk.get("/api/v1/groups/")
        assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
        assert answer.json()["code"] == "ERR-FAILED"
        assert "NoneType" not in answer.content.decode()


class TestLimit:
    @pytest.fixture(autouse=True)
    def _a_minute(self, settings):
        cache.clear()
        settings.API_ANONYMOUS_A_MINUTE, settings.API_SIGNED_IN_A_MINUTE = 2, 3
        with clock.set_to(datetime(2026, 11, 23, 5, 0, 40, tzinfo=UTC)):
            yield

    def test_by_address(self, client):
        statuses = [client.get("/api/v1/rankings/").status_code for _number in range(3)]
        refused = client.get("/api/v1/rankings/")
        other = client.get("/api/v1/rankings/", REMOTE_ADDR="192.0.2.7")

        assert statuses == [200, 200, 429]
        assert (refused.json()["code"], refused["Retry-After"]) == ("ERR-TOO-MANY", "20")
        assert other.status_code == 200

    def test_wrong_tokens_count_too(self, client):
        wrong = {"Authorization": "Bearer sonla_1_2"}
        assert [client.get("/api/v1/units/", headers=wrong).status_code for _n in range(3)] == [401, 401, 429]

    def test_by_person(self, clerk):
        assert [clerk.get("/api/v1/groups/").status_code for _number in range(4)] == [200, 200, 200, 429]

    def test_the_next_minute_begins_anew(self, client):
        for _number in range(3):
            client.get("/api/v1/rankings/")
        with clock.set_to(datetime(2026, 11, 23, 5, 1, tzinfo=UTC)):
            assert client.get("/api/v1/rankings/").status_code == 200


def test_the_description_is_whole_and_in_english(client):
    from drf_spectacular.validation import validate_schema  # noqa: PLC0415 - a slow import that only this test needs

    described = client.get("/api/v1/schema/").json()

    validate_schema(described)
    assert len(described["paths"]) == len(views()) - 2  # itself, and what is not there
    operations = [one for path in described["paths"].values() for one in path.values()]
    assert all(one["summary"].isascii() and one["operationId"] for one in operations)
    assert all("429" in one["responses"] for one in operations)
