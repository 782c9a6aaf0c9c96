"""Rounds of explanation: a further one lets units contest once more what was decided in the round before, and freezes it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Invalid, OutOfTime, WrongState
from core.verdict import Verdict, first_no
from scoring.cycles.calendar import require_number_of_words
from scoring.cycles.checks import last_second, open_contests
from scoring.cycles.permissions import can_run_cycle
from scoring.enums import CycleState
from scoring.models import Cycle, Explanation, ExplanationRound

REASON_LIMIT = 2000
NAMED = 10


def begin_round(cycle: Cycle) -> ExplanationRound:
    """The round that the held cycle's dates are of."""
    return ExplanationRound.objects.create(
        cycle=cycle,
        number=cycle.explanation_round,
        opens_at=clock.now(),
        closes_at=cycle.explanation_closes_at,
        word_limit=cycle.explanation_words,
    )


@transaction.atomic(durable=True)
def open_round(*, cycle: Cycle, closes_at: datetime, words: int, reason: str, actor: User) -> Cycle:
    """Heads may contest again, until `closes_at`, what was decided in the round before.

    Holds the year for itself: a decision that is being taken is taken first, or finds the next round open.
    """
    can_run_cycle(actor).require()
    cycle, now = locks.exclusive(Cycle, cycle.pk), clock.now()
    may_open_round(cycle, now).require()
    if closes_at <= now:
        sentence = _("The new date lies in the past.")
        raise Invalid(sentence, fields={"closes_on": sentence})
    require_number_of_words(words)
    reason = clean_text(reason, limit=REASON_LIMIT)
    if not reason:
        sentence = _("Say why there is a further round.")
        raise Invalid(sentence, code="ERR-REQUIRED", fields={"reason": sentence})
    cycle.explanation_round += 1
    cycle.explanation_closes_at, cycle.explanation_words = closes_at, words
    cycle.version += 1
    cycle.save()
    begin_round(cycle)
    details = {"number": cycle.explanation_round, "until": closes_at.isoformat(), "words": words, "reason": reason}
    record(actor=actor, action="cycle.open_round", obj=cycle, details=details)
    return cycle


def may_open_round(cycle: Cycle, now: datetime) -> Verdict:
    """The round that runs is over, everything contested in it is decided, and something was contested at all."""
    over = first_no(
        Verdict(cycle.state == CycleState.EXPLANATION, _("The explanation phase is not open."), WrongState),
        Verdict(
            now >= cycle.explanation_closes_at,
            _("Units may explain until {time} (server time).").format(time=last_second(cycle.explanation_closes_at)),
            OutOfTime,
        ),
    )
    return first_no(over, _decided(cycle)) if over else over


def _decided(cycle: Cycle) -> Verdict:
    waiting = open_contests(cycle).select_related("answer__assessment__unit", "answer__criterion").order_by("pk")
    names = [f"{one.answer.assessment.unit.label} {one.answer.criterion.code}" for one in waiting]
    sentence = ngettext(
        "{n} explanation is to be decided first, or referred to the appraisal council and decided there: {lines}.",
        "{n} explanations are to be decided first, or referred to the appraisal council and decided there: {lines}.",
        len(names),
    )
    lines = "; ".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
    contested = Explanation.objects.filter(answer__assessment__cycle=cycle, round=cycle.explanation_round)
    return first_no(
        Verdict(not names, sentence.format(n=len(names), lines=lines), WrongState),
        Verdict(contested.exists(), _("Nothing was contested in this round."), WrongState),
    )
