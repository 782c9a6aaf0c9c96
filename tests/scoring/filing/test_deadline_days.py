"""Days as people mean them and moments as they are kept: midnight in Sơn La, year ends, leap days, a gate opened again (D3)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from core.days import end_of, last_day
from core.errors import OutOfTime
from scoring.cycles.calendar import Calendar
from scoring.cycles.services import change_calendar
from scoring.filing.services import prepare
from scoring.models import Cycle
from tests.factories.year import CALENDAR, LOCKS, OPENS

pytestmark = pytest.mark.django_db

MILLISECOND, DAY = timedelta(milliseconds=1), timedelta(days=1)
LAST_DAYS = [date(2026, 12, 31), date(2027, 2, 28), date(2028, 2, 28), date(2028, 2, 29), date(2027, 12, 31)]


def closing_on(year, day: date) -> datetime:
    """The cycle, with the form of unit 0 before the head; on time through `day`, which is also the last day of all."""
    end = end_of(day)
    Cycle.objects.update(
        filing_opens_at=end - 40 * DAY,
        filing_closes_at=end,
        filing_locks_at=end + DAY,
        appraisal_closes_at=end + 20 * DAY,
        explanation_closes_at=end + 30 * DAY,
    )
    with year.on(end - 10 * DAY):
        prepare(assessment=year.fill(), actor=year.officer())
    return end


@pytest.mark.parametrize("day", LAST_DAYS)
def test_a_day_ends_at_the_next_midnight_in_son_la(day):
    end = end_of(day)
    assert end.astimezone(UTC) == datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    assert last_day(end) == day
    assert last_day(end + MILLISECOND) == day  # a second counts: 23:59:59 is shown
    assert last_day(end + timedelta(seconds=1)) == day + DAY


@pytest.mark.parametrize("day", LAST_DAYS)
@pytest.mark.parametrize("away", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_last_millisecond_of_the_day_is_on_time_wherever_the_server_stands(year, day, away):
    end = closing_on(year, day)
    with timezone.override(ZoneInfo(away)), year.on(end - MILLISECOND):
        year.sign()
    assert (year.assessment().on_time, year.assessment().late_minutes) == (True, None)


@pytest.mark.parametrize("day", LAST_DAYS)
def test_the_first_millisecond_of_the_next_day_is_late_by_a_minute(year, day):
    end = closing_on(year, day)
    with year.on(end):
        year.sign()
    assert (year.assessment().on_time, year.assessment().late_minutes) == (False, 1)


@pytest.mark.parametrize("day", LAST_DAYS)
def test_pages_name_the_last_second_of_the_day_and_the_receipt_says_late(year, as_user, day):
    end = closing_on(year, day)
    with year.on(end + timedelta(hours=1, minutes=59)):
        page = as_user(year.officer()).get(reverse("assessment", args=[year.assessment().pk])).content.decode()
        year.sign()
        receipt = as_user(year.officer()).get(reverse("assessment_receipt", args=[year.assessment().pk]))
    assert f"23:59:59 ngày {day:%d/%m/%Y}" in page
    assert f"01:59:00 ngày {day + DAY:%d/%m/%Y}" in page  # the server's clock, in local time
    assert year.assessment().late_minutes == 120
    assert "2 giờ" in receipt.content.decode()


def test_a_gate_that_was_shut_opens_again_for_all_from_the_moment_it_is_opened(year):
    with year.filing():
        for index in (0, 1):
            prepare(assessment=year.fill(index), actor=year.officer(index))
    with year.on(LOCKS + DAY):
        with pytest.raises(OutOfTime):
            year.sign()
        calendar = Calendar(**vars(CALENDAR) | {"filing_locks_at": LOCKS + 3 * DAY})
        change_calendar(cycle=year.cycle, calendar=calendar, reason="Mất điện", actor=year.people["secretary"])
        year.sign()
    with year.on(LOCKS + 3 * DAY), pytest.raises(OutOfTime):
        year.sign(1)
    # Opened again is not on time: the minutes count from the closing that the units were told.
    assert year.assessment().late_minutes == 31 * 24 * 60 + 1


@pytest.mark.parametrize("moment", [OPENS + 50 * DAY, LOCKS, LOCKS + DAY])
def test_after_a_time_limit_the_pages_say_what_since_when_and_how_to_go_on(year, as_user, moment):
    """Never blank: the form can be read, and more time can be asked for."""
    with year.on(moment):
        desk, pk = as_user(year.officer()), year.assessment().pk
        for name, more in [("assessment", []), ("assessment_pillar", ["A"]), ("assessment_check", [])]:
            page = desk.get(reverse(name, args=[pk, *more])).content.decode()
            assert reverse("extension", args=[pk]) in page
            assert ("giờ máy chủ" in page) or ("server time" in page)
        assert desk.get(reverse("extension", args=[pk])).status_code == 200
