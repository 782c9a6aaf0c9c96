"""What the home page tells the scoring secretary."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.ranking.waiting import waiting_for
from tests.factories.year import APPRAISED, EXPLAINED, LOCKS, OPENS

pytestmark = pytest.mark.django_db


def tasks(year, person: str = "secretary") -> list[tuple[str, bool]]:
    return [(task.url, bool(task.locked)) for task in waiting_for(year.people[person])]


RUNS = f"{reverse('runs')}?year=2026"


def test_nothing_waits_while_units_file(year):
    with year.on(OPENS):
        assert tasks(year) == []


def test_the_provisional_ranking_waits_until_lines_are_appraised(year):
    year.to_appraisal()
    with year.on(LOCKS):
        locked = tasks(year)
    year.appraise()
    with year.on(APPRAISED):
        assert (locked, tasks(year)) == ([(RUNS, True)], [(RUNS, False)])
        year.compute()
        assert tasks(year) == []


def test_after_the_settling_the_final_run_is_computed_then_published(settled):
    with settled.on(EXPLAINED):
        before = tasks(settled)
        run = settled.compute()
        after = tasks(settled)

    assert before == [(RUNS, False)]
    assert after == [(reverse("run", args=[run.pk]), False)]


def test_a_published_ranking_waits_for_nobody(published, year):
    with year.on(EXPLAINED):
        assert tasks(year) == []


@pytest.mark.parametrize("person", ["lead", "auditor", "officer0", "administrator", "outsider"])
def test_others_are_not_asked(settled, person):
    person = settled.people[person]
    with settled.on(EXPLAINED):
        person.has_role()
        with CaptureQueriesContext(connection) as queries:
            assert waiting_for(person) == []
    assert len(queries) == 0


def test_few_queries(settled):
    secretary = settled.people["secretary"]
    with settled.on(EXPLAINED):
        secretary.has_role()
        with CaptureQueriesContext(connection) as queries:
            waiting_for(secretary)
    assert len(queries) <= 5
