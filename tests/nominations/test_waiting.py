"""What the home page says is waiting, by role and state."""

import pytest

from nominations.enums import Choice
from nominations.waiting import waiting_for
from tests.nominations.thin import MET, NOMINATED, SIGNED

pytestmark = pytest.mark.django_db


def urls(user) -> list[str]:
    return [task.url for task in waiting_for(user)]


def test_nothing_waits_before_anybody_is_nominated(awards):
    with awards.on(NOMINATED):
        assert [urls(person) for person in awards.year.people.values()] == [[]] * len(awards.year.people)


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
            [],
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
def test_it_costs_a_head_one_query(awards, count, django_assert_num_queries):
    with awards.on(NOMINATED):
        for part in range(count):
            awards.prepare(0, part=f"Tổ {part}")
        head = awards.year.head(0)
        head.current_memberships  # noqa: B018 - read once for every request
        with django_assert_num_queries(1):
            waiting_for(head)
