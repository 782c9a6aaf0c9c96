"""How far the form has come, what it would score, and what is still missing."""

from datetime import timedelta
from decimal import Decimal

import pytest

from scoring.appraisal.services import correct_inputs
from scoring.filing.checks import Kind, blocking_findings
from scoring.filing.evidence import attach_evidence, remove_evidence
from scoring.filing.progress import ADJUSTMENTS, pillar_progress
from scoring.filing.selectors import seen_by
from scoring.filing.services import AnswerInput, import_form
from scoring.models import Answer, Assessment, Cycle
from tests.factories.year import LOCKS
from tests.scoring.filing.conftest import upload

pytestmark = pytest.mark.django_db


def declare(year, **lines: AnswerInput) -> None:
    given = {code.replace("_", "."): one for code, one in lines.items()}
    import_form(assessment=year.assessment(), given=given, actor=year.officer())


def found(year) -> list[tuple[str, str]]:
    return [(one.criterion_code, one.kind) for one in blocking_findings(year.assessment())]


def test_an_empty_form_counts_what_the_unit_declares(year):
    progress = pillar_progress(year.assessment())

    assert [(one.code, one.lines, one.done, one.empty) for one in progress.sections] == [
        ("A", 3, 0, 3),
        ("B", 2, 0, 2),
        (ADJUSTMENTS, 1, 0, 0),
    ]
    assert (progress.total, progress.max_points, progress.done, progress.lines) == (Decimal("0.00"), 10, 0, 5)


def test_points_are_those_of_the_engine_and_bonus_stands_beside(year):
    with year.filing():
        year.fill()
        declare(year, T_1=AnswerInput(raw={"value": "1"}, explanation="x"))
        progress = pillar_progress(year.assessment())

    assert [(one.code, one.points, one.done) for one in progress.sections] == [
        ("A", Decimal("4.00"), 3),
        ("B", Decimal("5.00"), 2),
        (ADJUSTMENTS, Decimal("0.50"), 1),
    ]
    assert progress.total == Decimal("9.50")
    assert progress.blocking == []


def test_a_request_for_not_applicable_gives_no_points_before_it_is_granted(year):
    with year.filing():
        year.fill()
        declare(year, B_2=AnswerInput(raw={"value": "10"}, explanation="x", asks_not_applicable=True))

    assert pillar_progress(year.assessment()).total == Decimal("7.00")


def test_a_rescaled_total_is_told_with_its_parts(year):
    with year.filing():
        year.fill()
        assert pillar_progress(year.assessment()).rescaled is None
        declare(year, B_1=AnswerInput(raw={"a": "0", "b": "0"}, explanation="Không phát sinh hồ sơ"))

    progress = pillar_progress(year.assessment())

    told = progress.rescaled
    assert (told.raw, told.part, told.whole, told.codes) == (Decimal("6.00"), 7, 10, ("B.1",))
    assert told.raw == sum(one.points for one in progress.pillars)
    assert told.adjusted == progress.total == Decimal("8.57")


def test_last_year_has_its_bonus_too(year):
    year.to_appraisal()
    with year.on(LOCKS + timedelta(days=2)):
        answer = year.answer("T.1")
        correct_inputs(
            answer=answer,
            raw={"value": "1"},
            reason_code="TD-01",
            reason="Theo hồ sơ sáng kiến.",
            version=answer.version,
            actor=year.people["appraiser"],
        )
    year.appraise().to_explanation()
    year.publish()
    later = Cycle.objects.get(pk=year.cycle.pk)
    later.pk, later.year = None, 2027
    later.save(force_insert=True)
    form = Assessment.objects.create(
        cycle=later, unit=year.units[0], group=year.group, criteria_set=year.criteria_set, state="draft"
    )
    Answer.objects.bulk_create(Answer(assessment=form, criterion=one) for one in year.criteria_set.criteria.all())

    assert pillar_progress(form).adjustments.last_points == Decimal("0.50")


def test_each_gap_is_found_once(year):
    with year.filing():
        declare(
            year,
            A_1=AnswerInput(raw={"value": "yes"}),
            A_2=AnswerInput(explanation="Chưa có quyết định"),
            B_1=AnswerInput(raw={"a": "3"}),
            B_2=AnswerInput(asks_not_applicable=True),
            T_1=AnswerInput(raw={"value": "1"}),
        )

    assert found(year) == [
        ("A.1", Kind.EVIDENCE),
        ("A.3", Kind.EMPTY),
        ("B.1", Kind.HALF),
        ("B.2", Kind.REASON),
    ]


def test_evidence_or_an_explanation_answers_for_a_claim(year):
    with year.filing():
        declare(
            year, A_1=AnswerInput(raw={"value": "yes"}), B_1=AnswerInput(raw={"a": "9", "b": "10"}, explanation="x")
        )
        file = attach_evidence(answers=[year.answer("A.1")], upload=upload(), title="", actor=year.officer())
        assert not {"A.1", "B.1"} & {code for code, _kind in found(year)}
        remove_evidence(answer=year.answer("A.1"), evidence=file, actor=year.officer())

    assert ("A.1", Kind.EVIDENCE) in found(year)


def test_nothing_claimed_needs_no_evidence(year):
    with year.filing():
        declare(year, A_1=AnswerInput(raw={"value": "no"}), B_1=AnswerInput(raw={"a": "0", "b": "10"}))

    assert not {"A.1", "B.1"} & {code for code, _kind in found(year)}


def test_a_total_of_zero_that_drops_the_line_wants_a_reason(year):
    with year.filing():
        declare(year, B_1=AnswerInput(raw={"a": "0", "b": "0"}))
        assert ("B.1", Kind.REASON) in found(year)
        declare(year, B_1=AnswerInput(raw={"a": "0", "b": "0"}, explanation="Không phát sinh hồ sơ"))

    assert "B.1" not in {code for code, _kind in found(year)}


def test_progress_costs_the_same_empty_and_full(year, django_assert_num_queries):
    read = seen_by(year.officer()).get
    empty = read(unit=year.units[0])
    with django_assert_num_queries(5):
        pillar_progress(empty)
    with year.filing():
        year.fill()
        for code in ("A.1", "B.1"):
            attach_evidence(answers=[year.answer(code)], upload=upload(), title="", actor=year.officer())
        full = read(unit=year.units[0])
    with django_assert_num_queries(5):
        pillar_progress(full)
