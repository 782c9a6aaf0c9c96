"""One question about one line: who asks, what opens and nothing else, what the answer does, what its absence leaves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, OutOfTime, WrongState
from scoring.appraisal.services import accept_line, accept_lines, close_appraisals, return_assessment
from scoring.appraisal.waiting import waiting_for as committee_tasks
from scoring.clarifying.services import answer_clarification, ask_clarification, withdraw_clarification
from scoring.enums import ClarificationState, LineState
from scoring.filing.evidence import attach_evidence, remove_evidence
from scoring.filing.services import AnswerInput, import_form, save_answer
from scoring.filing.waiting import waiting_for as unit_tasks
from scoring.models import Clarification
from tests.factories.year import APPRAISED
from tests.scoring.filing.conftest import upload
from tests.stages import APPRAISING, correct, decide_rest

pytestmark = pytest.mark.django_db

DAY, INSTANT = timedelta(days=1), timedelta(milliseconds=1)
DUE = APPRAISING + 5 * DAY


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def ask(year, code="A.3", index=0, by="appraiser", due_at=DUE, version=None):
    line = year.answer(code, index)
    return ask_clarification(
        answer=line,
        question="Cuộc họp quý III có biên bản không?",
        due_at=due_at,
        version=line.version if version is None else version,
        actor=year.people[by],
    )


def reply(year, asked, by="officer0", text="Có, biên bản số 12."):
    return answer_clarification(asked=asked, reply=text, actor=year.people[by])


def save(year, code="A.3", value="7", by="officer0"):
    line = year.answer(code)
    given = AnswerInput(raw={"value": value}, explanation="x")
    return save_answer(answer=line, given=given, version=line.version, actor=year.people[by])


def accept(year, code="A.3", index=0):
    line = year.answer(code, index)
    return accept_line(answer=line, version=line.version, actor=year.people["appraiser"])


class TestAsking:
    @pytest.mark.parametrize("by", ["appraiser", "lead", "secretary"])
    def test_the_agency_of_the_criterion_lead_and_secretary_ask(self, appraising, by):
        asked = ask(appraising, by=by)
        line = appraising.answer("A.3")
        assert (line.clarification, asked.state) == (asked, ClarificationState.ASKED)
        assert asked.before["values"] == {"value": "5"}
        assert AuditEntry.objects.filter(action="clarification.ask").count() == 1

    @pytest.mark.parametrize("by", ["other_appraiser", "officer0", "head0", "auditor", "administrator", "emulation"])
    def test_nobody_else_does(self, appraising, by):
        with pytest.raises(NotAllowed):
            ask(appraising, by=by)

    def test_nobody_asks_the_own_unit(self, appraising):
        from accounts.enums import Role  # noqa: PLC0415 - beside their only use
        from accounts.models import RoleMembership  # noqa: PLC0415

        lead = appraising.people["lead"]
        RoleMembership.objects.create(
            user=lead, role=Role.UNIT_OFFICER, unit=appraising.units[0], from_on=APPRAISING.date()
        )
        lead.forget_roles()
        with pytest.raises(NotAllowed):
            ask(appraising, by="lead")

    @pytest.mark.parametrize("due_at", [APPRAISING, APPRAISING - DAY, APPRAISED + INSTANT])
    def test_the_day_lies_ahead_and_within_the_appraisal(self, appraising, due_at):
        with pytest.raises(Invalid) as refused:
            ask(appraising, due_at=due_at)
        assert list(refused.value.fields) == ["due_on"]

    def test_one_question_at_a_time_about_what_was_read(self, appraising):
        with pytest.raises(Conflict):
            ask(appraising, version=99)
        ask(appraising)
        with pytest.raises(WrongState):
            ask(appraising, by="lead")
        assert Clarification.objects.count() == 1

    def test_the_agencys_own_line_and_a_form_not_under_appraisal_are_nothing_to_ask(self, year):
        year.to_appraisal(0)
        with year.on(APPRAISING):
            with pytest.raises(WrongState):
                ask(year, "B.3")
            with pytest.raises(WrongState):
                ask(year, index=1)  # never handed in
            year.appraise_now()
            with pytest.raises(WrongState):
                ask(year)  # closed
        with year.on(APPRAISED), pytest.raises(OutOfTime):
            ask(year, due_at=APPRAISED + DAY)


class TestOpenLine:
    def test_values_and_evidence_of_that_line_open_and_of_no_other(self, appraising):
        ask(appraising)
        save(appraising)
        file = attach_evidence(
            answers=[appraising.answer("A.3")], upload=upload(), title="", actor=appraising.officer()
        )
        remove_evidence(answer=appraising.answer("A.3"), evidence=file, actor=appraising.head())
        assert appraising.answer("A.3").values == {"value": "7"}
        for act in (
            lambda: save(appraising, "B.2", "3"),
            lambda: attach_evidence(
                answers=[appraising.answer("A.1")], upload=upload(), title="", actor=appraising.officer()
            ),
            lambda: attach_evidence(
                answers=[appraising.answer("A.3"), appraising.answer("A.1")],
                upload=upload(),
                title="",
                actor=appraising.officer(),
            ),
            lambda: import_form(
                assessment=appraising.assessment(),
                given={"A.3": AnswerInput(raw={"value": "9"})},
                actor=appraising.officer(),
            ),
        ):
            with pytest.raises(WrongState):
                act()

    def test_the_same_line_of_another_unit_stays_shut_and_so_do_strangers(self, appraising):
        ask(appraising)
        line = appraising.answer("A.3", 1)
        given = AnswerInput(raw={"value": "7"})
        with pytest.raises(WrongState):
            save_answer(answer=line, given=given, version=line.version, actor=appraising.officer(1))
        for stranger in ("officer1", "secretary", "appraiser"):
            with pytest.raises((NotAllowed, WrongState)):
                save(appraising, by=stranger)

    @pytest.mark.parametrize(("moment", "opened"), [(DUE - INSTANT, True), (DUE, False)])
    def test_it_shuts_to_the_millisecond(self, appraising, moment, opened):
        asked = ask(appraising)
        with appraising.on(moment):
            if opened:
                save(appraising)
                reply(appraising, asked)
            else:
                for act in (lambda: save(appraising), lambda: reply(appraising, asked)):
                    with pytest.raises(OutOfTime):
                        act()

    def test_the_answer_locks_the_line_again(self, appraising):
        asked = ask(appraising)
        reply(appraising, asked)
        with pytest.raises(WrongState):
            save(appraising)
        with pytest.raises(WrongState):
            reply(appraising, asked)


class TestAnswer:
    def test_words_and_what_was_changed_stand_on_record(self, appraising):
        asked = ask(appraising)
        save(appraising)
        reply(appraising, asked, by="head0")
        asked.refresh_from_db()
        assert (asked.state, asked.replied_by, asked.changed_the_line) == ("answered", appraising.head(), True)
        assert asked.after["values"] == {"value": "7"}

    def test_words_alone_change_nothing_on_the_line(self, appraising):
        asked = ask(appraising)
        reply(appraising, asked)
        asked.refresh_from_db()
        assert asked.changed_the_line is False

    def test_an_empty_answer_is_none(self, appraising):
        asked = ask(appraising)
        with pytest.raises(Invalid):
            reply(appraising, asked, text=" \n ")

    @pytest.mark.parametrize("by", ["officer1", "appraiser", "secretary", "auditor"])
    def test_only_the_unit_answers(self, appraising, by):
        asked = ask(appraising)
        with pytest.raises(NotAllowed):
            reply(appraising, asked, by=by)


class TestDecision:
    def test_the_appraiser_waits_for_the_answer_then_decides_and_the_question_is_over(self, appraising):
        asked = ask(appraising)
        with pytest.raises(WrongState):
            accept(appraising)
        with pytest.raises(WrongState):
            accept_lines(
                assessment=appraising.assessment(),
                answers=[appraising.answer("A.3")],
                actor=appraising.people["appraiser"],
            )
        reply(appraising, asked)
        accept(appraising)
        line = appraising.answer("A.3")
        assert (line.line_state, line.clarification) == (LineState.ACCEPTED, None)

    def test_many_lines_at_once_settle_an_answered_question_too(self, appraising):
        reply(appraising, ask(appraising))
        accept_lines(
            assessment=appraising.assessment(), answers=[appraising.answer("A.3")], actor=appraising.people["appraiser"]
        )
        assert appraising.answer("A.3").clarification is None

    def test_a_decision_is_asked_again_after_an_answer(self, appraising):
        accept(appraising)
        reply(appraising, ask(appraising))
        assert appraising.answer("A.3").line_state == LineState.OPEN

    def test_unanswered_what_was_decided_stays(self, appraising):
        correct(appraising, "A.3", value="3")
        asked = ask(appraising)
        with appraising.on(DUE):
            line = appraising.answer("A.3")
            assert (line.line_state, line.correction.values) == (LineState.CORRECTED, {"value": "3"})
            accept(appraising)  # the appraiser may decide anew, and the question is then over for good
            asked.refresh_from_db()
            assert (asked.state, appraising.answer("A.3").clarification) == ("lapsed", None)

    def test_withdrawn_nothing_has_happened(self, appraising):
        accept(appraising)
        asked = ask(appraising)
        with pytest.raises(NotAllowed):
            withdraw_clarification(asked=asked, actor=appraising.people["other_appraiser"])
        withdraw_clarification(asked=asked, actor=appraising.people["lead"])
        line = appraising.answer("A.3")
        assert (line.line_state, line.clarification) == (LineState.ACCEPTED, None)
        with pytest.raises(WrongState):
            save(appraising)
        with pytest.raises(WrongState):
            withdraw_clarification(asked=asked, actor=appraising.people["lead"])

    def test_a_second_question_after_an_answer_or_a_lapse(self, appraising):
        reply(appraising, ask(appraising))
        first = ask(appraising)
        with appraising.on(DUE):
            second = ask(appraising, due_at=DUE + DAY)
        first.refresh_from_db()
        assert (first.state, appraising.answer("A.3").clarification) == ("lapsed", second)
        assert Clarification.objects.count() == 3

    def test_a_form_is_not_closed_while_its_unit_may_still_answer(self, appraising):
        decide_all(appraising)
        ask(appraising)
        assert close_appraisals(cycle=appraising.cycle, actor=appraising.people["lead"]) == (2, 1)
        with appraising.on(DUE):
            assert close_appraisals(cycle=appraising.cycle, actor=appraising.people["lead"]) == (1, 0)

    def test_a_returned_form_can_be_answered_in_as_well(self, appraising):
        asked = ask(appraising)
        return_assessment(assessment=appraising.assessment(), reason="Bổ sung", actor=appraising.people["lead"])
        save(appraising, "B.2", "3")
        reply(appraising, asked)


def decide_all(year) -> None:
    """Everything decided, nothing closed."""
    for index in range(3):
        correct(year, "B.3", index, points="0,5")
        assessment = year.assessment(index)
        accept_lines(assessment=assessment, answers=assessment.answers.all(), actor=year.people["appraiser"])


class TestInbox:
    def questions(self, user) -> list:
        return [task for task in unit_tasks(user) if task.icon == "chat-left-text"]

    def test_the_unit_sees_the_question_until_its_day_or_its_answer(self, appraising):
        assert unit_tasks(appraising.officer()) == []
        asked = ask(appraising)
        for person in (appraising.officer(), appraising.head()):
            (task,) = self.questions(person)
            assert (task.until, "A.3" in task.title) == (DUE, True)
        assert self.questions(appraising.officer(1)) == []
        with appraising.on(DUE):
            assert self.questions(appraising.officer()) == []
        reply(appraising, asked)
        assert self.questions(appraising.officer()) == []

    def test_many_questions_are_one_task(self, appraising):
        for code in ("A.1", "A.2", "A.3", "B.1"):
            ask(appraising, code)
        (task,) = self.questions(appraising.officer())
        assert "4" in task.title

    def test_the_appraiser_is_told_of_answers_and_not_of_lines_that_wait(self, appraising):
        appraiser = appraising.people["appraiser"]
        before = committee_tasks(appraiser)[0].title
        asked = ask(appraising)
        assert [task.icon for task in committee_tasks(appraiser)] == ["clipboard-check"]
        assert committee_tasks(appraiser)[0].title != before  # one line fewer to appraise now
        reply(appraising, asked)
        answered = committee_tasks(appraiser)[0]
        assert (answered.icon, "A.3" in answered.where) == ("chat-left-text", True)
        assert committee_tasks(appraising.people["other_appraiser"]) == []
        accept(appraising)
        assert [task.icon for task in committee_tasks(appraiser)] == ["clipboard-check"]


def test_a_whole_year_ends_as_before_where_a_question_was_answered(year):
    year.to_appraisal()
    with year.on(APPRAISING):
        reply(year, ask(year))
        decide_rest(year)
    year.to_explanation()
    assert year.publish().state == "published"


def test_questions_and_answers_are_final_in_the_database(appraising):
    reply(appraising, ask(appraising))
    ask(appraising, "A.1")
    for statement in (
        "UPDATE scoring_clarification SET question = 'khác'",
        "UPDATE scoring_clarification SET reply = 'khác' WHERE state = 'answered'",
        "UPDATE scoring_clarification SET state = 'asked' WHERE state = 'answered'",
        "UPDATE scoring_clarification SET due_at = '2030-01-01 00:00:00+00' WHERE state = 'asked'",
        "DELETE FROM scoring_clarification",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
