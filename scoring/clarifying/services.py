"""The acts: ask, answer, withdraw; and what a decision on the line makes of a question about it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Conflict, Invalid, WrongState
from core.lifecycle import advance
from scoring.clarifying.permissions import can_answer, can_ask, can_withdraw
from scoring.enums import ClarificationAction, ClarificationState
from scoring.filing.declaring import facts_of, forget_decision
from scoring.holding import held
from scoring.marking.blind import forget_outdated
from scoring.models import Answer, Clarification, Cycle

QUESTION_LIMIT, REPLY_LIMIT = 2000, 4000


@transaction.atomic(durable=True)
def ask_clarification(*, answer: Answer, question: str, due_at: datetime, version: int, actor: User) -> Clarification:
    """Ask the unit about one line as the appraiser has read it (`version`); the line opens to it until `due_at`.

    What was decided stays decided unless the unit changes the line or answers.
    """
    cycle, answer = _held_line(answer)
    now = clock.now()
    can_ask(actor, answer, cycle, now).require()
    if answer.version != version:
        raise Conflict(_("The line changed after it was opened. Read it again, then decide."))
    question = _text(question, QUESTION_LIMIT, "question", _("Write what the unit shall make clear."))
    _require_due(due_at, cycle, now)
    _end(answer, actor, now)
    asked = Clarification.objects.create(
        answer=answer, question=question, asked_by=actor, asked_at=now, due_at=due_at, before=declared(answer)
    )
    _put_in_force(answer, asked)
    details = {"question": question, "until": due_at.isoformat()}
    record(actor=actor, action="clarification.ask", obj=asked, details=details)
    return asked


@transaction.atomic(durable=True)
def answer_clarification(*, asked: Clarification, reply: str, actor: User) -> Clarification:
    """The unit answers in words; whatever it changed on the line before stands, and the line is locked again.

    The appraiser decides on the line anew, also where only words were added.
    """
    cycle, answer = _held_line(asked.answer)
    asked, now = _current(asked, answer), clock.now()
    can_answer(actor, asked, cycle, now).require()
    asked.reply = _text(reply, REPLY_LIMIT, "reply", _("Write the answer."))
    asked.replied_by, asked.replied_at, asked.after = actor, now, declared(answer)
    advance(asked, ClarificationAction.ANSWER, actor=actor, details={"changed": asked.changed_the_line})
    forget_decision(answer)
    answer.version += 1
    answer.save()
    forget_outdated(Answer.objects.filter(pk=answer.pk))
    return asked


@transaction.atomic(durable=True)
def withdraw_clarification(*, asked: Clarification, actor: User) -> Clarification:
    """The question was not needed: the line is locked again, and what was decided stays."""
    _cycle, answer = _held_line(asked.answer)
    asked = _current(asked, answer)
    can_withdraw(actor, asked).require()
    advance(asked, ClarificationAction.WITHDRAW, actor=actor)
    _put_in_force(answer, None)
    return asked


def settle_question(answer: Answer, actor: User, now: datetime) -> None:
    """For whoever decides on the (unsaved) line: the question is over. WrongState while the unit may still answer."""
    _end(answer, actor, now)
    answer.clarification = None


def _end(answer: Answer, actor: User, now: datetime) -> None:
    asked = answer.clarification
    if asked is None or asked.state != ClarificationState.ASKED:
        return
    if asked.waits(now):
        raise WrongState(
            _(
                "The unit was asked about this line and may answer until {time:%H:%M:%S %d/%m/%Y}. Wait, or withdraw the question."
            ).format(time=localtime(asked.due_at))
        )
    advance(asked, ClarificationAction.LAPSE, actor=actor)


def declared(answer: Answer) -> dict:
    """What the line says now, its evidence included."""
    files = answer.evidence.filter(removed_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    return facts_of(answer) | {"evidence": list(files)}


def _held_line(answer: Answer) -> tuple[Cycle, Answer]:
    cycle, assessment = held(answer.assessment)
    related = ("criterion__criteria_set", "criterion__responsible", "clarification")
    answer = Answer.objects.select_related(*related).get(pk=answer.pk)
    answer.assessment = assessment
    return cycle, answer


def _current(asked: Clarification, answer: Answer) -> Clarification:
    asked = Clarification.objects.get(pk=asked.pk)
    asked.answer = answer
    return asked


def _put_in_force(answer: Answer, asked: Clarification | None) -> None:
    answer.clarification = asked
    answer.version += 1
    answer.save()


def _require_due(due_at: datetime, cycle: Cycle, now: datetime) -> None:
    sentence = ""
    if due_at <= now:
        sentence = _("The day is over already.")
    elif due_at > cycle.appraisal_closes_at:
        sentence = _("The appraisal ends at {time:%H:%M:%S %d/%m/%Y}; the answer must come before.").format(
            time=localtime(cycle.appraisal_closes_at)
        )
    if sentence:
        raise Invalid(sentence, fields={"due_on": sentence})


def _text(text: str, limit: int, field: str, sentence: str) -> str:
    text = clean_text(text, limit=limit)
    if not text:
        raise Invalid(sentence, code="ERR-REQUIRED", fields={field: sentence})
    return text
