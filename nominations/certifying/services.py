"""Draft, discard and sign a decision, number and issue its certificates. What is drafted to revoke: `revocations`."""

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
from core.verdict import Verdict
from nominations.certifying.codes import new_code, new_token
from nominations.certifying.permissions import can_discard, can_draft, can_issue, can_sign, may_be_dated
from nominations.certifying.rates import set_bonuses
from nominations.certifying.revocations import revocation_may_be_dated, take_back
from nominations.certifying.selectors import meetings_behind, units_of
from nominations.certifying.wording import detail_of, merit_of
from nominations.enums import AwardForm, DecisionAction, DecisionKind, NominationAction, Subject
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
def discard_draft(*, decision: Decision, actor: User) -> None:
    """Throw a draft away: what it named is free for another one. Only the audit trail remembers it."""
    locks.shared(Cycle, decision.cycle_id)
    decision = locks.exclusive(Decision, decision.pk)
    can_discard(actor, decision).require()
    details = {
        "kind": decision.kind,
        "nominations": list(decision.items.values_list("nomination", flat=True)),
        "certificates": [str(one.certificate) for one in decision.revocations.select_related("certificate")],
    }
    record(actor=actor, action="decision.discard", obj=decision, details=details)
    decision.items.all().delete()
    decision.revocations.all().delete()
    decision.delete()


@transaction.atomic(durable=True)
def sign_decision(*, decision: Decision, number: str, dated_on: date, actor: User) -> Decision:
    """Number, date, signer; from here on it is final. The paper is signed by hand or by the external tool.

    A decision on an award fixes the bonuses by the law of its date and commends; one on a revocation revokes.
    """
    locks.shared(Cycle, decision.cycle_id)
    decision = locks.exclusive(Decision, decision.pk)
    can_sign(actor, decision, units_of(decision)).require()
    decision.number, decision.dated_on = clean_name(number, limit=30), dated_on
    _check_number_and_date(decision)
    decision.year = dated_on.year
    decision.signer, decision.signed_at = actor, clock.now()
    decision.signer_name, decision.signer_position = actor.full_name, actor.position
    facts = {"number": decision.number, "dated_on": dated_on}
    if decision.kind == DecisionKind.AWARD:
        # Before the step: with the signature the list is closed.
        facts["bonuses_vnd"] = _fix_bonuses(decision)
    advance(decision, DecisionAction.SIGN, actor=actor, details=facts)
    if decision.kind == DecisionKind.AWARD:
        _commend(decision, actor)
    else:
        take_back(decision, actor)
    return decision


def _fix_bonuses(decision: Decision) -> int:
    """The bonuses of the list by the law of the decision's date; their sum."""
    items = list(decision.items.select_related("nomination"))
    set_bonuses(items, form=decision.form, day=decision.dated_on)
    DecisionItem.objects.bulk_update(items, ["coefficient", "base_salary_vnd", "bonus_vnd"])
    return sum(item.bonus_vnd for item in items)


def _commend(decision: Decision, actor: User) -> None:
    nominations = Nomination.objects.select_for_update(of=("self",)).filter(decision_item__decision=decision)
    for nomination in nominations.order_by("pk"):
        advance(nomination, NominationAction.DECIDE, actor=actor, details={"decision": decision.pk})


def _check_number_and_date(decision: Decision) -> None:
    symbol, faults = decision.award.symbol, {}
    if not re.fullmatch(rf"[1-9][0-9]{{0,5}}/{symbol}", decision.number):
        faults["number"] = _("Write the number as 415/{symbol}.").format(symbol=symbol)
    dated = _may_be_dated(decision)
    if not dated:
        faults["dated_on"] = dated.reason
    if faults:
        raise Invalid(" ".join(faults.values()), fields=faults)
    if Decision.objects.filter(year=decision.dated_on.year, number=decision.number).exists():
        sentence = _("The number {number} is used in {year} already.").format(
            number=decision.number, year=decision.dated_on.year
        )
        raise Conflict(sentence, code="ERR-DONE", fields={"number": sentence})


def _may_be_dated(decision: Decision) -> Verdict:
    if decision.kind == DecisionKind.REVOCATION:
        return revocation_may_be_dated(decision, decision.dated_on)
    met_on = meetings_behind(decision)[-1].held_on
    return may_be_dated(decision.dated_on, today=clock.today(), meeting_on=met_on)


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
