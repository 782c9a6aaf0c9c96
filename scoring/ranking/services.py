"""Runs: start, compute in the background, publish. A published run is never edited; a new one supersedes it."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitGroup, User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_name, clean_text
from core.errors import Conflict, Invalid, WrongState
from core.jobs.runner import Progress, enqueue, handles
from core.lifecycle import advance
from scoring import engine
from scoring.enums import CycleAction, CycleState, RunAction, RunState
from scoring.models import Cycle, CycleGroup, RankingRow, RankingRun
from scoring.ranking.permissions import can_compute, can_publish
from scoring.ranking.rows import publication, row_values
from scoring.ranking.snapshot import Inputs, build, read_inputs
from scoring.ranking.verification import content_faults


@transaction.atomic(durable=True)
def start_run(*, cycle: Cycle, group: UnitGroup, actor: User) -> RankingRun:
    """Queue a run of one group. While one is being computed a second is refused."""
    cycle = locks.exclusive(Cycle, cycle.pk)
    can_compute(actor, cycle).require()
    one = CycleGroup.objects.filter(cycle=cycle, group=group).first()
    if one is None:
        raise Invalid(_("The group does not take part in this cycle."))
    runs = RankingRun.objects.filter(cycle=cycle, group=group)
    if runs.filter(state=RunState.QUEUED, job__state__in=["queued", "running"]).exists():
        raise Conflict(_("A run of this group is being computed already."), code="ERR-DONE")
    run = RankingRun.objects.create(
        cycle=cycle,
        group=group,
        criteria_set=one.criteria_set,
        number=(runs.aggregate(last=Max("number"))["last"] or 0) + 1,
        started_at=clock.now(),
        started_by=actor,
    )
    run.job = enqueue(
        kind="ranking.compute", unique_key=f"ranking.compute:{run.pk}", payload={"run": run.pk}, actor=actor
    )
    run.save()
    record(actor=actor, action="rankingrun.start", obj=run, details={"group": group.code, "number": run.number})
    return run


@handles("ranking.compute")
def compute_run(payload: dict, progress: Progress) -> Callable[[], str]:
    """Read and score outside any transaction; the returned write stores rows, snapshot and state together."""
    run = RankingRun.objects.select_related("cycle", "group", "criteria_set").get(pk=payload["run"])
    one = CycleGroup.objects.select_related("group", "criteria_set").get(cycle=run.cycle, group=run.group)
    progress(0, len(Unit.objects.filter(assessments__cycle=run.cycle, assessments__group=run.group)))
    inputs = read_inputs(run.cycle, one)
    results = _scored(one, inputs)
    progress(len(results.rows), len(results.rows))
    return lambda: _store(run, one, inputs, results)


def _scored(one: CycleGroup, inputs: Inputs):
    """By the column evaluator. Proofs, pages and verifiers use the readable one: a published run has been through both."""
    from scoring.engine import batch  # noqa: PLC0415 - loads numpy, which only a run needs

    return batch.score(one.criteria_set.definition, inputs.values, inputs.groups)


def _store(run: RankingRun, one: CycleGroup, inputs: Inputs, results: engine.Results) -> str:
    run = locks.exclusive(RankingRun, run.pk)
    if run.state != RunState.QUEUED:
        return ""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=inputs.units)}
    RankingRow.objects.bulk_create(
        (
            RankingRow(run=run, unit=units[row.unit], **row_values(position, row, inputs.notes[row.unit]))
            for position, row in enumerate(results.rows, 1)
        ),
        batch_size=50,
    )
    run.snapshot, run.sha256 = build(run.cycle, one, inputs, results)
    run.open_lines, run.engine_version, run.computed_at = inputs.open_lines, engine.ENGINE_VERSION, clock.now()
    details = {"sha256": run.sha256, "units": len(results.rows), "open_lines": run.open_lines}
    advance(run, RunAction.COMPUTE, actor=run.started_by, details=details)
    return ""


@transaction.atomic(durable=True)
def publish_run(
    *, run: RankingRun, decision_number: str, decision_on: date | None, actor: User, reason: str = ""
) -> RankingRun:
    """Publish under a decision, once the run has been proved against today's scores (about a second for 75 units).

    A later run of the same group supersedes the published one and must say why.
    """
    cycle = locks.exclusive(Cycle, run.cycle_id)
    run = locks.exclusive(RankingRun, run.pk)
    can_publish(actor, run, cycle).require()
    run.decision_number, run.decision_on = clean_name(decision_number, limit=60), decision_on
    run.reason = clean_text(reason, limit=2000)
    earlier = _published(run)
    _check_decision(run, earlier)
    _require_current(run, cycle)
    if earlier:
        advance(earlier, RunAction.SUPERSEDE, actor=actor, details={"by": run.pk})
    run.published_at, run.published_by = clock.now(), actor
    advance(run, RunAction.PUBLISH, actor=actor, details=publication(run))
    _publish_cycle_with_last_group(cycle, actor)
    return run


def _published(run: RankingRun) -> RankingRun | None:
    """The run in force of the same group and cycle, held for change."""
    runs = RankingRun.objects.select_for_update(of=("self",)).filter(cycle=run.cycle_id, group=run.group_id)
    return runs.filter(state=RunState.PUBLISHED).first()


def _check_decision(run: RankingRun, earlier: RankingRun | None) -> None:
    faults = {}
    if not run.decision_number:
        faults["decision_number"] = _("Give the number of the decision, such as 312/QĐ-UBND.")
    if run.decision_on is None or run.decision_on > clock.today():
        faults["decision_on"] = _("Give the date of the decision; it cannot lie in the future.")
    if earlier and not run.reason:
        faults["reason"] = _("Say why the published ranking is replaced.")
    if faults:
        raise Invalid(" ".join(faults.values()), code="ERR-REQUIRED", fields=faults)


def _require_current(run: RankingRun, cycle: Cycle) -> None:
    """What is frozen is what the scores give now: a run from before the last correction is not published."""
    one = CycleGroup.objects.select_related("group", "criteria_set").get(cycle=cycle, group=run.group_id)
    inputs = read_inputs(cycle, one)
    results = _scored(one, inputs)
    if build(cycle, one, inputs, results)[1] != run.sha256 or next(content_faults(run), None):
        raise WrongState(
            _("Scores, names or rules have changed since this run was computed. Start a new run and publish that one.")
        )


def _publish_cycle_with_last_group(cycle: Cycle, actor: User) -> None:
    published = RankingRun.objects.filter(cycle=cycle, state=RunState.PUBLISHED).values("group")
    if cycle.state == CycleState.SETTLED and not cycle.groups.exclude(group__in=published).exists():
        advance(cycle, CycleAction.PUBLISH, actor=actor)
