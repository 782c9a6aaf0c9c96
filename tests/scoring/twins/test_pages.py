"""Flags beside the line, the list of a year, its workbook, and what a person does about one."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from scoring.conflicts.services import declare_conflict
from scoring.models import EvidenceFlag
from tests.stages import APPRAISING

pytestmark = pytest.mark.django_db


@pytest.fixture
def flagged(year, attach, name, search):
    """Units 0 and 1 have one picture behind A.1, unit 2 one that is dated last year; the clock stands in the appraisal."""
    with year.filing():
        attach(0, title="Kế hoạch 12/KH-UBND")
        attach(1, title="Kế hoạch 30/KH-UBND")
        name(2, "UBND xã Đoàn Kết", day="2025-02-02")
    year.to_appraisal()
    with year.on(APPRAISING):
        search()
        yield year


def line_page(client, year, index=0, who="appraiser", code="A.1") -> str:
    client.force_login(year.people[who])
    return client.get(reverse("appraisal_line", args=[year.answer(code, index).pk])).content.decode()


def test_each_line_shows_the_other_place(flagged, client):
    first, second = line_page(client, flagged), line_page(client, flagged, 1)

    assert (
        reverse("appraisal_line", args=[flagged.answer("A.1", 1).pk])
        in first.partition('id="flags"')[2].partition("</ul>")[0]
    )
    assert "Kế hoạch 30/KH-UBND" in first
    assert "Kế hoạch 12/KH-UBND" in second
    assert 'id="flags"' not in line_page(client, flagged, code="A.2")
    assert "02/02/2025" in line_page(client, flagged, 2)


def test_a_conflict_with_either_unit_takes_the_flag_away(flagged, client):
    appraiser = flagged.people["appraiser"]
    declare_conflict(person=appraiser, unit=flagged.units[1], kind="family", reason="Người thân.", actor=appraiser)

    assert 'id="flags"' not in line_page(client, flagged)
    assert list(EvidenceFlag.objects.visible_to(appraiser).values_list("kind", flat=True)) == ["year"]
    assert client.get(reverse("twin", args=[EvidenceFlag.objects.get(kind="file").pk])).status_code == 404
    assert 'id="flags"' in line_page(client, flagged, who="appraiser2")


def rows_of(client, year, who="lead", **asked) -> list[tuple[str, str]]:
    """Kind and unit of the first place, in the order of the list."""
    client.force_login(year.people[who])
    rows = client.get(reverse("twins", args=[year.cycle.year]), asked).context["rows"]
    return [(one.flag.kind, one.here.assessment.unit.short_name) for one in rows]


def test_the_list_is_narrowed_and_ordered_by_the_address(flagged, client):
    both = [("file", "Ngọc Chiến"), ("year", "Đoàn Kết")]

    assert rows_of(client, flagged) == both
    assert rows_of(client, flagged, order="unit") == both[::-1]  # Đ stands before N
    assert rows_of(client, flagged, kind="year") == both[1:]
    assert rows_of(client, flagged, criterion="A.1") == both
    assert rows_of(client, flagged, state="aside") == []
    assert client.get(reverse("twins", args=[flagged.cycle.year]), {"kind": "x"}).status_code == 400


def test_who_only_appraises_sees_the_criteria_of_the_own_agency(flagged, client):
    assert len(rows_of(client, flagged, "appraiser")) == 2
    assert rows_of(client, flagged, "other_appraiser") == []


def test_what_was_taken_out_of_the_form_is_flagged_no_more(flagged, client):
    EvidenceFlag.objects.get(kind="file").second_evidence.answers.clear()
    assert rows_of(client, flagged) == [("year", "Đoàn Kết")]

    EvidenceFlag.objects.get(kind="year").first_citation.answers.clear()
    assert rows_of(client, flagged) == []


def test_the_workbook_has_what_the_list_has(flagged, client):
    client.force_login(flagged.people["lead"])
    data = client.get(reverse("twins_file", args=[flagged.cycle.year]), {"kind": "file"}).content
    sheet = load_workbook(io.BytesIO(data)).active

    assert [[cell.value for cell in row][2:] for row in sheet.iter_rows(min_row=5)] == [
        [100, "Xã Ngọc Chiến", "A.1", "Kế hoạch 12/KH-UBND", "Phường Tô Hiệu", "A.1", "Kế hoạch 30/KH-UBND", None]
    ]


@pytest.mark.parametrize("page", ["list", "line"])
def test_many_flags_cost_as_many_queries_as_one(flagged, client, page, django_assert_max_num_queries):
    answer = flagged.answer("A.1")
    address = reverse("twins", args=[2026]) if page == "list" else reverse("appraisal_line", args=[answer.pk])
    client.force_login(flagged.people["lead"])
    client.get(address)  # what is read once and kept
    with django_assert_max_num_queries(17) as one:
        client.get(address)
    flag = EvidenceFlag.objects.get(kind="file")
    for at in range(3):
        flag.pk, flag.key = None, f"more-{at}"
        flag.save(force_insert=True)
    with django_assert_max_num_queries(17) as four:
        response = client.get(address)
    assert len(one) == len(four)
    assert response.content.decode().count('id="flag-') == (5 if page == "list" else 4)


def test_one_is_set_aside_with_a_reason_and_shown_again(flagged, client):
    flag = EvidenceFlag.objects.get(kind="file")
    address = reverse("twin", args=[flag.pk])
    client.force_login(flagged.people["appraiser"])

    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Hai xã ký chung."}).status_code == 302
    assert 'id="flags"' not in line_page(client, flagged)
    assert "Hai xã ký chung." in client.get(address).content.decode()
    assert client.post(address, {"reason": "Lần nữa."}).status_code == 409
    assert client.post(reverse("twin_put_back", args=[flag.pk])).status_code == 302
    assert 'id="flags"' in line_page(client, flagged)
