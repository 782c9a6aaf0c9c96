"""An official paper as a Word file: the same text as the PDF, for an office that goes on writing in it."""

import io
import re
from datetime import UTC

from django.conf import settings
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from core.official.paper import Block, Paper, Table

FACE = "Times New Roman"
WATERMARK = settings.ROOT / "data" / "word" / "watermark.xml"
CENTER, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
_ALIGN = {"left": LEFT, "center": CENTER, "right": RIGHT}
PORTRAIT_MM, LANDSCAPE_MM = 165, 262
# What XML cannot hold at all.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_word(paper: Paper) -> bytes:
    document = Document()
    _prepare(document, paper)
    _head(document, paper)
    for base in paper.bases:
        _text(document, base, italic=True)
    for block in paper.blocks:
        _block(document, block)
    if paper.signer_lines and paper.blocks:  # the signature never stands on a page without text
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    if paper.qr_note:
        _text(document, paper.qr_note, size=12, indent=False)
    if paper.signer_lines:
        _signature(document, paper)
    if paper.appendix:
        _appendix(document, paper)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


# --- pages ---------------------------------------------------------------------------------------------------------
def _prepare(document: WordDocument, paper: Paper) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN"/>'))
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = paper.title, "", "", "vi-VN"
    about.created = about.modified = paper.made_at.astimezone(UTC).replace(tzinfo=None)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    _frame(section, paper)


def _frame(section: Section, paper: Paper) -> None:
    """Page number top centre from page 2, the notice on every page, what proves the paper at the bottom."""
    section.different_first_page_header_footer = True
    section.header_distance = section.footer_distance = Mm(9)
    for header, has_number in ((section.first_page_header, False), (section.header, True)):
        header.is_linked_to_previous = False
        line = header.paragraphs[0]
        if paper.notice:
            _run(line, paper.notice, size=11, bold=True)
            line._p.append(_watermark(paper.notice))
            line = header.add_paragraph()
        line.alignment = CENTER
        if has_number:
            _page_number(line)
    for footer in (section.first_page_footer, section.footer):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = CENTER
        _run(line, "\n".join(one for one in (paper.sample_note, paper.foot) if one), size=8)


