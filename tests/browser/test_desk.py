"""A criterion decided by keyboard alone: every key is counted, and after each step the focus is looked for.

The whole is 96 units, LINES=96; the suite has fewer.
"""

import os

import pytest

from scoring.cycles.services import close_filing
from scoring.filing.evidence import attach_evidence
from scoring.filing.services import prepare
from scoring.models import Answer, Assessment, Correction
from tests.browser.walker import Walker
from tests.scoring.appraisal.many import many_handed_in
from tests.scoring.filing.conftest import upload
from tests.scoring.filing.papers import pdf

pytestmark = pytest.mark.browser

UNITS, EVERY = int(os.environ.get("LINES", "24")), 12  # every twelfth unit is corrected
MOST_ACCEPTING, MOST_CORRECTING = 3, 12
REASON = "Chưa đủ hồ sơ"
FOCUS = """() => {
  const one = document.activeElement;
  return [one !== document.body && !!one.closest("main"), one.name || one.id];
}"""


class Keyboard:
    """Keys alone, counted; text is typed as one act and counted by itself."""

    def __init__(self, page):
        self.page, self.pressed, self.lost = page, 0, []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1
            self.look(key)

    def go_on(self, key: str) -> None:
        """A key that leads to the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.pressed += 1
        self.look(key)

    def look(self, key: str) -> None:
        is_there, _name = self.page.evaluate(FOCUS)
        if not is_there:
            self.lost.append((self.page.url, key))

    @property
    def where(self) -> str:
        return self.page.evaluate(FOCUS)[1]


@pytest.fixture
def desk(running_year, settings, tmp_path):
    """As many units with the committee, nothing decided."""
    settings.MEDIA_ROOT = tmp_path / "files"
    year = running_year
    proof = pdf(*[b"0 0 1 rg 100 100 200 300 re f"] * 3)
    given = {"answers": [year.answer("B.1")], "title": "Thống kê", "actor": year.officer()}
    attach_evidence(assessment=year.assessment(), upload=upload(data=proof), **given)
    for index in range(3):
        prepare(assessment=year.fill(index), actor=year.officer(index))
        year.sign(index)
    Answer.objects.filter(pk=year.answer("B.1").pk).update(explanation="Số liệu ở trang 2.")
    with year.on(year.cycle.filing_closes_at):
        year.cycle = close_filing(cycle=year.cycle, actor=year.people["secretary"])
    many_handed_in(year, UNITS - 3)
    return year


@pytest.mark.slow
def test_lines_are_decided_by_keyboard_alone(desk, site, browser):
    walker = Walker(browser, site)
    walker.sign_in("appraiser")
    criterion = desk.answer("B.1").criterion
    walker.go(f"/appraisal/2026/criteria/{criterion.pk}/")
    page, accepting, correcting = walker.page, [], []
    keys = Keyboard(page)
    page.focus("main .actions a.btn-primary")
    keys.go_on("Enter")
    walker.look()

    for number in range(UNITS):
        keys.pressed = 0
        if number % EVERY == 5:
            _correct(keys)
            correcting.append(keys.pressed)
        else:
            keys.go_on("a")
            accepting.append(keys.pressed)

    walker.look()
    lines = Answer.objects.filter(criterion=criterion)
    states = [lines.filter(line_state=state).count() for state in ("open", "accepted", "corrected")]
    corrected = UNITS // EVERY
    assert (states, len(accepting), len(correcting)) == (
        [0, UNITS - corrected, corrected],
        UNITS - corrected,
        corrected,
    )
    assert {one.values["a"] for one in Correction.objects.all()} == {"39"}
    assert set(lines.filter(line_state="corrected").values_list("correction__reason", flat=True)) == {REASON}
    assert max(accepting) <= MOST_ACCEPTING
    assert max(correcting) <= MOST_CORRECTING
    assert keys.lost == []
    assert walker.complaints == []


def _correct(keys: Keyboard) -> None:
    """Other figure, the fourth reason code, the reason in words, saved: as an appraiser does it."""
    keys.press("c")
    assert keys.where == "a"
    keys.press("3", "9", "Tab", "Tab")
    assert keys.where == "reason_code"
    keys.press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Tab")
    assert keys.where == "reason"
    keys.page.keyboard.insert_text(REASON)
    keys.go_on("Control+Enter")


def test_the_other_keys_move_skip_find_and_open_evidence_without_losing_the_focus(desk, site, browser):
    first = Assessment.objects.get(unit__code="M003").answers.get(criterion__code="B.1")
    walker = Walker(browser, site)
    walker.sign_in("appraiser")
    walker.go(f"/appraisal/lines/{first.pk}/")
    page, keys = walker.page, Keyboard(walker.page)
    unit = page.locator("#unit-title")

    keys.go_on("n")
    assert unit.inner_text() == "Xã Bản 004"
    keys.go_on("p")
    keys.go_on("s")
    assert unit.inner_text() == "Xã Bản 004"
    keys.press("g")
    page.keyboard.insert_text("ngoc chien")
    keys.go_on("Enter")
    assert unit.inner_text() == "Xã Ngọc Chiến"
    _read_the_evidence(keys)
    keys.press("g")
    page.keyboard.press("n")  # a letter in a field is a letter
    assert unit.inner_text() == "Xã Ngọc Chiến"
    keys.press("Escape")
    assert keys.where == "decision"
    keys.press("?")
    assert page.locator("dialog#keys[open]").count() == 1
    walker.look()
    keys.press("Escape")
    assert page.locator("dialog#keys[open]").count() == 0
    assert keys.lost == []
    assert walker.complaints == []


def _read_the_evidence(keys: Keyboard) -> None:
    """The file opens at the page that the unit names, beside the score; the focus stays in the score."""
    for shown in ("2", "3"):
        with keys.page.expect_response(lambda answer, n=shown: answer.url.endswith(f"/pages/{n}/")):
            keys.press("e")
        assert keys.where == "decision"
        picture = keys.page.locator("#paper img")
        assert f" {shown} " in picture.get_attribute("alt")
