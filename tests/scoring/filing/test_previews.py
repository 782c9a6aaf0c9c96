"""Pages as pictures: drawn in a child with limits, kept by hash, served inline; the original never is (T17, T18)."""

import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image

from core import clock
from scoring.enums import ScanState
from scoring.filing import drawing, previews
from scoring.filing.evidence import attach_evidence
from scoring.filing.library import withdraw_evidence
from scoring.filing.previews import Undrawn, Width, forget_previews, page_of_evidence
from scoring.models import Evidence
from tests.scoring.filing.conftest import docx, upload
from tests.scoring.filing.papers import pdf, picture, script_pdf

pytestmark = pytest.mark.django_db
TWO_PAGES = pdf(b"1 0 0 rg 0 0 595 842 re f", b"0 1 0 rg 0 0 595 842 re f")


def attach(year, data: bytes = TWO_PAGES, name: str = "bao-cao.pdf"):
    with year.filing():
        return attach_evidence(answers=[year.answer("B.1")], upload=upload(name, data), title="", actor=year.officer())


def drawn(year, data: bytes, name: str = "a.pdf", number: int = 1, width: Width = Width.PAGE):
    return page_of_evidence(attach(year, data, name), number, width)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(("number", "channel"), [(1, 0), (2, 1)])
def test_each_page_is_drawn_with_what_stands_on_it(year, number, channel):
    one = drawn(year, TWO_PAGES, number=number)
    image = opened(one.picture)

    assert (one.pages, one.why, image.format, image.width) == (2, None, "WEBP", 1000)
    pixel = image.convert("RGB").getpixel((500, 500))
    assert pixel[channel] > 200
    assert sum(pixel) < 320


def test_large_is_wider_and_no_page_grows_without_end(year):
    assert opened(drawn(year, TWO_PAGES, width=Width.LARGE).picture).width == 2000
    tall = opened(drawn(year, pdf(size="10 14000")).picture)
    assert tall.width * tall.height <= drawing.MAX_DRAWN * 1.01


def test_a_page_that_is_not_there_is_said_so(year):
    file = attach(year)
    assert page_of_evidence(file, 3, Width.PAGE).why == Undrawn.PAGE
    assert page_of_evidence(file, 1, Width.PAGE).pages == 2
    assert page_of_evidence(file, 3, Width.PAGE).why == Undrawn.PAGE  # also from what is kept


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", picture(mode="RGBA")),
        ("a.png", picture(mode="P")),
        ("a.png", picture(mode="L")),
        ("a.png", picture(mode="1")),
        ("a.jpg", picture(kind="JPEG", mode="CMYK")),
        ("a.jpg", picture((3000, 2000), "JPEG")),
    ],
)
def test_pictures_are_drawn_again(year, name, data):
    image = opened(drawn(year, data, name).picture)
    assert (image.format, image.mode) == ("WEBP", "RGB")
    assert image.width <= 1000


def test_nothing_that_a_picture_carried_besides_comes_along(year):
    exif = Image.Exif()
    exif[0x010E] = "<script>alert(1)</script> GPS 21.3256N"
    exif[0x0112] = 6  # lies on its side
    one = drawn(year, picture((400, 200), "JPEG", exif=exif.tobytes(), comment=b"<script>"), "a.jpg")

    image = opened(one.picture)
    assert b"script" not in one.picture
    assert b"GPS" not in one.picture
    assert (dict(image.getexif()), image.size) == ({}, (200, 400))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.docx", docx(), Undrawn.OFFICE),
        ("a.pdf", script_pdf(), Undrawn.ACTIVE),
        ("a.pdf", b"%PDF-1.4\ntrailer << /Encrypt 5 0 R >>\n%%EOF", Undrawn.ENCRYPTED),
        ("a.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 20, Undrawn.BROKEN),
        ("a.pdf", TWO_PAGES[:200], Undrawn.BROKEN),
        ("a.jpg", picture((500, 500), "JPEG")[:700], Undrawn.BROKEN),
    ],
)
def test_what_is_not_drawn_says_why(year, name, data, why):
    one = drawn(year, data, name)
    assert (one.picture, one.why) == (b"", why)


def test_a_script_that_hides_from_the_plain_bytes_is_found_by_the_child(year):
    """The name is written with an escape in an object that the mark does not read as text."""
    names = b"<< /Names [(x) 6 0 R] >>"
    hidden = b"<< /S /J#61vaScript /JS (app.alert\\(1\\)) >>"
    file = attach(year, pdf(catalog=b"/Names << /JavaScript 5 0 R >>", extra=(names, hidden)))
    Evidence.objects.filter(pk=file.pk).update(mark="")
    file.refresh_from_db()
    assert page_of_evidence(file, 1, Width.PAGE).why == Undrawn.ACTIVE


@pytest.mark.parametrize("scan", [ScanState.WAITING, ScanState.INFECTED])
def test_a_file_that_is_held_back_is_neither_drawn_nor_handed_out(year, as_user, scan):
    file = attach(year)
    page_of_evidence(file, 1, Width.PAGE)  # drawn before; what is kept does not leak either
    Evidence.objects.update(scan=scan)
    client = as_user(year.officer())
    with year.filing():
        assert client.get(reverse("evidence_file", args=[file.pk])).status_code == 403
        assert client.get(reverse("evidence_page", args=[file.pk, 1])).status_code == 404
        page = client.get(reverse("evidence_view", args=[file.pk]))
    assert page.status_code == 200
    assert reverse("evidence_page", args=[file.pk, 1]) not in page.content.decode()


