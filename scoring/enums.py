"""States, actions and transition tables of the year (design.md 6). What is not in a table cannot happen."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CycleState(models.TextChoices):
    PREPARING = "preparing", _("preparing")
    FILING = "filing", _("self-assessment")
    APPRAISAL = "appraisal", _("appraisal")
    PROVISIONAL = "provisional", _("provisional result")
    EXPLANATION = "explanation", _("explanation")
    SETTLED = "settled", _("settled")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


class CycleAction(models.TextChoices):
    OPEN_FILING = "open_filing", _("open filing")
    CLOSE_FILING = "close_filing", _("close filing, begin the appraisal")
    RELEASE = "release", _("show the provisional result to the units")
    OPEN_EXPLANATION = "open_explanation", _("open the explanation")
    SETTLE = "settle", _("settle the scores")
    PUBLISH = "publish", _("publish")
    ARCHIVE = "archive", _("archive")


CYCLE_TRANSITIONS = {
    (CycleState.PREPARING, CycleAction.OPEN_FILING): CycleState.FILING,
    (CycleState.FILING, CycleAction.CLOSE_FILING): CycleState.APPRAISAL,
    (CycleState.APPRAISAL, CycleAction.RELEASE): CycleState.PROVISIONAL,
    (CycleState.PROVISIONAL, CycleAction.OPEN_EXPLANATION): CycleState.EXPLANATION,
    (CycleState.EXPLANATION, CycleAction.SETTLE): CycleState.SETTLED,
    (CycleState.SETTLED, CycleAction.PUBLISH): CycleState.PUBLISHED,
    (CycleState.PUBLISHED, CycleAction.ARCHIVE): CycleState.ARCHIVED,
}


class SetState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", pgettext_lazy("criteria set", "published")
    RETIRED = "retired", _("retired")


class SetAction(models.TextChoices):
    PUBLISH = "publish", _("publish the criteria set")
    RETIRE = "retire", _("retire the criteria set")


SET_TRANSITIONS = {
    (SetState.DRAFT, SetAction.PUBLISH): SetState.PUBLISHED,
    (SetState.PUBLISHED, SetAction.RETIRE): SetState.RETIRED,
}


class AssessmentState(models.TextChoices):
    DRAFT = "draft", _("being filled in")
    PREPARED = "prepared", _("waits for the head")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    UNDER_APPRAISAL = "under_appraisal", _("under appraisal")
    APPRAISED = "appraised", _("appraised")
    SETTLED = "settled", _("settled")


class AssessmentAction(models.TextChoices):
    PREPARE = "prepare", _("put before the head")
    REOPEN = "reopen", _("take back to edit")
    SUBMIT = "submit", _("submit")
    RETURN = "return", _("return to the unit")
    BEGIN_APPRAISAL = "begin_appraisal", _("begin the appraisal")
    CLOSE_APPRAISAL = "close_appraisal", _("close the appraisal")
    SETTLE = "settle", _("settle")


ASSESSMENT_TRANSITIONS = {
    (AssessmentState.DRAFT, AssessmentAction.PREPARE): AssessmentState.PREPARED,
    (AssessmentState.RETURNED, AssessmentAction.PREPARE): AssessmentState.PREPARED,
    (AssessmentState.PREPARED, AssessmentAction.REOPEN): AssessmentState.DRAFT,
    (AssessmentState.PREPARED, AssessmentAction.SUBMIT): AssessmentState.SUBMITTED,
    (AssessmentState.SUBMITTED, AssessmentAction.RETURN): AssessmentState.RETURNED,
    (AssessmentState.UNDER_APPRAISAL, AssessmentAction.RETURN): AssessmentState.RETURNED,
    (AssessmentState.SUBMITTED, AssessmentAction.BEGIN_APPRAISAL): AssessmentState.UNDER_APPRAISAL,
    (AssessmentState.UNDER_APPRAISAL, AssessmentAction.CLOSE_APPRAISAL): AssessmentState.APPRAISED,
    (AssessmentState.APPRAISED, AssessmentAction.SETTLE): AssessmentState.SETTLED,
}
EDITABLE = frozenset({AssessmentState.DRAFT, AssessmentState.RETURNED})
HANDED_IN = frozenset(AssessmentState) - EDITABLE - {AssessmentState.PREPARED}


class LineState(models.TextChoices):
    """Where one answer stands with the appraiser."""

    OPEN = "open", _("not yet appraised")
    ACCEPTED = "accepted", _("accepted")
    CORRECTED = "corrected", _("corrected")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class EvidenceMark(models.TextChoices):
    """What a reader is told about a file before opening it."""

    NONE = "", ""
    ACTIVE = "active", _("may run something when opened")
    ENCRYPTED = "encrypted", _("locked with a password")


class ScanState(models.TextChoices):
    """What the virus check said; nothing where no checker was installed when the file came."""

    NONE = "", ""
    CLEAN = "clean", _("no virus found")
    WAITING = "waiting", _("being checked for viruses")
    INFECTED = "infected", _("a virus was found, locked")


class CorrectionKind(models.TextChoices):
    INPUTS = "inputs", _("figures corrected")
    POINTS = "points", _("points set")
    NOT_APPLICABLE = "not_applicable", _("granted as not applicable")


class ReasonCode(models.TextChoices):
    """Why a claim was changed; counted per criterion for next year's guidance."""

    MISSING = "TL-01", _("evidence missing")
    UNREADABLE = "TL-02", _("evidence cannot be read or has no number or date")
    OUTSIDE_YEAR = "TL-03", _("evidence from outside the year")
    MISMATCH = "TL-04", _("evidence does not show the declared figure")
    INCOMPLETE = "TL-05", _("evidence covers a part only")
    WRONG_COUNT = "SL-01", _("counted otherwise than the criterion says")
    SYSTEM_FIGURE = "SL-02", _("a system of the province shows another figure")
    NOT_APPLICABLE = "KAD", _("the criterion does not apply to the unit")
    BY_APPRAISER = "TD-01", _("entered by the appraiser by the criterion's nature")
    AFTER_EXPLANATION = "GT-01", _("after the unit's explanation")


