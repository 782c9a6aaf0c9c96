"""The pages around the workbook: down, checked, confirmed once; who may not is told why."""

import hashlib

import pytest
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.audit.models import AuditEntry
from core.workbook import read_workbook
from scoring.filing.excel.columns import LIMITS
from scoring.filing.services import AnswerInput, prepare, save_answer
from scoring.models import Answer
from tests.factories.year import LOCKS
from tests.scoring.filing.excel.books import filled, form_of, own
from tests.scoring.filing.excel.test_checking import FULL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def url(year, name: str, *more) -> str:
    return reverse(f"assessment_excel{name}", args=[year.assessment(0).pk, *more])


def send(client, year, data: bytes, name: str = "bieu.xlsx"):
    return client.post(url(year, "_check"), {"sheet": SimpleUploadedFile(name, data)})


def confirm(client, year, data: bytes):
    return client.post(url(year, "_confirm"), {"sha256": hashlib.sha256(data).hexdigest()})


def text(response) -> str:
    return response.content.decode()


def test_the_form_is_reached_from_the_overview_and_the_rail_and_comes_as_a_file(year, as_user):
    with year.filing():
        client, pk = as_user(year.officer()), year.assessment(0).pk
        for page in (reverse("assessment", args=[pk]), reverse("assessment_pillar", args=[pk, "A"])):
            assert url(year, "") in text(client.get(page))
        page = text(client.get(url(year, "")))
        got = client.get(url(year, "_form"))

    assert url(year, "_form") in page
    assert url(year, "_check") in page
    assert got["Content-Disposition"] == 'attachment; filename="tu-danh-gia-2026-11111.xlsx"'
    assert "no-store" in got["Cache-Control"]
    assert [sheet.name for sheet in read_workbook(got.content, limits=LIMITS)][:2] == ["Hướng dẫn", "1. Nhận thức số"]


def test_checked_then_confirmed_once(year, as_user):
    with year.filing():
        client, data = as_user(year.officer()), filled(own(year), FULL)
        checked = send(client, year, data)
        assert not Answer.objects.exclude(values={}).exists()
        done = confirm(client, year, data)
        again = confirm(client, year, data)

    assert (checked.status_code, done.status_code, again.status_code) == (200, 302, 409)
    assert 'data-changes="6" data-stale="0"' in text(checked)
    assert 'id="total-after" data-points="7.15"' in text(checked)
    assert year.answer("B.1").values == {"a": "60", "b": "100"}
    entries = AuditEntry.objects.filter(action="assessment.import_form")
    assert entries.count() == 1
    assert hashlib.sha256(data).hexdigest() in entries.get().details
    assert len(list(get_messages(done.wsgi_request))) == 1


@pytest.mark.parametrize("whose", ["other-file", "other-person", "nothing-checked"])
def test_only_the_checked_file_of_the_same_person_is_confirmed(year, as_user, whose):
    with year.filing():
        officer, head = as_user(year.officer()), as_user(year.head())
        data = filled(own(year), FULL)
        if whose != "nothing-checked":
            send(officer, year, data)
        answer = confirm(*{
            "other-file": (officer, year, data + b"\0"),
            "other-person": (head, year, data),
            "nothing-checked": (officer, year, data),
        }[whose])  # fmt: skip

    assert answer.status_code == 409
    assert not Answer.objects.exclude(values={}).exists()


def test_stale_lines_are_shown_with_both_values_and_the_fresh_ones_kept(year, as_user):
    with year.filing():
        client, data = as_user(year.officer()), filled(own(year), FULL)
        save_answer(answer=year.answer("A.3"), given=AnswerInput(raw={"value": "5"}), version=0, actor=year.head())
        checked = send(client, year, data)
        confirm(client, year, data)

    page = text(checked)
    assert 'data-changes="5" data-stale="1"' in page
    assert page.index('id="stale"') < page.index(f"line-{year.answer('A.3').pk}") < page.index('id="changes"')
    assert str(year.head()) in page
    assert year.answer("A.3").values == {"value": "5"}
    assert year.answer("A.1").values == {"value": "yes"}


