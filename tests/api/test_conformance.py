"""Schemathesis: requests made from the description, right and wrong ones, sent by every kind of caller.

No failure of the server, no status or body that the description does not know, no address that ignores who asks, no
malformed request that is accepted. API_EXAMPLES=200 asks for more of each kind than the usual few.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.openapi import from_wsgi
from schemathesis.specs.openapi import checks

from accounts.enums import TokenScope
from accounts.services import create_token
from core import clock
from tests.factories.year import EXPLAINED, Year
from tests.nominations.thin import awards_of

pytestmark = pytest.mark.slow
EXAMPLES = int(os.environ.get("API_EXAMPLES", "2"))
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.ignored_auth,
    checks.unsupported_method,
]
# A cookie and a header that agree: what a page of ours would send.
CSRF = "c" * 32
FEW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def with_session(user) -> dict:
    client = Client()
    client.force_login(user)
    cookies = {"sessionid": client.cookies["sessionid"].value, "csrftoken": CSRF}
    # Schemathesis takes the cookies that are sent so for made up; callers with tokens are checked, and anonymous ones.
    return {"cookies": cookies, "headers": {"X-CSRFToken": CSRF}, "excluded_checks": [checks.ignored_auth]}


def with_token(user, scope: TokenScope, unit=None) -> dict:
    _token, text = create_token(user=user, name="Máy", scope=scope, unit=unit, last_on=clock.today(), actor=user)
    return {"headers": {"Authorization": f"Bearer {text}"}}


def callers(year: Year) -> dict[str, dict]:
    people = ("officer0", "head0", "appraiser", "secretary", "administrator")
    return {
        "anonymous": {},
        **{name: with_session(year.people[name]) for name in people},
        "token to read": with_token(year.head(0), TokenScope.READ),
        "token to file": with_token(year.head(0), TokenScope.FILE, year.units[0]),
    }


def application(environ: dict, start_response):
    """The product, reached from somewhere: every limit is counted by address."""
    return _product(environ | {"REMOTE_ADDR": "192.0.2.1"}, start_response)


_product = get_wsgi_application()


def operations() -> Iterator:
    for result in from_wsgi("/api/v1/schema/", application).get_all_operations():
        yield result.ok()


def real_places(year: Year, operation) -> dict:
    """Path parameters and versions that exist, as far as the operation has them."""
    known = {"id": year.assessment(0).pk, "year": 2026, "group": "commune", "unit": year.units[0].code}
    known |= {"earlier": 2025, "criteria_set": "small", "agency": year.agency.code}
    code = {"answer": "A.3", "answer_save": "A.3", "unit": year.units[0].code, "criteria_set": "small"}
    code |= {"values_import": "P.2"}
    known["code"] = code.get(operation.definition.raw["operationId"])
    names = {parameter.name for parameter in operation.path_parameters}
    versions = {"answer_save": year.answer("A.3").version, "assessment_submit": year.assessment(0).version}
    version = versions.get(operation.definition.raw["operationId"])
    places = {"path_parameters": {name: known[name] for name in names}} if names else {}
    return places | ({"headers": {"If-Match": f'"{version}"'}} if version is not None else {})


def send_all(year: Year, wanted: Callable[[str], bool]) -> tuple[list[str], Counter]:
    """Every operation × (made up, real places) × (right, wrong requests) × caller: what went wrong, and the statuses."""
    wrong, statuses, known = [], Counter(), callers(year)

    def send(case: Case) -> None:
        for name, credentials in known.items():
            block = transaction.atomic()
            block._from_testcase = True  # the outermost doors are durable; this block is the test's
            with block:
                try:
                    response = case.call_and_validate(checks=CHECKS, **credentials)
                    statuses[case.operation.label, name, response.status_code] += 1
                except FailureGroup as failures:
                    wrong.append(f"{name}: {case.operation.label}: {failures}")
                transaction.set_rollback(True)

    for operation in operations():
        if not wanted(operation.path):
            continue
        for places in ({}, real_places(year, operation)):
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                with suppress(Unsatisfiable):  # where nothing can be wrong with a request
                    FEW(given(case=operation.as_strategy(generation_mode=mode, **places))(send))()
    print(f"{sum(statuses.values())} requests, {len(wrong)} failures")
    return wrong, statuses


@pytest.fixture(autouse=True)
def _no_limit(settings):
    """No limit a minute; and a request does not close the connection that the test's transaction lives in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    settings.API_ANONYMOUS_A_MINUTE = settings.API_SIGNED_IN_A_MINUTE = 10**9
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_while_the_year_is_open(year):
    with year.filing():
        year.fill(0)
        wrong, statuses = send_all(year, lambda path: "/rankings/" not in path and "/awards/" not in path)

    assert wrong == []
    assert statuses["GET /api/v1/cycles/{year}/", "secretary", 200]
    assert statuses["GET /api/v1/assessments/{id}/answers/{code}/", "token to file", 200]
    assert statuses["POST /api/v1/assessments/{id}/prepare/", "officer0", 200]
    assert statuses["POST /api/v1/assessments/{id}/prepare/", "token to read", 403]
    assert statuses["POST /api/v1/assessments/{id}/prepare/", "appraiser", 404]
    seen_by_anybody = {label for label, caller, status in statuses if caller == "anonymous" and status < 400}
    assert {label.split("/")[3] for label in seen_by_anybody} == {"criteria-sets"}


def test_what_is_published(year):
    year.all_the_way()
    awards_of(year).issued()
    with year.on(EXPLAINED):
        wrong, statuses = send_all(year, lambda path: "/rankings/" in path or "/awards/" in path)

    assert wrong == []
    assert statuses["GET /api/v1/rankings/{year}/{group}/rows/{unit}/", "anonymous", 200]
    assert statuses["GET /api/v1/awards/", "anonymous", 200]
