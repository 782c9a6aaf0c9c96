"""Who nominates and who checks."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import NotFound, WrongState
from core.verdict import Verdict, first_no
from nominations.enums import NominationState, Subject
from nominations.models import Nomination
from nominations.models.nomination import OF_THE_UNIT, READS_ALL
from scoring.enums import CycleState, RunState
from scoring.models import RankingRow


def can_see_nominations(user: User) -> Verdict:
    """The desk exists for units and for the bodies that commend; for others there is no such page."""
    return Verdict(user.has_role(*READS_ALL, *OF_THE_UNIT), _("There is no such page."), NotFound)


def can_nominate(user: User, row: RankingRow | None) -> Verdict:
    """The head nominates from the own unit's row of a published ranking. `row` is `None` where there is no such row."""
    heads = user.units_as(Role.UNIT_HEAD)
    only_head = _("Only the head of the unit nominates, and only from the own unit.")
    if row is None:
        return first_no(
            Verdict(bool(heads), only_head),
            Verdict(False, _("There is no published ranking with your unit to nominate from."), WrongState),
        )
    return first_no(
        Verdict(row.unit_id in heads, only_head),
        Verdict(
            row.run.state == RunState.PUBLISHED and row.run.cycle.state == CycleState.PUBLISHED,
            _("Nominations begin when the ranking is published and end when the year is archived."),
            WrongState,
        ),
        Verdict(row.rank is not None, _("The unit has no rank in the published list."), WrongState),
    )


def can_nominate_subject(row: RankingRow, subject: Subject) -> Verdict:
    """Persons of a dissolved unit may still be commended, the unit itself may not."""
    return Verdict(
        subject == Subject.PERSON or row.unit.is_active,
        _("A dissolved unit cannot be commended; its people can."),
        WrongState,
    )


def can_check_dossier(user: User, nomination: Nomination) -> Verdict:
    return first_no(
        Verdict(user.has_role(Role.EMULATION_SECRETARY), _("Only the emulation secretary checks dossiers.")),
        Verdict(
            nomination.state == NominationState.SUBMITTED,
            _("The nomination is “{state}”.").format(state=nomination.get_state_display()),
            WrongState,
        ),
    )
