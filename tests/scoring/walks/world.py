"""The same walk through the product's services, and what the database says afterwards."""

import hashlib

from django.core import serializers
from django.utils.timezone import localdate

from core.audit.models import AuditEntry
from scoring.appraisal.council import enter_council_decision, refer_to_council
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.lines import effective_values
from scoring.appraisal.services import (
    accept_line,
    accept_lines,
    close_appraisals,
    correct_inputs,
    grant_not_applicable,
    return_assessment,
)
from scoring.clarifying.services import answer_clarification, ask_clarification, withdraw_clarification
from scoring.cycles.rounds import open_round
from scoring.cycles.services import close_filing, open_explanation, release_provisional, settle
from scoring.enums import ExplanationAction
from scoring.filing.services import AnswerInput, prepare, reopen, save_answer, submit
from scoring.models import (
    Answer,
    Assessment,
    Clarification,
    Correction,
    Cycle,
    Explanation,
    Preparation,
    Referral,
    Submission,
)
from tests.factories.people import proof_of
from tests.factories.year import Year
from tests.scoring.walks.model import DAY, FIELD, LINES, Act, Model

WORDS = "Có hồ sơ giấy tại Văn phòng."
KEPT = (Cycle, Assessment, Answer, Clarification, Correction, Explanation, Preparation, Referral, Submission)


