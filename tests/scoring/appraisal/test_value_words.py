"""Figures in words: short enough for a table, exact enough to decide on."""

import pytest

from scoring import engine
from scoring.appraisal.value_words import figure_of, said_rule, said_values
from tests.factories.small_set import small_set

DEFINITION = engine.load_set(small_set())


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        ("B.1", {"a": "41", "b": "46"}, "41 ÷ 46 = 89,13%"),
        ("B.1", {"a": "0", "b": "0"}, "0 ÷ 0"),
        ("B.1", {"a": "41"}, "41"),
        ("A.2", {"option": "head"}, "Cấp trưởng"),
        ("A.3", {"value": "1234.5"}, "1.234,5"),
        ("A.1", {}, ""),
    ],
)
def test_values_in_words(code, values, said):
    assert said_values(DEFINITION.leaf(code), values) == said


def test_the_one_figure_of_a_line():
    assert figure_of(DEFINITION.leaf("B.1"), {"a": "41", "b": "46"}) == "89,13%"
    assert figure_of(DEFINITION.leaf("A.3"), {"value": "4"}) == "4"
    assert figure_of(DEFINITION.leaf("A.2"), {"option": "head"}) == ""


@pytest.mark.parametrize("leaf", DEFINITION.lines, ids=lambda leaf: leaf.code)
def test_every_rule_has_words(leaf):
    assert said_rule(leaf).endswith(".")
