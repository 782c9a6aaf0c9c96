"""The lead's review before the appraisal is closed: a line goes back with a note, a criterion is marked as reviewed."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Conflict, Invalid, WrongState
from scoring.appraisal.permissions import can_reopen, can_review
from scoring.appraisal.selectors.progress import undecided_lines
from scoring.appraisal.services import REASON_LIMIT
from scoring.filing.declaring import forget_decision
from scoring.holding import held
from scoring.models import Answer, Criterion, CriterionReview, Cycle, Reopening


@transaction.atomic(durable=True)
def reopen_line(*, answer: Answer, note: str, version: int, actor: User) -> Reopening:
    """The line is open again for whoever appraises it. Corrections stay on record; none is in force."""
    cycle, assessment = held(answer.assessment)
    answer = Answer.objects.select_related("criterion").get(pk=answer.pk)
    answer.assessment = assessment
    can_reopen(actor, answer, cycle).require()
    if answer.version != version:
        raise Conflict(_("The line changed after it was opened. Read it again, then decide."))
    note = clean_text(note, limit=REASON_LIMIT)
    if not note:
        raise Invalid(_("Write the note."), code="ERR-REQUIRED", fields={"note": _("Write the note.")})
    before = {"line_state": answer.line_state, "points": answer.appraised_points}
    forget_decision(answer)
    answer.version += 1
    given = {"note": note, "version": answer.version, "reopened_by": actor, "reopened_at": clock.now()}
    answer.reopening = made = Reopening.objects.create(answer=answer, **given)
    answer.save()
    record(actor=actor, action="answer.reopen", obj=answer, details={"before": before, "note": note})
    return made


@transaction.atomic(durable=True)
def review_criterion(*, cycle: Cycle, criterion: Criterion, actor: User) -> CriterionReview:
    """Every line of it is decided, and the lead has looked the marks through."""
    cycle = locks.exclusive(Cycle, cycle.pk)
    can_review(actor, cycle).require()
    if left := undecided_lines(cycle).filter(criterion=criterion).count():
        sentence = ngettext(
            "{n} line of this criterion is not decided yet.", "{n} lines of this criterion are not decided yet.", left
        )
        raise WrongState(sentence.format(n=left))
    made = CriterionReview.objects.create(cycle=cycle, criterion=criterion, reviewed_by=actor, reviewed_at=clock.now())
    record(actor=actor, action="criterion.review", obj=criterion, details={"year": cycle.year})
    return made
