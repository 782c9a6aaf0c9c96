"""Evidence that means harm: never a 5xx, never half a write, nothing active served (reliability.md F2, F3, F4).

HOSTILE_FILES=5000 for the whole proof; it prints its figures.
"""

import hashlib
import os
import resource
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from scoring.filing import keeping, verifying
from scoring.filing.evidence import attach_evidence
from scoring.filing.filetypes import ACCEPTED
from scoring.filing.library import withdraw_evidence
from scoring.filing.previews import Width, page_of_evidence
from scoring.models import Evidence, Upload
from tests.scoring.filing.hostile import KINDS, SCRIPT, Hostile, hostile_files
from tests.scoring.filing.papers import pdf

pytestmark = pytest.mark.django_db
COUNT = int(os.environ.get("HOSTILE_FILES", "54"))
MEGABYTES, SECONDS = 300, 30
WEBP = b"RIFF"


def send_whole(client, year, file: Hostile) -> int:
    url = reverse("evidence_attach", args=[year.answer("B.1").pk])
    return client.post(url, {"file": SimpleUploadedFile(file.name, file.data), "title": ""}).status_code


def send_in_pieces(client, year, file: Hostile) -> int:
    about = {"name": file.name, "size": len(file.data), "sha256": hashlib.sha256(file.data).hexdigest()}
    begun = client.post(reverse("upload_begin", args=[year.assessment().pk]), about)
    if begun.status_code != 200:
        return begun.status_code
    state = begun.json()
    while state["received"] < state["size"]:
        piece = file.data[state["received"] : state["received"] + state["piece"]]
        address = f"{state['url']}?offset={state['received']}"
        state = client.put(address, piece, content_type="application/octet-stream").json()
    return client.post(state["finish"], {"lines": [year.answer("B.1").pk]}).status_code


def require_disarmed(client, evidence: Evidence) -> None:
    """The original leaves as an attachment with every header; what is inline is a picture that we drew."""
    whole = client.get(reverse("evidence_file", args=[evidence.pk]))
    assert whole.status_code == 200
    assert hashlib.sha256(b"".join(whole.streaming_content)).hexdigest() == evidence.sha256
    assert whole["Content-Disposition"].startswith("attachment; ")
    assert "\n" not in whole["Content-Disposition"]
    page = client.get(reverse("evidence_page", args=[evidence.pk, 1]))
    assert page.status_code in (200, 404)
    for response in [whole, *([page] if page.status_code == 200 else [])]:
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["Cache-Control"] == "private, no-store"
    if page.status_code == 200:
        assert (page["Content-Type"], page.content[:4]) == ("image/webp", WEBP)
        assert b"script" not in page.content
    assert client.get(reverse("evidence_view", args=[evidence.pk])).status_code == 200


def megabytes(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


@pytest.mark.slow
def test_hostile_files_do_no_harm(year, as_user, settings):
    taken, refused, slowest = Counter(), Counter(), 0.0
    before, others = megabytes(resource.RUSAGE_SELF), megabytes(resource.RUSAGE_CHILDREN)
    client = as_user(year.officer())
    client.raise_request_exception = True
    with year.filing():
        for at, file in enumerate(hostile_files(COUNT)):
            begun, known = time.perf_counter(), Evidence.objects.count()
            status = (send_in_pieces if at % 2 else send_whole)(client, year, file)
            grown = Evidence.objects.count() - known
            assert status in (200, 302, 400, 413, 415, 422), (file.kind, file.name, status)
            assert grown <= (status in (200, 302)), (file.kind, file.name, status)
            (taken if status in (200, 302) else refused)[file.kind] += 1
            if grown:
                evidence = Evidence.objects.latest("pk")
                assert evidence.media_type in {media_type for media_type, _member in ACCEPTED.values()}
                require_disarmed(client, evidence)
                withdraw_evidence(evidence=evidence, actor=year.officer())  # or the line is full after twenty
            slowest = max(slowest, time.perf_counter() - begun)

    assert list(verifying.faults()) == []
    assert stored(settings) == Evidence.objects.filter(copied_from__isnull=True).count()
    assert not Upload.objects.filter(received__gt=0, evidence__isnull=True).exists() or leftovers_are_known(settings)
    child, own = megabytes(resource.RUSAGE_CHILDREN), megabytes(resource.RUSAGE_SELF)
    print(
        f"\n{COUNT} files: taken {sum(taken.values())}, refused {sum(refused.values())}; slowest {slowest:.2f} s; "
        f"child {child} MB, own {own} MB (+{own - before}); taken by kind {dict(taken)}"
    )
    assert slowest <= SECONDS
    # The process remembers the largest child it ever had: in the suite that may be LibreOffice or a browser, and a child
    # is as large as its parent before it becomes another program.
    assert child <= max(MEGABYTES, others, own)
    assert own - before <= MEGABYTES  # the suite itself weighs what it weighs


def stored(settings) -> int:
    return sum(path.is_file() for path in (Path(settings.MEDIA_ROOT) / "evidence").rglob("*"))


def leftovers_are_known(settings) -> bool:
    """Bytes that wait for their end all belong to an upload, which the sweeper forgets."""
    folder = Path(settings.MEDIA_ROOT) / "uploads"
    return {path.name for path in folder.iterdir()} <= set(Upload.objects.values_list("token", flat=True))


def test_every_kind_is_among_the_few():
    assert {one.kind for one in hostile_files(len(KINDS))} == set(KINDS)
    assert [one.data for one in hostile_files(36)] == [one.data for one in hostile_files(36)]


@pytest.mark.parametrize("size", [0, 1])
def test_nothing_and_one_byte_are_refused_with_a_sentence(year, as_user, size):
    with year.filing():
        response = as_user(year.officer()).post(
            reverse("evidence_attach", args=[year.answer("B.1").pk]), {"file": SimpleUploadedFile("a.pdf", b"%" * size)}
        )
    assert response.status_code in (415, 422)
    assert "a.pdf: " in response.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(("over", "status"), [(0, 302), (1, 413)])
def test_the_limit_itself_is_taken_and_one_byte_more_is_not(year, as_user, settings, over, status):
    data = b"%PDF-1.4\n" + bytes(keeping.MAX_BYTES - 9 + over)
    with year.filing():
        got = send_whole(as_user(year.officer()), year, Hostile("limit", "a.pdf", data))
    assert got == status
    assert stored(settings) == (status == 302)


@pytest.mark.parametrize("length", ["0", "5", "-1", "x", ""])
def test_a_lying_length_writes_nothing_half(year, as_user, settings, length):
    body = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF-1.4\n%%EOF\r\n--edge--\r\n"
    )
    with year.filing():
        response = as_user(year.officer()).generic(
            "POST",
            reverse("evidence_attach", args=[year.answer("B.1").pk]),
            body,
            content_type="multipart/form-data; boundary=edge",
            CONTENT_LENGTH=length,
        )
    assert response.status_code in (302, 400, 413, 422)
    assert stored(settings) == Evidence.objects.count()


def test_a_script_in_a_drawn_page_is_only_paint(year):
    """A PDF that is HTML as well: its page is drawn, and the picture holds none of the text's bytes."""

    data = pdf() + SCRIPT
    with year.filing():
        file = attach_evidence(
            answers=[year.answer("B.1")], upload=SimpleUploadedFile("a.pdf", data), title="", actor=year.officer()
        )
    drawn = page_of_evidence(file, 1, Width.PAGE)
    assert drawn.why is None
    assert b"script" not in drawn.picture
