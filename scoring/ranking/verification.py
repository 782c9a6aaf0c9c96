"""Prove that a published ranking is what was published: recompute it from its own snapshot."""

import hashlib
import json
from collections.abc import Iterator

from core.audit.models import AuditEntry
from scoring import engine
from scoring.enums import RunAction, RunState
from scoring.models import RankingRun
from scoring.ranking.snapshot import open_snapshot


def faults(run: RankingRun) -> Iterator[str]:
    """Every difference between snapshot, hash, audit trail, rows and a fresh computation. Nothing for a sound run."""
    name = f"{run.group.code} {run.cycle.year} run {run.number}"
    if hashlib.sha256(run.snapshot.encode()).hexdigest() != run.sha256:
        yield f"{name}: the snapshot was changed; its hash is not {run.sha256}"
    if run.sha256 not in _published_hashes(run):
        yield f"{name}: the audit trail says another hash was published"
    try:
        opened = open_snapshot(run.snapshot)
        results = opened.recompute()
    except (ValueError, KeyError, TypeError, engine.Refused) as error:
        yield f"{name}: the snapshot cannot be read ({error})"
        return
    if engine.write_results(results) != opened.results_csv:
        yield f"{name}: recomputing the snapshot gives other results"
    if engine.identity(opened.criteria_set) != run.criteria_set.identity:
        yield f"{name}: the criteria set is not the one that was in force"
    yield from _row_faults(name, run, results)


def _published_hashes(run: RankingRun) -> set[str]:
    entries = AuditEntry.objects.filter(
        object_type=run._meta.label_lower, object_id=str(run.pk), action=f"rankingrun.{RunAction.PUBLISH}"
    )
    return {json.loads(entry.details).get("sha256", "") for entry in entries}


def _row_faults(name: str, run: RankingRun, results: engine.Results) -> Iterator[str]:
    stored = {row.unit.code: row for row in run.rows.select_related("unit")}
    for result in results.rows:
        row = stored.pop(result.unit, None)
        if row is None:
            yield f"{name}: the row of {result.unit} is missing"
        elif _as_result(row) != _as_computed(result):
            yield f"{name}: the row of {result.unit} does not follow from the snapshot"
    yield from (f"{name}: the row of {unit} is not in the snapshot" for unit in stored)


def _as_result(row) -> tuple:
    lines = {code: (line["points"], line["status"]) for code, line in row.lines.items()}
    return (row.rank, row.total, row.grade, row.tie_break, row.bonus, row.penalty, row.nodes, lines)


def _as_computed(result: engine.UnitResult) -> tuple:
    def text(points):
        return None if points is None else str(points)

    nodes = {code: text(points) for code, points in result.nodes.items()}
    lines = {code: (text(line.points), line.status) for code, line in result.lines.items()}
    return (result.rank, result.total, result.grade, result.tie_break, result.bonus, result.penalty, nodes, lines)


def all_faults() -> Iterator[str]:
    """Every published and superseded run."""
    runs = RankingRun.objects.filter(state__in=[RunState.PUBLISHED, RunState.SUPERSEDED])
    for run in runs.select_related("group", "cycle", "criteria_set"):
        yield from faults(run)
