"""A year that is being filed, and figures of P.2 (measured, 0.1 off for each, at most 1)."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from openpyxl import Workbook

from accounts.models import User
from scoring.measured.judging import Given
from scoring.measured.services import import_values
from tests.factories.year import OPENS, Year

ORIGIN = "Hệ thống thông tin giải quyết thủ tục hành chính tỉnh"
ON = date(2026, 11, 5)


@pytest.fixture
def filing(year):
    with year.on(OPENS.replace(day=12)):
        yield year


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def criterion(year: Year):
    return year.answer("P.2").criterion


def given(year: Year, **values: str) -> list[Given]:
    """`u0="3", u1="12"`: the figure of each unit by its index."""
    return [Given(f"Dòng {unit[1:]}", year.units[int(unit[1:])].code, {"value": text}) for unit, text in values.items()]


def bring_in(year: Year, actor: str = "appraiser", origin: str = ORIGIN, on: date = ON, **values: str) -> int:
    return import_values(
        cycle=year.cycle,
        criterion=criterion(year),
        given=given(year, **values),
        origin=origin,
        measured_on=on,
        actor=year.people[actor],
    )


def book(*rows: list) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()
