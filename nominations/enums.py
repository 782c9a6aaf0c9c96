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
    DRAFT = "draft", _("draft of the unit")
    SUBMITTED = "submitted", _("nominated")
    INCOMPLETE = "incomplete", _("dossier incomplete")
    COMPLETE = "complete", _("dossier complete")
    ELIGIBLE = "eligible", _("eligible")
    INELIGIBLE = "ineligible", _("not eligible")
    ON_AGENDA = "on_agenda", _("before the council")
    APPROVED = "approved", _("approved by the council")
    NOT_APPROVED = "not_approved", _("not approved")
    DECIDED = "decided", _("commended")
    WITHDRAWN = "withdrawn", _("withdrawn")


class NominationAction(models.TextChoices):
    SUBMIT = "submit", _("nominate")
    RETURN = "return", _("find the dossier incomplete")
    CHECK = "check", _("find the dossier complete")
    FIND_ELIGIBLE = "find_eligible", _("find eligible")
    FIND_INELIGIBLE = "find_ineligible", _("find not eligible")
    RECONSIDER = "reconsider", _("consider again")
    WITHDRAW = "withdraw", _("withdraw")
    PUT_ON_AGENDA = "put_on_agenda", _("put before the council")
    APPROVE = "approve", _("approve")
    NOT_APPROVE = "not_approve", _("not approve")
    TAKE_OFF_AGENDA = "take_off_agenda", _("take off the agenda")
    DECIDE = "decide", _("commend by decision")


NOMINATION_TRANSITIONS = {
    (NominationState.DRAFT, NominationAction.SUBMIT): NominationState.SUBMITTED,
    (NominationState.SUBMITTED, NominationAction.RETURN): NominationState.INCOMPLETE,
    (NominationState.INCOMPLETE, NominationAction.SUBMIT): NominationState.SUBMITTED,
    (NominationState.SUBMITTED, NominationAction.CHECK): NominationState.COMPLETE,
    (NominationState.COMPLETE, NominationAction.FIND_ELIGIBLE): NominationState.ELIGIBLE,
    (NominationState.COMPLETE, NominationAction.FIND_INELIGIBLE): NominationState.INELIGIBLE,
    (NominationState.INELIGIBLE, NominationAction.RECONSIDER): NominationState.COMPLETE,
    (NominationState.ELIGIBLE, NominationAction.PUT_ON_AGENDA): NominationState.ON_AGENDA,
    (NominationState.DRAFT, NominationAction.WITHDRAW): NominationState.WITHDRAWN,
    (NominationState.SUBMITTED, NominationAction.WITHDRAW): NominationState.WITHDRAWN,
    (NominationState.INCOMPLETE, NominationAction.WITHDRAW): NominationState.WITHDRAWN,
    (NominationState.COMPLETE, NominationAction.WITHDRAW): NominationState.WITHDRAWN,
    (NominationState.ELIGIBLE, NominationAction.WITHDRAW): NominationState.WITHDRAWN,
    (NominationState.ON_AGENDA, NominationAction.APPROVE): NominationState.APPROVED,
    (NominationState.ON_AGENDA, NominationAction.NOT_APPROVE): NominationState.NOT_APPROVED,
    (NominationState.ON_AGENDA, NominationAction.TAKE_OFF_AGENDA): NominationState.ELIGIBLE,
    (NominationState.APPROVED, NominationAction.DECIDE): NominationState.DECIDED,
}
# Not in the way of another nomination of the same subject.
OUT_OF_THE_RUNNING = frozenset({NominationState.INELIGIBLE, NominationState.NOT_APPROVED, NominationState.WITHDRAWN})


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
    REVOCATION = "revocation", _("decision on a revocation")


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
    """A certificate is made as issued; only a signed decision moves it."""

    ISSUED = "issued", _("valid")
    REVOKED = "revoked", _("revoked")


class CertificateAction(models.TextChoices):
    REVOKE = "revoke", _("revoke the certificate")


CERTIFICATE_TRANSITIONS = {(CertificateState.ISSUED, CertificateAction.REVOKE): CertificateState.REVOKED}


class RevocationGround(models.TextChoices):
    """Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 93 khoản 2."""

    FRAUD = "a", _("fraudulent declaration of the achievement")
    FALSE_PAPERS = "b", _("false information or forged papers in the dossier")
    UNLAWFUL_PROPOSAL = "c", _("appraisal or proposal against the law")
    VIOLATION = "d", _("a competent body found a violation in the counted period that breaks the standard")
