"""Two leads at once, and a mark while the line changes hands."""

import pytest

from accounts.enums import Role
from core import clock
from core.audit.services import faults
from core.errors import NotAllowed
from scoring.appraisal.services import accept_line
from scoring.assigning.services import adopt_assignment, override_assignment, plan_assignment
from scoring.models import Answer, Assignment, AssignmentPlan
from tests.factories.people import make_user
from tests.factories.year import LOCKS, make_year
from tests.races import all_at_once

ROUNDS = 5


@pytest.fixture
def year(real_database):
    year = make_year().to_appraisal()
    with year.on(LOCKS.replace(hour=9)):
        yield year


def acting(year, act):
    """`act` as a thread does it: the clock of the test holds there too."""
    now = clock.now()

    def run():
        with clock.set_to(now):
            return act()

    return run


def test_of_two_leads_who_adopt_at_once_one_is_in_force(year):

    second = make_user("lead2", (Role.APPRAISAL_LEAD, year.office))
    given = {"cycle": year.cycle, "agency": year.agency, "cap": None}
    for seed in range(ROUNDS):
        ways = [({"mode": "unit", "seed": seed}, year.people["lead"]), ({"mode": "line", "seed": seed}, second)]
        digests = [plan_assignment(**given, **way, actor=actor).digest for way, actor in ways]

        done = all_at_once(
            [
                acting(year, lambda way=way, actor=actor, digest=digest: adopt_assignment(
                    **given, **way, digest=digest, actor=actor
                ))
                for (way, actor), digest in zip(ways, digests, strict=True)
            ]
        )  # fmt: skip

        assert sorted(type(one).__name__ for one in done) == ["AssignmentPlan", "Conflict"]
        assert AssignmentPlan.objects.count() == seed + 1
        in_force = next(one for one in done if isinstance(one, AssignmentPlan))
        assert set(Assignment.objects.values_list("plan", flat=True)) == {in_force.pk}
    assert list(faults()) == []


def test_a_mark_and_an_override_at_once_leave_one_order_of_things(year):
    given = {"cycle": year.cycle, "agency": year.agency}
    lead = year.people["lead"]
    way = {"mode": "unit", "cap": None, "seed": 1}
    digest = plan_assignment(**given, **way, actor=lead).digest
    adopt_assignment(**given, **way, digest=digest, actor=lead)
    for code in ("A.1", "A.2", "A.3", "B.1", "B.2"):
        line = year.answer(code)
        held = line.assignment.appraiser
        other = year.people["appraiser2" if held.username == "appraiser" else "appraiser"]

        marked, moved = all_at_once(
            [
                acting(year, lambda line=line, held=held: accept_line(
                    answer=Answer.objects.get(pk=line.pk), version=line.version, actor=held
                )),
                acting(year, lambda line=line, other=other: override_assignment(
                    **given, answers=[line.pk], appraiser=other, reason="Ốm", actor=lead
                )),
            ]
        )  # fmt: skip

        assert moved == 1
        assert Assignment.objects.get(answer=line).appraiser == other
        assert isinstance(marked, (Answer, NotAllowed)), marked
        assert (year.answer(code).line_state == "accepted") == isinstance(marked, Answer)
    assert list(faults()) == []
