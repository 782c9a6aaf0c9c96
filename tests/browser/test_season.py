"""Paper and screen of a filing season: next year's set from this year's and through a workbook; a form filled in with Excel;
the filing board."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scoring.enums import ExtensionState, SetState
from scoring.extending.services import ask_extension
from scoring.models import CriteriaSet, Extension, Reminder
from tests.browser.walker import Walker
from tests.factories.small_set import AGENCY
from tests.scoring.filing.excel.books import filled, own

pytestmark = pytest.mark.browser

SAVE = "main form button.btn-primary[value=save]"


@pytest.fixture
def walker(running_year, site, browser) -> Walker:
    return Walker(browser, site)


@pytest.mark.slow
def test_next_years_set_is_cloned_changed_compared_and_comes_back_from_its_workbook(walker, tmp_path):
    walker.sign_in("secretary")
    walker.go("/cycles/")
    walker.press("main form[action$='/next-year/'] button")
    draft = CriteriaSet.objects.get(code="small", year=2027)

    _change(walker, draft)
    _mend_what_the_list_says(walker, draft)
    walker.go("/criteria/small/2027/difference/2026/")
    heads = walker.page.locator("main section h2").evaluate_all("all => all.map(one => one.id)")
    assert heads == ["added-head", "dropped-head", "reweighted-head", "wording-head", "groups-head"]
    sheet = load_workbook(_saved(walker, "main a[href$='difference.xlsx']", tmp_path)).active
    assert {"A.1", "A.3", "B.2", "B.4"} <= {cell.value for cell in sheet["A"]}

    identity = CriteriaSet.objects.get(pk=draft.pk).identity
    walker.go(f"/cycles/sets/{draft.pk}/")
    workbook = _saved(walker, "main a[href$='criteria-set.xlsx']", tmp_path)
    walker.press("main a[href$='/discard/']")
    walker.press("main form button.btn-danger")
    _import(walker, workbook)
    again = CriteriaSet.objects.get(code="small", year=2027)
    assert (again.identity, again.state) == (identity, SetState.DRAFT)
    walker.press("main a[href$='/publish/']")
    walker.press("main form button.btn-danger")
    again.refresh_from_db()
    assert (again.identity, again.state) == (identity, SetState.PUBLISHED)
    assert walker.complaints == []


def _change(walker: Walker, draft: CriteriaSet) -> None:
    """Drop one, re-weight one, give one another title, add one, move it up by keys."""
    page = walker.page
    walker.press("[id='row-A.1'] a[href*='/remove/']")
    walker.press("main form button.btn-danger")
    for code, box, text in (("A.3", "max_points", "2"), ("B.2", "title_vi", "Số buổi tập huấn")):
        walker.press(f"[id='row-{code}'] th a")
        page.fill(f"#id_{box}", text)
        walker.press(SAVE)
    walker.press("[id='row-B'] a[href*='/criterion/?under=B']")
    page.fill("#id_title_vi", "Tỷ lệ chữ ký số")
    page.select_option("#id_kind", "ratio")
    walker.press(SAVE)
    walker.go(f"/cycles/sets/{draft.pk}/")
    page.focus("[id='row-B.4'] a")
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate("document.activeElement.closest('tr').id") == "row-B.4"


def _mend_what_the_list_says(walker: Walker, draft: CriteriaSet) -> None:
    """Each line leads to its box; once they are filled in nothing stands against publishing."""
    page = walker.page
    typed = {"max_points": "1", "rule-full_at": "90", "rule-zero_below": "0"}
    chosen = {"rule-between": "over_full", "rule-b_zero": "zero", "appraiser": AGENCY}
    walker.press("main a[href$='/publish/']")
    links = page.locator("main tbody a")
    assert set(links.evaluate_all("all => all.map(one => one.hash)")) == {f"#id_{box}" for box in typed | chosen}
    wanted = links.first.evaluate("one => one.hash.slice(1)")
    walker.press("main tbody a")
    assert page.evaluate("document.activeElement.id") == wanted
    for box, text in typed.items():
        page.fill(f"#id_{box}", text)
    for box, value in chosen.items():
        page.select_option(f"#id_{box}", value)
    walker.press(SAVE)
    walker.press("main a[href$='/publish/']")
    assert not links.count()


def _saved(walker: Walker, link: str, folder: Path) -> Path:
    with walker.page.expect_download() as coming:
        walker.page.locator(link).first.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def _import(walker: Walker, file: Path) -> None:
    """First a file with a fault, whose list can be taken along; then the sound one."""
    page = walker.page
    book = load_workbook(file)
    book["Cây tiêu chí"]["F4"] = "hai"
    book.save(file.with_name("faulty.xlsx"))
    walker.go("/criteria/import/")
    page.set_input_files("main input[type=file]", file.with_name("faulty.xlsx"))
    walker.press("main form button.btn-primary")
    listed = load_workbook(_saved(walker, "main a[href$='faults.xlsx']", file.parent)).active
    assert [cell.value for cell in listed[4]][:2] == ["Cây tiêu chí", "F4"]
    walker.complaints = [one for one in walker.complaints if "422" not in one]  # the browser notes the refusal
    walker.go("/criteria/import/")
    page.set_input_files("main input[type=file]", file)
    walker.press("main form button.btn-primary")
    walker.press("main form button.btn-primary")


def test_a_form_goes_down_is_filled_in_and_comes_back_through_the_page(walker, running_year, tmp_path):
    assessment = own(running_year)
    walker.sign_in("officer0")
    walker.go(f"/filing/{assessment.pk}/excel/")
    form = _saved(walker, "main ol a[href$='/form/'], main ol a.btn-outline-primary", tmp_path)
    mine = {("A.3", "value"): 5, ("B.1", "a"): 41, ("B.1", "b"): 46, ("A.1", "explanation"): "Đang soạn"}
    form.write_bytes(filled(assessment, mine, form.read_bytes()))

    walker.page.set_input_files("main input[type=file]", form)
    walker.press("main form button.btn-primary")
    assert running_year.answer("A.3").values == {}
    assert walker.page.get_attribute("#check", "data-changes") == "3"
    walker.press("main form button.btn-primary")

    assert running_year.answer("A.3").values == {"value": "5"}
    assert running_year.answer("B.1").values == {"a": "41", "b": "46"}
    assert walker.complaints == []


def test_the_secretary_sees_who_is_missing_reminds_and_gives_time(walker, running_year, tmp_path):
    year = running_year
    until = year.cycle.filing_closes_at + timedelta(days=3)
    ask_extension(assessment=year.assessment(1), until=until, reason="Mất điện ba ngày", actor=year.officer(1))
    walker.sign_in("secretary")
    walker.press("main a[href*='/board/']")
    walker.go("/cycles/2026/board/?standing=not_begun")
    walker.press("main .page-head a.btn-primary")
    walker.page.fill("#id_note", "Bắt đầu trong tuần này")
    walker.press("main form button.btn-primary")
    assert set(Reminder.objects.values_list("assessment", "note")) == {
        (year.assessment(index).pk, "Bắt đầu trong tuần này") for index in range(3)
    }
    sheet = load_workbook(_saved(walker, "main a[href*='/board/file/']", tmp_path)).active
    words = {str(cell.value) for row in sheet for cell in row if cell.value}
    assert {one.unit.label for one in year.cycle.assessments.select_related("unit")} <= words

    walker.go("/cycles/2026/board/?flag=asked")
    walker.press("main tbody th a")
    walker.page.check("input[name=decision][value=grant]")
    walker.press("main form button.btn-primary")
    assert Extension.objects.get().state == ExtensionState.GRANTED
    assert year.assessment(1).extended_until == until
    assert walker.complaints == []
