"""Roles and kinds of units (design.md 6)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    UNIT_OFFICER = "unit_officer", _("unit officer")
    UNIT_HEAD = "unit_head", _("head of unit")
    APPRAISER = "appraiser", _("appraiser")
    APPRAISAL_LEAD = "appraisal_lead", _("appraisal lead")
    SCORING_SECRETARY = "scoring_secretary", _("scoring secretary")
    EMULATION_SECRETARY = "emulation_secretary", _("emulation secretary")
    COUNCIL_MEMBER = "council_member", _("council member")
    SIGNING_LEADER = "signing_leader", _("signing leader")
    ADMINISTRATOR = "administrator", _("administrator")
    AUDITOR = "auditor", _("auditor")


class TokenScope(models.TextChoices):
    READ = "read", _("read")
    FILE = "file", _("read, and file the self-assessment")


class ProofMethod(models.TextChoices):
    """How a person showed, a moment before a binding act, that it is the person."""

    PASSWORD = "password", _("password typed again")


class UnitKind(models.TextChoices):
    WARD = "ward", _("ward")
    COMMUNE = "commune", _("commune")
    DEPARTMENT = "department", _("provincial agency")
    PARTY_BODY = "party_body", _("party body")
    MASS_BODY = "mass_body", _("mass organisation")
    CENTRAL_AGENCY = "central_agency", _("central agency in the province")
    ENTERPRISE = "enterprise", _("enterprise")


class Certainty(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    ASSEMBLED = "assembled", _("assembled from several sources")
    UNCERTAIN = "uncertain", _("to be confirmed")
