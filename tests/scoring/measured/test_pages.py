"""From the template to the confirmation, and the unit's page."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.imports.units import entry
from scoring.measured.sheet import HEAD_ROW, headings
from tests.scoring.measured.conftest import ORIGIN, book, bring_in, criterion

pytestmark = pytest.mark.django_db


def address(year, name: str = "values_import") -> str:
    return reverse(name, args=[year.cycle.year, criterion(year).pk])


def sent(data: bytes) -> dict:
    return {"origin": ORIGIN, "measured_on": "05/11/2026", "sheet": SimpleUploadedFile("so-lieu.xlsx", data)}


@pytest.fixture
def client(filing, as_user):
    return as_user(filing.people["appraiser"])


def filled(client, year, *figures) -> bytes:
    """The template as downloaded, with the units' figures in their order."""
    template = load_workbook(io.BytesIO(client.get(address(year, "values_template")).content))
    for row, figure in enumerate(figures, HEAD_ROW + 1):
        template.active.cell(row, 2).value = figure
    target = io.BytesIO()
    template.save(target)
    return target.getvalue()


def test_template_filled_in_checked_and_confirmed(client, filing):
    report = client.post(address(filing), sent(filled(client, filing, 3, "4", None)))

    assert report.status_code == 200
    assert filing.answer("P.2").values == {}
    done = client.post(address(filing, "values_confirm"), {"sha256": report.context["confirm"].initial["sha256"]})
    assert done.status_code == 302
    # In the template's order, which is the Vietnamese one: Đoàn Kết, Ngọc Chiến, Tô Hiệu.
    assert [filing.answer("P.2", unit).values for unit in (2, 0, 1)] == [{"value": "3"}, {"value": "4"}, {}]
    again = client.post(address(filing, "values_confirm"), {"sha256": report.context["confirm"].initial["sha256"]})
    assert again.status_code == 409


def test_template_shows_what_stands_and_sends_back_no_change(client, filing):
    bring_in(filing, u0="3", u1="4", u2="5")
    data = client.get(address(filing, "values_template")).content

    report = client.post(address(filing), sent(data))
    assert (len(report.context["rows"]), report.context["fresh_count"], report.context["faulty_count"]) == (3, 0, 0)


def test_bad_cells_are_named_and_nothing_waits(client, filing):
    unit, value = headings(criterion(filing))
    name = entry(filing.units[0])
    report = client.post(
        address(filing), sent(book([value, unit], ["=1+1", name], ["x", "Xã Không Có"], [True, entry(filing.units[1])]))
    )

    assert report.status_code == 422
    said = [sentence for row in report.context["faulty"] for _field, sentence in row.faults]
    assert [sentence.split(":")[0] for sentence in said[:2]] == ["A2", "B3"]
    assert len(report.context["faulty"]) == 3
    confirm = {"sha256": report.context["confirm"].initial["sha256"]}
    assert client.post(address(filing, "values_confirm"), confirm).status_code == 409
    assert filing.answer("P.2").values == {}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", book(["a", "b"], [1, 2]), book(["Đơn vị", "Đơn vị", "x"])])
def test_a_file_that_is_no_such_sheet_is_refused_in_words(client, filing, data):
    answer = client.post(address(filing), sent(data))
    assert answer.status_code in (415, 422)
    assert answer.context["form"].errors


def test_the_unit_reads_figure_and_source_and_contests(filing, as_user):
    bring_in(filing, u0="3")
    clerk = as_user(filing.officer())
    answer = filing.answer("P.2")
    page = clerk.get(reverse("assessment_pillar", args=[answer.assessment_id, "_adjustments"])).content.decode()
    assert ORIGIN in page
    assert (contest := reverse("values_contest", args=[answer.pk])) in page

    done = clerk.post(contest, {"grounds": "Chỉ có 2 hồ sơ.", "version": answer.version})
    assert done.status_code == 302
    assert filing.answer("P.2").explanation == "Chỉ có 2 hồ sơ."
    assert clerk.post(contest, {"grounds": "Khác", "version": answer.version}).status_code == 409


def test_costs_do_not_grow_with_units(client, filing, django_assert_max_num_queries):
    unit, value = headings(criterion(filing))
    rows = [[entry(one), 3] for one in filing.units]
    client.get(address(filing))
    for count in (1, 3):
        with django_assert_max_num_queries(17):
            client.post(address(filing), sent(book([unit, value], *rows[:count])))
