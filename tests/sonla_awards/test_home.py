"""The home page's side column follows the year: claimed, provisional, published."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.year import APPRAISED, EXPLAINED, Year
from tests.stages import APPRAISING

pytestmark = pytest.mark.django_db


def shown(year: Year, client):
    """(total, rank, whether published) of the side column, and the page."""
    client.force_login(year.head())
    response = client.get(reverse("home"))
    one = response.context["standing"]
    return one and (one.row.total, one.row.rank, one.is_published), response.content.decode()


def test_the_side_column_follows_the_year(year, client):
    year.to_appraisal()
    with year.on(APPRAISING):
        year.appraise_now()
        year.compute()
        claimed, before = shown(year, client)
    with year.on(APPRAISED):
        year.release_now()
        provisional, during = shown(year, client)
    year.publish()
    with year.on(EXPLAINED):
        published, after = shown(year, client)

    assert (claimed, 'id="standing"' in before) == (None, False)
    assert provisional == (Decimal("9.5"), 1, False)
    assert f'href="{reverse("provisional", args=[year.assessment().pk])}"' in during
    assert published == (Decimal("9.5"), 1, True)
    assert f'href="{reverse("public_unit", args=[2026, year.group.code, year.units[0].code])}"' in after


def test_the_deadline_of_the_filing_stands_there_only_while_filing(year, client):
    closing = "06:59:59 ngày 11/12/2026"
    with year.filing():
        assert closing in shown(year, client)[1]
    year.to_appraisal()
    with year.on(APPRAISING):
        assert closing not in shown(year, client)[1]
