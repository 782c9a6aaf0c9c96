"""Start, compute, publish, supersede: every refusal, and the job that runs twice."""

from datetime import date, timedelta

import pytest

from accounts.models import Unit, UnitGroup
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, Malformed, NotAllowed, WrongState
from core.jobs.models import Job
from core.jobs.runner import run as run_job
from scoring.engine import batch
from scoring.enums import CycleState, RunState
from scoring.models import Cycle, CycleGroup, RankingRow, RankingRun
from scoring.ranking.permissions import can_compute, can_publish, can_read_runs
from scoring.ranking.services import _scored, compute_run, publish_run, start_run
from scoring.ranking.snapshot import read_inputs
from tests.factories.year import EXPLAINED, LOCKS
from tests.scoring.ranking.conftest import DAY, replace_published

pytestmark = pytest.mark.django_db
DECISION = {"decision_number": "312/QĐ-UBND", "decision_on": DAY}


def test_only_the_secretary_starts_a_run(year):
    year.to_appraisal()

    with year.on(LOCKS), pytest.raises(NotAllowed):
        start_run(cycle=year.cycle, group=year.group, actor=year.people["lead"])
    assert not RankingRun.objects.exists()


@pytest.mark.parametrize("state", [CycleState.PREPARING, CycleState.FILING, CycleState.ARCHIVED])
def test_there_is_a_time_to_compute(year, state):
    Cycle.objects.filter(pk=year.cycle.pk).update(state=state)

    with pytest.raises(WrongState):
        start_run(cycle=year.cycle, group=year.group, actor=year.people["secretary"])


def test_a_group_outside_the_cycle_is_refused(year):
    year.to_appraisal()
    other = UnitGroup.objects.create(code="other", name="Khối khác")

    with year.on(LOCKS), pytest.raises(Invalid):
        start_run(cycle=year.cycle, group=other, actor=year.people["secretary"])


def test_a_second_run_waits_for_the_first(year):
    year.to_appraisal()

    with year.on(LOCKS):
        start_run(cycle=year.cycle, group=year.group, actor=year.people["secretary"])
        with pytest.raises(Conflict) as refusal:
            start_run(cycle=year.cycle, group=year.group, actor=year.people["secretary"])
    assert refusal.value.code == "ERR-DONE"


def test_after_a_failed_run_a_new_one_may_start(year):
    year.to_appraisal()

    with year.on(LOCKS):
        failed = start_run(cycle=year.cycle, group=year.group, actor=year.people["secretary"])
        Job.objects.filter(pk=failed.job_id).update(state=Job.State.FAILED)
        second = start_run(cycle=year.cycle, group=year.group, actor=year.people["secretary"])
    assert (failed.number, second.number) == (1, 2)


def test_a_run_of_unappraised_lines_counts_them(year):
    year.to_appraisal()

    with year.on(LOCKS):
        run = year.compute()

    # Six criteria in each of three forms; bonus and penalty lines without a value need nobody.
    assert (run.state, run.open_lines, run.rows.count()) == (RunState.COMPUTED, 18, 3)


def test_the_job_that_runs_twice_writes_once(year):
    year.to_appraisal()
    with year.on(LOCKS):
        run = start_run(cycle=year.cycle, group=year.group, actor=year.people["secretary"])
        first, second = (compute_run({"run": run.pk}, lambda done, total: None) for _ in range(2))
        first()
        before = list(RankingRow.objects.values())
        second()
        run_job(run.job_id)

    run.refresh_from_db()
    assert list(RankingRow.objects.values()) == before
    assert (run.state, run.version) == (RunState.COMPUTED, 1)
    assert AuditEntry.objects.filter(action="rankingrun.compute").count() == 1


def test_progress_is_counted_in_units(year):
    year.to_appraisal()
    with year.on(LOCKS):
        run = year.compute()

    assert (run.job.state, run.job.done, run.job.total) == (Job.State.DONE, 3, 3)


def test_publication_puts_decision_and_hash_on_record(published):
    entry = AuditEntry.objects.get(action="rankingrun.publish")

    assert published.state == RunState.PUBLISHED
    assert f'"sha256":"{published.sha256}"' in entry.details
    assert '"decision":"312/QĐ-UBND"' in entry.details
    assert '"decision_on":"2027-02-01"' in entry.details


def test_only_the_secretary_publishes(settled):
    with settled.on(EXPLAINED):
        run = settled.compute()
        with pytest.raises(NotAllowed):
            publish_run(run=run, actor=settled.people["lead"], **DECISION)


def test_scores_are_settled_first(year):
    year.to_appraisal().appraise().to_explanation()
    run = RankingRun.objects.get()

    with year.on(EXPLAINED), pytest.raises(WrongState):
        publish_run(run=run, actor=year.people["secretary"], **DECISION)


def test_a_published_run_is_not_published_again(published, year):
    with year.on(EXPLAINED), pytest.raises(WrongState):
        publish_run(run=published, actor=year.people["secretary"], reason="Lần nữa", **DECISION)