def test_a_page_is_drawn_once_and_kept_by_the_hash(year, monkeypatch):
    file = attach(year)
    first = page_of_evidence(file, 1, Width.PAGE)
    monkeypatch.setattr(previews, "_drawn_by_child", None)

    assert page_of_evidence(file, 1, Width.PAGE) == first


def test_what_cannot_be_drawn_is_tried_once(year, monkeypatch):
    file = attach(year, TWO_PAGES[:200])
    assert page_of_evidence(file, 1, Width.PAGE).why == Undrawn.BROKEN
    monkeypatch.setattr(previews, "_drawn_by_child", None)

    assert page_of_evidence(file, 1, Width.PAGE).why == Undrawn.BROKEN


def test_kept_pictures_go_when_nobody_looks_any_more(year, settings):
    page_of_evidence(attach(year), 1, Width.PAGE)
    assert forget_previews() == 0
    with clock.set_to(clock.now() + previews.KEPT + timedelta(days=1)):
        assert forget_previews() == 1
    assert [path for path in (Path(settings.MEDIA_ROOT) / "previews").rglob("*") if path.is_file()] == []


# --- the child -----------------------------------------------------------------------------------------------------
def child(code: str) -> subprocess.CompletedProcess:
    """Python inside the child's limits."""
    load = f"s = importlib.util.spec_from_file_location('drawing', {drawing.__file__!r})"
    made = "drawing = importlib.util.module_from_spec(s); s.loader.exec_module(drawing); drawing.limit_itself()"
    program = f"import importlib.util\n{load}\n{made}\n{code}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=False)


def test_the_child_is_ended_where_it_eats_memory():
    assert b"MemoryError" in child("bytearray(drawing.MEMORY)").stderr
    assert child("bytearray(drawing.MEMORY // 4)").returncode == 0


def test_the_child_writes_no_file(tmp_path):
    result = child(f"open({str(tmp_path / 'x')!r}, 'wb', 0).write(b'x')")
    assert result.returncode != 0
    assert b"File too large" in result.stderr


@pytest.mark.slow
def test_the_child_is_ended_where_it_takes_too_long(year, monkeypatch):
    monkeypatch.setattr(previews, "PATIENCE", 0.001)
    assert drawn(year, TWO_PAGES).why == Undrawn.BROKEN


def test_the_child_gets_nothing_of_our_environment(year, monkeypatch, tmp_path):
    program = tmp_path / "spy.py"
    program.write_text("import json, os; print(json.dumps({'refused': 'broken', 'environment': list(os.environ)}))")
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setattr(drawing, "__file__", str(program))
    told, _picture = previews._drawn_by_child(program, "application/pdf", 1, Width.PAGE)
    assert {"SECRET_KEY", "PATH", "HOME"} & set(told["environment"]) == set()


def test_the_program_says_in_one_line_what_it_did(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(TWO_PAGES)
    command = [sys.executable, "-I", drawing.__file__, str(path), "application/pdf", "2", "300"]
    head, _line, picture_bytes = subprocess.run(command, capture_output=True, check=True).stdout.partition(b"\n")
    assert json.loads(head) == {"pages": 2}
    assert opened(picture_bytes).width == 300


# --- over HTTP -----------------------------------------------------------------------------------------------------
def test_only_the_drawn_picture_is_inline_and_disarmed(year, as_user):
    file = attach(year)
    with year.filing():
        response = as_user(year.officer()).get(reverse("evidence_page", args=[file.pk, 2]), {"width": "large"})

    headers = response.headers
    assert opened(response.content).width == 2000
    assert headers["Content-Type"] == "image/webp"
    assert headers["Content-Disposition"] == 'inline; filename="trang-2.webp"'
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
def test_the_right_is_asked_for_each_page(year, as_user, person, status):
    file = attach(year)
    page_of_evidence(file, 1, Width.PAGE)
    with year.filing():
        client = as_user(year.people[person])
        assert client.get(reverse("evidence_page", args=[file.pk, 1])).status_code == status
        assert client.get(reverse("evidence_view", args=[file.pk])).status_code == status


def test_a_removed_file_is_out_of_sight_at_once(year, as_user):
    file, client = attach(year), as_user(year.officer())
    url = reverse("evidence_page", args=[file.pk, 1])
    with year.filing():
        assert client.get(url).status_code == 200
        withdraw_evidence(evidence=file, actor=year.officer())
        assert client.get(url).status_code == 404


def test_the_viewer_leads_through_the_pages_and_back_to_the_lines(year, as_user):
    file, client = attach(year), as_user(year.officer())
    with year.filing():
        first = client.get(reverse("evidence_view", args=[file.pk])).content.decode()
        second = client.get(reverse("evidence_view", args=[file.pk]), {"page": "2"}).content.decode()
        codes = [client.get(reverse("evidence_view", args=[file.pk]), {"page": one}).status_code for one in ("3", "x")]

    assert 'rel="next" href="?page=2"' in first
    assert 'rel="prev" href="?page=1"' in second
    assert f"#line-{year.answer('B.1').pk}" in first
    assert codes == [404, 400]


def test_an_appraiser_is_led_back_to_the_own_desk(year, as_user):
    file = attach(year)
    year.hand_in()
    with year.filing():
        page = as_user(year.people["appraiser"]).get(reverse("evidence_view", args=[file.pk])).content.decode()
    assert reverse("appraisal_line", args=[year.answer("B.1").pk]) in page
    assert reverse("evidence_lines", args=[file.pk]) not in page


def test_a_lost_file_is_said_so(year, as_user, settings):
    file = attach(year)
    (Path(settings.MEDIA_ROOT) / file.stored_as).unlink()
    with year.filing():
        response = as_user(year.officer()).get(reverse("evidence_view", args=[file.pk]))
    assert response.status_code == 404
