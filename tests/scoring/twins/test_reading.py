"""Text of real files by the child, heads of documents, and what a hostile file costs."""

import io
import subprocess
import sys
from datetime import date

import pytest
from openpyxl import Workbook

from accounts.models import Unit, UnitGroup
from scoring.enums import TextState
from scoring.models import Evidence
from scoring.twins import reading, texts
from scoring.twins.issuers import Head, Issuers, head_of
from scoring.twins.likeness import LEAST_UNITS, Text, alike
from tests.scoring.filing.hostile import hostile_files
from tests.scoring.filing.papers import pdf
from tests.scoring.twins.corpus import Corpus, Document, text_of
from tests.scoring.twins.files import file_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"pdf": "application/pdf", "docx": WORD}


@pytest.fixture(scope="module")
def document() -> Document:
    return Corpus(["Xã Ngọc Chiến"]).own(0, 2, "one")


def stored(settings, tmp_path, data: bytes, media_type: str) -> Evidence:
    """A file in the store whose row nobody saved."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "x").write_bytes(data)
    return Evidence(stored_as="x", sha256="0" * 64, media_type=media_type)


def runs(signature: bytes) -> set[bytes]:
    return {signature[at : at + 4] for at in range(0, len(signature), 4)}


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_document_is_read_as_it_was_written(document, settings, tmp_path, form):
    _name, data = file_of(Document(**vars(document) | {"form": form}))

    text = texts.read(stored(settings, tmp_path, data, TYPES[form]))

    wanted, found = runs(reading.signature_of(reading.words_of(text_of(document)))), runs(text.signature)
    assert text.state == TextState.READ
    assert len(wanted & found) > 0.9 * len(wanted)
    assert head_of(text.head) == Head("ubnd xa ngoc chien", document.dated_on)


@pytest.mark.django_db
def test_a_workbook_is_read_cell_by_cell(settings, tmp_path):
    book, out = Workbook(), io.BytesIO()
    for at in range(30):
        book.active.append([f"Bản số {at}", at, "đã cấp tài khoản"])
    book.save(out)

    assert texts.read(stored(settings, tmp_path, out.getvalue(), SHEET)).words == 30 * 8


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "media_type", "state"),
    [
        (pdf(), "application/pdf", TextState.EMPTY),
        (b"\x89PNG", "image/png", TextState.EMPTY),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20, "application/pdf", TextState.CLOSED),
        (b"PK\x03\x04", WORD, TextState.CLOSED),
        (b"PK\x03\x04", SHEET, TextState.CLOSED),
    ],
)
def test_what_has_no_text_is_remembered_as_such(settings, tmp_path, data, media_type, state):
    assert texts.read(stored(settings, tmp_path, data, media_type)).state == state


@pytest.mark.django_db
def test_the_child_is_ended_where_it_takes_too_long(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "PATIENCE", 0.001)

    assert texts.read(stored(settings, tmp_path, pdf(), "application/pdf")).state == TextState.CLOSED


@pytest.mark.slow
def test_hostile_files_are_answered_in_one_line(tmp_path):
    for at, one in enumerate(hostile_files(36)):
        (tmp_path / "x").write_bytes(one.data)
        command = [sys.executable, "-I", reading.__file__, str(tmp_path / "x"), [*TYPES.values(), SHEET][at % 3]]
        done = subprocess.run(command, capture_output=True, env={}, timeout=30, check=False)
        assert done.stdout.startswith(b"{") or done.returncode, one.kind


# --- heads ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("ỦY BAN NHÂN DÂN XÃ MƯỜNG BÚ Số: 12/KH-UBND CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Mường Bú, ngày 05 tháng 3 năm 2026",
         Head("ubnd xa muong bu", date(2026, 3, 5))),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Sơn La, ngày 1 tháng 2 năm 2025 UBND TỈNH SƠN LA "
         "Số: 118/QĐ-UBND", Head("son la ubnd tinh son la", date(2025, 2, 1))),
        ("UBND XÃ Số: 7/BC-UBND Căn cứ Quyết định ngày 9 tháng 9 năm 2024", Head("ubnd xa", None)),
        ("Danh sách hộ dân đã cài đặt ứng dụng", Head()),
        ("UBND XÃ Số: 7/BC-UBND La, ngày 31 tháng 2 năm 2026", Head("ubnd xa", None)),
    ],
)  # fmt: skip
def test_the_head_says_who_and_when(text, head):
    assert head_of(text) == head


def test_common_is_what_comes_from_above_or_from_another_list():
    communes, agencies = UnitGroup(pk=1), UnitGroup(pk=2)
    mine = Unit(pk=1, name="Xã Mường Bú", short_name="Mường Bú", group=communes)
    other = Unit(pk=2, name="Xã Mường La", short_name="Mường La", group=communes)
    agency = Unit(pk=3, name="Sở Nội vụ", short_name="Sở Nội vụ", group=agencies)
    issuers = Issuers([mine, other, agency])

    def common(issuer: str) -> bool:
        return issuers.is_common(issuer, mine, communes.pk)

    assert [common(one) for one in ("ubnd tinh son la", "so noi vu", "bo khoa hoc va cong nghe")] == [True] * 3
    assert [common(one) for one in ("ubnd xa muong bu", "ubnd xa muong la", "ubnd xa", "")] == [False] * 4


# --- likeness ------------------------------------------------------------------------------------------------------
def test_what_many_units_write_counts_for_nobody():
    def text(at: int, words: str) -> Text:
        return Text(f"{at}", frozenset([at]), reading.signature_of(words.split()))

    form = " ".join(f"mẫu{word}" for word in range(80))
    own = " ".join(f"riêng{word}" for word in range(80))
    everybodys = [text(at, f"{form} xã{at}") for at in range(LEAST_UNITS + 1)]

    assert alike(everybodys) == []
    assert [(one.first, one.second, one.percent) for one in alike(everybodys[:2])] == [("0", "1", 98)]
    copied = [text(8, f"{form} {own}"), text(9, f"{form} {own}")]
    assert [(one.first, one.second) for one in alike([*everybodys, *copied])] == [("8", "9")]
