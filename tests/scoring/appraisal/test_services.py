"""The committee's acts: what they write, and every refusal."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, Malformed, WrongState
from scoring import engine
from scoring.appraisal import services
from scoring.models import Answer, Correction
from tests.stages import correct

pytestmark = pytest.mark.django_db
REASON = {"reason_code": "TL-04", "reason": "Tài liệu không thể hiện số đã khai."}


def facts(answer: Answer) -> tuple:
    answer.refresh_from_db()
    return answer.line_state, answer.appraised_points, answer.values, answer.claimed_points


def test_accepting_counts_the_claim_as_the_engine_does(appraising):
    answer = appraising.answer("B.1", 1)

    services.accept_line(answer=answer, version=answer.version, actor=appraising.people["appraiser"])

    definition = appraising.criteria_set.definition
    by_engine = engine.score_line(definition, "B.1", answer.values).points
    assert facts(answer) == ("accepted", by_engine, {"a": "60", "b": "100"}, by_engine)
    assert by_engine == Decimal("2.25")
    assert AuditEntry.objects.latest("seq").action == "answer.accept"


def test_correcting_keeps_the_claim_and_counts_the_new_figures(appraising):
    correction = correct(appraising, "B.1", a="60", b="100")

    answer = appraising.answer("B.1")
    by_engine = engine.score_line(appraising.criteria_set.definition, "B.1", {"a": "60", "b": "100"}).points
    assert facts(answer) == ("corrected", by_engine, {"a": "90", "b": "100"}, Decimal("3"))
    assert (correction.points, correction.kind, answer.correction) == (by_engine, "inputs", correction)


def test_correcting_with_empty_fields_recognises_nothing(appraising):
    correct(appraising, "B.1")

    assert facts(appraising.answer("B.1"))[:2] == ("corrected", Decimal("0"))


def test_setting_points_stands_beside_claim_and_rule(appraising):
    answer = appraising.answer("A.2")

    services.correct_points(
        answer=answer, points=Decimal("1.25"), version=answer.version, actor=appraising.people["appraiser"], **REASON
    )

    assert facts(answer) == ("corrected", Decimal("1.25"), {"option": "head"}, Decimal("2"))
    assert answer.correction.values == {"appraised_points": "1.25"}


def test_setting_points_of_a_manual_line_gives_its_own_input(appraising):
    answer = appraising.answer("B.3")

    services.correct_points(
        answer=answer, points=Decimal("0.5"), version=answer.version, actor=appraising.people["lead"], **REASON
    )

    answer.refresh_from_db()
    assert answer.correction.values == {"points": "0.5"}


@pytest.mark.parametrize("points", ["2.01", "-0.01", "1.005", "1E+400"])
def test_points_out_of_range_or_too_fine_are_refused(appraising, points):
    answer = appraising.answer("A.2")

    with pytest.raises(Invalid):
        services.correct_points(
            answer=answer, points=Decimal(points), version=answer.version, actor=appraising.people["lead"], **REASON
        )

    assert facts(answer)[0] == "open"


def test_points_of_a_manual_line_are_typed_as_they_are_printed(appraising):
    with pytest.raises(Invalid) as refused:
        correct(appraising, "B.3", points="0,555")
    assert set(refused.value.fields) == {"points"}


def test_granting_not_applicable_takes_the_line_out(appraising):
    answer = appraising.answer("B.2", 2)

    correction = services.grant_not_applicable(
        answer=answer, reason="Xã không có bộ phận này.", version=answer.version, actor=appraising.people["appraiser"]
    )

    assert facts(answer)[:2] == ("not_applicable", None)
    assert (correction.values, correction.reason_code) == ({"na": "approved"}, "KAD")


def test_not_applicable_is_refused_where_the_rule_does_not_know_it(appraising):
    answer = appraising.answer("A.1")

    with pytest.raises(Invalid):
        services.grant_not_applicable(
            answer=answer, reason="Không có.", version=answer.version, actor=appraising.people["appraiser"]
        )


def test_a_request_for_not_applicable_is_not_accepted_as_figures(appraising):
    Answer.objects.filter(pk=appraising.answer("B.2").pk).update(asks_not_applicable=True)
    answer, appraiser = appraising.answer("B.2"), appraising.people["appraiser"]

    with pytest.raises(WrongState):
        services.accept_line(answer=answer, version=answer.version, actor=appraiser)
    with pytest.raises(WrongState):
        services.accept_lines(assessment=answer.assessment, answers=[answer], actor=appraiser)


def test_a_line_that_the_agency_enters_is_not_accepted_empty(appraising):
    answer, appraiser = appraising.answer("B.3"), appraising.people["appraiser"]

    with pytest.raises(WrongState):
        services.accept_line(answer=answer, version=answer.version, actor=appraiser)
    with pytest.raises(WrongState):
        services.accept_lines(assessment=answer.assessment, answers=[answer], actor=appraiser)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"reason": ""}, "reason"), ({"reason": " \u200b "}, "reason"), ({"reason_code": "XX"}, "reason_code")],
)
def test_a_correction_needs_code_and_words(appraising, changed, field):
    answer = appraising.answer("A.2")

    with pytest.raises(Invalid) as refused:
        services.correct_inputs(
            answer=answer, raw={"option": "none"}, version=answer.version, actor=appraising.people["lead"],
            **(REASON | changed),
        )  # fmt: skip

    assert set(refused.value.fields) == {field}
    assert not Correction.objects.exists()


def test_control_characters_and_long_reasons_are_refused(appraising):
    answer, lead = appraising.answer("A.2"), appraising.people["lead"]
    given = {
        "answer": answer,
        "raw": {"option": "none"},
        "version": answer.version,
        "actor": lead,
        "reason_code": "TL-01",
    }

    with pytest.raises(Malformed):
        services.correct_inputs(reason="a\x07b", **given)
    with pytest.raises(Invalid):
        services.correct_inputs(reason="a" * 2001, **given)


@pytest.mark.parametrize("raw", [{"a": "101", "b": "100"}, {"a": "9"}, {"a": "1e1", "b": "100"}, {"a": "-1", "b": "2"}])
def test_figures_that_the_rule_refuses_are_refused(appraising, raw):
    with pytest.raises(Invalid):
        correct(appraising, "B.1", **raw)
    assert facts(appraising.answer("B.1"))[0] == "open"


def test_a_stale_version_is_a_conflict(appraising):
    answer = appraising.answer("A.1")
    seen = answer.version
    services.accept_line(answer=answer, version=seen, actor=appraising.people["appraiser"])

    again = appraising.answer("A.1")

    with pytest.raises(Conflict):
        services.correct_points(
            answer=again, points=Decimal("0"), version=seen, actor=appraising.people["appraiser2"], **REASON
        )

    assert facts(answer)[0] == "accepted"


@pytest.mark.parametrize("sql", ["UPDATE {} SET reason = 'x'", "UPDATE {} SET points = '3'", "DELETE FROM {}"])
def test_the_database_keeps_corrections_as_they_are(appraising, sql):
    correct(appraising, "B.1", a="60", b="100")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(Correction._meta.db_table))
    assert Correction.objects.get().points == Decimal("2.25")


def test_the_database_wants_a_reason_for_a_correction(appraising):
    correct(appraising, "B.1", a="60", b="100")
    one = Correction.objects.get()
    one.pk, one.reason = None, ""

    with pytest.raises(DatabaseError), transaction.atomic():
        one.save(force_insert=True)
