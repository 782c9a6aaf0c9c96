"""The five dates of a year, and which of them may still become what."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.errors import Invalid
from scoring.cycles.checks import CHANGEABLE
from scoring.enums import CycleState
from scoring.models import Cycle
from scoring.models.cycle import FEWEST_WORDS, MOST_WORDS


@dataclass(frozen=True)
class Calendar:
    """The dates of a cycle, exclusive ends (see `Cycle`)."""

    filing_opens_at: datetime
    filing_closes_at: datetime
    filing_locks_at: datetime
    appraisal_closes_at: datetime
    explanation_closes_at: datetime


def require_rising(calendar: Calendar) -> None:
    """Invalid names the first date that is not later than the one before it."""
    dates = vars(calendar)
    names = list(dates)
    for before, name in zip(names, names[1:], strict=False):
        same_day = name == "filing_locks_at"  # an office may lock at the moment that ends «on time»
        if dates[name] < dates[before] or (dates[name] == dates[before] and not same_day):
            sentence = _("Each date must be later than the one before: filing, lock, appraisal, explanation.")
            raise Invalid(sentence, fields={name: sentence})


def changed_dates(cycle: Cycle, calendar: Calendar) -> list[str]:
    return [name for name, value in vars(calendar).items() if getattr(cycle, name) != value]


def require_possible(cycle: Cycle, calendar: Calendar, now: datetime) -> None:
    """Invalid for a date whose phase is over, or that would lie in the past.

    In the past it would make late what was on time, or shut a gate behind somebody.
    """
    changed = changed_dates(cycle, calendar)
    if not changed:
        raise Invalid(_("No date was changed."))
    faults = {}
    for name in changed:
        begun = name == "filing_opens_at" and cycle.state == CycleState.FILING and cycle.filing_opens_at <= now
        if begun or name not in CHANGEABLE[cycle.state]:
            faults[name] = _("This phase is over or has begun; its date stays.")
        elif getattr(calendar, name) <= now:
            faults[name] = _("The new date lies in the past.")
    if faults:
        raise Invalid(" ".join(dict.fromkeys(faults.values())), fields=faults)


def require_words(cycle: Cycle, words: int) -> None:
    """Invalid for a limit of explanations that no year may have, or that would change while they are written."""
    if cycle.state == CycleState.EXPLANATION:
        sentence = _("The explanation has begun; its limit stays the same for every unit.")
        raise Invalid(sentence, fields={"explanation_words": sentence})
    require_number_of_words(words)


def require_number_of_words(words: int) -> None:
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        sentence = _("An explanation may have at most {least} to {most} words.")
        sentence = sentence.format(least=FEWEST_WORDS, most=MOST_WORDS)
        raise Invalid(sentence, fields={"explanation_words": sentence})
