"""Whether a nomination meets the standard of the year: clause by clause, each with its figures and its source."""

from dataclasses import asdict, dataclass

from nominations.enums import NominationState, Subject
from nominations.models import Nomination, Quota
from scoring.models import RankingRow


@dataclass(frozen=True)
class EligibilityClause:
    """One reason. `figures` are values for the sentence of `nominating.wording`."""

    code: str
    is_met: bool
    figures: dict[str, str | int | None]

    def as_row(self) -> dict:
        return asdict(self)


# Known to people and to no table: the secretary confirms it when finding the nomination eligible.
CONDUCT = EligibilityClause("conduct", True, {})


def clauses_of(nomination: Nomination) -> list[EligibilityClause]:
    """The clauses as they stand now. Needs the nomination's unit, cycle and run with its set; four queries at most."""
    quota = Quota.objects.filter(cycle=nomination.cycle_id, form=nomination.form, subject=nomination.subject).first()
    found = [
        EligibilityClause("standard", quota is not None, {"cap": quota and quota.cap, "left": quota and quota.left})
    ]
    if quota is not None:
        found += [_grade(nomination, quota), _rank(nomination, quota)]
    return [*found, _unit(nomination), _once(nomination)]


def _grade(nomination: Nomination | RankingRow, quota: Quota) -> EligibilityClause:
    """From the best grade down to the lowest that is accepted, in the order of the set that was published."""
    codes = [grade.code for grade in nomination.run.criteria_set.definition.grades]
    accepted = codes
    if quota.lowest_grade:
        accepted = codes[: codes.index(quota.lowest_grade) + 1] if quota.lowest_grade in codes else []
    return EligibilityClause(
        "grade", nomination.grade in accepted, {"grade": nomination.grade, "lowest": quota.lowest_grade}
    )


def _rank(nomination: Nomination | RankingRow, quota: Quota) -> EligibilityClause:
    is_met = nomination.rank is not None and (quota.lowest_rank is None or nomination.rank <= quota.lowest_rank)
    return EligibilityClause("rank", is_met, {"rank": nomination.rank, "lowest": quota.lowest_rank})


def meets_standard(row: RankingRow, quota: Quota) -> bool:
    """Whether grade and rank of a published row, with its run and set at hand, are good enough for these places."""
    return _grade(row, quota).is_met and _rank(row, quota).is_met


def _unit(nomination: Nomination) -> EligibilityClause:
    """A dissolved unit is not commended; its people may be."""
    is_met = nomination.subject == Subject.PERSON or nomination.unit.is_active
    return EligibilityClause("unit", is_met, {"name": nomination.unit.name, "is_active": nomination.unit.is_active})


def _once(nomination: Nomination) -> EligibilityClause:
    """No second commendation of one subject for the achievement of one year, whatever the form."""
    earlier = (
        Nomination.objects.filter(
            cycle=nomination.cycle_id,
            unit=nomination.unit_id,
            recipient_name=nomination.recipient_name,
            state__in=[NominationState.APPROVED, NominationState.DECIDED],
        )
        .exclude(pk=nomination.pk)
        .first()
    )
    return EligibilityClause("once", earlier is None, {"earlier": earlier and earlier.award.title})
