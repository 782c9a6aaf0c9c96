"""The acts of double marking: drawn, given once and blind, compared, decided by a third person, given up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.enums import Role
from accounts.models import RoleMembership
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from scoring.appraisal.selectors.queue import lines_of, lines_of_unit
from scoring.appraisal.services import (
    accept_line,
    accept_lines,
    close_appraisals,
    correct_inputs,
    return_assessment,
    take_back_decision,
)
from scoring.clarifying.services import answer_clarification, ask_clarification
from scoring.conflicts.services import declare_conflict
from scoring.enums import ConflictKind
from scoring.filing.services import AnswerInput, prepare, save_answer
from scoring.marking.services import draw_second_marks, release_second_mark, settle_gap
from scoring.models import Answer, SecondMark
from tests.scoring.marking.conftest import mark_second
from tests.stages import APPRAISING

pytestmark = pytest.mark.django_db


def draw(year, share=100, gap=20, seed=5, by="lead"):
    return draw_second_marks(
        cycle=year.cycle, agency=year.agency, share_percent=share, gap_percent=gap, seed=seed, actor=year.people[by]
    )


def first(year, a: str | None = None, by="appraiser", code="B.1") -> Answer:
    """The first mark of B.1 of unit 0: accepted, or with `a` of 100 recognised."""
    answer = year.answer(code)
    if a is None:
        return accept_line(answer=answer, version=answer.version, actor=year.people[by])
    given = {"raw": {"a": a, "b": "100"}, "reason_code": "TL-04", "reason": "Số liệu khác."}
    correct_inputs(answer=answer, version=answer.version, actor=year.people[by], **given)
    return year.answer(code)


def settle(year, choice, points=None, by="lead", reason="Theo hồ sơ."):
    answer = year.answer("B.1")
    given = {"choice": choice, "points": points, "reason": reason, "version": answer.version}
    return settle_gap(answer=answer, actor=year.people[by], **given)


def second(year) -> SecondMark:
    return SecondMark.objects.get(answer=year.answer("B.1"))


class TestDrawing:
    def test_open_lines_get_a_second_marker_of_the_agency_who_is_no_lead(self, appraising):
        made = draw(appraising, share=34)
        names = set(made.marks.values_list("marker__username", flat=True))
        assert made.lines == made.marks.count() > 0
        assert names == {"appraiser", "appraiser2"}
        assert AuditEntry.objects.filter(action="markingdraw.make").count() == 1

    def test_a_decided_line_is_never_drawn_and_a_second_draw_adds(self, appraising):
        decided = first(appraising)
        draw(appraising, share=50)
        before = set(SecondMark.objects.values_list("answer", flat=True))
        draw(appraising, share=100, seed=6)
        after = set(SecondMark.objects.values_list("answer", flat=True))
        assert before < after
        assert decided.pk not in after

    def test_whoever_reads_every_mark_by_office_gives_no_second_one(self, appraising):
        RoleMembership.objects.create(
            user=appraising.people["appraiser2"], role=Role.AUDITOR, unit=appraising.office, from_on=date(2020, 1, 1)
        )
        with pytest.raises(Invalid, match="không có ai"):
            draw(appraising)

    def test_nobody_marks_a_unit_of_a_conflict(self, appraising):
        person, unit = appraising.people["appraiser2"], appraising.units[0]
        declare_conflict(person=person, unit=unit, kind=ConflictKind.FAMILY, reason="Em ruột là văn thư.", actor=person)
        made = draw(appraising)
        units = made.marks.filter(marker=person).values_list("answer__assessment__unit", flat=True)
        # Of that unit one appraiser is left, who has to stay for the first mark.
        assert unit.pk not in units
        assert made.left == appraising.assessment().answers.exclude(criterion__pillar=None, values={}).count()

    @pytest.mark.parametrize(("share", "gap"), [(0, 20), (101, 20), (10, -1), (10, 101)])
    def test_figures_out_of_range_are_refused(self, appraising, share, gap):
        with pytest.raises(Invalid):
            draw(appraising, share=share, gap=gap)
        assert not SecondMark.objects.exists()

    def test_only_a_lead_draws(self, appraising):
        with pytest.raises(NotAllowed):
            draw(appraising, by="appraiser")


class TestFirstAndSecond:
    def test_the_second_marker_cannot_give_the_first_mark(self, doubled):
        with pytest.raises(NotAllowed, match="lượt một do người khác"):
            first(doubled, by="appraiser2")

    def test_the_second_mark_never_counts_by_itself(self, doubled):
        mark_second(doubled, "points", points=Decimal("0.5"))
        answer = doubled.answer("B.1")
        assert (answer.line_state, answer.appraised_points) == ("open", None)
        first(doubled)
        assert doubled.answer("B.1").appraised_points == 3

    def test_it_is_given_once_by_the_one_it_is_from(self, doubled):
        with pytest.raises(NotAllowed, match="không phải người thẩm định lượt hai"):
            mark_second(doubled, by="appraiser")
        mark_second(doubled)
        with pytest.raises(WrongState, match="đã được lưu"):
            mark_second(doubled)

    def test_a_mark_for_what_was_not_read_is_refused(self, doubled):
        with pytest.raises(Conflict):
            mark_second(doubled, token=1)
        assert second(doubled).saved_at is None

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({"way": "points", "points": Decimal("3.01")}, Invalid),
            ({"way": "points", "points": Decimal("-0.01")}, Invalid),
            ({"way": "points", "points": None}, Invalid),
            ({"way": "points", "points": Decimal(1), "reason": " "}, Invalid),
            ({"way": "points", "points": Decimal(1), "reason_code": "XX"}, Invalid),
            ({"way": "inputs", "raw": {"a": "120", "b": "1e3"}}, Invalid),
        ],
    )
    def test_bad_marks_are_refused_with_nothing_written(self, doubled, given, error):
        with pytest.raises(error):
            mark_second(doubled, **given)
        assert second(doubled).way == ""

    def test_marks_far_apart_wait_for_a_third_person_whichever_came_first(self, doubled):
        mark_second(doubled, "points", points=Decimal("2.39"))  # 0.61 of 3: more than 20 %
        assert not second(doubled).disputed
        first(doubled)
        assert second(doubled).disputed

    def test_the_gap_that_was_set_is_no_dispute(self, doubled):
        first(doubled)
        mark_second(doubled, "points", points=Decimal("2.4"))  # 0.6 of 3: exactly 20 %
        assert not second(doubled).disputed

    def test_accepting_many_compares_too(self, doubled):
        mark_second(doubled, "points", points=Decimal(1))
        lines = doubled.assessment().answers.exclude(criterion__code="B.3")
        accept_lines(assessment=doubled.assessment(), answers=lines, actor=doubled.people["appraiser"])
        assert second(doubled).disputed

    def test_both_marks_stay_but_for_a_lead(self, doubled):
        answer = first(doubled)
        mark_second(doubled)
        with pytest.raises(NotAllowed, match="đủ điểm hai lượt"):
            first(doubled, "60")
        with pytest.raises(NotAllowed, match="đủ điểm hai lượt"):
            take_back_decision(answer=answer, version=answer.version, actor=doubled.people["appraiser"])
        assert first(doubled, "60", by="lead").line_state == "corrected"
        assert second(doubled).disputed

    def test_the_unit_changes_the_line_and_the_second_mark_is_asked_for_again(self, doubled):
        mark_second(doubled)
        ask_and_answer(doubled, change=False)
        assert second(doubled).saved_at is not None
        ask_and_answer(doubled, change=True)
        assert second(doubled).saved_at is None
        mark_second(doubled)

    def test_a_form_handed_in_again_keeps_the_marks_of_unchanged_lines_only(self, doubled):
        mark_second(doubled)
        return_assessment(assessment=doubled.assessment(), reason="Bổ sung.", actor=doubled.people["lead"])
        answer = doubled.answer("B.1")
        given = AnswerInput(raw={"a": "70", "b": "100"}, explanation="Có hồ sơ giấy tại Văn phòng.")
        save_answer(answer=answer, given=given, version=answer.version, actor=doubled.officer())
        prepare(assessment=doubled.assessment(), actor=doubled.officer())
        doubled.sign()
        assert second(doubled).saved_at is None


def ask_and_answer(year, *, change: bool) -> None:
    answer = year.answer("B.1")
    asked = ask_clarification(
        answer=answer,
        question="Số liệu lấy ở đâu?",
        due_at=APPRAISING + timedelta(days=5),
        version=answer.version,
        actor=year.people["lead"],
    )
    if change:
        answer = year.answer("B.1")
        given = AnswerInput(raw={"a": "80", "b": "100"}, explanation="Sửa lại.")
        save_answer(answer=answer, given=given, version=answer.version, actor=year.officer())
    answer_clarification(asked=asked, reply="Từ hệ thống một cửa.", actor=year.officer())


class TestThirdPerson:
    @pytest.fixture
    def apart(self, doubled):
        first(doubled)
        mark_second(doubled, "inputs", {"a": "60", "b": "100"})
        return doubled

    def test_the_first_mark_stands(self, apart):
        settle(apart, "first")
        assert apart.answer("B.1").appraised_points == 3
        assert (second(apart).first_points, second(apart).first_by.username) == (3, "appraiser")

    def test_the_second_counts_and_the_unit_reads_why(self, apart):
        settle(apart, "second", reason="Chỉ chứng minh được 60 hồ sơ.")
        answer = apart.answer("B.1")
        assert answer.appraised_points == second(apart).points < 3
        assert (answer.correction.reason_code, answer.correction.reason) == ("TL-04", "Chỉ chứng minh được 60 hồ sơ.")
        assert (second(apart).first_points, second(apart).first_by.username) == (3, "appraiser")
        assert second(apart).disputed

    def test_or_other_points(self, apart):
        settle(apart, "other", Decimal("2.5"))
        assert apart.answer("B.1").appraised_points == Decimal("2.5")

    @pytest.mark.parametrize("by", ["appraiser", "appraiser2"])
    def test_neither_of_the_two_decides(self, apart, by):
        with pytest.raises(NotAllowed, match="Một trong hai điểm"):
            settle(apart, "first", by=by)

    def test_nor_anybody_a_second_time_nor_without_a_reason_or_choice(self, apart):
        with pytest.raises(Invalid):
            settle(apart, "first", reason=" ")
        with pytest.raises(Invalid):
            settle(apart, "")
        assert second(apart).settled_at is None
        settle(apart, "first")
        with pytest.raises(WrongState):
            settle(apart, "second")

    def test_marks_close_enough_need_nobody(self, doubled):
        first(doubled)
        mark_second(doubled)
        with pytest.raises(WrongState, match="không quá ngưỡng"):
            settle(doubled, "second")


def test_a_form_is_closed_only_with_its_second_marks_and_gaps_done(doubled):
    lead = doubled.people["lead"]
    first(doubled, by="lead")
    doubled.appraise_now()
    assert doubled.assessment().state == "under_appraisal"
    mark_second(doubled, "points", points=Decimal(0))
    close_appraisals(cycle=doubled.cycle, actor=lead)
    assert doubled.assessment().state == "under_appraisal"
    settle(doubled, "second", by="appraiser")
    close_appraisals(cycle=doubled.cycle, actor=lead)
    assert doubled.assessment().state == "appraised"


def test_a_second_mark_that_nobody_gives_is_given_up_with_a_reason(doubled):
    lead = doubled.people["lead"]
    with pytest.raises(Invalid):
        release_second_mark(second=second(doubled), reason="", actor=lead)
    with pytest.raises(NotAllowed):
        release_second_mark(second=second(doubled), reason="Nghỉ ốm.", actor=doubled.people["appraiser2"])
    release_second_mark(second=second(doubled), reason="Nghỉ ốm.", actor=lead)
    assert not SecondMark.objects.exists()
    assert "Nghỉ ốm." in AuditEntry.objects.get(action="secondmark.release").details


def test_what_a_third_person_decided_is_final_in_the_database(doubled):
    first(doubled)
    mark_second(doubled, "points", points=Decimal(0))
    settle(doubled, "first")
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondMark.objects.update(reason="Khác.")


class TestQueue:
    def test_the_line_waits_for_the_second_marker_also_once_it_is_decided(self, doubled):
        first(doubled)
        line = of_queue(doubled, "appraiser2")
        assert (line.state, line.waits, line.points, line.is_decided) == ("second", True, None, False)
        mark_second(doubled)
        line = of_queue(doubled, "appraiser2")
        assert (line.state, line.waits, line.points) == ("accepted", False, 3)

    def test_it_is_not_accepted_together_with_others(self, doubled):
        lines = lines_of_unit(doubled.people["appraiser2"], doubled.assessment())
        line = next(one for one in lines if one.answer.criterion.code == "B.1")
        assert not line.can_be_ticked
        with pytest.raises(NotAllowed):
            accept_lines(
                assessment=doubled.assessment(), answers=[doubled.answer("B.1")], actor=doubled.people["appraiser2"]
            )


def of_queue(year, name: str):
    criterion = year.answer("B.1").criterion
    lines = lines_of(year.people[name], year.cycle, criterion)
    return next(one for one in lines if one.answer.assessment.unit == year.units[0])
