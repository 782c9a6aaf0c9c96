"""What the agency's pages read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, QuerySet

from accounts.models import User
from scoring.criteria.continuity import earlier_codes
from scoring.enums import CycleState, RunState
from scoring.inputs import said
from scoring.models import Answer, Assessment, Cycle, Evidence, RankingRow
from scoring.models.assessment import FILES

_NEEDED = ("cycle", "unit", "group", "criteria_set")
SHOWN_TO_ALL = (CycleState.PUBLISHED, CycleState.ARCHIVED)


@dataclass(frozen=True)
class LastYear:
    """What the same unit declared and got a year before: answers by this year's code of the criterion (`continuity`), and
    its row if it was ranked.

    `grade` is the title of the row's grade, `files` the evidence of the whole form.
    """

    year: int
    answers: Mapping[str, Answer]
    row: RankingRow | None
    grade: str = ""
    files: tuple[Evidence, ...] = ()


def seen_by(user: User) -> QuerySet[Assessment]:
    """The assessments a person may open, with what every page of the desk needs."""
    return Assessment.objects.visible_to(user).select_related(*_NEEDED)


def own_assessments(user: User) -> list[Assessment]:
    """Every year of the units for which the person files, newest first; `published_row` where there is a ranking."""
    own = list(
        Assessment.objects.filter(unit__in=user.units_as(*FILES))
        .select_related(*_NEEDED)
        .order_by("-cycle__year", "unit__name_sort")
    )
    rows = _rows([(one.cycle_id, one.unit_id) for one in own])
    for one in own:
        one.published_row = rows.get((one.cycle_id, one.unit_id))
    return own


def current_assessments(user: User) -> list[Assessment]:
    """The own units' assessments of the cycle that offices work on."""
    cycle = Cycle.objects.current()
    if cycle is None:
        return []
    return list(
        Assessment.objects.filter(unit__in=user.units_as(*FILES), cycle=cycle)
        .select_related(*_NEEDED)
        .order_by("unit__name_sort")
    )


def _rows(pairs: list[tuple[int, int]]) -> dict[tuple[int, int], RankingRow]:
    """Published rows of (cycle, unit) pairs, with `units_ranked` of their run: one query."""
    rows = (
        RankingRow.objects.filter(
            run__state=RunState.PUBLISHED,
            run__cycle__in={cycle for cycle, _unit in pairs},
            unit__in={unit for _cycle, unit in pairs},
        )
        .annotate(cycle_id=F("run__cycle"), units_ranked=Count("run__rows__rank"))
        .defer("lines")
    )
    return {(row.cycle_id, row.unit_id): row for row in rows}


def last_year(assessment: Assessment) -> LastYear | None:
    """Four queries, a fifth where a code map was made; None where the unit has no published result of the year before."""
    before = _year_before(assessment)
    if before is None:
        return None
    row = _rows([(before.cycle_id, before.unit_id)]).get((before.cycle_id, before.unit_id))
    grades = {grade.code: said(grade.title) for grade in before.criteria_set.definition.grades}
    answers = _answers_of(before, assessment)
    files = {file: None for answer in answers.values() for file in answer.evidence.all()}
    return LastYear(before.cycle.year, answers, row, grades.get(row.grade, "") if row else "", tuple(files))


def last_line(answer: Answer) -> LastYear | None:
    """The year before for one line only: four queries, without the row; a fifth where a code map was made."""
    before = _year_before(answer.assessment)
    if before is None:
        return None
    files = tuple(before.evidence.filter(removed_at__isnull=True))
    return LastYear(before.cycle.year, _answers_of(before, answer.assessment, answer.criterion.code), None, files=files)


def _year_before(assessment: Assessment) -> Assessment | None:
    return (
        Assessment.objects.filter(
            unit=assessment.unit_id, cycle__year=assessment.cycle.year - 1, cycle__state__in=SHOWN_TO_ALL
        )
        .select_related("cycle", "criteria_set")
        .first()
    )


def _answers_of(before: Assessment, assessment: Assessment, code: str = "") -> dict[str, Answer]:
    """Last year's answers (the one of `code` only) by this year's code of the criterion (`continuity`)."""
    codes = earlier_codes(assessment.criteria_set, before.criteria_set_id)
    answers = before.answers.select_related("criterion", "correction")
    answers = answers.prefetch_related(Prefetch("evidence", Evidence.objects.filter(removed_at__isnull=True)))
    if code:
        answers = answers.filter(criterion__code=code if codes is None else codes.get(code, ""))
    for answer in answers:
        answer.assessment, answer.criterion.criteria_set = before, before.criteria_set
    by_code = {one.criterion.code: one for one in answers}
    if codes is not None:
        by_code = {now: by_code[earlier] for now, earlier in codes.items() if earlier in by_code}
    return by_code