def test_a_line_saved_between_check_and_confirmation_is_named_on_a_page_of_its_own(year, as_user):
    with year.filing():
        client, data = as_user(year.officer()), filled(own(year), FULL)
        send(client, year, data)
        save_answer(answer=year.answer("A.3"), given=AnswerInput(raw={"value": "5"}), version=0, actor=year.head())
        done = confirm(client, year, data)

    assert done.status_code == 200
    assert 'data-changed="5" data-stale="1"' in text(done)
    assert "A.3" in text(done)


def test_faults_are_listed_200_at_most_and_all_in_the_report(year, as_user, monkeypatch):
    values = {(code, "explanation"): '=HYPERLINK("http://x.invalid")' for code in ("A.1", "A.2", "A.3", "B.1", "B.2")}
    monkeypatch.setattr("scoring.filing.views.excel.MOST_SAID", 3)
    with year.filing():
        client, data = as_user(year.officer()), filled(own(year), values)
        checked = send(client, year, data)
        report = client.get(url(year, "_report", hashlib.sha256(data).hexdigest()))
        foreign = as_user(year.head()).get(url(year, "_report", hashlib.sha256(data).hexdigest()))
        refused = confirm(client, year, data)

    page = text(checked)
    assert (checked.status_code, refused.status_code, foreign.status_code) == (422, 409, 404)
    assert 'data-faults="5"' in page
    assert page.count('data-label="Ô"') + page.count('data-label="Cell"') == 3
    (sheet,) = read_workbook(report.content, limits=LIMITS)
    assert [row[1] for row in sheet.rows[3:]] == ["G6", "G7", "G8", "G6", "G8"]
    assert sheet.formulas == ()


def test_what_is_typed_is_escaped(year, as_user):
    with year.filing():
        client = as_user(year.officer())
        data = filled(
            own(year), {("A.1", "explanation"): "<img src=x onerror=alert(1)>", ("A.2", "option"): "<img src=x>"}
        )
        refused = text(send(client, year, filled(own(year), {("A.3", "value"): "<img src=x>"}, data)))
        page = text(send(client, year, filled(own(year), {("A.2", "option"): None}, data)))
    assert "&lt;img src=x" in page
    assert "<img src=x" not in refused
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 422),
        (b"a,b\n1,2\n", 415),
        (b"<html><table></table></html>", 415),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, 415),
        (b"PK\x03\x04" + b"\0" * 60, 415),
        (b"x" * (LIMITS.bytes + 1), 413),
    ],
    ids=["empty", "csv", "html", "xls", "cut-zip", "too-large"],
)
def test_what_is_no_workbook_is_refused_in_the_form(year, as_user, data, status):
    with year.filing():
        answer = send(as_user(year.officer()), year, data)
    assert answer.status_code == status
    assert "<h1" in text(answer)


def test_who_may_not_edit_downloads_and_reads_why_there_is_no_upload(year, as_user):
    with year.filing():
        year.fill(0)
        prepare(assessment=year.assessment(0), actor=year.officer())
        client = as_user(year.officer())
        page = text(client.get(url(year, "")))
        refused = send(client, year, form_of(own(year)))
        assert client.get(url(year, "_form")).status_code == 200

    assert url(year, "_check") not in page
    assert refused.status_code == 409


def test_after_the_lock_a_checked_file_is_not_taken_in(year, as_user):
    with year.filing():
        client, data = as_user(year.officer()), filled(own(year), FULL)
        send(client, year, data)
    with year.on(LOCKS):
        answer = confirm(client, year, data)
    assert answer.status_code == 409
    assert not Answer.objects.exclude(values={}).exists()


@pytest.mark.parametrize("name", ["_form", ""])
def test_the_cost_does_not_grow_with_the_lines(year, as_user, name, django_assert_max_num_queries):
    """Lines, evidence and last year are read at once (8 lines here, 75 in a year)."""
    with year.filing():
        client = as_user(year.officer())
        client.get(url(year, name))
        with django_assert_max_num_queries(14):
            client.get(url(year, name))
