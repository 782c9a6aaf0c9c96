"""Files in pieces: resumed, checked at the end, forgotten in time (reliability.md F.2)."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from core.jobs import runner
from scoring.filing import keeping, uploads
from scoring.filing.evidence import attach_evidence
from scoring.filing.services import prepare
from scoring.filing.uploads import begin_upload, forget_uploads
from scoring.models import Evidence, Upload
from tests.factories.year import OPENS
from tests.scoring.filing.conftest import PDF, upload

pytestmark = pytest.mark.django_db
FILE = PDF + bytes(range(256)) * 40


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def begin(client, year, data: bytes = FILE, name: str = "bao-cao.pdf", **more):
    about = {"name": name, "size": str(len(data)), "sha256": digest(data)} | more
    return client.post(reverse("upload_begin", args=[year.assessment().pk]), about)


def put(client, state: dict, offset: int, data: bytes):
    return client.put(f"{state['url']}?offset={offset}", data, content_type="application/octet-stream")


def finish(client, state: dict, *answers, **more):
    return client.post(state["finish"], {"lines": [answer.pk for answer in answers]} | more)


def files_in(settings, folder: str) -> list[Path]:
    return [path for path in (Path(settings.MEDIA_ROOT) / folder).rglob("*") if path.is_file()]


@pytest.fixture
def client(year, as_user):
    return as_user(year.officer())


def test_pieces_become_one_file_behind_several_lines(year, client, settings):
    with year.filing():
        state = begin(client, year).json()
        assert state["received"] == 0
        for offset in range(0, len(FILE), 4000):
            state = put(client, state, offset, FILE[offset : offset + 4000]).json()
        answers = [year.answer("B.1"), year.answer("A.1")]
        told = finish(client, state, *answers, title="Báo cáo 12/BC-UBND").json()

    file = Evidence.objects.get()
    assert (file.sha256, file.title, file.original_name) == (digest(FILE), "Báo cáo 12/BC-UBND", "bao-cao.pdf")
    assert (told["evidence"], told["lines"]) == (file.pk, sorted(answer.pk for answer in answers))
    assert all(answer.evidence.get() == file for answer in answers)
    assert files_in(settings, "uploads") == []
    assert len(files_in(settings, "evidence")) == 1


def test_the_same_file_goes_on_where_it_broke_off_also_after_the_tab_was_closed(year, as_user):
    with year.filing():
        state = begin(as_user(year.officer()), year).json()
        put(as_user(year.officer()), state, 0, FILE[:5000])

        again = begin(as_user(year.officer()), year, name="ten-khac.pdf").json()
        assert (again["url"], again["received"]) == (state["url"], 5000)
        put(as_user(year.officer()), again, 5000, FILE[5000:])
        finish(as_user(year.officer()), again, year.answer("B.1"))

    assert Evidence.objects.get().sha256 == digest(FILE)


def test_a_piece_that_is_not_the_next_is_refused_and_the_state_says_which_is(year, client):
    with year.filing():
        state = begin(client, year).json()
        put(client, state, 0, FILE[:1000])
        assert put(client, state, 0, FILE[:1000]).status_code == 409  # came twice
        assert put(client, state, 2000, FILE[2000:]).status_code == 409
        assert client.get(state["url"]).json()["received"] == 1000
        assert finish(client, state).status_code == 409
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("data", [b"", FILE + b"1", b"x" * (uploads.MAX_PIECE + 1)])
def test_empty_overlong_and_oversized_pieces_are_refused(year, client, data, settings):
    with year.filing():
        state = begin(client, year).json()
        assert put(client, state, 0, data).status_code in (400, 413)
        assert client.get(state["url"]).json()["received"] == 0
    assert files_in(settings, "uploads") == []


@pytest.mark.parametrize("offset", ["", "-1", "x", "1e3", "٣", "9" * 12])
def test_an_offset_that_is_no_number_is_refused(year, client, offset):
    with year.filing():
        state = begin(client, year).json()
        assert put(client, state, offset, b"x").status_code == 400


def test_bytes_that_are_not_the_announced_ones_never_become_evidence(year, client, settings):
    with year.filing():
        state = begin(client, year).json()
        put(client, state, 0, b"x" * len(FILE))
        assert finish(client, state, year.answer("B.1")).status_code == 422
        assert not Evidence.objects.exists()
        assert files_in(settings, "uploads") == []

        assert client.get(state["url"]).json()["received"] == 0  # and may be sent again
        put(client, state, 0, FILE)
        assert finish(client, state, year.answer("B.1")).status_code == 200


def test_content_of_a_kind_that_is_not_taken_is_refused_at_the_end_and_gone(year, client, settings):
    page = b"<html><script>alert(1)</script></html>"
    with year.filing():
        state = begin(client, year, page).json()
        put(client, state, 0, page)
        assert finish(client, state, year.answer("B.1")).status_code == 415
    assert not Evidence.objects.exists()
    assert not Upload.objects.exists()
    assert files_in(settings, "") == []


@pytest.mark.parametrize(
    ("about", "status"),
    [
        ({"size": "0"}, 422),
        ({"size": str(uploads.MAX_BYTES + 1)}, 413),
        ({"size": "-1"}, 400),
        ({"size": "x"}, 400),
        ({"sha256": "x" * 64}, 400),
        ({"sha256": ""}, 400),
        ({"name": "a.pdf.exe"}, 415),
        ({"name": "khong-duoi"}, 415),
    ],
)
def test_what_the_end_would_refuse_is_refused_before_a_byte_is_sent(year, client, about, status):
    with year.filing():
        assert begin(client, year, **about).status_code == status
    assert not Upload.objects.exists()


def test_finishing_twice_gives_the_same_answer(year, client):
    with year.filing():
        state = begin(client, year).json()
        put(client, state, 0, FILE)
        first = finish(client, state, year.answer("B.1"))
        again = finish(client, state, year.answer("B.1"))

    assert first.json() == again.json()
    assert Evidence.objects.count() == 1


def test_bytes_that_the_unit_has_are_not_sent_again(year, client, settings):
    with year.filing():
        known = attach_evidence(
            answers=[year.answer("A.1")], upload=upload(data=FILE), title="Một", actor=year.officer()
        )
        state = begin(client, year).json()
        assert state["received"] == len(FILE)
        assert finish(client, state, year.answer("B.1")).json()["evidence"] == known.pk
    assert len(files_in(settings, "evidence")) == 1


def test_bytes_of_another_unit_are_no_shortcut(year, client):
    """Who only knows a digest gets nothing of somebody else's file by it."""
    with year.filing():
        attach_evidence(answers=[year.answer("A.1", 1)], upload=upload(data=FILE), title="", actor=year.officer(1))
        assert begin(client, year).json()["received"] == 0


