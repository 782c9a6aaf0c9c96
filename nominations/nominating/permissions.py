"""Who prepares, nominates, checks, and sets the places."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Unit, User
from core.errors import NotFound, WrongState
from core.lifecycle import can
from core.verdict import Verdict, first_no
from nominations.enums import NominationAction, NominationState, Subject
from nominations.models import Nomination, Quota
from nominations.models.nomination import OF_THE_UNIT, READS_ALL
from scoring.enums import CycleState, RunState
from scoring.models import Cycle, RankingRow


def can_see_nominations(user: User) -> Verdict:
    """The desk exists for units and for the bodies that commend; for others there is no such page."""
    return Verdict(user.has_role(*READS_ALL, *OF_THE_UNIT), _("There is no such page."), NotFound)


def can_see_quotas(user: User) -> Verdict:
    """Units read the places beside their own nominations."""
    return Verdict(user.has_role(*READS_ALL), _("There is no such page."), NotFound)


def can_nominate(user: User, row: RankingRow | None) -> Verdict:
    """The head nominates from the own unit's row of a published ranking. `row` is `None` where there is no such row."""
    only = _("Only the head of the unit nominates, and only from the own unit.")
    return _from_row(user.units_as(Role.UNIT_HEAD), row, only)


def can_prepare(user: User, row: RankingRow | None) -> Verdict:
    """Officer and head of the unit write a draft from its published row."""
    only = _("Only the officer and the head of a unit prepare its nominations.")
    return _from_row(user.units_as(*OF_THE_UNIT), row, only)


def _from_row(units: Collection[int], row: RankingRow | None, only: str) -> Verdict:
    if row is None:
        return first_no(
            Verdict(bool(units), only),
            Verdict(False, _("There is no published ranking with your unit to nominate from."), WrongState),
        )
    return first_no(
        Verdict(row.unit_id in units, only),
        Verdict(
            row.run.state == RunState.PUBLISHED and row.run.cycle.state == CycleState.PUBLISHED,
            _("Nominations begin when the ranking is published and end when the year is archived."),
            WrongState,
        ),
        Verdict(row.rank is not None, _("The unit has no rank in the published list."), WrongState),
    )


def can_nominate_subject(unit: Unit, subject: Subject) -> Verdict:
    """Persons of a dissolved unit may still be commended, the unit itself may not."""
    return Verdict(
        subject == Subject.PERSON or unit.is_active,
        _("A dissolved unit cannot be commended; its people can."),
        WrongState,
    )


def are_there_places(quotas: Collection[Quota]) -> Verdict:
    return Verdict(
        bool(quotas),
        _("No quota is set for this year yet. Nominations begin when the emulation secretary has set it."),
        WrongState,
    )


def can_edit(user: User, nomination: Nomination) -> Verdict:
    """A draft, or a dossier that came back, by officer and head of its unit."""
    return first_no(
        Verdict(
            nomination.unit_id in user.units_as(*OF_THE_UNIT),
            _("Only the officer and the head of a unit prepare its nominations."),
        ),
        _is(nomination, NominationState.DRAFT, NominationState.INCOMPLETE),
    )


def can_submit(user: User, nomination: Nomination) -> Verdict:
    """The head signs what rests on the ranking in force. Needs the nomination's run and cycle at hand."""
    return first_no(
        Verdict(
            nomination.unit_id in user.units_as(Role.UNIT_HEAD),
            _("Only the head of the unit nominates, and only from the own unit."),
        ),
        _is(nomination, NominationState.DRAFT, NominationState.INCOMPLETE),
        Verdict(
            nomination.cycle.state == CycleState.PUBLISHED,
            _("Nominations begin when the ranking is published and end when the year is archived."),
            WrongState,
        ),
        Verdict(
            nomination.run.state == RunState.PUBLISHED,
            _("The ranking was replaced since. Open the nomination to edit it and save: it takes the new figures."),
            WrongState,
        ),
    )


def can_withdraw(user: User, nomination: Nomination) -> Verdict:
    """Head of the unit; the emulation secretary once it was submitted."""
    is_secretary = nomination.nominated_at is not None and user.has_role(Role.EMULATION_SECRETARY)
    return first_no(
        Verdict(
            is_secretary or nomination.unit_id in user.units_as(Role.UNIT_HEAD),
            _("Only the head of the unit and the emulation secretary withdraw a nomination."),
        ),
        Verdict(
            can(nomination, NominationAction.WITHDRAW),
            _("The nomination is “{state}”; it can be withdrawn only before it is on the agenda.").format(
                state=nomination.get_state_display()
            ),
            WrongState,
        ),
    )


def can_set_quota(user: User, cycle: Cycle | None = None) -> Verdict:
    return first_no(
        Verdict(user.has_role(Role.EMULATION_SECRETARY), _("Only the emulation secretary sets the quota.")),
        Verdict(
            cycle is None or cycle.state != CycleState.ARCHIVED,
            _("The year is archived; its quota stays as it was."),
            WrongState,
        ),
    )


def can_check_dossier(user: User, nomination: Nomination) -> Verdict:
    return first_no(
        Verdict(user.has_role(Role.EMULATION_SECRETARY), _("Only the emulation secretary checks dossiers.")),
        _is(nomination, NominationState.SUBMITTED),
    )


def can_judge_eligibility(user: User, nomination: Nomination) -> Verdict:
    return first_no(
        Verdict(user.has_role(Role.EMULATION_SECRETARY), _("Only the emulation secretary finds on eligibility.")),
        _is(nomination, NominationState.COMPLETE),
    )


def can_reconsider(user: User, nomination: Nomination) -> Verdict:
    return first_no(
        Verdict(user.has_role(Role.EMULATION_SECRETARY), _("Only the emulation secretary finds on eligibility.")),
        _is(nomination, NominationState.INELIGIBLE),
    )


def _is(nomination: Nomination, *states: NominationState) -> Verdict:
    return Verdict(
        nomination.state in states,
        _("The nomination is “{state}”.").format(state=nomination.get_state_display()),
        WrongState,
    )
