"""Many units that handed in, laid out at once: what is tested is the desk."""

from accounts.models import Unit
from core.collation import fold, sort_key
from scoring.appraisal.lines import claim_values, points_of
from scoring.enums import AssessmentState
from scoring.models import Answer, Assessment
from tests.factories.year import CLAIMS, Year


def many_handed_in(year: Year, units: int) -> list[Assessment]:
    """Further units under appraisal; A.3 and B.1 are declared with figures of their own, the rest as the third commune's."""
    names = [f"Bản {number:03}" for number in range(units)]
    made = Unit.objects.bulk_create(
        Unit(
            code=f"M{number:03}",
            name=f"Xã {name}",
            short_name=name,
            name_sort=sort_key(name),
            name_fold=fold(f"Xã {name}"),
            group=year.group,
        )
        for number, name in enumerate(names)
    )
    given = {"cycle": year.cycle, "group": year.group, "criteria_set": year.criteria_set}
    handed_in = Assessment.objects.bulk_create(
        Assessment(unit=unit, state=AssessmentState.UNDER_APPRAISAL, version=1, **given) for unit in made
    )
    answers, criteria = [], list(year.criteria_set.criteria.select_related("criteria_set"))
    for number, one in enumerate(handed_in):
        own = {"A.3": {"value": str(number % 6)}, "B.1": {"a": str(number % 100), "b": "100"}}
        for criterion in criteria:
            values = own.get(criterion.code) or CLAIMS["33333"].get(criterion.code, {})
            answer = Answer(assessment=one, criterion=criterion, values=values, explanation="x")
            answer.claimed_points = points_of(answer, claim_values(answer))
            answers.append(answer)
    Answer.objects.bulk_create(answers)
    return handed_in