def test_only_the_sender_knows_an_upload(year, as_user, client):
    with year.filing():
        state = begin(client, year).json()
        for person in ("head0", "officer1", "lead", "administrator"):
            other = as_user(year.people[person])
            assert other.get(state["url"]).status_code == 404
            assert put(other, state, 0, FILE).status_code == 404
            assert finish(other, state).status_code == 404


def test_lines_of_another_unit_are_refused_at_the_end(year, client):
    with year.filing():
        state = begin(client, year).json()
        put(client, state, 0, FILE)
        assert finish(client, state, year.answer("B.1", 1)).status_code == 404
    assert not Evidence.objects.exists()


def test_a_closed_form_takes_no_piece(year, client, settings):
    with year.filing():
        state = begin(client, year).json()
        prepare(assessment=year.fill(), actor=year.officer())
        assert put(client, state, 0, FILE).status_code == 409
        assert begin(client, year, FILE + b"2").status_code == 409
    assert files_in(settings, "uploads") == []


def test_files_on_their_way_count_towards_the_room(year, client, monkeypatch):
    monkeypatch.setattr(keeping, "MAX_BYTES_PER_ASSESSMENT", len(FILE) + 10)
    with year.filing():
        begin(client, year)
        assert begin(client, year, FILE + b"2").status_code == 413


def test_so_many_files_may_be_on_their_way(year, client, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_OPEN", 1)
    with year.filing():
        assert begin(client, year).status_code == 200
        assert begin(client, year).status_code == 200
        assert begin(client, year, FILE + b"2").status_code == 429


def test_giving_up_takes_what_has_arrived_away(year, client, settings):
    with year.filing():
        state = begin(client, year).json()
        put(client, state, 0, FILE[:100])
        assert client.delete(state["url"]).status_code == 204
        assert client.get(state["url"]).status_code == 404
    assert files_in(settings, "uploads") == []


def test_what_is_not_finished_in_time_is_forgotten_by_the_sweeper(year, client, settings):
    with year.filing():
        state = begin(client, year).json()
        put(client, state, 0, FILE[:100])
        forget_uploads()
        assert client.get(state["url"]).status_code == 200
    with year.on(OPENS + timedelta(days=10) + uploads.KEPT):
        runner.sweep()
    assert not Upload.objects.exists()
    assert files_in(settings, "uploads") == []


def test_pieces_that_lost_their_row_are_forgotten_too(year, client, settings):
    with year.filing():
        state = begin(client, year).json()
        put(client, state, 0, FILE[:100])
        (path,) = files_in(settings, "uploads")
        Upload.objects.all().delete()
        os.utime(path, (OPENS.timestamp(), OPENS.timestamp()))
        assert forget_uploads() == 1
    assert files_in(settings, "uploads") == []


def test_pieces_lost_from_the_disk_are_asked_for_again(year, client, settings):
    """A restored back-up may have the rows and not the pieces."""
    with year.filing():
        state = begin(client, year).json()
        put(client, state, 0, FILE[:100])
        files_in(settings, "uploads")[0].unlink()
        assert begin(client, year).json()["received"] == 0


def test_a_write_cut_short_is_written_again(year, client, settings):
    """A worker killed after the disk and before the row: the row says 0, the next piece overwrites."""
    with year.filing():
        state = begin(client, year).json()
        put(client, state, 0, FILE[:100])
        Upload.objects.update(received=0)
        put(client, state, 0, FILE[:50])
        put(client, state, 50, FILE[50:])
        assert finish(client, state, year.answer("B.1")).status_code == 200
    assert Evidence.objects.get().sha256 == digest(FILE)


def test_an_unfinished_file_is_named_on_the_form(year, client):
    with year.filing():
        begin(client, year)
        page = client.get(reverse("evidence_attach", args=[year.answer("B.1").pk])).content.decode()
    assert "bao-cao.pdf" in page


def test_the_database_keeps_one_upload_a_file(year):
    with year.filing():
        one = begin_upload(
            assessment=year.assessment(), name="a.pdf", size=9, sha256=digest(b"x"), actor=year.officer()
        )
        two = begin_upload(
            assessment=year.assessment(), name="a.pdf", size=10, sha256=digest(b"x"), actor=year.officer()
        )
    assert not Upload.objects.filter(pk=one.pk).exists()
    assert two.size == 10
