"""An edited rule on last year's data: points and sentences as the engine gives them, nothing saved, never a fault of ours."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.criteria import editing
from scoring.criteria.draft import read
from scoring.criteria.drafting import add_item, renumber_items
from scoring.criteria.preview import preview
from scoring.criteria.services import clone_set
from scoring.models import CriteriaSet
from tests.factories.year import make_year
from tests.once import made_once
from tests.scoring.criteria.boxes import boxes_of
from tests.scoring.criteria.drafts import RULES, line


@pytest.fixture(scope="module")
def _filed(django_db_setup, django_db_blocker):
    def make():
        year = make_year()
        year.to_appraisal().appraise()
        with year.filing():
            draft = clone_set(source=year.criteria_set, year=2027, actor=year.people["secretary"])
        return year, draft

    with made_once(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def filed(_filed, db):
    """A year that was appraised, and next year's draft."""
    return _filed()


@pytest.fixture
def draft(filed):
    return filed[1]


@pytest.fixture
def desk(client, filed):
    client.force_login(filed[0].people["secretary"])
    return client


def shown(draft, code, **changes):
    """The preview of a criterion with other parameters of its rule, or another item."""
    document = read(draft.document)
    place = editing.find(document, code)
    item = changes.pop("item", None) or place.item | {"rule": place.item["rule"] | changes}
    return preview(draft, document, code, item, beside=place.under == editing.BESIDE)


def points(result):
    return [(row.unit, row.before.points, row.after.points) for row in result.rows]


def test_points_stand_beside_last_years_with_the_largest_loss_first(draft):
    result = shown(draft, "B.1", full_at="95", zero_below="65")
    # 90/100, 60/100 and 10/100 of 3 points: full from 80 % before; now 90 ÷ 95 × 3, nothing below 65 %.
    assert points(result) == [
        ("Tô Hiệu", Decimal("2.25"), Decimal("0.00")),
        ("Ngọc Chiến", Decimal("3.00"), Decimal("2.84")),
        ("Đoàn Kết", Decimal("0.00"), Decimal("0.00")),
    ]
    assert (result.lower, result.higher, result.same, result.unknown, result.year) == (2, 0, 1, 0, 2026)
    assert "95" in result.rows[1].after.sentence


def test_an_unchanged_rule_changes_nothing(draft):
    for code in ("A.1", "A.2", "A.3", "B.1", "B.2", "B.3"):
        result = shown(draft, code)
        assert (result.lower, result.higher, result.same) == (0, 0, 3), code


def test_a_rule_that_asks_for_other_figures_says_so_once(draft):
    result = shown(draft, "A.3", item=line("A.3", "ratio"))
    assert (bool(result.rule), bool(result.notice), result.rows) == (True, True, ())


def test_a_rule_that_asks_for_more_says_for_each_unit_what_its_answer_lacks(draft):
    rule = {"kind": "formula", "expression": "value / tong", "inputs": [{"name": "value"}, {"name": "tong"}]}
    result = shown(draft, "A.3", item=line("A.3", "formula", rule=rule))
    assert [row.after.points for row in result.rows] == [None] * 3
    assert all(row.after.is_fault and row.after.sentence for row in result.rows)


def test_levels_typed_anew_are_known_by_their_titles(draft):
    old = editing.find(read(draft.document), "A.2").item["rule"]["options"]
    anew = [one | {"key": f"k{at}"} for at, one in enumerate(old, 1)]
    result = shown(draft, "A.2", options=anew)
    assert points(result) == points(shown(draft, "A.2"))
    assert result.same == 3
    untitled = [one | {"title": {"vi": f"Mức {one['key']}", "en": f"Level {one['key']}"}} for one in anew]
    lost = shown(draft, "A.2", options=untitled).rows
    assert all(row.after.is_fault and "k1" not in row.after.sentence for row in lost)
    assert len(lost) == 3


def test_the_code_map_tells_which_criterion_goes_on(filed, draft):
    year, _draft = filed
    with year.filing():
        made = renumber_items(
            criteria_set=draft, given={"A.3": "A.8"}, version=draft.version, actor=year.people["secretary"]
        )
    assert len(shown(made, "A.8").rows) == 3


def test_the_same_figure_may_be_reckoned_another_way(draft):
    result = shown(draft, "A.3", item=line("A.3", "linear", rule={"kind": "linear", "low": "0", "high": "5"}))
    assert [row.after.points for row in result.rows] == [Decimal("0.20"), Decimal("0.60"), Decimal("1.00")]


def test_units_are_compared_with_each_other(draft):
    result = shown(draft, "A.3", item=line("A.3", "relative"))
    assert {row.unit: row.after.points for row in result.rows} == {
        "Ngọc Chiến": Decimal("1.00"), "Tô Hiệu": Decimal("0.60"), "Đoàn Kết": Decimal("0.20"),
    }  # fmt: skip


