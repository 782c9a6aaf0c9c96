"""The pages of the library: new files, acts on one file, files of former years."""

import pytest
from django.urls import reverse

from scoring.filing.evidence import remove_evidence
from scoring.filing.shelf import Shelf
from tests.scoring.filing.conftest import PDF, upload
from tests.scoring.filing.test_library import attach, lines, next_year, titles
from tests.scoring.filing.test_uploads import FILE, begin, finish, put

pytestmark = pytest.mark.django_db


def test_files_for_the_library_are_taken_and_named(year, as_user):
    url = reverse("evidence_library", args=[year.assessment().pk])
    with year.filing():
        client = as_user(year.officer())
        good = client.post(url, {"file": [upload("mot.pdf"), upload("hai.pdf", PDF + b"2")]})
        bad = client.post(url, {"file": [upload("ba.pdf", PDF + b"3"), upload("bon.exe", b"MZ")]})
        page = client.get(url, {"part": "unlinked"}).content.decode()

    assert good.status_code == 302
    assert bad.status_code == 415
    assert "bon.exe: " in bad.content.decode()
    assert [name in page for name in ("mot.pdf", "hai.pdf", "ba.pdf", "bon.exe")] == [True, True, True, False]


def test_the_acts_of_the_document_page(year, as_user):
    with year.filing():
        file, client = attach(year, "A.1", title="Báo cáo"), as_user(year.officer())
        client.post(reverse("evidence_lines", args=[file.pk]), {"lines": [year.answer("B.1").pk]})
        client.post(reverse("evidence_rename", args=[file.pk]), {"title": "Báo cáo số 12/BC-UBND"})
        file.refresh_from_db()
        assert (lines(file), file.title) == (["B.1"], "Báo cáo số 12/BC-UBND")

        gone = client.post(reverse("evidence_withdraw", args=[file.pk]), follow=True)
        undo = reverse("evidence_bring_back", args=[file.pk])
        assert f'action="{undo}"' in gone.content.decode()
        client.post(undo)
        assert lines(file) == ["B.1"]
        assert client.get(reverse("evidence_replace", args=[file.pk])).status_code == 200
        client.post(reverse("evidence_replace", args=[file.pk]), {"file": upload("moi.pdf", PDF + b"2"), "title": ""})
        page = client.get(reverse("evidence_view", args=[file.pk])).content.decode()
        assert reverse("evidence_view", args=[file.replaced_by.pk]) in page


def test_a_refused_name_keeps_what_stood_there(year, as_user):
    with year.filing():
        file = attach(year, "A.1", title="Báo cáo")
        response = as_user(year.officer()).post(reverse("evidence_rename", args=[file.pk]), {"title": "a\u202eb"})
    file.refresh_from_db()
    assert (response.status_code, file.title) == (422, "Báo cáo")


def test_chosen_files_of_former_years_come_over(year, as_user):
    with year.filing():
        one, two = attach(year, "A.1"), attach(year, "A.2", data=PDF + b"2")
        later, client = next_year(year), as_user(year.officer())
        url = reverse("evidence_reuse", args=[later.pk])
        assert client.post(url, {}).status_code == 422
        assert client.post(url, {"evidence": [str(one.pk), "999999"]}).status_code == 422
        assert not later.evidence.exists()
        assert client.post(url, {"evidence": [one.pk, two.pk]}).status_code == 302
    assert later.evidence.count() == 2


def test_taking_away_from_the_last_line_keeps_the_file_in_the_library(year):
    with year.filing():
        file = attach(year, "A.1")
        remove_evidence(answer=year.answer("A.1"), evidence=file, actor=year.officer())
        assert titles(year, Shelf.UNLINKED) == ["quyet-dinh.pdf"]


def test_a_newer_version_comes_in_pieces_too(year, as_user):
    with year.filing():
        file, client = attach(year, "A.1"), as_user(year.officer())
        state = begin(client, year).json()
        put(client, state, 0, FILE)
        told = finish(client, state, replaces=file.pk).json()
        assert finish(client, state, replaces=file.pk).json()["evidence"] == told["evidence"]
    assert file.replaced_by.pk == told["evidence"]
    assert lines(file.replaced_by) == ["A.1"]
