"""The one clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from core import clock

NOON = datetime(2026, 12, 10, 17, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_now_is_the_databases_aware_time():
    moment = clock.now()

    assert moment.utcoffset() == timedelta(0)
    assert abs(moment - datetime.now(UTC)) < timedelta(seconds=5)


def test_inside_the_seam_the_clock_stands_still():
    with clock.set_to(NOON):
        assert clock.now() == NOON


def test_today_is_the_date_in_son_la():
    with clock.set_to(NOON):
        assert clock.today().isoformat() == "2026-12-11"


def test_production_keeps_the_seam_shut(settings):
    settings.CLOCK_MAY_BE_SET = False

    with pytest.raises(ImproperlyConfigured), clock.set_to(NOON):
        pass


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"), clock.set_to(datetime(2026, 1, 1)):
        pass
