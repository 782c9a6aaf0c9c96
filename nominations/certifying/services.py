"""Draft and sign a decision, number and issue its certificates."""

import re
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Conflict, Invalid, WrongState
from core.lifecycle import advance
from nominations.certifying.codes import new_code, new_token
from nominations.certifying.permissions import can_draft, can_issue, can_sign, may_be_dated
from nominations.certifying.selectors import meetings_behind
from nominations.certifying.wording import detail_of, merit_of
from nominations.enums import AwardForm, DecisionAction, NominationAction, Subject
from nominations.models import Certificate, Decision, DecisionItem, GoldenBook, Nomination
from scoring.models import Cycle


@transaction.atomic(durable=True)
def draft_decision(*, cycle: Cycle, form: AwardForm, nominations: Iterable[Nomination], actor: User) -> Decision:
    """A draft that commends approved nominations of one form and cycle, collectives first."""
    can_draft(actor).require()
    locks.shared(Cycle, cycle.pk)
    wanted = {nomination.pk for nomination in nominations}
    if not wanted:
        raise Invalid(_("Choose at least one nomination."), fields={"nominations": _("Choose at least one.")})
    held = list(
        Nomination.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted, cycle=cycle, form=form)
        .approved_and_free()
        .select_related("unit")
        .order_by("pk")
    )
    if len(held) != len(wanted):
        raise WrongState(_("Only nominations that the council approved, of one form, and in no other decision."))
    decision = Decision.objects.create(cycle=cycle, form=form, drafted_at=clock.now(), drafted_by=actor)
    held.sort(key=lambda one: (one.subject != Subject.COLLECTIVE, one.unit.name_sort, one.pk))
    DecisionItem.objects.bulk_create(
        DecisionItem(decision=decision, nomination=nomination, position=position)
        for position, nomination in enumerate(held, 1)
    )
    details = {"form": form, "nominations": [nomination.pk for nomination in held]}
    record(actor=actor, action="decision.draft", obj=decision, details=details)
    return decision


@transaction.atomic(durable=True)
def sign_decision(*, decision: Decision, number: str, dated_on: date, actor: User) -> Decision:
    """Number, date, signer; from here on decision and list are final. The paper is signed by hand or by the external tool."""
    locks.shared(Cycle, decision.cycle_id)
    decision = locks.exclusive(Decision, decision.pk)
    items = Nomination.objects.filter(decision_item__decision=decision)
    can_sign(actor, decision, set(items.values_list("unit", flat=True))).require()
    decision.number, decision.dated_on = clean_name(number, limit=30), dated_on
    _check_number_and_date(decision)
    decision.year = dated_on.year
    decision.signer, decision.signed_at = actor, clock.now()
    decision.signer_name, decision.signer_position = actor.full_name, actor.position
    facts = {"number": decision.number, "dated_on": dated_on}
    advance(decision, DecisionAction.SIGN, actor=actor, details=facts)
    for nomination in items.select_for_update(of=("self",)).order_by("pk"):
        advance(nomination, NominationAction.DECIDE, actor=actor, details={"decision": decision.pk})
    return decision


def _check_number_and_date(decision: Decision) -> None:
    symbol, faults = decision.award.symbol, {}
    if not re.fullmatch(rf"[1-9][0-9]{{0,5}}/{symbol}", decision.number):
        faults["number"] = _("Write the number as 415/{symbol}.").format(symbol=symbol)
    met_on = meetings_behind(decision)[-1].held_on
    dated = may_be_dated(decision.dated_on, today=clock.today(), meeting_on=met_on)
    if not dated:
        faults["dated_on"] = dated.reason
    if faults:
        raise Invalid(" ".join(faults.values()), fields=faults)
    if Decision.objects.filter(year=decision.dated_on.year, number=decision.number).exists():
        sentence = _("The number {number} is used in {year} already.").format(
            number=decision.number, year=decision.dated_on.year
        )
        raise Conflict(sentence, code="ERR-DONE", fields={"number": sentence})


@transaction.atomic(durable=True)
def issue_certificates(*, decision: Decision, actor: User) -> list[Certificate]:
    """One certificate for each subject of a signed decision, numbered in the golden book of the decision's year."""
    locks.shared(Cycle, decision.cycle_id)
    decision = locks.exclusive(Decision, decision.pk)
    can_issue(actor, decision).require()
    items = list(decision.items.select_related("nomination__unit"))
    first = _take_numbers(decision.year, len(items))
    merit, now = merit_of(decision), clock.now()
    certificates = Certificate.objects.bulk_create(
        Certificate(
            decision=decision,
            nomination=item.nomination,
            year=decision.year,
            number=number,
            code=new_code(decision.year),
            token=new_token(),
            form=decision.form,
            recipient_name=item.nomination.recipient_name,
            recipient_detail=detail_of(item.nomination),
            merit=merit,
            issued_at=now,
            issued_by=actor,
        )
        for number, item in enumerate(items, first)
    )
    details = {"year": decision.year, "first": first, "last": first + len(items) - 1}
    advance(decision, DecisionAction.ISSUE, actor=actor, details=details)
    return certificates


def _take_numbers(year: int, count: int) -> int:
    """Take `count` numbers of the year's golden book; the first of them. Its row is held until the act ends."""
    GoldenBook.objects.get_or_create(year=year)
    book = GoldenBook.objects.select_for_update().get(year=year)
    first = book.last_number + 1
    book.last_number += count
    book.save()
    return first