def test_a_formula_takes_last_years_points_of_other_criteria(draft):
    rule = {"kind": "formula", "expression": "value / 10 + [B.3]", "inputs": [{"name": "value"}]}
    result = shown(draft, "A.3", item=line("A.3", "formula", rule=rule))
    assert {row.unit: row.after.points for row in result.rows} == {
        "Ngọc Chiến": Decimal("1.00"), "Tô Hiệu": Decimal("0.80"), "Đoàn Kết": Decimal("0.60"),
    }  # fmt: skip
    unknown = rule | {"expression": "value + [Z.9]"}
    assert {row.after.points for row in shown(draft, "A.3", item=line("A.3", "formula", rule=unknown)).rows} == {None}


def test_a_division_by_zero_is_said_for_the_unit_and_stands_first(draft):
    rule = {"kind": "formula", "expression": "1 / (value - 5)", "inputs": [{"name": "value"}]}
    result = shown(draft, "A.3", item=line("A.3", "formula", rule=rule))
    assert (result.rows[0].unit, result.rows[0].after.points, result.rows[0].after.is_fault) == (
        "Ngọc Chiến",
        None,
        True,
    )
    assert result.unknown == 1


def test_what_is_incomplete_is_said_instead(draft):
    result = shown(draft, "B.1", item=line("B.1", "ratio", rule={"kind": "ratio", "full_at": "80"}))
    assert (len(result.faults), result.rows) == (3, ())


def test_without_an_earlier_year_or_criterion_it_says_so(filed, draft):
    year, _draft = filed
    with year.filing():
        made = add_item(
            criteria_set=draft, item=line("A.9"), under="A", version=draft.version, actor=year.people["secretary"]
        )
    assert shown(made, "A.9").notice
    assert not shown(made, "A.9").rows
    assert shown(year.criteria_set, "A.1").notice


class TestPage:
    def page(self, draft, code):
        return reverse("set_line", args=[draft.pk, code])

    def test_with_script_only_the_preview_comes_and_nothing_is_saved(self, desk, draft):
        boxes = boxes_of(desk.get(self.page(draft, "B.1"))) | {"rule-full_at": "95", "do": "preview"}
        answer = desk.post(self.page(draft, "B.1"), boxes, headers={"HX-Request": "true"})
        assert b"<html" not in answer.content
        assert "2,84" in answer.content.decode()
        assert CriteriaSet.objects.get(pk=draft.pk).document == draft.document

    def test_without_script_the_page_comes_with_what_was_typed(self, desk, draft):
        boxes = boxes_of(desk.get(self.page(draft, "B.1"))) | {"rule-full_at": "95", "do": "preview"}
        answer = desk.post(self.page(draft, "B.1"), boxes)
        assert boxes_of(answer)["rule-full_at"] == "95"
        assert "2,84" in answer.content.decode()

    def test_a_formula_is_shown_in_words_and_its_fault_with_its_place(self, desk, draft):
        typed = {"kind": "formula", "rule-expression": "so ÷ 2 + [B.3]", "inputs-0-name": "so",
                 "inputs-0-title_vi": "Số cuộc họp", "do": "preview"}  # fmt: skip
        boxes = boxes_of(desk.get(self.page(draft, "A.3"))) | typed
        said = desk.post(self.page(draft, "A.3"), boxes, headers={"HX-Request": "true"}).content.decode()
        assert "“Số cuộc họp” ÷ 2 + “Đánh giá của Sở”" in said
        wrong = boxes | {"rule-expression": "so ÷\n sai"}
        said = desk.post(self.page(draft, "A.3"), wrong, headers={"HX-Request": "true"}).content.decode()
        assert "Dòng 2, ký tự 2" in said

    def test_it_costs_the_same_for_few_and_many_units(self, desk, draft):
        boxes = boxes_of(desk.get(self.page(draft, "B.1"))) | {"do": "preview"}
        with CaptureQueriesContext(connection) as queries:
            desk.post(self.page(draft, "B.1"), boxes, headers={"HX-Request": "true"})
        assert len(queries) <= 14

    @given(
        st.sampled_from([*RULES]),
        st.dictionaries(
            st.sampled_from(
                ["rule-full_at", "rule-expression", "rule-low", "rule-high", "tiers-0-min", "tiers-0-fraction", "max_points",
                 "inputs-0-name", "options-0-fraction", "rule-due", "late-0-days", "rule-direction", "inputs-value-type",
                 "group", "code", "rule-per_item_points", "rule-set"]
            ),
            st.text(max_size=12) | st.sampled_from(["1", "0", "-1", "x", "1/0", "value", "[A.1]", "[A.3]", "31/01/2027", "ln"]),
            max_size=8,
        ),
    )  # fmt: skip
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @pytest.mark.slow
    def test_whatever_is_typed_is_answered_in_words(self, desk, draft, kind, typed):
        code = "T.1" if kind in ("bonus", "penalty") else "A.3"
        if not hasattr(self, "kept"):
            type(self).kept = {one: boxes_of(desk.get(self.page(draft, one))) for one in ("T.1", "A.3")}
        boxes = self.kept[code] | {"kind": kind, "do": "preview"} | typed
        for headers in ({"HX-Request": "true"}, {}):
            assert desk.post(self.page(draft, code), boxes, headers=headers).status_code in (200, 400)
        assert CriteriaSet.objects.get(pk=draft.pk).version == 0
