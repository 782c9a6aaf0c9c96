"""Every address × method × person, against the table."""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.rights
from accounts.models import User
from tests.factories.year import APPRAISED, EXPLAINED, LOCKS, OPENS, Year, make_year
from tests.rights.row import Row

STAGES = ("filing", "prepared", "appraisal", "explanation", "published")
# Machinery without rights of its own: allauth's pages and Django's language switch.
OPEN_MACHINERY = {"account_login", "account_logout", "account_change_password", "set_language"}


def all_rows() -> list[Row]:
    rows = []
    for module in pkgutil.iter_modules(tests.rights.__path__):
        if module.name.startswith("rows_"):
            rows += importlib.import_module(f"tests.rights.{module.name}").ROWS
    return rows


def url_names(resolver: URLResolver | None = None) -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from url_names(pattern)


def test_every_address_has_a_row():
    assert set(url_names()) - {row.url_name for row in all_rows()} == OPEN_MACHINERY


def bring_to(year: Year, stage: str):
    """Drive the year to the stage; the moment at which the rows are tried."""
    if stage in ("filing", "prepared"):
        with year.filing():
            year.fill(0)
            if stage == "prepared":
                from scoring.filing.services import prepare  # noqa: PLC0415 - only this stage needs it

                prepare(assessment=year.assessment(0), actor=year.officer(0))
        return OPENS.replace(day=12)
    year.to_appraisal()
    if stage == "appraisal":
        return LOCKS.replace(hour=9)
    year.appraise().to_explanation()
    if stage == "explanation":
        return APPRAISED.replace(hour=9)
    year.publish()
    return EXPLAINED.replace(hour=9)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_the_table_of_rights_holds(stage):
    rows = [row for row in all_rows() if row.stage == stage]
    year = make_year()
    moment = bring_to(year, stage)

    wrong = []
    with year.on(moment):
        signed_in = {person: session_of(user) for person, user in year.people.items()}
        for row in rows:
            with undone():
                url, data = reverse(row.url_name, kwargs=row.kwargs(year)), row.data(year)
                for person in ["visitor", *year.people]:
                    wanted = row.expect.get(person, 302 if person == "visitor" else row.otherwise)
                    got = _try(row, year, url, data, signed_in.get(person, {}))
                    if got != wanted:
                        wrong.append(
                            f"{row.method} {row.url_name} ({row.stage}) as {person}: {got}, the table says {wanted}"
                        )
    assert wrong == []


@contextmanager
def undone() -> Iterator[None]:
    """Everything written within is rolled back at the end."""
    block = transaction.atomic()
    block._from_testcase = True  # the outermost doors are durable; this block is the test's, not the product's
    with block:
        yield
        transaction.set_rollback(True)


def session_of(user: User) -> dict[str, str]:
    """The cookie of somebody who has signed in; taken once, since every try is undone."""
    client = Client()
    client.force_login(user)
    return {name: cookie.value for name, cookie in client.cookies.items()}


def _try(row: Row, year: Year, url: str, data: dict, cookies: dict[str, str]) -> int:
    client = Client(raise_request_exception=True)
    client.cookies.load(cookies)
    with undone():
        for value in data.values():
            if isinstance(value, UploadedFile):
                value.seek(0)
        more = {"content_type": "application/json", "headers": row.headers(year)} if row.json else {}
        return getattr(client, row.method.lower())(url, data, **more).status_code