class ExplanationState(models.TextChoices):
    FILED = "filed", _("filed")
    REFERRED = "referred", _("before the appraisal council")
    UPHELD = "upheld", _("upheld")
    PARTLY_UPHELD = "partly_upheld", _("partly upheld")
    REJECTED = "rejected", _("rejected")


class ExplanationAction(models.TextChoices):
    REFER = "refer", _("refer to the appraisal council")
    UPHOLD = "uphold", _("uphold")
    UPHOLD_PARTLY = "uphold_partly", _("uphold in part")
    REJECT = "reject", _("reject")


EXPLANATION_TRANSITIONS = {
    (ExplanationState.FILED, ExplanationAction.UPHOLD): ExplanationState.UPHELD,
    (ExplanationState.FILED, ExplanationAction.UPHOLD_PARTLY): ExplanationState.PARTLY_UPHELD,
    (ExplanationState.FILED, ExplanationAction.REJECT): ExplanationState.REJECTED,
    (ExplanationState.FILED, ExplanationAction.REFER): ExplanationState.REFERRED,
    (ExplanationState.REFERRED, ExplanationAction.UPHOLD): ExplanationState.UPHELD,
    (ExplanationState.REFERRED, ExplanationAction.UPHOLD_PARTLY): ExplanationState.PARTLY_UPHELD,
    (ExplanationState.REFERRED, ExplanationAction.REJECT): ExplanationState.REJECTED,
}
# Somebody still has to decide: the second appraiser, or the appraisal council.
HEARD = frozenset({ExplanationState.UPHELD, ExplanationState.PARTLY_UPHELD})
UNDECIDED = frozenset({ExplanationState.FILED, ExplanationState.REFERRED})


