"""The small table beside a line: every kind has one."""

import pytest
from django.utils.translation import override

from scoring.criteria.rule_table import rule_table
from scoring.engine.rules import KINDS
from tests.scoring.engine.builders import one_leaf


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_rows(kind):
    criteria_set = one_leaf(kind)

    assert rule_table(criteria_set.leaf("P" if kind in ("bonus", "penalty") else "L"))


def test_a_formula_is_written_with_the_titles_of_its_inputs():
    inputs = [{"name": "a", "title": {"vi": "hồ sơ trực tuyến", "en": "files online"}}, {"name": "b"}]
    leaf = one_leaf("formula", rule={"expression": "IF(b = 0, 0, 10 * a / b)", "inputs": inputs}).leaf("L")

    with override("vi"):
        assert rule_table(leaf) == [("NẾU(b = 0; 0; 10 × hồ sơ trực tuyến ÷ b)", "0–10,00")]
    with override("en"):
        assert rule_table(leaf) == [("IF(b = 0, 0, 10 * files online / b)", "0–10.00")]
