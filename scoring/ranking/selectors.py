"""Reads of the ranking's pages: which runs there are, and what a run is compared with."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from core.audit.models import AuditEntry
from scoring.enums import CycleAction, ExplanationState, RunState
from scoring.inputs import said
from scoring.models import Cycle, CycleGroup, Explanation, RankingRow, RankingRun
from scoring.ranking.snapshot import unfiled_units


def earlier_run(run: RankingRun) -> RankingRun | None:
    """The published run of the same group in the nearest earlier year."""
    published = RankingRun.objects.light().published()
    return published.filter(group=run.group_id, cycle__year__lt=run.cycle.year).order_by("-cycle__year").first()


def public_runs(year: int, group: str) -> QuerySet[RankingRun]:
    """The published run of a group and those it replaced, the newest first."""
    runs = RankingRun.objects.light().final().select_related("started_by", "criteria_set")
    return (
        runs.defer("snapshot", "criteria_set__document").filter(cycle__year=year, group__code=group).order_by("-number")
    )


@dataclass(frozen=True)
class ContestCounts:
    """Explanations of a group in a year: contested lines, units they are of, and lines that count otherwise since."""

    lines: int
    units: int
    changed: int


def contest_counts(run: RankingRun) -> ContestCounts:
    """One query. Nothing of it changes once the scores are settled."""
    of_group = Explanation.objects.filter(
        answer__assessment__cycle=run.cycle_id, answer__assessment__group=run.group_id
    )
    changed = Q(state__in=[ExplanationState.UPHELD, ExplanationState.PARTLY_UPHELD])
    counted = of_group.aggregate(
        lines=Count("answer", distinct=True),
        units=Count("answer__assessment", distinct=True),
        changed=Count("answer", distinct=True, filter=changed),
    )
    return ContestCounts(**counted)


def published_list() -> QuerySet[RankingRun]:
    """Every ranking in force, latest year first, with its number of units."""
    published = RankingRun.objects.light().published().annotate(units=Count("rows"))
    return published.order_by("-cycle__year", "group__position", "group__code")


def desk_cycles() -> QuerySet[Cycle]:
    return Cycle.objects.order_by("-year")


@dataclass(frozen=True)
class GroupRuns:
    """A group of a cycle at the desk: its runs, the newest first."""

    one: CycleGroup
    runs: list[RankingRun]

    @property
    def running(self) -> RankingRun | None:
        """The newest run, while its computation is on the way or has failed."""
        return self.runs[0] if self.runs and self.runs[0].state == RunState.QUEUED and self.runs[0].job else None

    @property
    def is_busy(self) -> bool:
        return self.running is not None and not self.running.job.is_over


def runs_of(cycle: Cycle) -> list[GroupRuns]:
    """Two queries, whatever the number of runs."""
    by_group: dict[int, list[RankingRun]] = {}
    for run in desk_runs().filter(cycle=cycle).order_by("-number"):
        by_group.setdefault(run.group_id, []).append(run)
    groups = cycle.groups.select_related("group", "criteria_set").defer("criteria_set__document")
    return [GroupRuns(one, by_group.get(one.group_id, [])) for one in groups]


def desk_runs() -> QuerySet[RankingRun]:
    return RankingRun.objects.light().select_related("job", "started_by", "published_by")


def run_before(run: RankingRun) -> RankingRun | None:
    """The computed run before this one, of the same cycle and group."""
    runs = RankingRun.objects.light().exclude(state=RunState.QUEUED)
    return runs.filter(cycle=run.cycle_id, group=run.group_id, number__lt=run.number).order_by("-number").first()


def settled_at(cycle: Cycle):
    """When the scores were settled, from the trail; None before."""
    entries = AuditEntry.objects.filter(
        object_type=Cycle._meta.label_lower, object_id=str(cycle.pk), action=f"cycle.{CycleAction.SETTLE}"
    )
    return entries.order_by("-seq").values_list("at", flat=True).first()


@dataclass(frozen=True)
class Step:
    """From an earlier run to this one; `rank` is positive for a better place."""

    rank: int | None
    points: Decimal | None

    @property
    def is_move(self) -> bool:
        return bool(self.rank or self.points)

    @property
    def distance(self) -> int:
        return abs(self.rank)


@dataclass(frozen=True)
class ChangedLine:
    code: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class ComparedRow:
    """One unit of a run beside the run before it and last year's.

    A step is None where the unit was not in that run. Who handed nothing in has neither grade nor steps, nor a step from
    a year without a self-assessment.
    """

    row: RankingRow
    grade: str
    since_before: Step | None
    since_last_year: Step | None
    lines: list[ChangedLine]
    has_filed: bool


def compared_rows(run: RankingRun, before: RankingRun | None, last_year: RankingRun | None) -> list[ComparedRow]:
    """All rows of the run, in order: one query for the rows of all three runs, one for who handed nothing in."""
    wanted = [one.pk for one in (run, before, last_year) if one]
    rows: dict[int, dict[int, RankingRow]] = {pk: {} for pk in wanted}
    for row in RankingRow.objects.filter(run__in=wanted).select_related("unit").order_by("position"):
        rows[row.run_id][row.unit_id] = row
    grades = {grade.code: said(grade.title) for grade in run.criteria_set.definition.grades}
    old, past = rows.get(before and before.pk, {}), rows.get(last_year and last_year.pk, {})
    unfiled = _unfiled(wanted)
    past = {unit: row for unit, row in past.items() if row.unit.code not in unfiled[row.run_id]}
    return [
        _compared(row, grades, old.get(unit), past.get(unit), row.unit.code not in unfiled[run.pk])
        for unit, row in rows[run.pk].items()
    ]


def _unfiled(runs: list[int]) -> dict[int, frozenset[str]]:
    """By run, who handed nothing in, as its frozen record says."""
    snapshots = RankingRun.objects.filter(pk__in=runs).values_list("pk", "snapshot")
    return {pk: unfiled_units(text) for pk, text in snapshots}


def _compared(
    row: RankingRow, grades: dict[str, str], old: RankingRow | None, past: RankingRow | None, has_filed: bool
) -> ComparedRow:
    return ComparedRow(
        row,
        grades.get(row.grade, row.grade) if has_filed else "",
        _step(old, row) if has_filed else None,
        _step(past, row) if has_filed else None,
        _changed_lines(old, row) if old else [],
        has_filed,
    )


def _step(old: RankingRow | None, new: RankingRow) -> Step | None:
    if old is None:
        return None
    ranked = old.rank is not None and new.rank is not None
    return Step(old.rank - new.rank if ranked else None, new.total - old.total if ranked else None)


def _changed_lines(old: RankingRow, new: RankingRow) -> list[ChangedLine]:
    def points(row: RankingRow, code: str) -> Decimal | None:
        text = row.lines.get(code, {}).get("points")
        return None if text is None else Decimal(text)

    found = (ChangedLine(code, points(old, code), points(new, code)) for code in new.lines)
    return [line for line in found if line.before != line.after]
