"""The phases of a cycle as the strip under every desk's header shows them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.templatetags.values import last_moment, time_left, weekday_vi
from scoring.enums import CycleState
from scoring.models import Cycle

# A state is shown as the phase people speak of; the archive is behind the last one.
SHOWN = [state for state in CycleState if state != CycleState.ARCHIVED]


@dataclass(frozen=True)
class Phase:
    """`state` is done, now or later; `dates` the days it runs, as text."""

    label: str
    state: str
    dates: str = ""


def phases_of(cycle: Cycle) -> list[Phase]:
    place = SHOWN.index(cycle.state) if cycle.state in SHOWN else len(SHOWN)
    return [
        Phase(
            capfirst(state.label),
            "done" if index < place else "now" if index == place else "later",
            _dates(cycle, state),
        )
        for index, state in enumerate(SHOWN)
    ]


def _dates(cycle: Cycle, state: CycleState) -> str:
    spans = {
        CycleState.FILING: (cycle.filing_opens_at, cycle.filing_closes_at),
        CycleState.APPRAISAL: (cycle.filing_closes_at, cycle.appraisal_closes_at),
        CycleState.EXPLANATION: (cycle.appraisal_closes_at, cycle.explanation_closes_at),
    }
    if state not in spans:
        return ""
    first, end = spans[state]
    return f"{localtime(first):%d/%m} – {localtime(end - timedelta(seconds=1)):%d/%m}"


def ends_at(cycle: Cycle) -> datetime | None:
    """When the phase that runs now ends (exclusive); None where no date closes it."""
    return {
        CycleState.FILING: cycle.filing_closes_at,
        CycleState.APPRAISAL: cycle.appraisal_closes_at,
        CycleState.EXPLANATION: cycle.explanation_closes_at,
    }.get(cycle.state)


def headline(cycle: Cycle) -> str:
    """For visitors: what the cycle is doing, in one sentence."""
    if cycle.state == CycleState.FILING:
        return _("Units are filing their self-assessments.")
    return _("The cycle is in the phase “{phase}”.").format(phase=cycle.get_state_display())


def phase_strip(cycle: Cycle, now: datetime) -> dict[str, Any]:
    """Context of the strip under the header. «On time» and «locked» are two dates."""
    until, words = ends_at(cycle), _("until {until}")
    if cycle.state == CycleState.FILING and now >= cycle.filing_closes_at:
        until, words = cycle.filing_locks_at, _("late; locked from {until}")
    return {
        "phases": phases_of(cycle),
        "phase_left": time_left(until, now) if until else "",
        "phase_until": words.format(until=weekday_vi(last_moment(until))) if until else "",
    }