def _page_number(line: Paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = _run(line, "", size=13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _watermark(text: str):
    """Word's own kind of watermark: a drawn text in the header."""
    run = parse_xml(WATERMARK.read_bytes())
    for drawn in run.iter("{urn:schemas-microsoft-com:vml}textpath"):
        if drawn.get("string"):
            drawn.set("string", text)
    return run


# --- parts ---------------------------------------------------------------------------------------------------------
def _head(document: WordDocument, paper: Paper) -> None:
    table = document.add_table(rows=2, cols=2)
    _widths(table, [70, 95])
    (office, state), (number, day) = table.rows[0].cells, table.rows[1].cells
    office_lines = [(line, False) for line in paper.superior_lines] + [(line, True) for line in paper.office_lines]
    _lines(office, [(line, 12, bold) for line, bold in office_lines])
    _rule(office, 22)
    _lines(state, [(line, 12 + at, True) for at, line in enumerate(paper.state_lines)])
    _rule(state, 14)
    _lines(number, [(paper.number, 13, False)])
    _lines(day, [(paper.place_and_date, 13, False)])
    day.paragraphs[0].runs[0].italic = True
    for line, after in ((paper.name, 0), (paper.subject, 6)):
        put = _text(document, line, bold=True, align=CENTER, indent=False)
        put.paragraph_format.space_before, put.paragraph_format.space_after = (
            Pt(10 if line == paper.name else 0),
            Pt(after),
        )
    if paper.addressed_to:
        _text(document, paper.addressed_to, align=CENTER, indent=False)


def _lines(cell, lines: list[tuple[str, int, bool]]) -> None:
    for at, (text, size, bold) in enumerate(lines):
        line = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        line.alignment = CENTER
        _run(line, text, size=size, bold=bold)


def _rule(cell, inset_mm: int) -> None:
    """The short line below a head."""
    line = cell.add_paragraph()
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(inset_mm)
    line.paragraph_format.line_spacing = Pt(4)
    line._p.get_or_add_pPr().append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>')
    )


def _block(document: WordDocument, block: Block) -> None:
    if block.heading:
        heading = _text(document, block.heading, bold=True)
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.space_before = Pt(6)
    if block.text:
        _text(document, block.text)
    if block.facts:
        table = document.add_table(rows=len(block.facts), cols=2)
        _widths(table, [62, PORTRAIT_MM - 62])
        for row, (label, value) in zip(table.rows, block.facts, strict=True):
            _run(row.cells[0].paragraphs[0], f"{label}:", size=13)
            _run(row.cells[1].paragraphs[0], value, size=13, bold=True)
    if block.table:
        _table(document, block.table, PORTRAIT_MM, size=12)


def _table(document: WordDocument, said: Table, width_mm: int, *, size: int) -> None:
    """Ruled, the head row repeated on every page, no row broken across two."""
    table = document.add_table(rows=1 + len(said.rows), cols=len(said.columns))
    table.style = "Table Grid"
    left, shares = width_mm - sum(one.mm for one in said.columns), sum(one.share for one in said.columns if not one.mm)
    _widths(table, [one.mm or left * one.share / shares for one in said.columns])
    aligns = [_ALIGN[one.align] for one in said.columns]
    rows = iter(table._tbl.tr_lst)
    _cells(next(rows), [one.head for one in said.columns], [CENTER] * len(aligns), size=size, bold=True, is_head=True)
    for row, said_row in zip(rows, said.rows, strict=True):
        bold = said_row.is_bold or said_row.is_section
        _cells(row, said_row.cells, aligns, size=size, bold=bold, keep_with_next=said_row.is_section)


def _cells(row, texts, aligns, *, size: int, bold: bool, is_head: bool = False, keep_with_next: bool = False) -> None:
    kept = row.get_or_add_trPr()
    kept.append(OxmlElement("w:cantSplit"))
    if is_head:
        kept.append(OxmlElement("w:tblHeader"))
    for cell, text, align in zip(row.tc_lst, texts, aligns, strict=True):
        line = Paragraph(cell.p_lst[0], None)
        line.alignment = align
        line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
        line.paragraph_format.keep_with_next = keep_with_next
        _run(line, text, size=size, bold=bold)


def _widths(table, widths_mm: list[float]) -> None:
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths_mm, strict=True):
        column.w = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths_mm, strict=True):
            cell.width = Mm(width)


def _signature(document: WordDocument, paper: Paper) -> None:
    _text(document, "", indent=False).paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=2)
    _widths(table, [75, 90])
    sent, signed = table.rows[0].cells
    if paper.sent_to:
        run = _run(sent.paragraphs[0], "Nơi nhận:", size=12, bold=True)
        run.italic = True
        for line in paper.sent_to:
            _run(sent.add_paragraph(), line, size=11)
    # Room for signature and seal.
    _lines(
        signed,
        [*((line, 14, True) for line in paper.signer_lines), *[("", 14, False)] * 4, (paper.signer_name, 14, True)],
    )
    table._tbl.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _appendix(document: WordDocument, paper: Paper) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(20),
        Mm(15),
        Mm(20),
        Mm(18),
    )
    _frame(section, paper)
    section._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))
    for text, italic in (("PHỤ LỤC", False), (paper.appendix.title, False), (paper.appendix.note, True)):
        line = _text(
            document, text, align=CENTER, indent=False, bold=not italic, italic=italic, size=13 if italic else 14
        )
        line.paragraph_format.space_after = Pt(6 if italic else 0)
    _table(document, paper.appendix.table, LANDSCAPE_MM, size=11)


# --- text ----------------------------------------------------------------------------------------------------------
def _text(
    document: WordDocument,
    text: str,
    *,
    align=WD_ALIGN_PARAGRAPH.JUSTIFY,
    indent: bool = True,
    bold: bool = False,
    italic: bool = False,
    size: int = 13,
) -> Paragraph:
    line = document.add_paragraph()
    line.alignment = align
    line.paragraph_format.space_after = Pt(4)
    if indent:
        line.paragraph_format.first_line_indent = Mm(10)
    _run(line, text, size=size, bold=bold).italic = italic
    return line


def _run(line: Paragraph, text: str, *, size: int, bold: bool = False):
    run = line.add_run(_NO_XML.sub("", text))
    run.font.size, run.bold = Pt(size), bold
    return run
