"""Reads of the ranking's pages: which runs there are, and what a run is compared with."""

from scoring.models import RankingRun


def earlier_run(run: RankingRun) -> RankingRun | None:
    """The published run of the same group in the nearest earlier year."""
    published = RankingRun.objects.light().published()
    return published.filter(group=run.group_id, cycle__year__lt=run.cycle.year).order_by("-cycle__year").first()