class World:
    """Unit 0 of a small year, filled in once, so that nothing is missing when it is put before the head."""

    def __init__(self, year: Year):
        self.year = year

    def make_ready(self, act: Act, model: Model) -> None:
        """A provisional result is shown of a run that has seen everything."""
        if act.name == "release" and model.phase == "appraisal":
            with self.year.on(model.now):
                self.year.compute()

    def perform(self, act: Act, model: Model) -> None:
        """By the moment of the model. A DomainError is the product's no."""
        with self.year.on(model.now):
            getattr(self, f"_{act.name}")(act, self.year.people.get(act.by), model)

    def answer(self, code: str) -> Answer:
        return self.year.answer(code)

    def says(self) -> dict:
        """What the model can be held against."""
        form = self.year.assessment()
        return {
            "phase": Cycle.objects.get(pk=self.year.cycle.pk).state,
            "form": form.state,
            "was_submitted": form.submitted_at is not None,
            "lines": {code: self._line(code) for code in LINES},
        }

    def _line(self, code: str) -> dict:
        answer = self.answer(code)
        values = (effective_values(answer) or {}) if answer.line_state != "open" else {}
        contest = answer.contest
        return {
            "claim": answer.values.get(FIELD[code], ""),
            "asks_not_applicable": answer.asks_not_applicable,
            "state": answer.line_state,
            "counts": "na" if values.get("na") else values.get(FIELD[code], ""),
            "question": answer.clarification.state if answer.clarification_id else "",
            "contest": contest.state if contest else "",
        }

    def print(self) -> str:
        """Everything an act could have touched, as one hash."""
        rows = [serializers.serialize("json", model.objects.order_by("pk")) for model in KEPT]
        rows.append(str(AuditEntry.objects.count()))
        return hashlib.sha256("".join(rows).encode()).hexdigest()

    # --- acts
    def _wait(self, act, actor, model) -> None:
        """The clock is the model's."""

    def _save(self, act, actor, model) -> None:
        answer = self.answer(act.line)
        given = AnswerInput(raw={FIELD[act.line]: act.figure}, explanation=WORDS)
        save_answer(answer=answer, given=given, version=answer.version, actor=actor)

    def _ask_not_applicable(self, act, actor, model) -> None:
        answer = self.answer(act.line)
        given = AnswerInput(explanation=WORDS, asks_not_applicable=True)
        save_answer(answer=answer, given=given, version=answer.version, actor=actor)

    def _prepare(self, act, actor, model) -> None:
        prepare(assessment=self.year.assessment(), actor=actor)

    def _reopen(self, act, actor, model) -> None:
        reopen(assessment=self.year.assessment(), actor=actor)

    def _submit(self, act, actor, model) -> None:
        submit(assessment=self.year.assessment(), actor=actor, proof=proof_of(actor))

    def _give_back(self, act, actor, model) -> None:
        return_assessment(assessment=self.year.assessment(), reason="Bổ sung tài liệu.", actor=actor)

    def _close_filing(self, act, actor, model) -> None:
        close_filing(cycle=self.year.cycle, actor=actor)

    def _accept(self, act, actor, model) -> None:
        answer = self.answer(act.line)
        accept_line(answer=answer, version=answer.version, actor=actor)

    def _accept_rest(self, act, actor, model) -> None:
        form = self.year.assessment()
        others = form.answers.exclude(criterion__code__in=LINES)
        if accept_lines(assessment=form, answers=others, actor=actor) == 0:
            accept_line(answer=others.first(), version=others.first().version, actor=actor)

    def _correct(self, act, actor, model) -> None:
        answer = self.answer(act.line)
        raw = {FIELD[act.line]: act.figure.replace(".", ",")}
        correct_inputs(
            answer=answer, raw=raw, reason_code="TL-04", reason="Theo văn bản.", version=answer.version, actor=actor
        )

    def _grant(self, act, actor, model) -> None:
        answer = self.answer(act.line)
        grant_not_applicable(answer=answer, reason="Không có đối tượng.", version=answer.version, actor=actor)

    def _ask(self, act, actor, model) -> None:
        answer = self.answer(act.line)
        ask_clarification(
            answer=answer, question="Nêu số văn bản.", due_at=model.due, version=answer.version, actor=actor
        )

    def _asked(self, code: str) -> Clarification:
        return self.answer(code).clarifications.last()

    def _answer(self, act, actor, model) -> None:
        answer_clarification(asked=self._asked(act.line), reply="Văn bản số 12.", actor=actor)

    def _withdraw(self, act, actor, model) -> None:
        withdraw_clarification(asked=self._asked(act.line), actor=actor)

    def _close(self, act, actor, model) -> None:
        close_appraisals(cycle=self.year.cycle, actor=actor)

    def _release(self, act, actor, model) -> None:
        release_provisional(cycle=self.year.cycle, actor=actor)

    def _open_explanation(self, act, actor, model) -> None:
        open_explanation(cycle=self.year.cycle, actor=actor)

    def _contest(self, act, actor, model) -> None:
        file_explanation(answer=self.answer(act.line), grounds="Đã gửi bổ sung.", actor=actor)

    def _decide(self, act, actor, action: ExplanationAction) -> None:
        explanation = self.answer(act.line).contest
        decide_explanation(explanation=explanation, action=action, raw={}, reason="Đủ căn cứ.", actor=actor)

    def _uphold(self, act, actor, model) -> None:
        self._decide(act, actor, ExplanationAction.UPHOLD)

    def _reject(self, act, actor, model) -> None:
        self._decide(act, actor, ExplanationAction.REJECT)

    def _refer(self, act, actor, model) -> None:
        explanation = self.answer(act.line).contest
        refer_to_council(explanation=explanation, reason="Không còn người thứ hai.", actor=actor)

    def _council(self, act, actor, model) -> None:
        enter_council_decision(
            explanation=self.answer(act.line).contest,
            action=ExplanationAction.REJECT,
            raw={},
            number="05/BB-HĐTĐ",
            decided_on=localdate(model.now),
            present="Ông A",
            reason="Đủ căn cứ.",
            actor=actor,
        )

    def _next_round(self, act, actor, model) -> None:
        open_round(cycle=self.year.cycle, closes_at=model.now + DAY, words=500, reason="Còn ý kiến.", actor=actor)

    def _settle(self, act, actor, model) -> None:
        settle(cycle=self.year.cycle, actor=actor)
