"""Many forms at once, for tests with threads: what is tested is what happens to them, not their making."""

from datetime import date

from accounts.enums import Role
from accounts.models import RoleMembership, Unit, User
from scoring.filing.signing import freeze
from scoring.models import Answer, Assessment
from tests.factories.year import CLAIMS, OPENS, Year


def many_forms(year: Year, units: int, *, role: Role, state: str) -> list[tuple[Assessment, User]]:
    """Forms that are filled in, each with one person of its unit in that role."""
    criteria = list(year.criteria_set.criteria.all())
    made = Unit.objects.bulk_create(
        Unit(code=f"u{n:04d}", name=f"Xã {n}", short_name=str(n), group=year.group) for n in range(units)
    )
    people = User.objects.bulk_create(User(username=f"u{n:04d}", full_name=f"Người {n}") for n in range(units))
    RoleMembership.objects.bulk_create(
        RoleMembership(user=person, role=role, unit=unit, from_on=date(2020, 1, 1))
        for person, unit in zip(people, made, strict=True)
    )
    forms = Assessment.objects.bulk_create(
        Assessment(
            cycle=year.cycle, unit=unit, group=year.group, criteria_set=year.criteria_set, state=state, version=1
        )
        for unit in made
    )
    Answer.objects.bulk_create(
        [
            Answer(assessment=one, criterion=criterion, explanation="x", values=CLAIMS["33333"].get(criterion.code, {}))
            for one in forms
            for criterion in criteria
        ],
        batch_size=500,
    )
    return list(zip(forms, people, strict=True))


def many_prepared(year: Year, units: int) -> list[tuple[Assessment, User]]:
    """Units whose heads have the form before them."""
    made = many_forms(year, units, role=Role.UNIT_HEAD, state="prepared")
    for one, head in made:
        freeze(one, head, OPENS)
    return made
