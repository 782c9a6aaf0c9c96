"""Set the places of a year, and take one when the council approves."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Conflict, Invalid, WrongState
from nominations.enums import AwardForm, Subject
from nominations.models import Nomination, Quota
from nominations.nominating.permissions import can_set_quota
from nominations.nominating.selectors import cycle_grades
from scoring.models import Cycle

MOST_PLACES = 1000
LOWEST_RANK = 1000


@dataclass(frozen=True)
class Places:
    """What the plan of the year says. `lowest_grade` a grade's code or "", `lowest_rank` a rank or `None`: any."""

    cap: int
    ground: str
    lowest_grade: str = ""
    lowest_rank: int | None = None


@transaction.atomic(durable=True)
def set_quota(
    *, cycle: Cycle, form: AwardForm, subject: Subject, places: Places, actor: User, version: int | None = None
) -> Quota:
    """Set or change the places of one form and kind of subject. Never below what is taken already.

    `version` is the quota's as the form showed it, 0 for none yet; None where no form was filled in.
    """
    cycle = locks.exclusive(Cycle, cycle.pk)
    can_set_quota(actor, cycle).require()
    quota = _held(cycle, form, subject) or Quota(cycle=cycle, form=AwardForm(form), subject=Subject(subject))
    if version not in (None, quota.version):
        raise Conflict(_("Somebody changed this quota meanwhile. Compare with what is saved now."))
    ground = clean_name(places.ground)
    _check(quota, places, ground)
    before = {"cap": quota.cap, "lowest_grade": quota.lowest_grade, "lowest_rank": quota.lowest_rank}
    quota.cap, quota.ground = places.cap, ground
    quota.lowest_grade, quota.lowest_rank = places.lowest_grade, places.lowest_rank
    quota.version += 1
    quota.set_at, quota.set_by = clock.now(), actor
    quota.save()
    details = {"form": form, "subject": subject, "before": before, "ground": ground} | vars(places)
    record(actor=actor, action="quota.set", obj=quota, details=details)
    return quota


def _check(quota: Quota, places: Places, ground: str) -> None:
    faults = {}
    if not 0 <= places.cap <= MOST_PLACES:
        faults["cap"] = _("Give a whole number of places from 0 to {most}.").format(most=MOST_PLACES)
    elif places.cap < quota.taken:
        faults["cap"] = _("{taken} places are taken already; the quota cannot be lower.").format(taken=quota.taken)
    if places.lowest_rank is not None and not 1 <= places.lowest_rank <= LOWEST_RANK:
        faults["lowest_rank"] = _("A rank is a whole number from 1 to {most}.").format(most=LOWEST_RANK)
    if places.lowest_grade and places.lowest_grade not in cycle_grades(quota.cycle):
        faults["lowest_grade"] = _("The criteria sets of this year have no such grade.")
    if not ground:
        faults["ground"] = _("Give the plan or decision that sets the quota.")
    if faults:
        raise Invalid(" ".join(faults.values()), fields=faults)


def take_place(nomination: Nomination) -> None:
    """One place for an approved nomination, inside the caller's transaction; the row is held until it ends.

    Conflict when the last place is taken: the vote stays open until the quota is raised or places are compared anew.
    """
    quota = _held(nomination.cycle_id, nomination.form, nomination.subject)
    if quota is None:
        raise WrongState(_("No quota is set for this form and year; the emulation secretary sets it."))
    if quota.left < 1:
        raise Conflict(
            _("All {cap} places of {year} for “{form}”, {subject}, are taken.").format(
                cap=quota.cap,
                year=nomination.cycle.year,
                form=nomination.award.label,
                subject=nomination.get_subject_display(),
            ),
            code="ERR-QUOTA",
        )
    quota.taken += 1
    quota.save(update_fields=["taken"])


def _held(cycle: Cycle | int, form: str, subject: str) -> Quota | None:
    """The row for change: setting the places and taking one wait for each other here."""
    rows = Quota.objects.select_for_update(of=("self",))
    return rows.filter(cycle=cycle, form=form, subject=subject).first()
