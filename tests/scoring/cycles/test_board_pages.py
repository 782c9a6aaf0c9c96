"""The board on screen and on paper: filters, the workbook, reminding, one unit with its requests."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from scoring.cycles.waiting import waiting_for
from scoring.extending.services import ask_extension
from scoring.models import Extension, Reminder
from tests.factories.year import CLOSES, LOCKS, OPENS

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
BOARD = reverse("board", args=[2026])
REMIND = reverse("board_remind", args=[2026])


def codes(response) -> list[str]:
    return [row.assessment.unit.code for row in response.context["rows"]]


def unit_url(year, index=0) -> str:
    return reverse("board_unit", args=[2026, year.assessment(index).pk])


class TestBoard:
    def test_filters_narrow_and_stay_in_the_addresses_of_the_acts(self, year, desk):
        with year.filing():
            year.fill(0)
            page = desk.get(BOARD, {"standing": "draft", "q": "ngoc chien"})
        assert codes(page) == ["11111"]
        assert "board/file/?standing=draft&amp;q=ngoc+chien" in page.content.decode()

    @pytest.mark.parametrize(
        "query",
        [
            {"standing": "x"},
            {"flag": "x"},
            {"sort": "password"},
            {"sort": "unit__users"},
            {"group": "no"},
            {"q": "x" * 200},
        ],
    )
    @pytest.mark.parametrize("name", ["board", "board_file", "board_remind"])
    def test_an_unknown_filter_is_refused(self, year, desk, query, name):
        with year.filing():
            assert desk.get(reverse(name, args=[2026]), query).status_code == 400

    def test_nothing_matches_and_no_forms_yet_are_said(self, year, desk):
        from tests.scoring.cycles.conftest import later_year  # noqa: PLC0415 - only this test needs it

        with year.filing():
            nothing = desk.get(BOARD, {"q": "không có"})
            later_year(year)
            empty = desk.get(reverse("board", args=[2027]))
        assert (codes(nothing), codes(empty)) == ([], [])
        assert all('class="empty"' in page.content.decode() for page in (nothing, empty))

    def test_numbers_telephones_and_addresses_can_be_tapped(self, year, desk):
        officer = year.officer()
        officer.phone, officer.email = "0212 385.1234", "can.bo@sonla.gov.vn"
        officer.save()
        with year.filing():
            page = desk.get(BOARD).content.decode()
        assert 'href="tel:02123851234"' in page
        assert 'href="mailto:can.bo@sonla.gov.vn"' in page


class TestFile:
    def sheet(self, year, desk, **query):
        with year.filing():
            answer = desk.get(reverse("board_file", args=[2026]), query)
        assert answer.status_code == 200
        return load_workbook(io.BytesIO(answer.content)).active

    def test_says_what_the_page_says_in_numbers_and_prints_on_a4(self, year, desk):
        with year.filing():
            year.fill(0)
        sheet = self.sheet(year, desk, sort="-done")
        rows = [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=6)]
        assert rows[0] == [1, "Xã Ngọc Chiến", "đang kê khai", 5, 5, 0]
        assert len(rows) == 3
        assert (str(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (sheet.PAPERSIZE_A4, "landscape")
        assert sheet.print_title_rows == "$5:$5"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage

    def test_a_name_that_looks_like_a_formula_is_text(self, year, desk):
        officer = year.officer()
        officer.full_name = "=1+1"
        officer.save()
        cell = self.sheet(year, desk, q="ngoc chien").cell(6, 9)
        assert (cell.value.split("\n")[0], cell.data_type) == ("=1+1", "s")


class TestRemind:
    def test_asks_first_and_writes_by_post_only(self, year, desk):
        with year.filing():
            page = desk.get(REMIND)
            assert [one.unit.code for one in page.context["plan"].reminded] == ["33333", "11111", "22222"]
            assert not Reminder.objects.exists()
            assert desk.post(REMIND, {"note": "Còn ba ngày"}).status_code == 302
        assert Reminder.objects.count() == 6

    def test_only_those_that_match_or_the_one_unit(self, year, desk):
        year.hand_in(1)
        with year.filing():
            desk.post(REMIND + "?q=doan+ket")
            assert {one.assessment.unit.code for one in Reminder.objects.all()} == {"33333"}
            answer = desk.post(f"{REMIND}?unit={year.assessment(0).pk}")
            assert answer["Location"] == unit_url(year)
            assert desk.post(f"{REMIND}?unit={year.assessment(1).pk}").status_code == 422  # submitted
        assert {one.assessment.unit.code for one in Reminder.objects.all()} == {"33333", "11111"}

    def test_within_a_day_only_when_the_box_is_ticked(self, year, desk):
        url = f"{REMIND}?unit={year.assessment(0).pk}"
        with year.filing():
            desk.post(url)
            again = desk.post(url)
            assert again.status_code == 422
            assert [one.unit.code for one in again.context["plan"].recent] == ["11111"]
        with year.on(OPENS + timedelta(days=10, hours=1)):
            assert desk.post(url, {"again": "on"}).status_code == 302
        assert Reminder.objects.count() == 4

    @pytest.mark.parametrize("unit", ["0", "x", "99999999999999999999", "1' OR 1"])
    def test_an_unknown_unit_is_404(self, year, desk, unit):
        with year.filing():
            assert desk.get(REMIND, {"unit": unit}).status_code == 404

    def test_the_log_says_who_when_and_what(self, year, desk):
        log = reverse("board_log", args=[2026])
        with year.filing():
            assert 'class="empty"' in desk.get(log).content.decode()
            desk.post(REMIND, {"note": "Gọi lại trước thứ Sáu"})
            page = desk.get(log)
        assert len(page.context["page"].object_list) == 6
        assert "Gọi lại trước thứ Sáu" in page.content.decode()


class TestUnit:
    def test_a_request_is_answered_on_the_page_of_the_unit(self, year, desk):
        url = unit_url(year)
        with year.filing():
            ask_extension(assessment=year.assessment(), until=CLOSES + DAY, reason="Mất điện", actor=year.officer())
            assert "Mất điện" in desk.get(url).content.decode()
            refused = desk.post(url, {"decision": "refuse", "until": "", "reason": ""})
            assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
            assert desk.post(url, {"decision": "grant", "until": ""}).status_code == 422
            form = desk.get(url).context["form"]
            day = form["until"].value()
            assert desk.post(url, {"decision": "grant", "until": f"{day:%d/%m/%Y}"}).status_code == 302
        assert year.assessment().extended_until == CLOSES + DAY
        with year.filing():
            assert desk.post(url, {"until": "01/11/2026", "reason": "x"}).status_code == 422
            assert desk.post(url, {"until": "31/12/2026", "reason": "Công văn"}).status_code == 302
        assert Extension.objects.count() == 2

    def test_a_reader_sees_the_request_and_cannot_answer(self, year, client):
        client.force_login(year.people["auditor"])
        with year.filing():
            ask_extension(assessment=year.assessment(), until=CLOSES + DAY, reason="x", actor=year.officer())
            page = client.get(unit_url(year))
            assert page.status_code == 200
            assert 'name="decision"' not in page.content.decode()
            assert client.post(unit_url(year), {"decision": "grant", "until": "31/12/2026"}).status_code == 403

    def test_an_extension_is_ended_with_a_reason(self, year, desk):
        with year.filing():
            desk.post(unit_url(year), {"until": "31/12/2026", "reason": "Công văn"})
            extension = Extension.objects.get()
            end = reverse("extension_withdraw", args=[extension.pk])
            assert desk.post(end, {"reason": ""}).status_code == 422
            assert desk.post(end, {"reason": "Nhầm đơn vị"}).status_code == 302
        assert year.assessment().extended_until is None

    def test_every_phase_has_its_page(self, year, desk):
        url = unit_url(year)
        year.to_appraisal().appraise()
        with year.on(LOCKS + 3 * DAY):
            assert desk.get(url).status_code == 200
            assert desk.get(BOARD).status_code == 200

    def test_a_unit_of_another_year_is_404(self, year, desk):
        with year.filing():
            assert desk.get(reverse("board_unit", args=[2025, year.assessment().pk])).status_code == 404
            assert desk.get(reverse("board_unit", args=[2026, 2**63])).status_code == 404


def test_the_secretary_is_told_of_requests(year):
    with year.filing():
        assert [task.icon for task in waiting_for(year.people["secretary"])] == ["people", "calendar-check"]
        ask_extension(assessment=year.assessment(), until=CLOSES + DAY, reason="x", actor=year.officer())
        tasks = waiting_for(year.people["secretary"])
    assert [task.icon for task in tasks] == ["people", "clock-history", "calendar-check"]
    assert tasks[1].url == unit_url(year)
