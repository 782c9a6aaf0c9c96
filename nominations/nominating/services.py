"""Prepare, mend, sign and withdraw a nomination: the unit's acts."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.official import formal_name
from core import clock, locks
from core.audit.services import record
from core.errors import Conflict, WrongState
from core.lifecycle import advance
from core.verdict import Verdict
from nominations.enums import OUT_OF_THE_RUNNING, NominationAction, NominationState
from nominations.models import Nomination, Quota
from nominations.nominating.permissions import (
    can_edit,
    can_nominate,
    can_nominate_subject,
    can_prepare,
    can_submit,
    can_withdraw,
)
from nominations.nominating.proposal import Proposal, reason_given
from nominations.nominating.selectors import published_row
from scoring.models import Cycle, RankingRow

_WRITTEN = ("form", "subject", "part", "recipient_name", "person_position", "achievement", "run_id")


@transaction.atomic(durable=True)
def nominate(*, row: RankingRow, proposal: Proposal, actor: User) -> Nomination:
    """The head proposes the unit of a published row, a part of it or one of its people, in one step."""
    nomination = _made(row, proposal, actor, can_nominate, NominationState.SUBMITTED)
    nomination.nominated_at, nomination.nominated_by = clock.now(), actor
    nomination.save()
    details = {"form": nomination.form, "run": nomination.run_id}
    record(actor=actor, action="nomination.submit", obj=nomination, details=details)
    return nomination


@transaction.atomic(durable=True)
def prepare_nomination(*, row: RankingRow, proposal: Proposal, actor: User) -> Nomination:
    """A draft by the unit's officer or head. Nobody is nominated until the head signs it."""
    nomination = _made(row, proposal, actor, can_prepare, NominationState.DRAFT)
    nomination.save()
    details = {"form": nomination.form, "run": nomination.run_id}
    record(actor=actor, action="nomination.prepare", obj=nomination, details=details)
    return nomination


@transaction.atomic(durable=True)
def edit_nomination(*, nomination: Nomination, proposal: Proposal, version: int, actor: User) -> Nomination:
    """Change a draft or mend a returned dossier; it takes the figures of the ranking published now.

    Conflict if somebody saved something else since `version`.
    """
    nomination = held(nomination)
    can_edit(actor, nomination).require()
    _refuse_stale(nomination, version)
    row = published_row(nomination.cycle_id, nomination.unit_id)
    can_prepare(actor, row).require()
    before = {name: getattr(nomination, name) for name in _WRITTEN}
    _write(nomination, row, proposal)
    nomination.version += 1
    nomination.save()
    changed = [name for name in _WRITTEN if getattr(nomination, name) != before[name]]
    details = {"before": {name: before[name] for name in changed}}
    record(actor=actor, action="nomination.edit", obj=nomination, details=details)
    return nomination


@transaction.atomic(durable=True)
def submit_nomination(*, nomination: Nomination, version: int, actor: User) -> Nomination:
    """The head signs the draft or the mended dossier as it was read, which is what `version` says."""
    nomination = held(nomination)
    can_submit(actor, nomination).require()
    _refuse_stale(nomination, version)
    can_nominate_subject(nomination.unit, nomination.subject).require()
    _refuse_without_quota(nomination)
    nomination.nominated_at, nomination.nominated_by = clock.now(), actor
    details = {"form": nomination.form, "run": nomination.run_id}
    advance(nomination, NominationAction.SUBMIT, actor=actor, details=details)
    return nomination


@transaction.atomic(durable=True)
def withdraw_nomination(*, nomination: Nomination, reason: str, actor: User) -> Nomination:
    """The head of the unit or the emulation secretary takes it back before it is on the council's agenda."""
    nomination = held(nomination)
    can_withdraw(actor, nomination).require()
    nomination.remark = reason_given(reason, _("Say why the nomination is withdrawn."))
    advance(nomination, NominationAction.WITHDRAW, actor=actor, details={"reason": nomination.remark})
    return nomination


def held(nomination: Nomination) -> Nomination:
    """The row for change, with its cycle and unit held in the order of core.locks."""
    cycle = locks.shared(Cycle, nomination.cycle_id)
    unit = locks.exclusive(Unit, nomination.unit_id)
    nomination = locks.exclusive(Nomination, nomination.pk)
    nomination.cycle, nomination.unit = cycle, unit
    return nomination


def refuse_second(nomination: Nomination) -> None:
    """One subject, one nomination in the running. The caller holds the unit, so nobody adds one meanwhile."""
    others = Nomination.objects.filter(
        cycle=nomination.cycle,
        unit=nomination.unit,
        recipient_name=nomination.recipient_name,
        person_position=nomination.person_position,
    )
    if others.exclude(state__in=OUT_OF_THE_RUNNING).exclude(pk=nomination.pk).exists():
        sentence = _("“{name}” is nominated for {year} already; one achievement is commended once.")
        raise Conflict(
            sentence.format(name=nomination.recipient_name, year=nomination.cycle.year),
            code="ERR-DONE",
        )


def _made(
    row: RankingRow,
    proposal: Proposal,
    actor: User,
    may: Callable[[User, RankingRow], Verdict],
    state: NominationState,
) -> Nomination:
    """The new row, not saved yet, with cycle and unit held."""
    cycle = locks.shared(Cycle, row.run.cycle_id)
    unit = locks.exclusive(Unit, row.unit_id)
    row = RankingRow.objects.select_related("run").defer("run__snapshot", "nodes", "lines").get(pk=row.pk)
    row.run.cycle, row.unit = cycle, unit
    may(actor, row).require()
    nomination = Nomination(cycle=cycle, unit=unit, state=state)
    _write(nomination, row, proposal)
    return nomination


def _write(nomination: Nomination, row: RankingRow, proposal: Proposal) -> None:
    """The proposal and the figures of the row it rests on, once nothing about the subject speaks against it."""
    proposal = proposal.cleaned()
    can_nominate_subject(nomination.unit, proposal.subject).require()
    nomination.form, nomination.subject = proposal.form, proposal.subject
    nomination.part, nomination.person_position = proposal.part, proposal.person_position
    nomination.recipient_name = proposal.person_name or proposal.part or formal_name(nomination.unit)
    nomination.achievement = proposal.achievement
    nomination.run, nomination.rank, nomination.total, nomination.grade = row.run, row.rank, row.total, row.grade
    _refuse_without_quota(nomination)
    refuse_second(nomination)


def _refuse_without_quota(nomination: Nomination) -> None:
    quotas = Quota.objects.filter(cycle=nomination.cycle, form=nomination.form, subject=nomination.subject, cap__gt=0)
    if not quotas.exists():
        sentence = _("No quota of {year} for “{form}”, {subject}. Wait until the emulation secretary has set it.")
        raise WrongState(
            sentence.format(
                year=nomination.cycle.year, form=nomination.award.label, subject=nomination.get_subject_display()
            )
        )


def _refuse_stale(nomination: Nomination, version: int) -> None:
    if version != nomination.version:
        raise Conflict(_("Somebody changed this nomination meanwhile. Compare with what is saved now."))
