"""The secretary builds a set with every kind of rule through the screen alone, by mouse, keys and script, and publishes it."""

import pytest

from scoring.enums import SetState
from scoring.models import CriteriaSet
from tests.browser.walker import Walker
from tests.factories.small_set import AGENCY

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]

# Kind → what is typed into its boxes; a row that is not there yet is added by the script.
TYPED = {
    "boolean": {},
    "level": {"options-0-title_vi": "Có", "options-0-fraction": "100", "options-1-title_vi": "Không", "options-1-fraction": "0"},
    "ratio": {"rule-full_at": "80", "rule-zero_below": "40"},
    "tiers": {"tiers-0-min": "4", "tiers-0-fraction": "100", "tiers-1-min": "2", "tiers-1-fraction": "50", "tiers-2-min": "1",
              "tiers-2-fraction": "12,5"},
    "count": {"rule-fraction_per_item": "25", "rule-max_items": "4", "inputs-value-unit": "buổi"},
    "deadline": {"rule-due": "31/01/2027", "late-0-days": "10", "late-0-fraction": "50"},
    "manual": {},
    "linear": {"rule-low": "0", "rule-high": "100"},
    "relative": {},
    "formula": {"rule-expression": "NHỎ_NHẤT(so; 1)", "inputs-0-name": "so", "inputs-0-title_vi": "Số cuộc họp"},
    "carried": {"rule-set": "dti-commune", "rule-node": "NT"},
}  # fmt: skip
CHOSEN = {"ratio": {"rule-between": "over_full", "rule-b_zero": "zero"}}


def test_a_set_of_every_kind_is_built_and_published_through_the_screen(running_year, site, browser):
    walker = Walker(browser, site)
    walker.sign_in("secretary")

    _begin(walker)
    made = CriteriaSet.objects.get(code="moi")
    _add_group(walker, made, "K")
    for kind in TYPED:
        _add_line(walker, made, "under=K", kind)
    _add_line(walker, made, "", "bonus", {"rule-per_item_points": "0,5"})
    _move_by_keys(walker, made)
    _publish(walker, made)

    made.refresh_from_db()
    kinds = [leaf.rule.kind for leaf in made.definition.lines]
    assert (made.state, kinds[:2], sorted(kinds)) == (
        SetState.PUBLISHED,
        ["level", "boolean"],
        sorted([*TYPED, "bonus"]),
    )
    tiers = next(leaf for leaf in made.definition.leaves if leaf.rule.kind == "tiers")
    assert [str(tier.fraction) for tier in tiers.rule.tiers] == ["1", "0.5", "0.125"]
    assert walker.complaints == []


def _begin(walker: Walker) -> None:
    walker.go("/cycles/")
    walker.press("main a[href$='/sets/new/']")
    walker.page.fill("#id_code", "moi")
    walker.page.fill("#id_title_vi", "Bộ tiêu chí mới")
    walker.press("main form button[type=submit]")
    walker.press("main a[href$='/set/']")
    walker.press("main form button.btn-primary[value=save]")  # without grades: empty rows stand in nobody's way
    assert walker.page.url.endswith(f"/cycles/sets/{CriteriaSet.objects.get(code='moi').pk}/")


def _add_group(walker: Walker, made: CriteriaSet, code: str) -> None:
    walker.go(f"/cycles/sets/{made.pk}/")
    walker.press("main a[href*='/group/?under=TONG']")
    walker.page.fill("#id_code", code)
    walker.page.fill("#id_title_vi", "Nhóm thử")
    walker.page.fill("#id_max_points", str(len(TYPED)))
    walker.press("button[value=save]:not([tabindex])")


def _add_line(walker: Walker, made: CriteriaSet, query: str, kind: str, typed: dict | None = None) -> None:
    page = walker.page
    walker.go(f"/cycles/sets/{made.pk}/criterion/?{query}")
    page.fill("#id_title_vi", f"Tiêu chí {kind}")
    page.select_option("#id_kind", kind)
    page.fill("#id_max_points", "1")
    walker.press("button[value=save]:not([tabindex])")
    for name, text in (typed or TYPED[kind]).items():
        if not page.locator(f"#id_{name}").count():
            page.locator(f"[data-rows={name.split('-')[0]}] [data-add]").click()
        page.fill(f"#id_{name}", text)
    for name, value in CHOSEN.get(kind, {}).items():
        page.select_option(f"#id_{name}", value)
    with page.expect_response(lambda answer: answer.request.method == "POST") as previewed:
        page.select_option("#id_appraiser", AGENCY)
    assert previewed.value.status == 200
    page.wait_for_selector("#preview .preview-rule, #preview .trace, #preview .hint")
    walker.look()
    walker.press("button[value=save]:not([tabindex])")


def _move_by_keys(walker: Walker, made: CriteriaSet) -> None:
    """The second row goes up, and the focus goes with it."""
    walker.go(f"/cycles/sets/{made.pk}/")
    second = made.criteria.get(title_vi="Tiêu chí level")
    walker.page.focus(f"[id='row-{second.code}'] a")
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Alt+ArrowUp")
    walker.look()
    assert walker.page.evaluate("document.activeElement.closest('tr').id") == f"row-{second.code}"


def _publish(walker: Walker, made: CriteriaSet) -> None:
    walker.press("main a[href$='/publish/']")
    walker.press("main form button.btn-danger")
