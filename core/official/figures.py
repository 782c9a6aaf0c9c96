"""Figures of a Word paper that stay tied to the record they were read from.

While a template is filled, a figure travels as marked text (`bound`), so that whoever edits the template in Word writes it
like any other value. `tie` then puts each into a content control of its own. The control's tag names the record and ends in
a seal over name and text: a file read back tells a figure that was typed over from one whose record changed since.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

BEGINS, MIDDLE, ENDS = "\ue000", "\ue001", "\ue002"
ALIAS = "Số liệu của hệ thống"
SEAL_LENGTH = 12
LONGEST_TAG = 64  # of Word
_MARKED = re.compile(f"{BEGINS}([^{MIDDLE}]*){MIDDLE}([^{ENDS}]*){ENDS}")
_TAG = re.compile(rf"([0-9A-Za-z_.-]+)#([0-9a-f]{{{SEAL_LENGTH}}})")
# What XML cannot hold at all, and our own marks.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ue000-\ue002\ufffe\uffff]")


@dataclass(frozen=True)
class Place:
    """Where in the file: `paragraph` counts those outside tables, `table` and `row` from 1; `said` is what stands there."""

    paragraph: int
    table: int
    row: int
    said: str


@dataclass(frozen=True)
class Read:
    """One figure as a file holds it; `is_sealed`: nobody typed over it since it was printed."""

    address: str
    text: str
    is_sealed: bool
    place: Place


def plain_text(text: str) -> str:
    """Free text as it may stand in a paper: without what XML refuses and what would look like a mark."""
    return _NOT_TEXT.sub("", text)


def bound(address: str, text: str) -> str:
    """`text` as it will be printed, tied to `address` once the paper is filled."""
    return f"{BEGINS}{address}{MIDDLE}{plain_text(text)}{ENDS}"


def tie(body: etree._Element) -> None:
    """Put every marked text below `body` into a control of its own; what stands around it keeps its looks."""
    number = 0
    for run in [
        one for one in body.iter(qn("w:r")) if any(BEGINS in (text.text or "") for text in one.iter(qn("w:t")))
    ]:
        for piece in _pieces(run):
            if isinstance(piece, tuple):
                number += 1
                run.addprevious(_control(number, *piece))
            else:
                run.addprevious(piece)
        run.getparent().remove(run)


def _pieces(run: etree._Element) -> Iterator[etree._Element | tuple[str, str, etree._Element]]:
    """The run taken apart: runs without a figure, and (address, text, run) for each figure."""
    looks = run.find(qn("w:rPr"))
    for child in run:
        if child is looks:
            continue
        if child.tag != qn("w:t"):
            yield _run(looks, copy.deepcopy(child))
            continue
        # Text, address, figure, text, address, figure, …, text.
        parts = _MARKED.split(child.text or "")
        for at, part in enumerate(parts):
            if at % 3 == 0 and part:
                yield _run(looks, _text(part))
            elif at % 3 == 1:
                yield part, parts[at + 1], _run(looks, _text(parts[at + 1]))


def _run(looks: etree._Element | None, content: etree._Element) -> etree._Element:
    run = OxmlElement("w:r")
    if looks is not None:
        run.append(copy.deepcopy(looks))
    run.append(content)
    return run


def _text(text: str) -> etree._Element:
    one = OxmlElement("w:t")
    one.text = text
    one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return one


def _control(number: int, address: str, text: str, run: etree._Element) -> etree._Element:
    control, about, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    for name, value in (("w:alias", ALIAS), ("w:tag", _tag(address, text)), ("w:id", str(number))):
        one = OxmlElement(name)
        one.set(qn("w:val"), value)
        about.append(one)
    content.append(run)
    control.append(about)
    control.append(content)
    return control


def _tag(address: str, text: str) -> str:
    tag = f"{address}#{_seal(address, text)}"
    if len(tag) > LONGEST_TAG or not _TAG.fullmatch(tag):
        raise ValueError(f"no address of a figure: {address}")
    return tag


def _seal(address: str, text: str) -> str:
    return salted_hmac("core.official.figures", f"{address}={even(text)}", algorithm="sha256").hexdigest()[:SEAL_LENGTH]


def even(text: str) -> str:
    """Without what typing a figure again changes: kinds of spaces and of minus."""
    return " ".join(text.replace("\u2212", "-").replace("\u2013", "-").split())


def read_back(body: etree._Element) -> Iterator[Read]:
    """The figures in the order of the paper. Controls that are not ours are passed over."""
    paragraph = table = 0
    for block in _blocks(body):
        if block.tag == qn("w:p"):
            paragraph += bool(_said(block))
            yield from _read(block, Place(paragraph, 0, 0, _said(block)))
            continue
        table += 1
        for number, row in enumerate(block.iterchildren(qn("w:tr")), 1):
            cells = [text for text in map(_said, row.iterchildren(qn("w:tc"))) if text]
            yield from _read(row, Place(0, table, number, " · ".join(cells)))


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, also those that somebody put into a control around them."""
    for one in body:
        if one.tag in (qn("w:p"), qn("w:tbl")):
            yield one
        elif one.tag == qn("w:sdt"):
            yield from _blocks(one.find(qn("w:sdtContent")))


def _said(element: etree._Element) -> str:
    return " ".join("".join(text.text or "" for text in element.iter(qn("w:t"))).split())


def _read(element: etree._Element, place: Place) -> Iterator[Read]:
    for control in element.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        found = _TAG.fullmatch(tag.get(qn("w:val")) or "") if tag is not None else None
        if found:
            address, seal = found.groups()
            text = _said(control)
            yield Read(address, text, constant_time_compare(seal, _seal(address, text)), place)
