"""Many forms before their heads, for tests with threads."""

from datetime import date

from accounts.enums import Role
from accounts.models import RoleMembership, Unit, User
from scoring.filing.signing import freeze
from scoring.models import Answer, Assessment
from tests.factories.year import CLAIMS, OPENS, Year


def many_prepared(year: Year, units: int) -> list[tuple[Assessment, User]]:
    """Units whose heads have the form before them, laid out at once: what is tested is the submitting."""
    template = year.assessment()
    criteria = list(template.criteria_set.criteria.all())
    made = []
    for number in range(units):
        unit = Unit.objects.create(code=f"u{number:03d}", name=f"Xã {number}", short_name=str(number), group=year.group)
        head = User.objects.create(username=f"h{number:03d}", full_name=f"Người {number}")
        RoleMembership.objects.create(user=head, role=Role.UNIT_HEAD, unit=unit, from_on=date(2020, 1, 1))
        one = Assessment.objects.create(
            cycle=year.cycle, unit=unit, group=year.group, criteria_set=year.criteria_set, state="prepared", version=1
        )
        Answer.objects.bulk_create(
            Answer(assessment=one, criterion=one_of, explanation="x", values=CLAIMS["33333"].get(one_of.code, {}))
            for one_of in criteria
        )
        freeze(one, head, OPENS)
        made.append((one, head))
    return made
