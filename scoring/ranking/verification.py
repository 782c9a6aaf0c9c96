"""Prove that a published ranking is what was published: recompute it from its own snapshot.

Five things must agree: the snapshot with its hash, hash and decision with the audit trail, the criteria set's document
with the set's identity, a fresh computation with the results in the snapshot, and each stored row with both.
"""

import hashlib
import json
from collections.abc import Iterator

from core.audit.models import AuditEntry
from scoring import engine
from scoring.enums import RunAction, RunState
from scoring.models import RankingRun
from scoring.ranking.rows import publication, row_values
from scoring.ranking.snapshot import UNREADABLE, open_snapshot, sha256

FINAL = (RunState.PUBLISHED, RunState.SUPERSEDED)


def all_faults() -> Iterator[str]:
    """Every published and superseded run, and every publication on record whose run is no longer one."""
    runs = RankingRun.objects.filter(state__in=FINAL).select_related("group", "cycle", "criteria_set")
    entries = _publications()
    for run in runs.iterator(chunk_size=1):
        yield from faults(run, entries.pop(run.pk, []))
    yield from (f"run {pk}: it was published, but is no longer a published run" for pk in entries)


def faults(run: RankingRun, publications: list[dict] | None = None) -> Iterator[str]:
    """Every difference of one run. Nothing for a sound one."""
    name = _name(run)
    entries = _publications(run.pk).get(run.pk, []) if publications is None else publications
    said = publication(run)
    if said["sha256"] not in {entry.get("sha256") for entry in entries}:
        yield f"{name}: the audit trail says another hash was published"
    elif not any(said.items() <= entry.items() for entry in entries):
        yield f"{name}: the audit trail says another decision, date or reason"
    yield from content_faults(run)


def content_faults(run: RankingRun) -> Iterator[str]:
    """The faults of snapshot, set and rows; they hold for a computed run too."""
    name = _name(run)
    if sha256(run.snapshot) != run.sha256:
        yield f"{name}: the snapshot does not have the hash {run.sha256}"
    if hashlib.sha256(run.criteria_set.document.encode()).hexdigest() != run.criteria_set.identity:
        yield f"{name}: the document of the criteria set {run.criteria_set} was changed"
    try:
        opened = open_snapshot(run.snapshot)
        results = opened.recompute()
        rows = {
            row.unit: row_values(position, row, opened.notes[row.unit]) for position, row in enumerate(results.rows, 1)
        }
    except UNREADABLE as error:
        yield f"{name}: the snapshot cannot be read ({str(error)[:200]})"
        return
    if engine.write_results(results) != opened.results_csv:
        yield (
            f"{name}: recomputing the snapshot gives other results "
            f"(computed by engine {opened.engine_version}, checked by {engine.ENGINE_VERSION})"
        )
    if engine.identity(opened.criteria_set) != run.criteria_set.identity:
        yield f"{name}: the criteria set is not the one that was in force"
    if opened.engine_version != run.engine_version:
        yield f"{name}: the snapshot names another engine version than the run"
    yield from _row_faults(name, run, rows)


def _name(run: RankingRun) -> str:
    return f"{run.group.code} {run.cycle.year} run {run.number}"


def _publications(run: int | None = None) -> dict[int, list[dict]]:
    """What the trail says was published, by run: one query for all of them."""
    entries = AuditEntry.objects.filter(
        object_type=RankingRun._meta.label_lower, action=f"rankingrun.{RunAction.PUBLISH}"
    )
    if run is not None:
        entries = entries.filter(object_id=str(run))
    found: dict[int, list[dict]] = {}
    for entry in entries:
        found.setdefault(int(entry.object_id), []).append(json.loads(entry.details))
    return found


def _row_faults(name: str, run: RankingRun, computed: dict[str, dict]) -> Iterator[str]:
    stored = {row.unit.code: row for row in run.rows.select_related("unit")}
    for unit, wanted in computed.items():
        row = stored.pop(unit, None)
        if row is None:
            yield f"{name}: the row of {unit} is missing"
        elif changed := [column for column, value in wanted.items() if getattr(row, column) != value]:
            yield f"{name}: the row of {unit} does not follow from the snapshot ({', '.join(changed)})"
    yield from (f"{name}: the row of {unit} is not in the snapshot" for unit in stored)
