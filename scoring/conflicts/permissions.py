"""Who touches which file, who declares a conflict of interest, and who says that it is over."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import WrongState
from core.verdict import YES, Verdict, first_no
from scoring.conflicts.selectors import Barred, conflicts_of
from scoring.models import Assessment, Conflict

CONCERNED = (Role.APPRAISER, Role.APPRAISAL_LEAD, Role.SCORING_SECRETARY)


def has_no_conflict(user: User, assessment: Assessment, known: Barred | None = None) -> Verdict:
    """Whether nothing stands between the person and the unit. `known` is `conflicts_of(user)`, where many are asked about;
    else one query for whoever's own unit it is not."""
    if assessment.unit_id in user.own_units:
        return Verdict(False, _("Nobody appraises the own unit. Leave it to another appraiser."))
    reason = (conflicts_of(user) if known is None else known).get(assessment.unit_id)
    if reason is None:
        return YES
    sentence = _(
        "A conflict of interest with this unit is on record for you ({reason}). Leave it to another appraiser."
    )
    return Verdict(False, sentence.format(reason=reason))


def can_declare(user: User, person: User) -> Verdict:
    """Everybody for the own person; an appraisal lead for another."""
    lead = user.has_role(Role.APPRAISAL_LEAD)
    return Verdict(
        lead or (user.pk == person.pk and user.has_role(*CONCERNED)),
        _("Appraisers declare their own conflicts of interest; for others an appraisal lead does."),
    )


def can_record_superior(user: User) -> Verdict:
    return Verdict(
        user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead records which agency is a unit's superior body.")
    )


def can_withdraw(user: User, conflict: Conflict) -> Verdict:
    """Never whom it concerns: who declared it could otherwise let in the own person again."""
    concerned = conflict.person_id == user.pk or {conflict.agency_id, conflict.unit_id} & user.own_units
    return first_no(
        Verdict(user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead ends a conflict of interest.")),
        Verdict(not concerned, _("This conflict of interest concerns you; another appraisal lead ends it.")),
        Verdict(conflict.withdrawn_at is None, _("The conflict of interest was ended already."), WrongState),
    )
