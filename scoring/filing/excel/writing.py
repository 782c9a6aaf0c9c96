"""The unit's form as a file."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import override
from openpyxl.workbook.protection import WorkbookProtection

from core.workbook.saving import new_book, saved
from scoring.filing.excel.hidden import put_identity, put_lists
from scoring.filing.excel.identity import identity_of
from scoring.filing.excel.instructions import fill_instructions
from scoring.filing.excel.lists import Lists
from scoring.filing.excel.live import LiveForm
from scoring.filing.excel.pillar_sheet import Frame, fill_pillar_sheet
from scoring.filing.excel.places import places_of, sections_of
from scoring.filing.guide import guide_of
from scoring.filing.progress import claimed_results
from scoring.filing.selectors import LastYear
from scoring.models import Answer, Assessment


def form_workbook(assessment: Assessment, lines: Sequence[Answer], last: LastYear | None, moment: datetime) -> bytes:
    """`lines` as `checks.lines_of` reads them. Vietnamese whatever the language of the reader: an office prints it."""
    with override("vi"):
        sections = sections_of(lines)
        places, lists = places_of(sections), Lists(lines)
        live = LiveForm(claimed_results(assessment, lines), lines, places, lists)
        frame = Frame(
            unit=assessment.unit.name,
            year=assessment.cycle.year,
            places=places,
            lists=lists,
            live=None if live.faults else live,
            guide_of=lambda answer: guide_of(answer, last),
        )
        book = new_book()
        fill_instructions(book, assessment, sections, frame.live, moment)
        for section in sections:
            fill_pillar_sheet(book, section, frame)
        put_lists(book, lists)
        if frame.live:
            frame.live.put_sheets(book)
        put_identity(book, identity_of(assessment))
        book.security = WorkbookProtection(lockStructure=True)
        return saved(book, title=f"Bản tự đánh giá năm {assessment.cycle.year}", moment=moment)
