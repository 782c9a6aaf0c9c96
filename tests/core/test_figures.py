"""Figures of a Word paper: put into controls with their looks, and read back with their seal."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from core.official.figures import bound, plain_text, read_back, tie


def tied(text: str, *, bold: bool = False):
    document = Document()
    document.add_paragraph().add_run(text).bold = bold
    tie(document.element.body)
    kept = io.BytesIO()
    document.save(kept)
    return Document(io.BytesIO(kept.getvalue())).element.body


def test_a_figure_keeps_its_looks_and_its_place_in_the_sentence():
    body = tied(f"Có {bound('count.units', '96')} đơn vị, {bound('count.late', '3')} muộn", bold=True)

    runs = list(body.iter(qn("w:r")))
    assert ["".join(text.text for text in run.iter(qn("w:t"))) for run in runs] == [
        "Có ",
        "96",
        " đơn vị, ",
        "3",
        " muộn",
    ]
    assert all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs)
    assert [(one.address, one.text, one.is_sealed) for one in read_back(body)] == [
        ("count.units", "96", True),
        ("count.late", "3", True),
    ]


def test_a_seal_holds_for_its_own_figure_alone():
    body = tied(f"{bound('a1.claimed', '2,50')} {bound('a2.claimed', '1,00')}")
    first, second = (control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}") for control in body.iter(qn("w:sdt")))
    second.set(qn("w:val"), "a2.claimed#" + first.get(qn("w:val")).partition("#")[2])

    assert [one.is_sealed for one in read_back(body)] == [True, False]


def test_free_text_holds_no_mark_and_no_character_that_xml_refuses():
    assert plain_text(f"a{bound('u1.claimed', '9')}\x00\ufffe b") == "au1.claimed9 b"


@pytest.mark.parametrize("address", ["", "tên có dấu", "x" * 60])
def test_an_address_that_word_would_not_keep_stops_the_paper(address):
    with pytest.raises(ValueError, match="no address"):
        tied(bound(address, "1"))