def test_open_lines_are_not_published(settled):
    with settled.on(EXPLAINED):
        run = settled.compute()
        RankingRun.objects.filter(pk=run.pk).update(open_lines=2)
        with pytest.raises(WrongState, match="2"):
            publish_run(run=run, actor=settled.people["secretary"], **DECISION)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"decision_number": "  "}, "decision_number"),
        ({"decision_on": None}, "decision_on"),
        ({"decision_on": EXPLAINED.date() + timedelta(days=1)}, "decision_on"),
    ],
)
def test_a_decision_has_a_number_and_a_day_that_has_come(settled, change, field):
    with settled.on(EXPLAINED.replace(hour=3)):
        run = settled.compute()
        with pytest.raises(Invalid) as refusal:
            publish_run(run=run, actor=settled.people["secretary"], **DECISION | change)
    run.refresh_from_db()
    assert set(refusal.value.fields) == {field}
    assert (run.state, run.decision_number) == (RunState.COMPUTED, "")


@pytest.mark.parametrize(
    ("number", "error"), [("312\u202e/QĐ", Invalid), ("312\x07/QĐ", Malformed), ("3" * 61, Invalid)]
)
def test_a_hostile_decision_number_is_refused(settled, number, error):
    with settled.on(EXPLAINED):
        run = settled.compute()
        with pytest.raises(error):
            publish_run(run=run, actor=settled.people["secretary"], decision_number=number, decision_on=DAY)


def test_a_run_from_before_a_change_is_not_published(settled):
    with settled.on(EXPLAINED):
        run = settled.compute()
        Unit.objects.filter(pk=settled.units[0].pk).update(name="Xã Tên Mới")
        with pytest.raises(WrongState):
            publish_run(run=run, actor=settled.people["secretary"], **DECISION)
    run.refresh_from_db()
    assert run.state == RunState.COMPUTED


def test_the_provisional_run_is_published_if_nothing_changed_since(settled):
    run = RankingRun.objects.get()

    with settled.on(EXPLAINED):
        run = publish_run(run=run, actor=settled.people["secretary"], **DECISION)
    assert (run.state, run.is_provisional) == (RunState.PUBLISHED, True)


def test_changed_rows_are_not_published(settled):
    with settled.on(EXPLAINED):
        run = settled.compute()
        run.rows.filter(position=1).update(grade="yeu")
        with pytest.raises(WrongState):
            publish_run(run=run, actor=settled.people["secretary"], **DECISION)


def test_a_later_run_supersedes_and_says_why(published, year):
    run = replace_published(year)

    published.refresh_from_db()
    assert (published.state, run.state, run.number) == (RunState.SUPERSEDED, RunState.PUBLISHED, published.number + 1)
    assert published.decision_number == "312/QĐ-UBND"


def test_superseding_needs_a_reason(published, year):
    with year.on(EXPLAINED):
        run = year.compute()
        with pytest.raises(Invalid) as refusal:
            publish_run(run=run, actor=year.people["secretary"], reason=" ", **DECISION)
    published.refresh_from_db()
    assert set(refusal.value.fields) == {"reason"}
    assert published.state == RunState.PUBLISHED


def test_an_earlier_run_does_not_replace_a_later_one(published, year):
    earlier = RankingRun.objects.get(number=1)

    with year.on(EXPLAINED), pytest.raises(WrongState, match="2"):
        publish_run(run=earlier, actor=year.people["secretary"], reason="Lần trước đúng hơn", **DECISION)


def test_the_cycle_is_published_with_its_last_group(settled):
    with settled.on(EXPLAINED):
        publish_run(run=settled.compute(), actor=settled.people["secretary"], **DECISION)
    settled.cycle.refresh_from_db()

    assert settled.cycle.state == CycleState.PUBLISHED


def test_an_archived_cycle_says_so(published, year):
    Cycle.objects.filter(pk=year.cycle.pk).update(state=CycleState.ARCHIVED)
    cycle, secretary = Cycle.objects.get(pk=year.cycle.pk), year.people["secretary"]

    with year.on(EXPLAINED):
        assert not can_compute(secretary, cycle)
        assert can_compute(secretary, cycle).reason == can_publish(secretary, published, cycle).reason


def test_who_reads_runs(year):
    with year.on(LOCKS):
        readers = {name for name, person in year.people.items() if can_read_runs(person)}
    assert readers == {"secretary", "lead", "auditor"}


def test_runs_in_the_making_are_seen_by_the_office_alone(settled):
    with settled.on(EXPLAINED):
        seen = {name for name, person in settled.people.items() if RankingRun.objects.visible_to(person).exists()}
    assert seen == {"secretary", "lead", "auditor"}


def test_a_day_far_back_is_taken_as_typed(settled):
    with settled.on(EXPLAINED):
        run = publish_run(
            run=settled.compute(),
            actor=settled.people["secretary"],
            decision_number="1/QĐ-UBND",
            decision_on=date(2026, 1, 2),
        )
    assert run.decision_on == date(2026, 1, 2)


def test_a_run_is_reckoned_by_columns(settled):
    """Pages and verifiers recompute it by the readable evaluator, so that what is published was reckoned twice."""
    one = CycleGroup.objects.select_related("group", "criteria_set").get(cycle=settled.cycle, group=settled.group)

    assert isinstance(_scored(one, read_inputs(settled.cycle, one)), batch.Scores)
