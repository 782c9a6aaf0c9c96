"""Nominate, and check the dossier."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_name, clean_text
from core.errors import Conflict, Invalid
from core.lifecycle import advance
from nominations.enums import AwardForm, NominationAction, NominationState, Subject
from nominations.models import Nomination
from nominations.nominating.permissions import can_check_dossier, can_nominate, can_nominate_subject
from nominations.nominating.selectors import formal_name
from scoring.models import Cycle, RankingRow

MAX_ACHIEVEMENT = 1000


@dataclass(frozen=True)
class Proposal:
    """What the head fills in. Name and position are for an individual only."""

    form: AwardForm
    subject: Subject
    achievement: str
    person_name: str = ""
    person_position: str = ""

    def cleaned(self) -> "Proposal":
        """Invalid names every missing field; a collective has no person."""
        is_person = self.subject == Subject.PERSON
        proposal = Proposal(
            form=AwardForm(self.form),
            subject=Subject(self.subject),
            achievement=clean_text(self.achievement, limit=MAX_ACHIEVEMENT),
            person_name=clean_name(self.person_name) if is_person else "",
            person_position=clean_name(self.person_position) if is_person else "",
        )
        wanted = {"achievement": _("Say in short what was achieved.")}
        if is_person:
            wanted |= {"person_name": _("Give the full name."), "person_position": _("Give the position.")}
        if faults := {name: sentence for name, sentence in wanted.items() if not getattr(proposal, name)}:
            raise Invalid(" ".join(faults.values()), code="ERR-REQUIRED", fields=faults)
        return proposal


@transaction.atomic(durable=True)
def nominate(*, row: RankingRow, proposal: Proposal, actor: User) -> Nomination:
    """Propose the unit of a published row, or one of its people. The row's figures are bound to the nomination."""
    cycle = locks.shared(Cycle, row.run.cycle_id)
    locks.exclusive(Unit, row.unit_id)
    row = RankingRow.objects.select_related("run", "unit").defer("run__snapshot").get(pk=row.pk)
    row.run.cycle = cycle
    can_nominate(actor, row).require()
    proposal = proposal.cleaned()
    can_nominate_subject(row, proposal.subject).require()
    name = proposal.person_name or formal_name(row.unit)
    _refuse_second(cycle, row.unit, name, proposal.person_position)
    nomination = Nomination.objects.create(
        cycle=cycle,
        form=proposal.form,
        subject=proposal.subject,
        unit=row.unit,
        person_position=proposal.person_position,
        recipient_name=name,
        achievement=proposal.achievement,
        run=row.run,
        rank=row.rank,
        total=row.total,
        grade=row.grade,
        nominated_at=clock.now(),
        nominated_by=actor,
    )
    record(actor=actor, action="nomination.submit", obj=nomination, details={"form": proposal.form, "run": row.run_id})
    return nomination


def _refuse_second(cycle: Cycle, unit: Unit, name: str, position: str) -> None:
    earlier = (
        Nomination.objects.filter(cycle=cycle, unit=unit, recipient_name=name, person_position=position)
        .exclude(state=NominationState.NOT_APPROVED)
        .exists()
    )
    if earlier:
        sentence = _("“{name}” is nominated for {year} already; one achievement is commended once.")
        raise Conflict(sentence.format(name=name, year=cycle.year), code="ERR-DONE")


@transaction.atomic(durable=True)
def check_dossier(*, nomination: Nomination, actor: User) -> Nomination:
    """The emulation secretary has the whole dossier in hand; the council may take it up."""
    locks.shared(Cycle, nomination.cycle_id)
    nomination = locks.exclusive(Nomination, nomination.pk)
    can_check_dossier(actor, nomination).require()
    advance(nomination, NominationAction.CHECK, actor=actor)
    return nomination
