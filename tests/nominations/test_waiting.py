"""What the home page says is waiting, by role and state."""

import pytest
from django.db.models import F

from nominations.enums import Choice
from nominations.models import Quota
from nominations.waiting import waiting_for
from tests.nominations.thin import MET, NOMINATED, SIGNED

pytestmark = pytest.mark.django_db


def urls(user) -> list[str]:
    return [task.url for task in waiting_for(user)]


def nominate_url(awards, index: int = 0) -> str:
    return f"/nominations/new/?row={awards.row(index).pk}"


def test_before_anybody_is_nominated_only_heads_have_something_to_do(awards):
    with awards.on(NOMINATED):
        waiting = {name: urls(person) for name, person in awards.year.people.items()}

    assert {name: found for name, found in waiting.items() if found} == {
        f"head{index}": [nominate_url(awards, index)] for index in range(3)
    }


def test_nominating_waits_for_heads_whose_unit_is_good_enough_while_there_are_places(awards):
    with awards.on(NOMINATED):
        Quota.objects.update(lowest_rank=2)
        by_rank = sorted(range(3), key=lambda index: awards.row(index).rank)
        heads = [awards.year.head(index) for index in by_rank]
        assert [urls(head) for head in heads] == [*([nominate_url(awards, index)] for index in by_rank[:2]), []]
        Quota.objects.update(taken=F("cap"))
        assert [urls(head) for head in heads] == [[], [], []]
        Quota.objects.update(taken=0)
        awards.nominate(by_rank[0])
        assert urls(heads[0]) == []
        Quota.objects.all().delete()
        assert [urls(head) for head in heads] == [[], [], []]


def test_the_work_goes_from_desk_to_desk(awards):
    with awards.on(NOMINATED):
        awards.nominate(1)
        assert urls(awards.secretary) == ["/nominations/"]
    motion = awards.opened()
    with awards.on(MET):
        assert urls(awards.secretary) == ["/nominations/", f"/council/motions/{motion.pk}/"]
        assert [urls(member) for member in awards.members[:2]] == [[], [f"/council/motions/{motion.pk}/"]]
        awards.vote(motion, [Choice.FOR])
        assert urls(awards.members[1]) == []


def test_a_draft_waits_for_the_head_and_a_returned_dossier_for_officer_and_head(awards):
    with awards.on(NOMINATED):
        draft = awards.prepare(0)
        assert [urls(awards.year.people[name]) for name in ("officer0", "head0", "head1", "emulation")] == [
            [],
            [f"/nominations/{draft.pk}/"],
            [nominate_url(awards, 1)],
            [],
        ]
        back = awards.returned(1)
        for name in ("officer1", "head1"):
            assert urls(awards.year.people[name]) == [f"/nominations/{back.pk}/"]


def test_signing_and_issuing(awards):
    decision = awards.drafted()
    with awards.on(SIGNED):
        assert urls(awards.leader) == [f"/decisions/{decision.pk}/"]
    with awards.on(MET):
        person = awards.eligible(1)
    awards.approved(person)
    with awards.on(SIGNED):
        assert urls(awards.secretary) == ["/decisions/"]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_for_many(awards, count, django_assert_max_num_queries):
    with awards.on(NOMINATED):
        for index in range(count):
            awards.nominate(index)
        awards.secretary.current_memberships  # noqa: B018 - read once for every request
        with django_assert_max_num_queries(4):
            waiting_for(awards.secretary)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_a_head_the_same_for_one_and_for_many(awards, count, django_assert_num_queries):
    with awards.on(NOMINATED):
        for part in range(count):
            awards.prepare(0, part=f"Tổ {part}")
        head = awards.year.head(0)
        head.current_memberships  # noqa: B018 - read once for every request
        with django_assert_num_queries(4):
            waiting_for(head)
