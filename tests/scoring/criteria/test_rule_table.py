"""The small table beside a line: every kind has one."""

import pytest
from django.conf import settings
from django.utils.translation import override

from scoring import engine
from scoring.appraisal.value_words import said_values
from scoring.criteria.rule_table import rule_table
from scoring.engine.rules import KINDS
from scoring.inputs import inputs_of
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


def test_what_is_counted_stands_in_the_language_of_the_reader():
    """A set has the unit in Vietnamese only; English takes the title of the input, as the trace does."""
    shipped = engine.load_set((settings.ROOT / "data/criteria/dti-commune.json").read_bytes())
    leaves = [leaf for leaf in shipped.lines if leaf.inputs.get("value") and leaf.inputs["value"].unit == "báo cáo quý"]
    said = {}
    for language in ("vi", "en"):
        with override(language):
            one = inputs_of(leaves[0])[0]
            said[language] = (rule_table(leaves[0])[0][0], said_values(leaves[0], {"value": "4"}), one.suffix, one.unit)

    assert said == {
        "vi": ("mỗi báo cáo quý", "4 báo cáo quý", "báo cáo quý", "báo cáo quý"),
        "en": (
            "each of the quarterly reports sent complete and on time",
            "4 quarterly reports sent complete and on time",
            "",
            "báo cáo quý",
        ),
    }
