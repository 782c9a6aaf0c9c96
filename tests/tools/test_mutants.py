"""Which changes of the engine a run of `tools/mutants.py` takes up again."""

import ast

import pytest

from tools.mutants import at_places, changes, mutants, unnoticed_in

LOG = """...
unnoticed: scoring/engine/exact.py:30: Lt becomes LtE....
unnoticed: scoring/engine/formula/tree.py:7: the call is left out
unnoticed: scoring/engine/exact.py:31: 1 becomes 2..
297 of 300 changes noticed, seed 1, 2000 possible.
"""


def test_the_unnoticed_ones_of_a_log_are_read_without_the_dots_behind_them():
    assert unnoticed_in(LOG) == [
        "scoring/engine/exact.py:30: Lt becomes LtE",
        "scoring/engine/formula/tree.py:7: the call is left out",
        "scoring/engine/exact.py:31: 1 becomes 2",
    ]


@pytest.fixture(scope="module")
def everything():
    return mutants()


def test_a_mutant_is_found_again_by_what_a_run_prints_of_it(everything):
    one = everything[len(everything) // 2]

    chosen, gone = at_places(everything, unnoticed_in(f"\nunnoticed: {one}..."))

    assert one in chosen
    assert ({str(each) for each in chosen}, gone) == ({str(one)}, [])


def test_a_line_is_taken_whole_and_one_where_nothing_can_be_changed_is_named(everything):
    one = everything[0]
    line, nowhere = f"{one.path}:{one.line}", f"{one.path}:{one.line}0000"

    chosen, gone = at_places(everything, [line, nowhere])

    assert chosen == [each for each in everything if (each.path, each.line) == (one.path, one.line)]
    assert gone == [nowhere]


def test_what_computes_nothing_is_not_changed():
    told = [
        what for _node, what, _name, _value in changes(ast.parse("x = zip(a, b, strict=True)\ny: int = max(a, key=1)"))
    ]
    assert told == ["1 becomes 2"]
