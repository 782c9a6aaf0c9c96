"""The places of a year as pages show them: every form × kind of subject, with last year's beside."""

from dataclasses import dataclass

from nominations.enums import AwardForm, Subject
from nominations.models import AWARDS, Award, Quota
from nominations.nominating.selectors import award_cycle, cycle_grades
from scoring.models import Cycle


@dataclass(frozen=True)
class QuotaLine:
    """One form × kind of subject. `quota` is `None` while nobody has set it, `last` the one of the year before."""

    form: AwardForm
    subject: Subject
    quota: Quota | None
    last: Quota | None
    lowest_grade: str

    @property
    def award(self) -> Award:
        return AWARDS[self.form]


def quota_lines(cycle: Cycle) -> list[QuotaLine]:
    """All of them in one fixed order; the grades are read once."""
    by_key = {
        (quota.cycle.year, quota.form, quota.subject): quota
        for quota in Quota.objects.filter(cycle__year__in=[cycle.year - 1, cycle.year]).select_related(
            "cycle", "set_by"
        )
    }
    grades = cycle_grades(cycle)
    lines = []
    for form in AwardForm:
        for subject in Subject:
            quota = by_key.get((cycle.year, form, subject))
            lowest = grades.get(quota.lowest_grade, quota.lowest_grade) if quota else ""
            last = by_key.get((cycle.year - 1, form, subject))
            lines.append(QuotaLine(form, subject, quota, last, lowest))
    return lines


def open_lines(cycle: Cycle | None) -> list[QuotaLine]:
    """Those with a place at all: what a unit may nominate for."""
    return [line for line in quota_lines(cycle) if line.quota and line.quota.cap] if cycle else []


def quota_years() -> list[int]:
    return list(Cycle.objects.order_by("-year").values_list("year", flat=True))


def quota_cycle(year: str) -> Cycle | None:
    """The year asked for; else the one whose awards are under way; else the one that offices work on."""
    if year:
        return Cycle.objects.filter(year=year).first()
    return award_cycle() or Cycle.objects.current()
