"""An official paper: PDF and Word say the same, and what is typed never becomes markup."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from core.official.paper import Appendix, Block, Column, Paper, Row, Table, as_file, as_pdf
from core.official.word import as_word
from tests.papers import cells_of, code_on, pages_of, squeezed, text_of, word_of

MADE = datetime(2026, 11, 20, 8, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE = Table(
    (Column("Mã", mm=20), Column("Tiêu chí"), Column("Điểm", mm=20, align="right")),
    [
        Row(("", "Nhận thức số", "10,00"), is_section=True),
        Row(("A.1", "Nghị quyết", "2,00")),
        Row(("", "Tổng", "2,00"), is_bold=True),
    ],
)


def paper(**changes) -> Paper:
    given = {
        "title": "Báo cáo thử",
        "office_lines": ("ỦY BAN NHÂN DÂN", "XÃ NGỌC CHIẾN"),
        "place_and_date": "Ngọc Chiến, ngày      tháng      năm 2026",
        "number": "Số:          /BC-UBND",
        "name": "BÁO CÁO",
        "subject": "Tự đánh giá",
        "blocks": [Block(heading="I. KẾT QUẢ", text="Như sau:"), Block(table=TABLE), Block(facts=[("Đơn vị", "Xã")])],
        "sent_to": ("- Lưu: VT.",),
        "signer_lines": ("CHỦ TỊCH",),
        "signer_name": "Đinh Quang Tuấn",
        "appendix": Appendix("BẢNG CHI TIẾT", "(Kèm theo)", TABLE),
        "foot": "Mã biên nhận TN26",
        "made_at": MADE,
    }
    return Paper(**given | changes)


def test_both_files_say_the_same():
    pdf_text, word = squeezed(text_of(as_pdf(paper()))), as_word(paper())
    document = word_of(word)
    said = [one.text for one in document.paragraphs] + [
        cell for table in range(4) for row in cells_of(word, table) for cell in row
    ]

    assert len(document.tables) == 5  # head, table, facts, signature, appendix
    for text in filter(None, said):
        assert squeezed(text) in pdf_text
    for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "XÃ NGỌC CHIẾN", "Đinh Quang Tuấn", "PHỤ LỤC", "BẢNG CHI TIẾT"):
        assert squeezed(text) in pdf_text
        assert any(text in one for one in said + [cell for row in cells_of(word) for cell in row])


@pytest.mark.parametrize(
    "text", ['#panic("x")', "$x$ *b* _i_ `c`", '"; #import "a.typ"', "<w:r/>&amp;", "= T", "a\x0bb"]
)
def test_what_is_typed_is_never_markup(text):
    table = Table(TABLE.columns, [Row((text, text, text))])
    one = paper(appendix=Appendix(text, text, table), signer_name=text, blocks=[Block(text=text)])
    kept = text.replace("\x0b", "")

    assert squeezed(kept) in squeezed(text_of(as_pdf(one)).replace("\x0b", ""))
    assert cells_of(as_word(one))[1] == [kept] * 3


def test_pages_count_from_the_second_and_again_in_the_appendix():
    rows = [Row((f"A.{n}", "Tiêu chí " * 20, "1,00")) for n in range(60)]
    pages = pages_of(as_pdf(paper(appendix=Appendix("BẢNG", "x", Table(TABLE.columns, rows)))))

    assert "PHỤ LỤC" in pages[1]
    assert not pages[0].startswith("1 ")
    assert not pages[1].startswith(("1 ", "2 "))
    assert pages[2].startswith("2 ")
    assert all("Tiêu chí Điểm" in page for page in pages[1:-1])  # the head row stands on every page
    assert all("TN26" in page for page in pages)


def test_a_draft_says_so_on_every_page_and_a_final_one_nowhere():
    draft, final = paper(notice="BẢN NHÁP"), paper()

    assert all("BẢN NHÁP" in page for page in pages_of(as_pdf(draft)))
    assert "NHÁP" not in text_of(as_pdf(final))
    for one, wanted in ((draft, True), (final, False)):
        with zipfile.ZipFile(io.BytesIO(as_word(one))) as archive:
            headers = [archive.read(name).decode() for name in archive.namelist() if "/header" in name]
        assert [("BẢN NHÁP" in header) for header in headers] == [wanted] * len(headers)
        assert len(headers) == 4


def test_the_word_file_repeats_head_rows_and_lies_where_the_table_is_wide():
    document = word_of(as_word(paper()))
    upright, lying = document.sections

    assert (upright.page_width < upright.page_height, lying.page_width > lying.page_height) == (True, True)
    head, *others = document.tables[-1]._tbl.tr_lst
    assert head.trPr.find(f"{W}tblHeader") is not None
    assert all(row.trPr.find(f"{W}tblHeader") is None for row in others)
    assert all(row.trPr.find(f"{W}cantSplit") is not None for row in [head, *others])
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.core_properties.author == ""


def test_a_very_long_explanation_runs_over_pages_and_loses_nothing():
    words = [f"từ{n}" for n in range(900)]
    one = paper(appendix=Appendix("B", "x", Table(TABLE.columns, [Row(("A.1", " ".join(words), "1"))])))
    text = text_of(as_pdf(one)).split()

    assert set(words) <= set(text)


def test_the_code_leads_where_it_says():
    assert code_on(as_pdf(paper(qr="https://so.example/receipts/TN26-2222-2222/", qr_note="Quét"))).endswith(
        "TN26-2222-2222/"
    )


def test_the_same_paper_gives_the_same_pdf():
    assert as_pdf(paper()) == as_file(paper(), "pdf")
