"""The calendar's own reminders: 14, 7, 3 and 1 days before the unit's time limit, by the server's clock. No rows."""

from datetime import datetime, timedelta

STEPS = (14, 7, 3, 1)


def step_reached(until: datetime, now: datetime) -> int | None:
    """The last step that has come (days before `until`); None before the first one and once the time is over."""
    left = until - now
    if left <= timedelta(0):
        return None
    return next((days for days in reversed(STEPS) if left <= timedelta(days=days)), None)


def steps_of(until: datetime) -> list[tuple[int, datetime]]:
    """Each step with the moment from which it is shown."""
    return [(days, until - timedelta(days=days)) for days in STEPS]
