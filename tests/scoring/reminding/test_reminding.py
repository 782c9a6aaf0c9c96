"""The ladder before the unit's own time limit, the secretary's reminders, and what is shown of both."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from core.audit.models import AuditEntry
from core.errors import Invalid, NotAllowed
from scoring.extending.services import give_extension
from scoring.filing.services import prepare
from scoring.filing.waiting import waiting_for
from scoring.models import Reminder
from scoring.reminding.ladder import step_reached, steps_of
from scoring.reminding.services import remind
from tests.factories.year import CLOSES, LOCKS, OPENS

pytestmark = pytest.mark.django_db

INSTANT, DAY = timedelta(milliseconds=1), timedelta(days=1)


def shown(user, icon: str) -> list:
    return [task for task in waiting_for(user) if task.icon == icon]


def send(year, *indexes, again=False, by="secretary"):
    forms = [year.assessment(index) for index in indexes or (0, 1, 2)]
    return remind(cycle=year.cycle, assessments=forms, note="Còn 3 ngày", again=again, actor=year.people[by])


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (14 * DAY + INSTANT, None),
        (14 * DAY, 14),
        (7 * DAY + INSTANT, 14),
        (7 * DAY, 7),
        (3 * DAY, 3),
        (DAY + INSTANT, 3),
        (DAY, 1),
        (INSTANT, 1),
        (timedelta(0), None),
        (-DAY, None),
    ],
)
def test_a_step_comes_to_the_millisecond_and_the_time_limit_ends_it(left, step):
    assert step_reached(CLOSES, CLOSES - left) == step


def test_every_step_has_its_moment():
    assert [days for days, moment in steps_of(CLOSES) if step_reached(CLOSES, moment) == days] == [14, 7, 3, 1]


class TestLadder:
    def test_says_what_is_left_by_the_state_of_the_form(self, year):
        titles = set()
        with year.on(CLOSES - 15 * DAY):
            assert shown(year.officer(), "alarm") == []
        with year.on(CLOSES - 7 * DAY):
            (task,) = shown(year.officer(), "alarm")
            titles.add(task.title)
            assert task.until == CLOSES
            answer = year.answer("A.3")
            year.fill()
            (task,) = shown(year.officer(), "alarm")
            titles.add(task.title)
            prepare(assessment=year.assessment(), actor=year.officer())
            (task,) = shown(year.head(), "alarm")
            titles.add(task.title)
        assert answer.pk
        assert len(titles) == 3

    def test_is_silent_once_submitted(self, year):
        year.hand_in()
        with year.on(CLOSES - DAY):
            assert waiting_for(year.officer()) == waiting_for(year.head()) == []

    def test_follows_the_extension_of_the_unit(self, year):
        with year.filing():
            give_extension(assessment=year.assessment(), until=CLOSES + 20 * DAY, reason="x", actor=year.people["lead"])
        with year.on(CLOSES - DAY):
            assert shown(year.officer(), "alarm") == []
            assert len(shown(year.officer(1), "alarm")) == 1
        with year.on(CLOSES + 17 * DAY):
            (task,) = shown(year.officer(), "alarm")
            assert task.until == CLOSES + 20 * DAY
            assert shown(year.officer(1), "alarm") == []  # late already: the page says so


class TestRemind:
    def test_officers_and_head_are_reminded_as_one_act_and_read_it(self, year):
        with year.filing():
            outcome = send(year)
            assert (len(outcome.reminded), outcome.people, Reminder.objects.count()) == (3, 6, 6)
            assert AuditEntry.objects.filter(action="cycle.remind").count() == 1
            for person in (year.officer(), year.head()):
                (task,) = shown(person, "bell")
                assert "Còn 3 ngày" in task.where
                assert year.people["secretary"].full_name in task.title
        year.hand_in()
        with year.filing():
            assert shown(year.officer(), "bell") == []
            assert len(shown(year.officer(1), "bell")) == 1

    def test_not_twice_within_a_day_unless_confirmed(self, year):
        with year.filing():
            send(year, 0)
            with pytest.raises(Invalid):
                send(year, 0)
            assert [one.pk for one in send(year, 0, 1).reminded] == [year.assessment(1).pk]
        with year.on(OPENS + timedelta(days=10, hours=2)):
            assert len(send(year, 0, again=True).reminded) == 1
        with year.on(OPENS + timedelta(days=11, hours=2) - INSTANT), pytest.raises(Invalid):
            send(year, 0)
        with year.on(OPENS + timedelta(days=11, hours=2)):
            send(year, 0)
        assert Reminder.objects.filter(assessment=year.assessment(0)).count() == 6

    def test_who_has_submitted_who_is_locked_and_who_has_nobody_is_left_out(self, year):
        year.hand_in(0)
        User.objects.filter(pk__in=[year.officer(1).pk, year.head(1).pk]).update(is_active=False)
        with year.filing():
            outcome = send(year)
            named = [
                [one.unit.code for one in forms] for forms in (outcome.reminded, outcome.closed, outcome.unreachable)
            ]
            assert named == [["33333"], ["11111"], ["22222"]]
        with year.on(LOCKS), pytest.raises(Invalid):
            send(year, 2)

    @pytest.mark.parametrize("person", ["officer0", "lead", "auditor", "administrator"])
    def test_is_the_scoring_secretarys(self, year, person):
        with year.filing(), pytest.raises(NotAllowed):
            send(year, by=person)

    def test_the_log_is_append_only(self, year):
        with year.filing():
            send(year)
        for statement in ("UPDATE scoring_reminder SET note = ''", "DELETE FROM scoring_reminder"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
