"""Workbooks that nobody should send, made from a good form: bytes and XML at random, structure spoilt on purpose, bombs."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping

Parts = dict[str, bytes]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEETS = re.compile(r"xl/worksheets/sheet\d+\.xml")
_JUNK = b"<>/\"'=&;rtsvcfA1Z09. \x00\xff\xc3\xa1"
_TEXTS = (
    "=1+1", "+1", "-1", "@SUM(1)", "1.234", "1.234,5", "9,5", "１２", "٣", "1_0", "1e5", "NaN", "-0", "007", "TRUE",
    "31/02/2026", "\u202e1", "\u200b", "x" * 32_767, "<img onerror=x>", "_x0041_", "Có", "có ", "KHÔNG", "",
)  # fmt: skip


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, method)
    return target.getvalue()


def hostile(form: bytes, chance: random.Random) -> tuple[str, bytes]:
    """(what was done, the file): 40 % bytes, 40 % structure, 20 % bombs."""
    drawn = chance.random()
    if drawn < 0.4:
        kind = chance.choice((_zip_bytes, _zip_bytes, _xml_bytes, _xml_bytes, _no_workbook))
    elif drawn < 0.8:
        kind = chance.choice(STRUCTURE)
    else:
        kind = chance.choice(BOMBS)
    return kind.__name__, kind(form, chance)


# --- bytes ------------------------------------------------------------------------------------------------------------
def _scratched(content: bytes, chance: random.Random, most: int) -> bytes:
    spoilt = bytearray(content)
    for _turn in range(chance.randint(1, most)):
        place = chance.randrange(len(spoilt) + 1)
        spoilt[place : place + chance.randrange(0, 5)] = bytes(chance.choices(_JUNK, k=chance.randrange(0, 4)))
    return bytes(spoilt)


def _zip_bytes(form: bytes, chance: random.Random) -> bytes:
    cut = form if chance.random() < 0.7 else form[: chance.randrange(len(form))]
    return _scratched(cut, chance, 12)


def _xml_bytes(form: bytes, chance: random.Random) -> bytes:
    parts = unpacked(form)
    for name in chance.sample(sorted(parts), chance.randint(1, 3)):
        parts[name] = _scratched(parts[name], chance, 6)
    return packed(parts)


def _no_workbook(form: bytes, chance: random.Random) -> bytes:
    parts = unpacked(form)
    parts.pop("xl/workbook.xml")
    return chance.choice([
        b"a;b\n1;2\n", b"<html><table><tr><td>1</td></tr></table></html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
        b"", b"PK\x05\x06" + bytes(18), b"%PDF-1.4", packed(parts), form[:-22], form + b"x" * 70_000, bytes(600),
    ])  # fmt: skip


# --- structure --------------------------------------------------------------------------------------------------------
def _with_sheet(form: bytes, chance: random.Random, change: Callable[[str], str]) -> bytes:
    """One of the sheets of lines, changed as text."""
    parts = unpacked(form)
    name = f"xl/worksheets/sheet{chance.randint(2, 4)}.xml"
    parts[name] = change(parts[name].decode()).encode()
    return packed(parts)


def _cell(reference: str, chance: random.Random) -> str:
    text = chance.choice(_TEXTS).replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{reference}"' + chance.choice([
        "><f>1+1</f><v>2</v></c>", "><f>1+1</f></c>", '><f>HYPERLINK("http://x.invalid")</f></c>',
        ' t="e"><v>#REF!</v></c>', ' t="e"><v>#N/A</v></c>', ' t="b"><v>1</v></c>', "><v>46000</v></c>",
        "><v>0.1234567890123456789</v></c>", "><v>1E+308</v></c>", "><v>1E+999</v></c>", "><v>nan</v></c>", "><v>-5</v></c>",
        "><v>12345678901234567890</v></c>", ' t="s"><v>999999</v></c>', ' t="s"><v>-1</v></c>', ' t="d"><v>2026-03-01</v></c>',
        f' t="inlineStr"><is><t>{text}</t></is></c>', f' t="inlineStr"><is><r><t>1</t></r><r><t>{text[:40]}</t></r></is></c>',
        ' t="str"><v>9,5</v></c>', ' t="zz"><v>1</v></c>', ' s="999999"><v>1</v></c>', "/>",
    ])  # fmt: skip


def _other_cells(form: bytes, chance: random.Random) -> bytes:
    """Some open cells hold what nobody may type there."""

    def change(xml: str) -> str:
        for _turn in range(chance.randint(1, 5)):
            reference = f"{chance.choice('EEEEGHADM')}{chance.randint(5, 12)}"
            spoilt = _cell(reference, chance)
            start = xml.find(f'<c r="{reference}"')
            if start >= 0:
                close = xml.find(">", start)
                end = close + 1 if xml[close - 1] == "/" else xml.find("</c>", start) + len("</c>")
                xml = xml[:start] + spoilt + xml[end:]
        return xml

    return _with_sheet(form, chance, change)


def _rows_moved(form: bytes, chance: random.Random) -> bytes:
    def change(xml: str) -> str:
        rows = re.findall(r"<row .*?</row>", xml)
        one, other = chance.sample(rows, 2)
        return xml.replace(one, chance.choice(["", other, one + other, one + one]))

    return _with_sheet(form, chance, change)


def _heads_spoilt(form: bytes, chance: random.Random) -> bytes:
    def change(xml: str) -> str:
        reference = f"{chance.choice('ABCDEFGHIJKLM')}5"
        found = re.search(r'<c r="E5"[^>]*>(.*?)</c>', xml)
        inside = found[1] if found and chance.random() < 0.5 else "<is><t>Khác</t></is>"
        kind = "s" if inside.startswith("<v>") else "inlineStr"
        return re.sub(rf'<c r="{reference}"[^>]*>.*?</c>', f'<c r="{reference}" t="{kind}">{inside}</c>', xml, count=1)

    return _with_sheet(form, chance, change)


def _frame_spoilt(form: bytes, chance: random.Random) -> bytes:
    merge = chance.choice(["A1:XFD1048576", "D5:E5", "A6:M6", "E6:E9", "zz", ""])
    number = chance.randint(1, 14)
    return _with_sheet(form, chance, lambda xml: chance.choice([
        xml.replace("</sheetData>", f'</sheetData><mergeCells><mergeCell ref="{merge}"/></mergeCells>', 1),
        re.sub(r"<cols>.*?</cols>", f'<cols><col min="{number}" max="{number + 2}" hidden="1" width="9"/></cols>', xml, count=1),
        re.sub(r"<cols>.*?</cols>", '<cols><col min="1" max="99999999" hidden="1"/></cols>', xml, count=1),
        xml.replace("<sheetData>", "<sheetData><row r='3'><c r='Z3'><v>1</v></c></row>", 1),
        re.sub(r' r="([A-Z]+)(\d+)"', r' r="\1\g<2>0"', xml, count=chance.randint(1, 40)),
        re.sub(r' r="[A-Z]+\d+"', "", xml),
        xml.replace("<c ", "<x:c ").replace("</c>", "</x:c>").replace("<worksheet ", f'<worksheet xmlns:x="{MAIN}" ', 1),
        xml.replace("<sheetProtection", "<!-- x --><sheetProtection", 1),
    ]))  # fmt: skip


def _book_spoilt(form: bytes, chance: random.Random) -> bytes:
    parts = unpacked(form)
    book = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = chance.choice([
        book.replace("<workbookPr", '<workbookPr date1904="1"', 1),
        book.replace('state="veryHidden"', ""),
        book.replace('state="visible"', 'state="hidden"'),
        re.sub(r'name="[^"]*"', 'name="A"', book),
        re.sub(r"<sheet [^>]*_mau[^>]*/>", "", book),
        re.sub(r'(r:id|id)="rId(\d)"', r'\1="rId1"', book),
        book.replace("</sheets>", "</sheets>" + "<x/>" * 1000, 1),
        re.sub(r"<sheets>.*</sheets>", "<sheets/>", book, flags=re.DOTALL),
    ]).encode()  # fmt: skip
    return packed(parts)


def _tokens_spoilt(form: bytes, chance: random.Random) -> bytes:
    number = chance.randint(1, 9)
    change = chance.choice([
        lambda xml: xml.replace("|0|", f"|{number}|"), lambda xml: xml.replace("|A.1|", "|A.2|"),
        lambda xml: xml.replace("|", ""), lambda xml: re.sub(r"(:[\w-]{20})[\w-]{3}", r"\1abc", xml),
        lambda xml: xml.replace("2026", "2031"), lambda xml: xml.replace("11111", "22222"),
        lambda xml: xml.replace("<t>", '<t xml:space="preserve"> ').replace("</t>", " </t>"),
    ])  # fmt: skip
    parts = unpacked(form)
    for name in parts:
        if SHEETS.fullmatch(name):
            parts[name] = change(parts[name].decode()).encode()
    return packed(parts)


def _more_parts(form: bytes, chance: random.Random) -> bytes:
    parts = unpacked(form)
    name = chance.choice([
        "xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/macrosheets/sheet1.xml", "xl/embeddings/a.bin",
        "XL/WORKBOOK.XML", "../../etc/passwd", "xl/worksheets/sheet99.xml", "xl/comments1.xml", "xl/connections.xml",
    ])  # fmt: skip
    parts[name] = b"<x/>"
    return packed(parts)


STRUCTURE = (
    _other_cells, _other_cells, _other_cells, _rows_moved, _heads_spoilt, _frame_spoilt, _book_spoilt, _tokens_spoilt,
    _more_parts,
)  # fmt: skip


def _with_strings(form: bytes, strings: bytes) -> Parts:
    """The form with a table of shared strings, which openpyxl leaves out."""
    parts = unpacked(form)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rId900" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation.encode())
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">'.encode() + strings + b"</sst>"
    return parts


# --- bombs ------------------------------------------------------------------------------------------------------------
def _entities(form: bytes, chance: random.Random) -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(9))
    doctype = chance.choice([f"<!DOCTYPE x [{laughs}]>", '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
    parts = _with_strings(form, b"<si><t>x</t></si>")
    name = chance.choice(["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"])
    parts[name] = doctype.encode() + parts[name].replace(b"<v>", b"<v>&l8;", 1)
    return packed(parts)


def _far_cells(form: bytes, chance: random.Random) -> bytes:
    place = chance.choice(["XFD1048576", "A1048576", "XFD1", "CW1", "A10001", "ZZZ99999999", "A0"])
    row = f'<row r="{re.sub("[A-Z]", "", place)}"><c r="{place}"><v>1</v></c></row>'
    return _with_sheet(form, chance, lambda xml: xml.replace("</sheetData>", row + "</sheetData>", 1))


def _false_dimension(form: bytes, chance: random.Random) -> bytes:
    return _with_sheet(
        form, chance, lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', xml)
    )


def _empty_rows(form: bytes, chance: random.Random) -> bytes:
    rows = "".join(f'<row r="{row}" ht="15"/>' for row in range(1000, 200_000))
    return _with_sheet(form, chance, lambda xml: xml.replace("</sheetData>", rows + "</sheetData>", 1))


def _large_part(form: bytes, chance: random.Random) -> bytes:
    parts = _with_strings(form, b"<si><t>x</t></si>")
    name = chance.choice(["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "docProps/app.xml"])
    parts[name] = parts[name] + b" " * chance.choice([3_000_000, 45_000_000])
    return packed(parts)


def _many_strings(form: bytes, chance: random.Random) -> bytes:
    more = b"<si><t>x</t></si>" * 1_000_000 if chance.random() < 0.5 else b"<si><t>" + b"y" * 2_000_000 + b"</t></si>"
    return packed(_with_strings(form, more))


def _long_text_often(form: bytes, chance: random.Random) -> bytes:
    """One text of 32,767 characters in sixty thousand cells."""
    parts = _with_strings(form, b"<si><t>" + b"x" * 32_767 + b"</t></si>")
    cells = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{c}{row}" t="s"><v>0</v></c>' for c in "NOPQRST") + "</row>"
        for row in range(20, 9000)
    )
    name = "xl/worksheets/sheet2.xml"
    parts[name] = parts[name].replace(b"</sheetData>", cells.encode() + b"</sheetData>")
    return packed(parts)


def _many_sheets(form: bytes, chance: random.Random) -> bytes:
    parts = unpacked(form)
    extra = "".join(f'<sheet name="S{n}" sheetId="{n + 100}" r:id="rId1"/>' for n in range(5000))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", extra.encode() + b"</sheets>")
    return packed(parts)


def _many_entries(form: bytes, chance: random.Random) -> bytes:
    return packed(unpacked(form) | {f"xl/media/{n}.png": b"" for n in range(chance.choice([480, 20_000]))})


def _styles(form: bytes, chance: random.Random) -> bytes:
    parts = unpacked(form)
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(
        b"</cellXfs>", b'<xf numFmtId="14"/>' * 500_000 + b"</cellXfs>"
    )
    return packed(parts)


def _deep(form: bytes, chance: random.Random) -> bytes:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    return _with_sheet(form, chance, lambda xml: xml.replace("<sheetData>", f"{deep}<sheetData>", 1))


def _lying_directory(form: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(_large_part(form, chance))
    where = spoilt.rindex(b"PK\x01\x02")
    spoilt[where + 24 : where + 28] = (50).to_bytes(4, "little")
    return bytes(spoilt)


BOMBS = (
    _entities, _far_cells, _false_dimension, _empty_rows, _large_part, _many_strings, _long_text_often, _many_sheets,
    _many_entries, _styles, _deep, _lying_directory,
)  # fmt: skip
