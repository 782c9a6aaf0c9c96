"""Evidence over HTTP: what is taken, what is answered, and how a file leaves (reliability.md E.6, F.2)."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from core import uploads
from scoring.filing import keeping
from scoring.filing.evidence import attach_evidence
from scoring.filing.library import withdraw_evidence
from scoring.models import Evidence
from tests.factories.year import LOCKS
from tests.scoring.filing.conftest import PDF, docx, upload

pytestmark = pytest.mark.django_db


def send(client, answer, file: SimpleUploadedFile | None = None, *, fragment: bool = False, **data):
    headers = {"HTTP_HX_REQUEST": "true"} if fragment else {}
    data |= {"file": file} if file else {}
    return client.post(reverse("evidence_attach", args=[answer.pk]), data, **headers)


def stored(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_file_is_attached_and_leads_back_to_its_line(year, as_user):
    answer = year.answer("B.1")
    with year.filing():
        response = send(as_user(year.officer()), answer, upload(), title="Quyết định 118/QĐ-UBND ngày 26/02/2026")

    assert response.status_code == 302
    assert response.url.endswith(f"/pillars/B/#line-{answer.pk}")
    assert answer.evidence.get().title == "Quyết định 118/QĐ-UBND ngày 26/02/2026"


def test_a_fragment_brings_the_line_with_the_new_chip(year, as_user):
    answer = year.answer("B.1")
    with year.filing():
        response = send(as_user(year.officer()), answer, upload(), fragment=True)

    page, file = response.content.decode(), answer.evidence.get()
    assert f'id="body-{answer.pk}"' in page
    assert reverse("evidence_file", args=[file.pk]) in page
    assert reverse("evidence_remove", args=[answer.pk, file.pk]) in page


@pytest.mark.parametrize("fragment", [False, True])
@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.pdf", b"<html><script>alert(1)</script></html>", 415),
        ("a.pdf", b"MZ\x90\x00", 415),
        ("a.pdf.exe", PDF, 415),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415),
        ("a.docx", docx("word/vbaProject.bin"), 415),
        ("a.docx", docx("../../x"), 413),
        ("a.pdf", b"", 422),
    ],
)
def test_hostile_files_are_refused_and_leave_nothing(year, as_user, settings, fragment, name, data, status):
    with year.filing():
        response = send(
            as_user(year.officer()), year.answer("B.1"), upload(name, data), fragment=fragment, title="Chữ đã gõ"
        )

    page = response.content.decode()
    assert response.status_code == status
    assert "error-summary" in page
    assert 'value="Chữ đã gõ"' in page
    assert ("<html" in page) is not fragment
    assert not Evidence.objects.exists()
    assert stored(settings) == []


def test_one_byte_above_the_limit_is_refused_at_the_door_and_the_limit_itself_is_taken(
    year, as_user, settings, monkeypatch
):
    monkeypatch.setattr(uploads, "MAX_BYTES", len(PDF))
    with year.filing():
        client = as_user(year.officer())
        assert send(client, year.answer("B.1"), upload(data=PDF + b"1")).status_code == 413
        assert stored(settings) == []
        assert send(client, year.answer("B.1"), upload()).status_code == 302


def test_a_file_above_the_limit_is_never_kept_while_it_comes_in(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    request = RequestFactory().post("/", {"title": "x", "file": upload(data=b"x" * 100_001), "more": upload()})

    assert set(request.FILES) == {"more"}
    assert request.POST["title"] == "x"
    assert request.too_large is True


def test_the_service_has_the_same_limit_for_other_callers(year, monkeypatch):
    assert keeping.MAX_BYTES == uploads.MAX_BYTES == 20 * 1024 * 1024


def test_a_large_file_goes_over_the_disk_and_is_taken_whole(year, as_user):
    """Above FILE_UPLOAD_MAX_MEMORY_SIZE Django hands it over as a temporary file."""
    with year.filing():
        response = send(as_user(year.officer()), year.answer("B.1"), upload(data=PDF + b"x" * 3_000_000))

    assert response.status_code == 302
    assert Evidence.objects.get().size == len(PDF) + 3_000_000


@pytest.mark.parametrize("data", [{}, {"existing": "0"}, {"existing": "1 OR 1"}, {"existing": "9" * 30}])
def test_without_a_file_nothing_is_attached(year, as_user, data):
    with year.filing():
        response = send(as_user(year.officer()), year.answer("B.1"), **data)

    assert response.status_code == 422
    assert not Evidence.objects.exists()


def test_a_file_of_another_unit_is_no_choice(year, as_user):
    with year.filing():
        theirs = attach_evidence(answers=[year.answer("B.1", 1)], upload=upload(), title="", actor=year.officer(1))
        response = send(as_user(year.officer()), year.answer("B.1"), existing=str(theirs.pk))

    assert response.status_code == 422
    assert not year.answer("B.1").evidence.exists()


def test_a_file_of_the_form_serves_on_another_line(year, as_user):
    with year.filing():
        file = attach_evidence(answers=[year.answer("A.1")], upload=upload(), title="Một", actor=year.officer())
        client, answer = as_user(year.officer()), year.answer("B.1")
        assert "Một" in client.get(reverse("evidence_attach", args=[answer.pk])).content.decode()
        assert send(client, answer, existing=str(file.pk)).status_code == 302

    assert answer.evidence.get() == file


@pytest.mark.parametrize("title", ["a\u202eb", "x" * 301])
def test_a_title_that_hides_something_or_is_too_long_is_refused(year, as_user, title):
    with year.filing():
        response = send(as_user(year.officer()), year.answer("B.1"), upload(), title=title)

    assert response.status_code == 422
    assert not Evidence.objects.exists()


def test_after_the_lock_nothing_is_attached(year, as_user, settings):
    with year.on(LOCKS):
        response = send(as_user(year.officer()), year.answer("B.1"), upload())

    assert response.status_code == 409
    assert stored(settings) == []


def test_taking_away_offers_to_put_it_back(year, as_user):
    client, answer = as_user(year.officer()), year.answer("B.1")
    with year.filing():
        file = attach_evidence(answers=[answer], upload=upload(), title="", actor=year.officer())
        undo = reverse("evidence_restore", args=[answer.pk, file.pk])
        away = client.post(reverse("evidence_remove", args=[answer.pk, file.pk]), follow=True)
        assert f'action="{undo}"' in away.content.decode()
        assert not answer.evidence.exists()
        client.post(undo)

    assert answer.evidence.get() == file


# --- out -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def kept(year):
    with year.filing():
        name = 'Kế hoạch "12"; số 5.pdf'
        return attach_evidence(answers=[year.answer("B.1")], upload=upload(name), title="", actor=year.officer())


def download(client, file):
    return client.get(reverse("evidence_file", args=[file.pk]))


def test_a_file_leaves_as_an_attachment_with_headers_that_disarm_it(year, as_user, kept):
    with year.filing():
        response = download(as_user(year.officer()), kept)

    assert b"".join(response.streaming_content) == PDF
    headers = response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == (
        f'attachment; filename="tai-lieu-{kept.pk}.pdf"; '
        "filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20%2212%22%3B%20s%E1%BB%91%205.pdf"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-site"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("person", "status"),
    [("officer0", 200), ("head0", 200), ("lead", 200), ("auditor", 200), ("officer1", 404), ("appraiser", 404),
     ("administrator", 404), ("outsider", 404)],
)  # fmt: skip
def test_the_right_is_asked_at_every_download(year, as_user, kept, person, status):
    with year.filing():
        assert download(as_user(year.people[person]), kept).status_code == status


def test_an_appraiser_reads_evidence_once_it_was_handed_in(year, as_user, kept):
    year.hand_in()
    with year.filing():
        assert download(as_user(year.people["appraiser"]), kept).status_code == 200


def test_a_removed_file_is_gone_and_a_lost_one_is_said_so(year, as_user, kept, settings):
    client = as_user(year.officer())
    with year.filing():
        (Path(settings.MEDIA_ROOT) / kept.stored_as).unlink()
        assert download(client, kept).status_code == 404
        withdraw_evidence(evidence=kept, actor=year.officer())
        assert download(client, kept).status_code == 404


# --- many at once --------------------------------------------------------------------------------------------------
def test_many_files_at_once_each_with_its_own_end(year, as_user, settings):
    answer, other = year.answer("B.1"), year.answer("A.1")
    files = [upload("mot.pdf"), upload("hai.exe", b"MZ"), upload("ba.pdf", PDF + b"3"), upload("bon.pdf", b"")]
    with year.filing():
        response = as_user(year.officer()).post(
            reverse("evidence_attach", args=[answer.pk]), {"file": files, "lines": [other.pk], "title": "Không dùng"}
        )

    page = response.content.decode()
    assert response.status_code in (415, 422)
    assert "hai.exe: " in page
    assert "bon.pdf: " in page
    assert sorted(answer.evidence.values_list("title", flat=True)) == ["ba.pdf", "mot.pdf"]
    assert sorted(other.evidence.values_list("title", flat=True)) == ["ba.pdf", "mot.pdf"]
    assert len(stored(settings)) == 2


def test_of_many_the_one_too_large_is_named_and_the_others_are_taken(year, as_user, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", len(PDF))
    answer = year.answer("B.1")
    with year.filing():
        response = as_user(year.officer()).post(
            reverse("evidence_attach", args=[answer.pk]), {"file": [upload("nho.pdf"), upload("lon.pdf", PDF + b"1")]}
        )

    assert response.status_code == 413
    assert "lon.pdf: " in response.content.decode()
    assert answer.evidence.get().title == "nho.pdf"


def test_a_file_and_one_that_stands_there_are_one_choice_too_many(year, as_user):
    with year.filing():
        file = attach_evidence(answers=[year.answer("A.1")], upload=upload(), title="Một", actor=year.officer())
        response = send(as_user(year.officer()), year.answer("B.1"), upload(data=PDF + b"2"), existing=str(file.pk))

    assert response.status_code == 422
    assert not year.answer("B.1").evidence.exists()


def test_the_line_as_it_stands_comes_for_an_open_page(year, as_user):
    with year.filing():
        file = attach_evidence(answers=[year.answer("B.1")], upload=upload(), title="Một", actor=year.officer())
        page = as_user(year.officer()).get(reverse("evidence_line", args=[year.answer("B.1").pk])).content.decode()
    assert f'id="body-{year.answer("B.1").pk}"' in page
    assert reverse("evidence_file", args=[file.pk]) in page
