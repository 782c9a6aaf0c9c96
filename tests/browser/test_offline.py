"""The filing form on a bad line, in a real browser."""

import pytest

pytestmark = pytest.mark.browser


def test_first(clerk, running_year):
    year = running_year
    a = year.answer("A.3")
    clerk.sign_in("officer0")
    clerk.open(f"/filing/{a.assessment_id}/pillars/A/")
    clerk.field(a).fill("5")
    clerk.state(a, "saved")
    assert year.answer("A.3").values == {"value": "5"}
    clerk.context.set_offline(True)
    clerk.field(a).fill("4")
    clerk.state(a, "offline")
    print(clerk.unsent(), clerk.page.locator("#offline-words").inner_text())
    clerk.page.reload()
    clerk.state(a, "offline")
    assert clerk.field(a).input_value() == "4"
    clerk.kill_browser()
    clerk.open_browser()
    clerk.sign_in("officer0")
    clerk.open(f"/filing/{a.assessment_id}/pillars/A/")
    clerk.state(a, "saved")
    assert year.answer("A.3").values == {"value": "4"}
    assert year.answer("A.3").version == 2
