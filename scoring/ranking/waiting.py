"""What waits for the scoring secretary: groups to compute, runs to publish. The home page shows it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.waiting import Task
from scoring.appraisal.selectors.progress import undecided_lines
from scoring.enums import AssessmentState, CycleState, RunState
from scoring.models import Cycle, CycleGroup, RankingRun
from scoring.ranking.selectors import settled_at

# Between the close of the filing and the publication; before and after there is nothing to do here.
RANKED_IN = (CycleState.APPRAISAL, CycleState.SETTLED)


def waiting_for(user: User) -> list[Task]:
    """At most four queries per cycle that is being ranked; none for anybody else."""
    if not user.has_role(Role.SCORING_SECRETARY):
        return []
    tasks = []
    for cycle in Cycle.objects.filter(state__in=RANKED_IN).order_by("year"):
        runs = RankingRun.objects.filter(cycle=cycle).defer("snapshot").order_by("number")
        latest = {run.group_id: run for run in runs}
        groups = cycle.groups.select_related("group").defer("criteria_set")
        tasks += (
            _to_publish(cycle, groups, latest)
            if cycle.state == CycleState.SETTLED
            else _to_compute(cycle, groups, latest)
        )
    return tasks


def _to_publish(cycle: Cycle, groups, latest: dict[int, RankingRun]) -> list[Task]:
    """A run from before the settling may be out of date: then the last word is computed first."""
    since, tasks = settled_at(cycle), []
    for one in groups:
        run = latest.get(one.group_id)
        if run and run.state == RunState.PUBLISHED:
            continue
        if run and run.state == RunState.COMPUTED and (since is None or run.started_at >= since):
            url = reverse("run", args=[run.pk])
            tasks.append(Task("megaphone", _("Publish the ranking"), _where(cycle, one), url, _("Compare and publish")))
        else:
            tasks.append(_compute(cycle, one))
    return tasks


def _to_compute(cycle: Cycle, groups, latest: dict[int, RankingRun]) -> list[Task]:
    """The provisional ranking, once for each group; locked while lines are not appraised."""
    missing = [one for one in groups if one.group_id not in latest]
    if not missing:
        return []
    under = cycle.assessments.filter(state=AssessmentState.UNDER_APPRAISAL)
    locked = ""
    if under.exists() and undecided_lines(cycle).exists():
        locked = _("Opens when every line is appraised")
    return [_compute(cycle, one, locked) for one in missing]


def _compute(cycle: Cycle, one: CycleGroup, locked: str = "") -> Task:
    url = f"{reverse('runs')}?year={cycle.year}"
    return Task("list-ol", _("Compute the ranking"), _where(cycle, one), url, _("Ranking runs"), locked=locked)


def _where(cycle: Cycle, one: CycleGroup) -> str:
    return _("{group}, {year}").format(group=one.group.label, year=cycle.year)
