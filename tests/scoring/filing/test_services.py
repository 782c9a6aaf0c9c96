"""Save, import, put before the head, submit: what each act does and refuses."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, Malformed, NotAllowed, OutOfTime, WrongState
from scoring.enums import AssessmentState, LineState
from scoring.filing.declaring import EXPLANATION_LIMIT
from scoring.filing.services import AnswerInput, import_form, prepare, reopen, save_answer, submit
from scoring.models import Answer, Submission
from tests.factories.people import proof_of
from tests.factories.year import CLAIMS, LOCKS, OPENS

pytestmark = pytest.mark.django_db


def save(year, code: str, *, by: str = "officer0", version: int | None = None, index: int = 0, **given):
    answer = year.answer(code, index)
    more = {name: given.pop(name) for name in ("explanation", "asks_not_applicable") if name in given}
    version = answer.version if version is None else version
    return save_answer(answer=answer, given=AnswerInput(raw=given, **more), version=version, actor=year.people[by])


def acts() -> list[str]:
    return list(AuditEntry.objects.values_list("action", flat=True))


# --- save ----------------------------------------------------------------------------------------------------------
def test_a_saved_line_has_its_points_and_one_entry_with_both_values(year):
    with year.filing():
        save(year, "B.1", a="60", b="100")
        saved = save(year, "B.1", a="90", b="100")

    assert (saved.values, saved.claimed_points, saved.version) == ({"a": "90", "b": "100"}, Decimal("3.00"), 2)
    assert saved.updated_by == year.officer()
    entry = AuditEntry.objects.last()
    assert entry.action == "answer.save"
    assert '"before":{"values":{"a":"60","b":"100"}}' in entry.details
    assert '"after":{"values":{"a":"90","b":"100"}}' in entry.details


def test_a_half_filled_line_is_kept_without_points(year):
    with year.filing():
        saved = save(year, "B.1", a="60")

    assert (saved.values, saved.claimed_points) == ({"a": "60"}, None)


def test_a_half_filled_line_is_checked_as_far_as_it_goes(year):
    with year.filing(), pytest.raises(Invalid) as refused:
        save(year, "A.3", value="12x")

    assert set(refused.value.fields) == {"value"}
    assert year.answer("A.3").values == {}


def test_a_numerator_above_the_total_is_refused_and_what_was_saved_stays(year):
    with year.filing():
        save(year, "B.1", a="60", b="100")
        with pytest.raises(Invalid) as refused:
            save(year, "B.1", a="131", b="100")

    assert set(refused.value.fields) == {"a"}
    assert year.answer("B.1").values == {"a": "60", "b": "100"}


def test_an_emptied_line_is_not_declared_again(year):
    with year.filing():
        save(year, "A.3", value="4")
        saved = save(year, "A.3", value="")

    assert (saved.values, saved.claimed_points) == ({}, None)


def test_the_same_text_twice_is_saved_once(year):
    with year.filing():
        first = save(year, "A.3", value="4")
        count = AuditEntry.objects.count()
        again = save(year, "A.3", value="4,0", version=0)

    assert (again.version, again.updated_at) == (first.version, first.updated_at)
    assert AuditEntry.objects.count() == count


def test_a_stale_save_is_a_conflict_that_names_the_other(year):
    with year.filing():
        save(year, "A.3", value="4", by="head0")
        with pytest.raises(Conflict) as refused:
            save(year, "A.3", value="3", version=0)

    assert refused.value.code == "ERR-STALE"
    assert "Người head0" in refused.value.message
    assert year.answer("A.3").values == {"value": "4"}


def test_a_stale_save_of_nonsense_is_a_conflict_first(year):
    with year.filing():
        save(year, "A.3", value="4", by="head0")
        with pytest.raises(Conflict):
            save(year, "A.3", value="x", version=0)


@pytest.mark.parametrize("person", ["officer1", "head1", "secretary", "lead", "appraiser", "auditor", "administrator"])
def test_only_the_own_officers_and_head_save(year, person):
    with year.filing(), pytest.raises(NotAllowed):
        save(year, "A.3", value="4", by=person)


@pytest.mark.parametrize("moment", [OPENS - timedelta(microseconds=1), LOCKS])
def test_nothing_is_saved_before_opening_and_from_the_lock_on(year, moment):
    with year.on(moment), pytest.raises(OutOfTime):
        save(year, "A.3", value="4")


@pytest.mark.parametrize("moment", [OPENS, LOCKS - timedelta(milliseconds=1)])
def test_saving_works_at_both_edges(year, moment):
    with year.on(moment):
        assert save(year, "A.3", value="4").version == 1


def test_nothing_is_saved_while_the_head_has_it_or_after(year):
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
        with pytest.raises(WrongState):
            save(year, "A.3", value="4")
        year.sign()
        with pytest.raises(WrongState):
            save(year, "A.3", value="4")


def test_lines_of_others_are_refused(year):
    with year.filing():
        for code in ("B.3", "P.1"):
            with pytest.raises(Invalid):
                save(year, code, points="1")


def test_not_applicable_is_asked_for_only_where_the_rule_allows_it(year):
    with year.filing():
        asked = save(year, "B.2", value="3", asks_not_applicable=True, explanation="Không phát sinh")
        with pytest.raises(Invalid):
            save(year, "A.3", asks_not_applicable=True)

    assert (asked.asks_not_applicable, asked.claimed_points) == (True, None)


def test_the_explanation_has_a_limit_and_no_control_characters(year):
    with year.filing():
        assert save(year, "A.3", explanation="x" * EXPLANATION_LIMIT).version == 1
        with pytest.raises(Invalid):
            save(year, "A.3", explanation="x" * (EXPLANATION_LIMIT + 1))
        with pytest.raises(Malformed):
            save(year, "A.3", explanation="a\x0bb")
        assert save(year, "A.3", explanation=" \u200b ").explanation == ""


# --- a returned form -----------------------------------------------------------------------------------------------
def test_a_decision_falls_with_a_change_and_stays_without_one(returned):
    kept, changed = returned.answer("A.1"), returned.answer("A.2")

    save(returned, "A.1", value="yes", explanation=kept.explanation)
    save(returned, "A.2", option="deputy", explanation=changed.explanation)

    assert returned.answer("A.1").line_state == LineState.ACCEPTED
    assert returned.answer("A.2").line_state == LineState.OPEN
    assert returned.answer("A.2").appraised_by is None


def test_a_whole_form_imported_unchanged_changes_nothing(returned):
    before = list(returned.assessment().answers.values())

    returned.fill()

    assert list(returned.assessment().answers.values()) == before


def test_a_returned_form_goes_straight_back_to_the_appraisers_with_its_first_time(returned):
    first = returned.assessment().submissions.get()

    prepare(assessment=returned.assessment(), actor=returned.officer())
    second = returned.sign()

    after = returned.assessment()
    assert (after.state, after.on_time, second.number) == (AssessmentState.UNDER_APPRAISAL, True, 2)
    assert second.receipt_code != first.receipt_code


# --- import --------------------------------------------------------------------------------------------------------
def test_an_import_is_all_or_nothing_and_names_every_bad_line(year):
    given = {code: AnswerInput(raw=raw) for code, raw in CLAIMS["11111"].items()}
    given |= {"A.3": AnswerInput(raw={"value": "x"}), "B.3": AnswerInput(raw={"points": "1"})}

    with year.filing(), pytest.raises(Invalid) as refused:
        import_form(assessment=year.assessment(), given=given, actor=year.officer())

    assert set(refused.value.fields) == {"A.3", "B.3"}
    assert not year.assessment().answers.exclude(values={}).exists()


def test_an_import_of_unknown_criteria_is_refused(year):
    with year.filing(), pytest.raises(Invalid):
        import_form(assessment=year.assessment(), given={"Z.9": AnswerInput()}, actor=year.officer())


def test_an_import_by_another_unit_is_refused(year):
    with year.filing(), pytest.raises(NotAllowed):
        import_form(assessment=year.assessment(), given={}, actor=year.officer(1))


# --- forward -------------------------------------------------------------------------------------------------------
def test_an_unfinished_form_is_not_put_forward(year):
    with year.filing(), pytest.raises(Invalid) as refused:
        prepare(assessment=year.assessment(), actor=year.officer())

    assert refused.value.code == "ERR-INCOMPLETE"
    assert set(refused.value.fields) == {"A.1", "A.2", "A.3", "B.1", "B.2"}


@pytest.mark.parametrize("person", ["officer1", "head1", "secretary", "appraiser"])
def test_others_neither_put_it_forward_nor_take_it_back_nor_submit(year, person):
    actor = year.people[person]
    with year.filing():
        with pytest.raises(NotAllowed):
            prepare(assessment=year.fill(), actor=actor)
        prepare(assessment=year.assessment(), actor=year.officer())
        with pytest.raises(NotAllowed):
            reopen(assessment=year.assessment(), actor=actor)
        with pytest.raises(NotAllowed):
            submit(assessment=year.assessment(), actor=actor, proof=proof_of(actor))


def test_what_was_taken_back_can_be_edited_and_nothing_else_can_be_taken_back(year):
    with year.filing():
        with pytest.raises(WrongState):
            reopen(assessment=year.fill(), actor=year.officer())
        prepare(assessment=year.assessment(), actor=year.officer())
        assert reopen(assessment=year.assessment(), actor=year.officer()).state == AssessmentState.DRAFT


def test_the_officer_does_not_submit_and_a_draft_is_not_submitted(year):
    with year.filing():
        with pytest.raises(WrongState):
            submit(assessment=year.fill(), actor=year.head(), proof=proof_of(year.head()))
        prepare(assessment=year.assessment(), actor=year.officer())
        with pytest.raises(NotAllowed):
            submit(assessment=year.assessment(), actor=year.officer(), proof=proof_of(year.officer()))


def test_the_head_submits_the_version_that_was_read(year):
    with year.filing():
        read = prepare(assessment=year.fill(), actor=year.officer()).version
        reopen(assessment=year.assessment(), actor=year.officer())
        save(year, "A.3", value="1")
        prepare(assessment=year.assessment(), actor=year.officer())
        with pytest.raises(Conflict) as refused:
            year.sign(version=read)

    assert refused.value.code == "ERR-STALE"
    assert not Submission.objects.exists()


def test_the_same_click_twice_gives_the_same_receipt(year):
    with year.filing():
        read = prepare(assessment=year.fill(), actor=year.officer()).version
        first = year.sign(version=read)
        count = AuditEntry.objects.count()
        again = year.sign(version=read)
        with pytest.raises(WrongState):
            year.sign()

    assert again == first
    assert AuditEntry.objects.count() == count


def test_a_submission_is_one_state_one_receipt_and_a_hash_of_what_stood_there(year):
    submission = year.hand_in()

    assert acts()[-3:] == ["assessment.prepare", "assessment.submit", "assessment.receipt"]
    assert year.assessment().state == AssessmentState.SUBMITTED
    assert submission.submitted_at == OPENS + timedelta(days=10)
    assert '"B.1":{"asks_not_applicable":false,"citations":[],"claimed_points":"3"' in submission.snapshot
    assert len(submission.sha256) == 64


def test_a_form_that_became_unfinished_on_the_heads_desk_is_not_submitted(year):
    """Cannot happen through the services; the head's act does not rely on that."""
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
        Answer.objects.filter(pk=year.answer("A.3").pk).update(values={}, explanation="")
        with pytest.raises(Invalid) as refused:
            year.sign()

    assert set(refused.value.fields) == {"A.3"}
    assert not Submission.objects.exists()
