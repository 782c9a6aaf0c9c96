"""States, actions and transition tables of the year's second half (design.md 6). What is not in a table cannot happen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AwardForm(models.TextChoices):
    """Hình thức khen thưởng. The legal terms have no settled English and keep their names."""

    BANG_KHEN = "bang_khen", _("certificate of merit (Bằng khen)")
    GIAY_KHEN = "giay_khen", _("letter of commendation (Giấy khen)")


class Subject(models.TextChoices):
    """Who is nominated."""

    COLLECTIVE = "collective", _("collective")
    PERSON = "person", _("individual")


class NominationState(models.TextChoices):
    SUBMITTED = "submitted", _("nominated")
    COMPLETE = "complete", _("dossier complete")
    ON_AGENDA = "on_agenda", _("before the council")
    APPROVED = "approved", _("approved by the council")
    NOT_APPROVED = "not_approved", _("not approved")
    DECIDED = "decided", _("commended")


class NominationAction(models.TextChoices):
    CHECK = "check", _("find the dossier complete")
    PUT_ON_AGENDA = "put_on_agenda", _("put before the council")
    APPROVE = "approve", _("approve")
    NOT_APPROVE = "not_approve", _("not approve")
    TAKE_OFF_AGENDA = "take_off_agenda", _("take off the agenda")
    DECIDE = "decide", _("commend by decision")


NOMINATION_TRANSITIONS = {
    (NominationState.SUBMITTED, NominationAction.CHECK): NominationState.COMPLETE,
    (NominationState.COMPLETE, NominationAction.PUT_ON_AGENDA): NominationState.ON_AGENDA,
    (NominationState.ON_AGENDA, NominationAction.APPROVE): NominationState.APPROVED,
    (NominationState.ON_AGENDA, NominationAction.NOT_APPROVE): NominationState.NOT_APPROVED,
    (NominationState.ON_AGENDA, NominationAction.TAKE_OFF_AGENDA): NominationState.COMPLETE,
    (NominationState.APPROVED, NominationAction.DECIDE): NominationState.DECIDED,
}


class MotionState(models.TextChoices):
    PREPARED = "prepared", _("prepared")
    OPEN = "open", _("voting is open")
    CARRIED = "carried", _("carried")
    NOT_CARRIED = "not_carried", _("not carried")
    NO_QUORUM = "no_quorum", _("no quorum")


class MotionAction(models.TextChoices):
    OPEN = "open", _("open the vote")
    CARRY = "carry", _("close the vote: carried")
    REJECT = "reject", _("close the vote: not carried")
    LAPSE = "lapse", _("close the vote: no quorum")


MOTION_TRANSITIONS = {
    (MotionState.PREPARED, MotionAction.OPEN): MotionState.OPEN,
    (MotionState.OPEN, MotionAction.CARRY): MotionState.CARRIED,
    (MotionState.OPEN, MotionAction.REJECT): MotionState.NOT_CARRIED,
    (MotionState.OPEN, MotionAction.LAPSE): MotionState.NO_QUORUM,
}
CLOSED = frozenset({MotionState.CARRIED, MotionState.NOT_CARRIED, MotionState.NO_QUORUM})


class Choice(models.TextChoices):
    """What a ballot says."""

    FOR = "for", _("in favour")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("no opinion")


class DecisionKind(models.TextChoices):
    AWARD = "award", _("decision on an award")


class DecisionState(models.TextChoices):
    DRAFT = "draft", _("draft decision")
    SIGNED = "signed", _("signed")
    ISSUED = "issued", _("certificates issued")


class DecisionAction(models.TextChoices):
    SIGN = "sign", _("sign the decision")
    ISSUE = "issue", _("issue the certificates")


DECISION_TRANSITIONS = {
    (DecisionState.DRAFT, DecisionAction.SIGN): DecisionState.SIGNED,
    (DecisionState.SIGNED, DecisionAction.ISSUE): DecisionState.ISSUED,
}


class CertificateState(models.TextChoices):
    """A certificate is made as issued; nothing moves it yet, so there is no table."""

    ISSUED = "issued", _("valid")
