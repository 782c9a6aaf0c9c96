"""The division of work: within the cap, no conflict, the same in any order, never dearer than the best of all divisions."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assigning.solver import CapTooSmall, Work, divide

PEOPLE = ("an", "binh", "chi")


def works(most: int) -> st.SearchStrategy[list[Work]]:
    some = st.frozensets(st.sampled_from(PEOPLE))
    return st.lists(st.tuples(some, some), max_size=most).map(
        lambda drawn: [Work(f"w{place}", may, before) for place, (may, before) in enumerate(drawn)]
    )


def cost(who: dict[str, str], asked: list[Work]) -> tuple[int, int]:
    loads = Counter(one for one in who.values() if one)
    return sum(load * load for load in loads.values()), sum(who[work.key] in work.before for work in asked)


def every_division(asked: list[Work]):
    for chosen in product(*(sorted(work.may) or [""] for work in asked)):
        yield dict(zip([work.key for work in asked], chosen, strict=True))


@settings(max_examples=150, deadline=None)
@given(asked=works(6), cap=st.none() | st.integers(0, 7), seed=st.integers(0, 5))
def test_no_division_is_cheaper_and_none_is_refused_that_exists(asked, cap, seed):
    fitting = [
        who
        for who in every_division(asked)
        if cap is None or max(Counter(filter(None, who.values())).values(), default=0) <= cap
    ]
    if not fitting:
        with pytest.raises(CapTooSmall) as refused:
            divide(asked, PEOPLE, cap=cap, seed=seed)
        assert divide(asked, PEOPLE, cap=refused.value.needed, seed=seed)
        with pytest.raises(CapTooSmall):
            divide(asked, PEOPLE, cap=refused.value.needed - 1, seed=seed)
        return

    found = divide(asked, PEOPLE, cap=cap, seed=seed)

    assert cost(dict(found.who), asked) == (found.balance, found.repeats) == min(cost(who, asked) for who in fitting)


@settings(max_examples=100, deadline=None)
@given(asked=works(40), seed=st.integers(0, 5), data=st.data())
def test_the_order_of_the_input_changes_nothing_and_nobody_gets_what_is_barred(asked, seed, data):
    found = divide(asked, PEOPLE, cap=None, seed=seed)
    again = divide(data.draw(st.permutations(asked)), data.draw(st.permutations(PEOPLE)), cap=None, seed=seed)

    assert (found, list(found.who.items())) == (again, list(again.who.items()))
    assert all(found.who[work.key] in work.may or not (found.who[work.key] or work.may) for work in asked)
    assert max(Counter(filter(None, found.who.values())).values(), default=0) <= found.cap


def test_another_seed_is_another_lot_of_the_same_cost():
    asked = [Work(f"w{place:02}", frozenset(PEOPLE)) for place in range(30)]
    drawn = [divide(asked, PEOPLE, cap=10, seed=seed) for seed in range(4)]

    assert {(one.balance, one.repeats) for one in drawn} == {(300, 0)}
    assert len({tuple(one.who.values()) for one in drawn}) == 4


def test_nobody_keeps_what_was_theirs_last_year_where_an_exchange_is_possible():
    asked = [Work(f"w{place}", frozenset(PEOPLE), frozenset([PEOPLE[place % 3]])) for place in range(9)]

    found = divide(asked, PEOPLE, cap=3, seed=1)

    assert (found.repeats, found.balance) == (0, 27)


def test_a_province_is_divided_in_a_moment():
    asked = [
        Work(f"{unit:03}/{code:02}", frozenset(PEOPLE) - {PEOPLE[unit % 4]} if unit % 4 < 3 else frozenset(PEOPLE))
        for unit in range(96)
        for code in range(30)
    ]

    found = divide(asked, PEOPLE, cap=960, seed=7)

    assert Counter(found.who.values()) == Counter(dict.fromkeys(PEOPLE, 960))