class RunState(models.TextChoices):
    QUEUED = "queued", _("being computed")
    COMPUTED = "computed", _("computed")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")


class RunAction(models.TextChoices):
    COMPUTE = "compute", _("compute")
    PUBLISH = "publish", _("publish")
    SUPERSEDE = "supersede", _("supersede")


RUN_TRANSITIONS = {
    (RunState.QUEUED, RunAction.COMPUTE): RunState.COMPUTED,
    (RunState.COMPUTED, RunAction.PUBLISH): RunState.PUBLISHED,
    (RunState.PUBLISHED, RunAction.SUPERSEDE): RunState.SUPERSEDED,
}


class ExtensionState(models.TextChoices):
    """More time for one unit: asked for by it, or given unasked."""

    ASKED = "asked", _("asked for")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ExtensionAction(models.TextChoices):
    GRANT = "grant", _("grant more time")
    REFUSE = "refuse", _("refuse more time")
    WITHDRAW = "withdraw", _("withdraw")


EXTENSION_TRANSITIONS = {
    (ExtensionState.ASKED, ExtensionAction.GRANT): ExtensionState.GRANTED,
    (ExtensionState.ASKED, ExtensionAction.REFUSE): ExtensionState.REFUSED,
    (ExtensionState.ASKED, ExtensionAction.WITHDRAW): ExtensionState.WITHDRAWN,
    (ExtensionState.GRANTED, ExtensionAction.WITHDRAW): ExtensionState.WITHDRAWN,
}


class ClarificationState(models.TextChoices):
    """A question about one line, put to the unit while the form is appraised."""

    ASKED = "asked", _("clarification asked")
    ANSWERED = "answered", _("answered")
    LAPSED = "lapsed", _("not answered in time")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ClarificationAction(models.TextChoices):
    ANSWER = "answer", _("answer a clarification request")
    LAPSE = "lapse", _("decide after no answer came")
    WITHDRAW = "withdraw", _("withdraw")


CLARIFICATION_TRANSITIONS = {
    (ClarificationState.ASKED, ClarificationAction.ANSWER): ClarificationState.ANSWERED,
    (ClarificationState.ASKED, ClarificationAction.LAPSE): ClarificationState.LAPSED,
    (ClarificationState.ASKED, ClarificationAction.WITHDRAW): ClarificationState.WITHDRAWN,
}


class ConflictKind(models.TextChoices):
    """Why a person, or everybody of an agency, does not appraise a unit; the own unit is never appraised anyway."""

    FAMILY = "family", _("family member in the unit")
    FORMER = "former", _("worked there until lately")
    INTEREST = "interest", _("interest in the unit's work")
    OTHER = "other", _("another relation")
    SUPERIOR = "superior", _("superior body")


class AssignmentMode(models.TextChoices):
    """What one person gets whole."""

    CRITERION = "criterion", _("by criterion")
    UNIT = "unit", _("by unit")
    LINE = "line", _("by criterion and unit, line by line")


class MarkWay(models.TextChoices):
    """How a second mark was come to: the ways in which a line is decided."""

    ACCEPT = "accept", _("as declared")
    INPUTS = "inputs", _("other figures")
    POINTS = "points", _("points set")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class TextState(models.TextChoices):
    """What became of reading a document: a scan or a picture has no text, a locked or broken file does not open."""

    READ = "read", _("read")
    EMPTY = "empty", _("no text in it")
    CLOSED = "closed", _("cannot be read")


class FlagKind(models.TextChoices):
    """What an appraiser is told about a document beside the line."""

    SAME_FILE = "file", _("same file")
    SAME_TEXT = "text", _("nearly the same text")
    SAME_NUMBER = "number", _("same document number")
    OUTSIDE_YEAR = "year", _("dated outside the year")
