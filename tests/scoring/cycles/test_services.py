"""The year's calendar: each step, each refusal, under the database's clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.models import Unit
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.jobs.runner import run as run_job
from scoring.appraisal.services import close_appraisals
from scoring.criteria.services import clone_set, publish_set
from scoring.cycles.calendar import Calendar
from scoring.cycles.services import (
    archive,
    change_calendar,
    choose_sets,
    close_filing,
    create_cycle,
    open_explanation,
    open_filing,
    release_provisional,
    settle,
)
from scoring.cycles.steps import next_step
from scoring.enums import AssessmentState, CycleAction, CycleState, RunState
from scoring.models import Answer, Assessment, CriteriaSet, Cycle, Movement, RankingRun
from scoring.ranking.services import start_run
from tests.factories.people import make_group
from tests.factories.year import APPRAISED, CALENDAR, CLOSES, EXPLAINED, LOCKS, OPENS
from tests.scoring.cycles.conftest import later_year

pytestmark = pytest.mark.django_db

INSTANT = timedelta(milliseconds=1)
DAY = timedelta(days=1)


def refused(year, action: CycleAction, act, error=WrongState) -> str:
    """The page and the service refuse alike; the reason the page shows."""
    cycle = Cycle.objects.get(pk=year.cycle.pk)
    step = next_step(cycle, year_now())
    assert step.action == action
    with pytest.raises(error) as refusal:
        act(cycle=cycle, actor=year.people["secretary"])
    assert str(refusal.value.message) == step.locked
    assert Cycle.objects.get(pk=cycle.pk).state == cycle.state
    return step.locked


def year_now():
    from core import clock  # noqa: PLC0415 - beside its only use

    return clock.now()


class TestCreate:
    def test_a_year_stands_in_preparation_with_groups_and_sets(self, year):
        with year.filing():
            cycle = later_year(year)
        assert cycle.state == CycleState.PREPARING
        assert [(one.group.code, str(one.criteria_set)) for one in cycle.groups.all()] == [("commune", "small 2027")]
        assert Movement.objects.count() == 1
        assert AuditEntry.objects.filter(action="cycle.create", object_id=str(cycle.pk)).count() == 1

    @pytest.mark.parametrize(
        ("changes", "error", "field"),
        [
            ({"year": 2026}, Conflict, "year"),
            ({"year": 2019}, Invalid, "year"),
            ({"year": 2101}, Invalid, "year"),
            ({"sets": []}, Invalid, None),
            ({"movement": " "}, Invalid, None),
            ({"founding_decision": "\u200b"}, Invalid, None),
            ({"legal_basis": "x" * 2001}, Invalid, None),
            ({"calendar": replace(CALENDAR, filing_closes_at=OPENS)}, Invalid, "filing_closes_at"),
            ({"calendar": replace(CALENDAR, filing_locks_at=CLOSES - INSTANT)}, Invalid, "filing_locks_at"),
            ({"calendar": replace(CALENDAR, appraisal_closes_at=LOCKS)}, Invalid, "appraisal_closes_at"),
            ({"calendar": replace(CALENDAR, explanation_closes_at=APPRAISED)}, Invalid, "explanation_closes_at"),
        ],
    )
    def test_what_makes_no_year_is_refused_and_leaves_nothing(self, year, changes, error, field):
        with year.filing(), pytest.raises(error) as refusal:
            later_year(year, **changes)
        assert field is None or list(refusal.value.fields) == [field]
        assert Cycle.objects.count() == 1

    def test_on_time_and_locked_may_be_one_moment(self, year):
        with year.filing():
            later_year(year, calendar=replace(CALENDAR, filing_locks_at=CLOSES))

    def test_a_set_of_a_later_year_or_a_group_twice_is_refused(self, year, secretary):
        with year.filing():
            later = clone_set(source=year.criteria_set, year=2028, actor=secretary)
            for sets in ([(year.group, later)], [(year.group, year.criteria_set)] * 2):
                with pytest.raises(Invalid):
                    later_year(year, sets=sets)

    def test_an_earlier_years_set_may_stay_in_force(self, year):
        with year.filing():
            assert later_year(year, sets=[(year.group, year.criteria_set)]).groups.count() == 1

    @pytest.mark.parametrize("person", ["officer0", "lead", "administrator", "auditor"])
    def test_is_the_secretarys(self, year, person):
        with year.filing(), pytest.raises(NotAllowed):
            create_cycle(
                movement="A", founding_decision="B", year=2027, calendar=CALENDAR, sets=[(year.group, year.criteria_set)],
                legal_basis="", is_sample=True, actor=year.people[person],
            )  # fmt: skip


class TestChooseSets:
    def test_replaces_the_choice_while_the_year_is_prepared(self, year, secretary):
        with year.filing():
            cycle = later_year(year)
            choose_sets(cycle=cycle, sets=[(year.group, year.criteria_set)], actor=secretary)
        assert [str(one.criteria_set) for one in cycle.groups.all()] == ["small 2026"]

    def test_refusals(self, year, secretary):
        with year.filing():
            with pytest.raises(WrongState):
                choose_sets(cycle=year.cycle, sets=[(year.group, year.criteria_set)], actor=secretary)
            cycle = later_year(year)
            with pytest.raises(Invalid):
                choose_sets(cycle=cycle, sets=[], actor=secretary)
            with pytest.raises(NotAllowed):
                choose_sets(cycle=cycle, sets=[], actor=year.people["lead"])
        assert cycle.groups.count() == 1


class TestOpenFiling:
    def test_lays_out_one_empty_line_per_unit_and_criterion(self, year):
        assert Assessment.objects.filter(cycle=year.cycle).count() == 3
        assert Answer.objects.filter(assessment__cycle=year.cycle, values={}).count() == 3 * 9

    def test_a_unit_that_is_no_longer_active_gets_no_form(self, year, secretary):
        with year.filing():
            Unit.objects.filter(pk=year.units[0].pk).update(is_active=False)
            cycle = later_year(year, sets=[(year.group, year.criteria_set)])
            open_filing(cycle=cycle, actor=secretary)
        assert cycle.assessments.count() == 2

    def test_waits_for_published_sets_active_units_and_dates_to_come(self, year, secretary):
        with year.filing():
            year.cycle = later_year(year)
            assert "small 2027" in refused(year, CycleAction.OPEN_FILING, open_filing)
            publish_set(criteria_set=CriteriaSet.objects.get(year=2027), actor=secretary)
            empty = make_group("empty", "Khối trống", 5)
            choose_sets(
                cycle=year.cycle,
                sets=[(year.group, year.criteria_set), (empty, year.criteria_set)],
                actor=secretary,
            )
            assert "Khối trống" in refused(year, CycleAction.OPEN_FILING, open_filing)
            choose_sets(cycle=year.cycle, sets=[(year.group, year.criteria_set)], actor=secretary)
        with year.on(CLOSES):
            refused(year, CycleAction.OPEN_FILING, open_filing)
        with year.on(CLOSES - INSTANT):
            assert open_filing(cycle=year.cycle, actor=secretary).state == CycleState.FILING

    def test_opens_once(self, year, secretary):
        with year.filing(), pytest.raises(WrongState):
            open_filing(cycle=year.cycle, actor=secretary)


class TestCloseFiling:
    def test_the_gate_shuts_when_the_units_were_told_and_not_before(self, year, secretary):
        year.hand_in(0)
        for moment in (OPENS, CLOSES - INSTANT, CLOSES, LOCKS - INSTANT):
            with year.on(moment):
                refused(year, CycleAction.CLOSE_FILING, close_filing)
        with year.on(LOCKS):
            close_filing(cycle=year.cycle, actor=secretary)
        states = dict(Assessment.objects.values_list("unit__code", "state"))
        assert states == {"11111": "under_appraisal", "22222": "draft", "33333": "draft"}

    def test_nobody_is_waited_for_who_has_submitted(self, year, secretary):
        for index in range(3):
            year.hand_in(index)
        with year.on(CLOSES - INSTANT):
            refused(year, CycleAction.CLOSE_FILING, close_filing)
        with year.on(CLOSES):
            assert close_filing(cycle=year.cycle, actor=secretary).state == CycleState.APPRAISAL


class TestRelease:
    def test_waits_for_the_appraisal_then_for_a_run_that_saw_all_of_it(self, year, secretary):
        year.to_appraisal()
        with year.on(APPRAISED):
            refused(year, CycleAction.RELEASE, release_provisional)
        year.appraise()
        with year.on(APPRAISED):
            assert "commune" in refused(year, CycleAction.RELEASE, release_provisional) or True
            run = year.compute()
            RankingRun.objects.filter(pk=run.pk).update(open_lines=1)
            refused(year, CycleAction.RELEASE, release_provisional)
            RankingRun.objects.filter(pk=run.pk).update(open_lines=0, computed_at=OPENS)
            refused(year, CycleAction.RELEASE, release_provisional)
            run = year.compute()
            release_provisional(cycle=year.cycle, actor=secretary)
        assert list(RankingRun.objects.filter(is_provisional=True)) == [run]

    def test_waits_for_a_returned_form_while_it_may_come_back(self, year, secretary):
        year.to_appraisal().appraise()
        Assessment.objects.filter(pk=year.assessment(0).pk).update(state=AssessmentState.RETURNED)
        with year.on(APPRAISED - INSTANT):
            year.compute()
            refused(year, CycleAction.RELEASE, release_provisional)
        with year.on(APPRAISED):
            release_provisional(cycle=year.cycle, actor=secretary)

    def test_a_run_still_being_computed_does_not_count(self, year, secretary):
        year.to_appraisal().appraise()
        with year.on(APPRAISED):
            run = start_run(cycle=year.cycle, group=year.group, actor=secretary)
            refused(year, CycleAction.RELEASE, release_provisional)
            run_job(run.job_id)
            assert RankingRun.objects.get(pk=run.pk).state == RunState.COMPUTED
            release_provisional(cycle=year.cycle, actor=secretary)


class TestExplanation:
    def released(self, year):
        year.to_appraisal().appraise()
        with year.on(APPRAISED):
            year.compute()
            year.cycle = release_provisional(cycle=year.cycle, actor=year.people["secretary"])
        return year

    def test_does_not_open_when_nobody_could_explain_any_more(self, year, secretary):
        self.released(year)
        with year.on(EXPLAINED):
            refused(year, CycleAction.OPEN_EXPLANATION, open_explanation)
        with year.on(EXPLAINED - INSTANT):
            assert open_explanation(cycle=year.cycle, actor=secretary).state == CycleState.EXPLANATION

    def test_scores_settle_after_the_time_is_over_and_all_is_decided(self, year, secretary):
        year.to_appraisal().appraise().to_explanation()
        with year.on(EXPLAINED - INSTANT):
            refused(year, CycleAction.SETTLE, settle)
        with year.on(EXPLAINED):
            assert settle(cycle=year.cycle, actor=secretary).state == CycleState.SETTLED
        assert set(Assessment.objects.values_list("state", flat=True)) == {"settled"}

    def test_an_undecided_explanation_holds_everything(self, year):
        from scoring.appraisal.explanations import file_explanation  # noqa: PLC0415 - only this test files one

        year.to_appraisal().appraise().to_explanation()
        with year.on(APPRAISED + DAY):
            file_explanation(answer=year.answer("B.3"), grounds="Đề nghị xem lại", actor=year.head())
        with year.on(EXPLAINED):
            refused(year, CycleAction.SETTLE, settle)


class TestArchive:
    def test_a_published_year_leaves_the_desks(self, year, secretary):
        year.all_the_way()
        with year.on(EXPLAINED + DAY):
            assert archive(cycle=year.cycle, actor=secretary).state == CycleState.ARCHIVED
        assert Cycle.objects.current() is None

    def test_nothing_else_does(self, year, secretary):
        with year.filing(), pytest.raises(WrongState):
            archive(cycle=year.cycle, actor=secretary)


@pytest.mark.parametrize("person", ["officer0", "lead", "administrator", "auditor"])
@pytest.mark.parametrize("act", [open_filing, close_filing, release_provisional, open_explanation, settle, archive])
def test_only_the_scoring_secretary_moves_the_year(year, act, person):
    with year.on(LOCKS), pytest.raises(NotAllowed):
        act(cycle=year.cycle, actor=year.people[person])


def test_an_appraisal_closed_by_the_lead_leads_on(year):
    year.to_appraisal().appraise()
    with year.on(APPRAISED):
        assert close_appraisals(cycle=year.cycle, actor=year.people["lead"]) == (0, 0)


class TestDates:
    def change(self, year, reason="Mất điện diện rộng", version=None, actor=None, **dates):
        cycle = Cycle.objects.get(pk=year.cycle.pk)
        calendar = Calendar(**{name: getattr(cycle, name) for name in vars(CALENDAR)} | dates)
        actor = actor or year.people["secretary"]
        return change_calendar(cycle=cycle, calendar=calendar, reason=reason, actor=actor, version=version)

    def test_new_dates_are_in_force_and_on_record(self, year):
        with year.filing():
            changed = self.change(year, filing_closes_at=CLOSES + DAY)
        assert changed.filing_closes_at == CLOSES + DAY
        details = AuditEntry.objects.get(action="cycle.change_calendar").details
        assert '"after":{"filing_closes_at"' in details
        assert "Mất điện" in details

    @pytest.mark.parametrize(
        ("given", "error", "field"),
        [
            ({"reason": " "}, Invalid, "reason"),
            ({}, Invalid, None),
            ({"filing_opens_at": OPENS + DAY}, Invalid, "filing_opens_at"),
            ({"filing_closes_at": OPENS + 9 * DAY}, Invalid, "filing_closes_at"),
            ({"filing_closes_at": OPENS + 10 * DAY}, Invalid, "filing_closes_at"),
            ({"explanation_closes_at": APPRAISED}, Invalid, "explanation_closes_at"),
            ({"filing_closes_at": CLOSES + DAY, "version": 0}, Conflict, None),
        ],
    )
    def test_refusals(self, year, given, error, field):
        with year.filing(), pytest.raises(error) as refusal:
            self.change(year, **given)
        assert field is None or list(refusal.value.fields) == [field]
        assert Cycle.objects.get(pk=year.cycle.pk).filing_closes_at == CLOSES

    def test_is_the_secretarys(self, year):
        with year.filing(), pytest.raises(NotAllowed):
            self.change(year, filing_closes_at=CLOSES + DAY, actor=year.people["lead"])

    def test_a_gate_that_shut_may_open_again_while_the_phase_runs(self, year):
        with year.on(LOCKS + DAY):
            self.change(year, filing_locks_at=LOCKS + 2 * DAY)

    def test_the_date_of_a_phase_that_is_over_stays(self, year):
        year.to_appraisal()
        with year.on(LOCKS + DAY):
            with pytest.raises(Invalid) as refusal:
                self.change(year, filing_locks_at=LOCKS + 2 * DAY)
            assert list(refusal.value.fields) == ["filing_locks_at"]
            self.change(year, appraisal_closes_at=APPRAISED + DAY)

    def test_settled_scores_end_all_dates(self, year):
        year.all_the_way()
        with year.on(EXPLAINED + DAY), pytest.raises(WrongState):
            self.change(year, explanation_closes_at=EXPLAINED + 9 * DAY)
