"""The appraisal council settles what no second appraiser does: a line is referred to it, and its decision is entered."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.cleaning import clean_name, clean_text
from core.errors import Invalid
from core.lifecycle import advance
from scoring.appraisal.explanations import held_contest, required_reason, rule_on
from scoring.appraisal.permissions import can_enter_council, can_refer
from scoring.appraisal.services import REASON_LIMIT
from scoring.enums import ExplanationAction
from scoring.models import Explanation, Referral

NUMBER_LIMIT = 100


@transaction.atomic(durable=True)
def refer_to_council(*, explanation: Explanation, reason: str, actor: User) -> Explanation:
    """From now on no appraiser decides on it any more."""
    cycle, explanation = held_contest(explanation)
    can_refer(actor, explanation, cycle).require()
    reason = required_reason(reason)
    Referral.objects.create(explanation=explanation, reason=reason, referred_by=actor, referred_at=clock.now())
    advance(explanation, ExplanationAction.REFER, actor=actor, details={"reason": reason})
    return explanation


@transaction.atomic(durable=True)
def enter_council_decision(
    *,
    explanation: Explanation,
    action: ExplanationAction,
    raw: Mapping[str, str],
    number: str,
    decided_on: date,
    present: str,
    reason: str,
    actor: User,
) -> Explanation:
    """What the council decided, as its minutes (`number`, `decided_on`, those `present`) say; the outcomes are the same."""
    cycle, explanation = held_contest(explanation)
    can_enter_council(actor, explanation, cycle).require()
    number, present = clean_name(number, limit=NUMBER_LIMIT), clean_text(present, limit=REASON_LIMIT)
    missing = {name: _("Still empty.") for name, text in (("number", number), ("present", present)) if not text}
    if missing:
        raise Invalid(_("Give the number of the minutes and those present."), code="ERR-REQUIRED", fields=missing)
    referral = explanation.referral
    _require_day(decided_on, localdate(referral.referred_at), localdate(clock.now()))
    reason = required_reason(reason)
    referral.number, referral.decided_on, referral.present = number, decided_on, present
    referral.save()
    details = {"number": number, "decided_on": decided_on.isoformat(), "present": present}
    return rule_on(explanation, action, raw, reason, actor, details)


def _require_day(decided_on: date, referred_on: date, today: date) -> None:
    if not referred_on <= decided_on <= today:
        sentence = _("The council decides after the line was referred to it ({day:%d/%m/%Y}), and not in the future.")
        raise Invalid(sentence.format(day=referred_on), fields={"decided_on": sentence.format(day=referred_on)})
