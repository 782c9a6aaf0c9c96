"""A mark is pinned to what was read: the difference afterwards, and taking the own last decision back."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.audit.models import AuditEntry
from core.errors import Conflict, NotAllowed
from scoring.appraisal.entering import Entry, enter_lines
from scoring.appraisal.reading import changed_since
from scoring.appraisal.selectors.queue import lines_of
from scoring.appraisal.services import accept_line, accept_lines, correct_points, take_back_decision
from scoring.clarifying.services import answer_clarification, ask_clarification
from scoring.filing.evidence import attach_evidence
from scoring.filing.services import AnswerInput, save_answer
from scoring.models import Answer, Correction
from tests.scoring.filing.conftest import upload
from tests.stages import APPRAISING, correct

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def accept(year, code="B.1", index=0, by="appraiser") -> Answer:
    answer = year.answer(code, index)
    return accept_line(answer=answer, version=answer.version, actor=year.people[by])


def take_back(year, code="B.1", by="appraiser", version=None) -> Answer:
    answer = year.answer(code)
    return take_back_decision(
        answer=answer, version=answer.version if version is None else version, actor=year.people[by]
    )


def ask(year, code="B.1"):
    answer = year.answer(code)
    return ask_clarification(
        answer=answer,
        question="Số liệu lấy ở đâu?",
        due_at=APPRAISING + timedelta(days=5),
        version=answer.version,
        actor=year.people["appraiser"],
    )


def declare(year, a: str, code="B.1", explanation="Có hồ sơ giấy tại Văn phòng."):
    answer = year.answer(code)
    given = AnswerInput(raw={"a": a, "b": "100"}, explanation=explanation)
    return save_answer(answer=answer, given=given, version=answer.version, actor=year.officer())


def standing(answer: Answer) -> tuple:
    return (
        answer.line_state,
        answer.correction_id,
        answer.appraised_points,
        answer.appraised_by_id,
        answer.appraised_at,
        answer.clarification_id,
    )


class TestPin:
    @pytest.mark.parametrize("act", ["accept", "correct", "points", "many", "enter"])
    def test_every_way_to_decide_keeps_the_version_and_the_values_that_were_read(self, appraising, act):
        code = "B.3" if act == "enter" else "B.1"
        before, actor = appraising.answer(code), appraising.people["appraiser"]

        if act == "accept":
            accept(appraising)
        elif act == "correct":
            correct(appraising, code, a="60", b="100")
        elif act == "points":
            given = {"points": Decimal("1"), "reason_code": "TL-04", "reason": "x"}
            correct_points(answer=before, version=before.version, actor=actor, **given)
        elif act == "many":
            accept_lines(assessment=appraising.assessment(), answers=[before], actor=actor)
        else:
            entry = Entry(before.pk, before.version, {"points": "0,5"})
            given = {"cycle": appraising.cycle, "criterion": before.criterion, "reason": "Theo dõi"}
            enter_lines(entries=[entry], actor=actor, **given)

        read = appraising.answer(code).read_as
        assert (read["version"], read["values"], read["evidence"]) == (before.version, before.values, [])
        assert changed_since(appraising.answer(code)) is None

    def test_what_the_unit_changes_after_a_question_is_told_field_by_field(self, appraising):
        attach = {"answers": [appraising.answer("B.1")], "title": "Thống kê", "actor": appraising.officer()}
        read = accept(appraising).read_as["version"]
        asked = ask(appraising)
        attach_evidence(assessment=appraising.assessment(), upload=upload(), **attach)
        declare(appraising, "70")
        answer_clarification(asked=asked, reply="Đã sửa.", actor=appraising.officer())

        answer = appraising.answer("B.1")
        files = list(answer.evidence.all())
        other = changed_since(answer, files)

        assert (other.read, other.now) == (read, answer.version)
        told = [(one.before, one.after) for one in other.fields]
        assert told == [("90", "70"), ("3,00", "2,63"), ("", "Thống kê")]
        queue = {one.answer.pk: one for one in lines_of(appraising.people["lead"], appraising.cycle, answer.criterion)}
        assert (queue[answer.pk].state, queue[answer.pk].other.said.count("→")) == ("answered", 2)

    def test_a_question_answered_without_a_change_says_so_without_fields(self, appraising):
        accept(appraising)
        answer_clarification(asked=ask(appraising), reply="Đúng như đã khai.", actor=appraising.officer())

        assert changed_since(appraising.answer("B.1")).fields == []

    def test_a_line_that_nobody_had_decided_is_not_looked_at_again(self, appraising):
        asked = ask(appraising)
        declare(appraising, "70")
        answer_clarification(asked=asked, reply="Đã sửa.", actor=appraising.officer())

        assert changed_since(appraising.answer("B.1")) is None


class TestTakingBack:
    @pytest.mark.parametrize("how", ["accept", "correct"])
    def test_the_line_stands_as_before_and_the_trail_says_so(self, appraising, how):
        before = appraising.answer("B.1")
        accept(appraising) if how == "accept" else correct(appraising, "B.1", a="60", b="100")

        take_back(appraising)

        after = appraising.answer("B.1")
        assert (standing(after), after.read_as, after.version) == (standing(before), None, before.version + 2)
        assert Correction.objects.count() == (how == "correct")
        assert AuditEntry.objects.latest("seq").action == "answer.take_back"

    def test_the_decision_before_it_counts_again(self, appraising):
        correct(appraising, "B.1", by="appraiser2", a="60", b="100")
        before = appraising.answer("B.1")
        accept(appraising)

        take_back(appraising)

        assert standing(appraising.answer("B.1")) == standing(before)

    def test_an_answered_question_is_in_force_again(self, appraising):
        asked = ask(appraising)
        answer_clarification(asked=asked, reply="Đúng.", actor=appraising.officer())
        accept(appraising)

        take_back(appraising)

        assert appraising.answer("B.1").clarification_id == asked.pk

    def test_only_the_own_and_only_while_nothing_else_happened(self, appraising):
        accept(appraising)
        with pytest.raises(Conflict):
            take_back(appraising, by="appraiser2")
        with pytest.raises(NotAllowed):
            take_back(appraising, by="other_appraiser")
        with pytest.raises(Conflict):
            take_back(appraising, version=0)
        ask(appraising)
        with pytest.raises(Conflict):
            take_back(appraising)
        assert appraising.answer("B.1").line_state == "accepted"

    def test_twice_is_once(self, appraising):
        accept(appraising)
        take_back(appraising)
        with pytest.raises(Conflict):
            take_back(appraising)
