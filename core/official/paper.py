"""An official paper as data: what its PDF and its Word file both say."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from core import pdf

SAMPLE_NOTE = "Dữ liệu minh họa, không có giá trị pháp lý"
NO_DAY = "ngày      tháng      năm"
STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)


@dataclass(frozen=True)
class Column:
    """`mm` wide, or without it by its share of what is left; `align` is left, center or right."""

    head: str
    mm: int = 0
    share: float = 1
    align: str = "left"


@dataclass(frozen=True)
class Row:
    """`is_section`: a heading within the table, kept together with what follows; `is_bold`: a sum."""

    cells: Sequence[str]
    is_bold: bool = False
    is_section: bool = False


@dataclass(frozen=True)
class Table:
    columns: Sequence[Column]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Block:
    """A part of the text, of one kind: `heading`, `text`, `facts` (label and value), or `table`."""

    heading: str = ""
    text: str = ""
    facts: Sequence[tuple[str, str]] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Appendix:
    """A wide table on pages of its own, lying: title, what it belongs to, and its pages count from 1 again."""

    title: str
    note: str
    table: Table


@dataclass(frozen=True)
class Paper:
    """By Nghị định 30/2020/NĐ-CP. Empty parts are left out; `notice` (a draft says so) stands across every page.

    `foot` is in small type at the bottom of every page: what proves the paper. `code` is what `qr` leads to.
    """

    title: str
    office_lines: Sequence[str]
    place_and_date: str
    name: str
    subject: str
    superior_lines: Sequence[str] = ()
    state_lines: Sequence[str] = STATE
    number: str = ""
    addressed_to: str = ""
    bases: Sequence[str] = ()
    blocks: Sequence[Block] = ()
    sent_to: Sequence[str] = ()
    signer_lines: Sequence[str] = ()
    signer_name: str = ""
    appendix: Appendix | None = None
    notice: str = ""
    sample_note: str = ""
    foot: str = ""
    qr: str = ""
    qr_note: str = ""
    made_at: datetime | None = field(default=None, compare=False)


def as_pdf(paper: Paper) -> bytes:
    return pdf.render("paper", _data(paper), made_at=paper.made_at)


def as_file(paper: Paper, kind: str) -> bytes:
    """`kind` is pdf or docx."""
    if kind == "pdf":
        return as_pdf(paper)
    from core.official.word import as_word  # noqa: PLC0415 - Word files are asked for seldom, their library is large

    return as_word(paper)


def _data(paper: Paper) -> dict[str, Any]:
    """Without the moment, which goes into the file itself; the address as the squares of its code."""
    data = {name: value for name, value in asdict(paper).items() if name != "made_at"}
    return data | {"qr": pdf.qr_rows(paper.qr) if paper.qr else []}
