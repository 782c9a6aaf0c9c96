"""What may be nominated, in how many places, and the words beside the figures."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from accounts.models import User
from core.collation import fold
from nominations.models import Nomination
from nominations.models.nomination import OF_THE_UNIT
from scoring.enums import CycleState, RunState
from scoring.models import CriteriaSet, Cycle, RankingRow, RankingRun


def award_cycle() -> Cycle | None:
    """The cycle whose awards are under way: the newest whose ranking is published and not archived."""
    return Cycle.objects.filter(state=CycleState.PUBLISHED).order_by("-year").select_related("movement").first()


def own_rows(user: User, cycle: Cycle | None) -> QuerySet[RankingRow]:
    """The published rows of the units the person works for; the snapshot, megabytes of text, stays where it is."""
    rows = RankingRow.objects.filter(
        run__cycle=cycle, run__state=RunState.PUBLISHED, unit__in=user.units_as(*OF_THE_UNIT)
    )
    return _light(rows).order_by("unit__name_sort")


def published_row(cycle_id: int, unit_id: int) -> RankingRow | None:
    """The unit's row in the ranking of the cycle that is published now."""
    rows = RankingRow.objects.filter(run__cycle=cycle_id, run__state=RunState.PUBLISHED, unit=unit_id)
    return _light(rows).first()


def _light(rows: QuerySet[RankingRow]) -> QuerySet[RankingRow]:
    return rows.select_related("unit", "run__cycle__movement", "run__criteria_set").defer(
        "run__snapshot", "nodes", "lines"
    )


def grade_titles(run_ids: Iterable[int]) -> dict[tuple[int, str], dict[str, str]]:
    """(run, grade code) → its title by language, for as many runs as a page shows: two queries."""
    sets = dict(RankingRun.objects.filter(pk__in=set(run_ids)).values_list("pk", "criteria_set"))
    by_pk = CriteriaSet.objects.in_bulk(sets.values())
    return {
        (run, grade.code): {"vi": grade.title.vi, "en": grade.title.en}
        for run, chosen in sets.items()
        for grade in by_pk[chosen].definition.grades
    }


def name_grades(rows: Iterable[Nomination | RankingRow]) -> None:
    """Put the grade's word in the reader's language beside each row, as `grade_title`."""
    titles, language = grade_titles(row.run_id for row in rows), get_language() or "vi"
    for row in rows:
        row.grade_title = titles.get((row.run_id, row.grade), {}).get(language, row.grade)


def ranked_counts(run_ids: Iterable[int]) -> dict[int, int]:
    """How many units stand in each run with a rank."""
    rows = RankingRow.objects.filter(run__in=set(run_ids), rank__isnull=False).values("run").annotate(n=Count("pk"))
    return {row["run"]: row["n"] for row in rows}


def nominations_of(user: User, *, q: str = "", state: str = "", year: str = "", form: str = "") -> QuerySet[Nomination]:
    """The list as the person may see it; `q` is looked for in recipient and unit, tone marks and đ/d ignored."""
    rows = Nomination.objects.visible_to(user).select_related("unit", "cycle")
    asked = {"state": state, "cycle__year": year, "form": form}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if wanted := fold(q):
        # Recipients have no folded column: their names are few enough to be folded here.
        names = rows.order_by().values_list("pk", "recipient_name", "unit__name_fold")
        rows = rows.filter(pk__in=[pk for pk, name, unit in names if wanted in fold(name) or wanted in unit])
    return rows


def nomination_years(user: User) -> list[int]:
    """The years of which the person sees nominations, newest first."""
    years = Nomination.objects.visible_to(user).order_by("-cycle__year").values_list("cycle__year", flat=True)
    return list(years.distinct())


def cycle_grades(cycle: Cycle) -> dict[str, str]:
    """Grades of the sets that the cycle's groups are scored by, best first: code → title in the reader's language."""
    language, found = get_language() or "vi", {}
    for one in cycle.groups.select_related("criteria_set"):
        for grade in one.criteria_set.grades:
            found.setdefault(grade["code"], grade["title"]["en" if language == "en" else "vi"])
    return found


def grades_of_run(run_id: int) -> dict[str, str]:
    """The grades of one ranking: code → title in the reader's language."""
    language = get_language() or "vi"
    return {code: words.get(language, words["vi"]) for (_run, code), words in grade_titles([run_id]).items()}
