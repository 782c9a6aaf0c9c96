"""The places of a year: who sets them, what is refused, and what the database refuses by itself."""

import json

import pytest
from django.db import IntegrityError, connection, transaction

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from nominations.enums import AwardForm, Subject
from nominations.models import Nomination, Quota
from nominations.nominating.places import open_lines, quota_lines
from nominations.nominating.quotas import Places, set_quota
from scoring.enums import CycleState
from scoring.models import Cycle
from tests.nominations.thin import NOMINATED

pytestmark = pytest.mark.django_db
GROUND = "Kế hoạch 12/KH-UBND ngày 10/01/2027"


@pytest.fixture(autouse=True)
def moment(awards):
    with awards.on(NOMINATED):
        yield


def quota() -> Quota:
    return Quota.objects.get(form=AwardForm.BANG_KHEN, subject=Subject.COLLECTIVE)


def put(awards, actor=None, version=None, **changes) -> Quota:
    return set_quota(
        cycle=awards.year.cycle,
        form=AwardForm.BANG_KHEN,
        subject=Subject.COLLECTIVE,
        places=Places(**{"cap": 12, "ground": GROUND} | changes),
        version=version,
        actor=actor or awards.secretary,
    )


def test_a_quota_says_what_was_before_and_on_what_ground(awards):
    made = put(awards, lowest_grade="kha", lowest_rank=10, ground="  12/KH-UBND ")

    assert (made.cap, made.left, made.lowest_grade, made.lowest_rank, made.ground) == (12, 12, "kha", 10, "12/KH-UBND")
    assert (made.set_at, made.set_by, made.version) == (NOMINATED, awards.secretary, 2)
    details = json.loads(AuditEntry.objects.last().details)
    assert (details["before"]["cap"], details["cap"]) == (30, 12)


@pytest.mark.parametrize("person", ["officer0", "head0", "member", "leader", "auditor", "administrator", "secretary"])
def test_only_the_emulation_secretary_sets_it(awards, person):
    with pytest.raises(NotAllowed):
        put(awards, awards.year.people[person])

    assert quota().cap == 30


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"cap": -1}, "cap"),
        ({"cap": 1001}, "cap"),
        ({"lowest_rank": 0}, "lowest_rank"),
        ({"lowest_rank": 2**40}, "lowest_rank"),
        ({"lowest_grade": "vàng"}, "lowest_grade"),
        ({"ground": "  "}, "ground"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(awards, changes, field):
    with pytest.raises(Invalid) as refused:
        put(awards, **changes)

    assert (set(refused.value.fields), quota().version) == ({field}, 1)


def test_it_is_never_lower_than_what_is_taken(awards):
    Quota.objects.update(taken=3)

    with pytest.raises(Invalid):
        put(awards, cap=2)
    assert put(awards, cap=3).left == 0


def test_a_change_keeps_the_places_taken_meanwhile(awards):
    Quota.objects.update(taken=5)

    assert put(awards).taken == 5


def test_a_stale_form_is_refused(awards):
    put(awards, version=1)

    with pytest.raises(Conflict) as refused:
        put(awards, version=1, cap=7)
    assert (refused.value.code, quota().cap) == ("ERR-STALE", 12)


def test_an_archived_year_keeps_its_quota(awards):
    Cycle.objects.update(state=CycleState.ARCHIVED)

    with pytest.raises(WrongState):
        put(awards)


@pytest.mark.parametrize("change", ["taken = cap + 1", "cap = taken - 1", "form = 'x'", "subject = 'x'"])
def test_the_database_refuses_what_no_quota_may_be(awards, change):
    Quota.objects.update(taken=1)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE nominations_quota SET {change}")  # noqa: S608 - the test's own words


@pytest.mark.parametrize(
    "changes",
    [
        {"part": "Văn phòng", "person_position": "Chuyên viên", "subject": "person"},
        {"person_position": "Chuyên viên"},
        {"subject": "person"},
        {"nominated_at": None},
        {"nominated_by": None},
    ],
)
def test_the_database_refuses_what_no_nomination_may_be(awards, changes):
    awards.nominate()

    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.update(**changes)


def test_every_form_and_subject_has_its_line_with_last_years_beside(awards):
    Quota.objects.exclude(form=AwardForm.BANG_KHEN).delete()
    Quota.objects.filter(subject=Subject.PERSON).update(cap=0)

    lines = quota_lines(awards.year.cycle)

    assert [(line.form, line.subject, line.quota and line.quota.cap, line.last) for line in lines] == [
        ("bang_khen", "collective", 30, None),
        ("bang_khen", "person", 0, None),
        ("giay_khen", "collective", None, None),
        ("giay_khen", "person", None, None),
    ]
    assert [(line.form, line.subject) for line in open_lines(awards.year.cycle)] == [("bang_khen", "collective")]
    later = Cycle(year=awards.year.cycle.year + 1)
    later.pk = 0
    assert [line.last and line.last.cap for line in quota_lines(later)] == [30, 0, None, None]
