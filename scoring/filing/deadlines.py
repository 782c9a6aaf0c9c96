"""Until when one unit files: the dates of the cycle, or its own where it was given more time.

«On time» and «locked» are two moments, both exclusive; an extension may move either, for this unit only.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scoring.enums import CycleState
from scoring.models import Assessment, Cycle

MINUTE = timedelta(minutes=1)
# From here on a countdown is shown; before, the strip of phases says enough.
_NEAR = timedelta(days=3)


@dataclass(frozen=True)
class Limits:
    """`extended_until` is the end of the extension in force, None without one."""

    on_time_until: datetime
    locks_at: datetime
    extended_until: datetime | None = None


@dataclass(frozen=True)
class Punctuality:
    """How a submission stands to its time limit: on time, on time only by the extension, or late by begun minutes."""

    on_time: bool
    by_extension: bool = False
    late_minutes: int | None = None


def limits_of(assessment: Assessment, cycle: Cycle) -> Limits:
    extended = assessment.extended_until
    if extended is None:
        return Limits(cycle.filing_closes_at, cycle.filing_locks_at)
    return Limits(max(cycle.filing_closes_at, extended), max(cycle.filing_locks_at, extended), extended)


@dataclass(frozen=True)
class Countdown:
    """What a form that can still be handed in counts down to: on time before `closes_at`, possible before `locks_at`."""

    closes_at: datetime
    locks_at: datetime
    is_near: bool


def countdown_of(assessment: Assessment, cycle: Cycle, now: datetime) -> Countdown:
    """A form that was returned is mended until the appraisal closes; any other has the unit's own limits."""
    if assessment.submitted_at and cycle.state == CycleState.APPRAISAL:
        closes_at = locks_at = cycle.appraisal_closes_at
    else:
        limits = limits_of(assessment, cycle)
        closes_at, locks_at = limits.on_time_until, limits.locks_at
    return Countdown(closes_at, locks_at, is_near=closes_at - now <= _NEAR)


def punctuality(assessment: Assessment, cycle: Cycle, now: datetime) -> Punctuality:
    """Of a first submission at `now`. Who is late is late against the own limit; a begun minute counts."""
    until = limits_of(assessment, cycle).on_time_until
    if now < until:
        return Punctuality(on_time=True, by_extension=now >= cycle.filing_closes_at)
    return Punctuality(on_time=False, late_minutes=(now - until) // MINUTE + 1)
