"""The .xlsx container: a zip of XML parts, each sheet written row by row, the same bytes for the same content."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .cells import Cell, cell_xml, escaped, letters
from .styles import styles_xml

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# A sheet's XML is handed to the compressor in pieces of about this size.
_PIECE = 2**16


@dataclass(frozen=True)
class Row:
    """Cells from column A on; None is an empty one. `height` in points."""

    number: int
    cells: Sequence[Cell | None]
    height: int = 0


@dataclass(frozen=True)
class Sheet:
    """`frozen` rows and columns stay in view, `heads` (first, last row) are printed on every page. `choices` are
    (range, allowed texts) of a list to pick from; `alarm` is (range, text): cells with that text turn red."""

    name: str
    rows: Iterable[Row]
    widths: Sequence[int]
    frozen: tuple[int, int] = (0, 0)
    heads: tuple[int, int] | None = None
    fits_width: bool = True
    choices: Sequence[tuple[str, Sequence[str]]] = ()
    alarm: tuple[str, str] | None = None


def workbook_bytes(sheets: Sequence[Sheet], places: int) -> bytes:
    """The whole file. Rows are taken one at a time; only the compressed bytes are kept."""
    stream = io.BytesIO()
    styles, style_of = styles_xml(places)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in _frame(sheets, styles):
            _write(archive, name, [xml])
        for position, sheet in enumerate(sheets, 1):
            _write(archive, f"xl/worksheets/sheet{position}.xml", _sheet_xml(sheet, style_of, position == 1))
    return stream.getvalue()


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    with archive.open(info, "w", force_zip64=True) as part:
        waiting, size = [_DECLARATION], 0
        for piece in pieces:
            waiting.append(piece)
            size += len(piece)
            if size >= _PIECE:
                part.write("".join(waiting).encode("utf-8"))
                waiting, size = [], 0
        part.write("".join(waiting).encode("utf-8"))


def _frame(sheets: Sequence[Sheet], styles: str) -> Iterator[tuple[str, str]]:
    """Every part but the sheets."""
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for number in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{overrides}</Types>',
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    parts = [*(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers), ("styles", "styles.xml")]
    yield "xl/_rels/workbook.xml.rels", _relations(parts)
    yield "xl/workbook.xml", _workbook_xml(sheets)
    yield "xl/styles.xml", styles


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _workbook_xml(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name="{escaped(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    heads = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
        f"'{escaped(sheet.name)}'!$A:$A,'{escaped(sheet.name)}'!${sheet.heads[0]}:${sheet.heads[1]}</definedName>"
        for place, sheet in enumerate(sheets)
        if sheet.heads
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets>'
        f'<definedNames>{heads}</definedNames><calcPr calcId="0" fullCalcOnLoad="1"/></workbook>'
    )


def _sheet_xml(sheet: Sheet, style_of: dict[str, int], is_first: bool) -> Iterator[str]:
    fits = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if sheet.fits_width else ""
    selected = ' tabSelected="1"' if is_first else ""
    yield f'<worksheet xmlns="{_MAIN}">{fits}<sheetViews><sheetView workbookViewId="0"{selected}>'
    yield f"{_pane(*sheet.frozen)}</sheetView></sheetViews><cols>"
    for column, width in enumerate(sheet.widths, 1):
        yield f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    names = [letters(column) for column in range(1, len(sheet.widths) + 1)]
    for row in sheet.rows:
        height = f' ht="{row.height}" customHeight="1"' if row.height else ""
        yield f'<row r="{row.number}"{height}>'
        for name, cell in zip(names, row.cells, strict=False):
            if cell is not None:
                yield cell_xml(cell, name, row.number, style_of[cell.style])
        yield "</row>"
    yield f"</sheetData>{_alarm(sheet.alarm)}{_choices(sheet.choices)}"
    yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    pages = ' fitToHeight="0"' if sheet.fits_width else ""
    yield f'<pageSetup paperSize="9" orientation="landscape"{pages}/>'
    yield "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"


def _pane(rows: int, columns: int) -> str:
    if not rows and not columns:
        return ""
    splits = (f' xSplit="{columns}"' if columns else "") + (f' ySplit="{rows}"' if rows else "")
    pane = "bottomRight" if rows and columns else "bottomLeft" if rows else "topRight"
    return f'<pane{splits} topLeftCell="{letters(columns + 1)}{rows + 1}" activePane="{pane}" state="frozen"/>'


def _alarm(alarm: tuple[str, str] | None) -> str:
    if alarm is None:
        return ""
    cells, text = alarm
    return (
        f'<conditionalFormatting sqref="{cells}"><cfRule type="cellIs" dxfId="0" priority="1" operator="equal">'
        f"<formula>&quot;{escaped(text)}&quot;</formula></cfRule></conditionalFormatting>"
    )


def _choices(choices: Sequence[tuple[str, Sequence[str]]]) -> str:
    if not choices:
        return ""
    rows = "".join(
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{cells}">'
        f"<formula1>{escaped(chr(34) + ','.join(allowed) + chr(34))}</formula1></dataValidation>"
        for cells, allowed in choices
    )
    return f'<dataValidations count="{len(choices)}">{rows}</dataValidations>'
