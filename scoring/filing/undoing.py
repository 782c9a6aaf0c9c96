"""Take back one's own last change of a line."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.errors import Conflict
from scoring.filing.changes import UNDO, last_own_change
from scoring.filing.declaring import declared_as, difference, facts_of, put
from scoring.filing.permissions import can_edit
from scoring.filing.services import changed_meanwhile
from scoring.models import Answer, Assessment, Cycle


@transaction.atomic(durable=True)
def undo_answer(*, answer: Answer, version: int, actor: User) -> Answer:
    """What stood in the line before the actor's own last change comes back, as a new save; undone again, one step further.

    `version` is the line as it was read: Conflict if anybody saved it since, and where nothing of the actor's is left
    to take back. Evidence has its own way back.
    """
    cycle = locks.shared(Cycle, answer.assessment.cycle_id)
    assessment = locks.exclusive(Assessment, answer.assessment_id)
    can_edit(actor, assessment, cycle, clock.now()).require()
    answer = Answer.objects.select_related("criterion__criteria_set", "updated_by").get(pk=answer.pk)
    if answer.version != version:
        raise changed_meanwhile(answer)
    change = last_own_change(answer, actor)
    if change is None:
        raise Conflict(_("There is no change of yours here that can be taken back."), code="ERR-STATE")
    before = facts_of(answer)
    put(answer, declared_as(answer, **(before | change.before)), actor)
    answer.save()
    record(actor=actor, action=UNDO, obj=answer, details=difference(before, answer) | {"undoes": change.seq})
    return answer
