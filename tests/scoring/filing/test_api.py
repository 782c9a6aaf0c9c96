"""Filing by program: the same service, the same refusals."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import TokenScope
from accounts.services import create_token
from core import clock
from core.audit.models import AuditEntry
from scoring.models import Answer, Submission
from tests.factories.people import PASSWORD
from tests.factories.year import LOCKS

LIST = "/api/v1/assessments/"


class Caller:
    """A program with a session or a token; `put` and `post` send JSON."""

    def __init__(self, **headers):
        self.client, self.headers = Client(), headers

    def get(self, path, query=None):
        return self.client.get(path, query or {}, headers=self.headers)

    def send(self, method, path, body=None, **more):
        data = body if isinstance(body, str) else json.dumps({} if body is None else body)
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        return self.client.generic(method, path, data, "application/json", headers=self.headers | headers)

    def put(self, path, body, **more):
        return self.send("PUT", path, body, **more)

    def post(self, path, body=None, **more):
        return self.send("POST", path, body, **more)


@pytest.fixture
def filing(year):
    with year.filing():
        yield year


def as_person(user) -> Caller:
    caller = Caller()
    caller.client.force_login(user)
    return caller


def with_token(user, scope, unit=None) -> Caller:
    _token, text = create_token(user=user, name="Máy", scope=scope, unit=unit, last_on=clock.today(), actor=user)
    return Caller(Authorization=f"Bearer {text}")


@pytest.fixture
def clerk(filing) -> Caller:
    return as_person(filing.officer(0))


def form(year, index=0) -> str:
    return f"{LIST}{year.assessment(index).pk}/"


def line(year, code="B.1") -> str:
    return f"{form(year)}answers/{code}/"


def declared(**changes) -> dict:
    return {"values": {"a": "60", "b": "100"}, "explanation": "Có hồ sơ.", "asks_not_applicable": False} | changes


class TestReading:
    def test_the_form_with_its_lines(self, filing, clerk):
        filing.fill(0)
        answer = clerk.get(form(filing))
        read = answer.json()
        assert answer["ETag"] == f'"{filing.assessment(0).version}"'
        assert (read["unit"], read["year"], read["state"]) == ("11111", 2026, "draft")
        assert [one["code"] for one in read["answers"]] == [
            "A.1",
            "A.2",
            "A.3",
            "B.1",
            "B.2",
            "B.3",
            "T.1",
            "P.1",
            "P.2",
        ]
        ratio = read["answers"][3]
        assert (ratio["values"], ratio["max_points"], ratio["claimed_points"]) == ({"a": "90", "b": "100"}, "3", "3")
        assert [(one["name"], one["type"]) for one in ratio["inputs"]] == [("a", "integer"), ("b", "integer")]
        assert ratio["finding"]["kind"] == "evidence"
        assert "appraised_points" not in json.dumps(read)

    def test_only_what_the_person_may_see(self, filing, clerk):
        assert [one["unit"] for one in clerk.get(LIST).json()["results"]] == ["11111"]
        assert clerk.get(form(filing, 1)).status_code == 404
        assert clerk.get(f"{form(filing, 1)}answers/A.1/").status_code == 404

    def test_filters(self, filing):
        secretary = as_person(filing.people["secretary"])
        assert secretary.get(LIST, {"year": "2026", "state": "draft"}).json()["count"] == 3
        assert secretary.get(LIST, {"year": "2025"}).json()["count"] == 0
        assert secretary.get(LIST, {"state": "gone"}).status_code == 400

    def test_three_rows_cost_no_more_queries_than_one(self, filing):
        secretary, counts = as_person(filing.people["secretary"]), []
        for size in ("1", "1", "3"):  # the first request of a minute begins the count
            with CaptureQueriesContext(connection) as queries:
                assert len(secretary.get(LIST, {"page_size": size}).json()["results"]) == int(size)
            counts.append(len(queries))
        assert counts[1] == counts[2]


class TestSaving:
    def test_a_line_is_saved_with_its_points(self, filing, clerk):
        answer = clerk.put(line(filing), declared(), If_Match='"0"')
        assert (answer.status_code, answer["ETag"]) == (200, '"1"')
        assert answer.json()["claimed_points"] == "2.25"
        saved = filing.answer("B.1")
        assert (saved.values, saved.updated_by, saved.version) == ({"a": "60", "b": "100"}, filing.officer(0), 1)
        assert AuditEntry.objects.latest("seq").action == "answer.save"

    def test_without_a_version(self, filing, clerk):
        answer = clerk.put(line(filing), declared())
        assert (answer.status_code, answer.json()["code"]) == (428, "ERR-VERSION-NEEDED")

    @pytest.mark.parametrize("tag", ["0", "*", '"x"', '"0", "1"', '"0'])
    def test_with_an_unreadable_version(self, filing, clerk, tag):
        answer = clerk.put(line(filing), declared(), If_Match=tag)
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["If-Match"])

    def test_with_an_old_version(self, filing, clerk):
        clerk.put(line(filing), declared(), If_Match='"0"')
        answer = clerk.put(line(filing), declared(explanation="Khác."), If_Match='"0"')
        assert (answer.status_code, answer.json()["code"]) == (412, "ERR-VERSION")
        assert filing.answer("B.1").explanation == "Có hồ sơ."

    def test_the_same_again_changes_nothing(self, filing, clerk):
        for _again in range(2):
            answer = clerk.put(line(filing), declared(), If_Match='"0"')
        assert (answer.status_code, filing.answer("B.1").version) == (200, 1)

    @pytest.mark.parametrize(
        ("body", "places"),
        [
            (declared(state="accepted"), ["/state"]),
            (declared(claimed_points="3", version=1), ["/claimed_points", "/version"]),
            (declared(values={"c": "1"}), ["/values/c"]),
            (declared(values={"a": 60}), ["/values/a"]),
            (declared(values={"a": None}), ["/values/a"]),
            (declared(values=["60"]), ["/values"]),
            (declared(explanation=None), ["/explanation"]),
            (declared(asks_not_applicable="true"), ["/asks_not_applicable"]),
            (declared(asks_not_applicable=1), ["/asks_not_applicable"]),
            ({"values": {}}, ["/asks_not_applicable", "/explanation"]),
            ([], [""]),
        ],
    )
    def test_a_malformed_body_is_pointed_at(self, filing, clerk, body, places):
        answer = clerk.put(line(filing), body, If_Match='"0"')
        assert (answer.status_code, sorted(answer.json()["fields"])) == (400, places)
        assert not Answer.objects.filter(version__gt=0).exists()

    @pytest.mark.parametrize("text", ["1,5", "1.234", "１２", "x", "-1", "1" * 100])
    def test_a_wrong_value_is_pointed_at(self, filing, clerk, text):
        answer = clerk.put(line(filing), declared(values={"a": text, "b": "100"}), If_Match='"0"')
        assert (answer.status_code, list(answer.json()["fields"])) == (422, ["/values/a"])

    def test_a_body_of_another_kind(self, filing, clerk):
        headers = {"If-Match": '"0"'}
        for kind in ("text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            answer = clerk.client.generic("PUT", line(filing), "a=1", kind, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (415, "ERR-MEDIA-TYPE")

    def test_a_large_body(self, filing, clerk):
        answer = clerk.put(line(filing), declared(explanation="x" * 300_000), If_Match='"0"')
        assert (answer.status_code, answer.json()["code"]) == (413, "ERR-TOO-LARGE")

    def test_after_the_deadline(self, filing, clerk):
        with filing.on(LOCKS):
            answer = clerk.put(line(filing), declared(), If_Match='"0"')
        assert (answer.status_code, answer.json()["code"]) == (409, "ERR-DEADLINE")


class TestTokens:
    def test_a_token_to_read_does_not_act(self, filing):
        caller = with_token(filing.officer(0), TokenScope.READ)
        assert caller.get(form(filing)).status_code == 200
        assert caller.put(line(filing), declared(), If_Match='"0"').status_code == 403
        assert caller.post(f"{form(filing)}prepare/").status_code == 403

    def test_a_token_to_file_acts_as_its_person(self, filing):
        caller = with_token(filing.officer(0), TokenScope.FILE, filing.units[0])
        assert caller.put(line(filing), declared(), If_Match='"0"').status_code == 200
        assert filing.answer("B.1").updated_by == filing.officer(0)
        assert caller.get(form(filing, 1)).status_code == 404


SIGNED = {"password": PASSWORD}


class TestSubmitting:
    def test_from_the_form_to_the_receipt(self, filing, clerk):
        filing.fill(0)
        head = as_person(filing.head(0))

        prepared = clerk.post(f"{form(filing)}prepare/")
        submitted = head.post(f"{form(filing)}submit/", SIGNED, If_Match=prepared["ETag"])
        again = head.post(f"{form(filing)}submit/", SIGNED, If_Match=prepared["ETag"])

        receipt = Submission.objects.get()
        assert (prepared.status_code, prepared.json()["state"]) == (200, "prepared")
        assert submitted.json() == again.json() == clerk.get(f"{form(filing)}receipt/").json()
        assert submitted.json()["receipt_code"] == receipt.receipt_code
        assert (submitted.json()["sha256"], submitted.json()["on_time"]) == (receipt.sha256, True)

    def test_what_is_missing_is_pointed_at(self, filing, clerk):
        answer = clerk.post(f"{form(filing)}prepare/")
        assert (answer.status_code, answer.json()["code"]) == (422, "ERR-INCOMPLETE")
        assert list(answer.json()["fields"])[:2] == ["/answers/A.1", "/answers/A.2"]

    def test_only_the_version_that_was_read(self, filing, clerk):
        filing.fill(0)
        head = as_person(filing.head(0))
        old = clerk.post(f"{form(filing)}prepare/")["ETag"]
        clerk.post(f"{form(filing)}reopen/")
        clerk.post(f"{form(filing)}prepare/")

        assert head.post(f"{form(filing)}submit/", SIGNED).status_code == 428
        assert head.post(f"{form(filing)}submit/", SIGNED, If_Match=old).status_code == 412
        assert not Submission.objects.exists()

    def test_an_act_takes_no_body(self, filing, clerk):
        answer = clerk.post(f"{form(filing)}prepare/", {"force": True})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["/force"])

    def test_no_receipt_before(self, filing, clerk):
        assert clerk.get(f"{form(filing)}receipt/").status_code == 404
