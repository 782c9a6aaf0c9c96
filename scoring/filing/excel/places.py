"""Where every line of the form stands: one sheet a pillar, one row a field."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.workbook.naming import sheet_name
from scoring.filing.excel.columns import HEAD_ROW
from scoring.filing.progress import ADJUSTMENTS
from scoring.models import Answer

_ADJUSTMENTS_NAME = "Điểm thưởng, điểm trừ"


@dataclass(frozen=True)
class Section:
    """One sheet. `code` is the pillar's or ADJUSTMENTS."""

    code: str
    title: str
    sheet: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Place:
    """The rows of one line. A line that asks nothing of the unit has one row, for the field ""."""

    sheet: str
    first: int
    fields: tuple[str, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.fields) - 1

    def row_of(self, field: str) -> int:
        return self.first + self.fields.index(field)


def sections_of(lines: Iterable[Answer]) -> list[Section]:
    """In the order of the form; what hangs at the root itself or stands beside the tree comes last."""
    members: dict[str, list[Answer]] = {}
    for answer in lines:
        members.setdefault(answer.criterion.pillar.code if answer.criterion.pillar else ADJUSTMENTS, []).append(answer)
    beside = members.pop(ADJUSTMENTS, [])
    taken: set[str] = set()
    found = []
    for number, (code, answers) in enumerate(members.items(), 1):
        title = answers[0].criterion.pillar.title
        found.append(Section(code, title, sheet_name(f"{number}. {title}", taken), tuple(answers)))
    if beside:
        name = sheet_name(_ADJUSTMENTS_NAME, taken)
        found.append(Section(ADJUSTMENTS, _ADJUSTMENTS_NAME, name, tuple(beside)))
    return found


def places_of(sections: Iterable[Section]) -> dict[str, Place]:
    """Criterion code → where its rows are."""
    found = {}
    for section in sections:
        row = HEAD_ROW + 1
        for answer in section.answers:
            fields = asked_fields(answer) or ("",)
            found[answer.criterion.code] = Place(section.sheet, row, fields)
            row += len(fields)
    return found


def asked_fields(answer: Answer) -> tuple[str, ...]:
    """The fields that the unit itself fills in."""
    return tuple(answer.criterion.leaf.rule.fields) if answer.criterion.declared_by_unit else ()
