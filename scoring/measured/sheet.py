"""The workbook of one criterion: a row a unit, a column a figure. Written as a template, read as what `judging` takes."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.imports.units import UnitFinder
from core.collation import fold
from core.errors import Invalid
from core.workbook import Limits, Sheet
from core.workbook.guard import read_guarded
from scoring.inputs import Input, inputs_of
from scoring.measured.judging import Given
from scoring.models import Criterion

LIMITS = Limits(bytes=2 * 1024 * 1024, rows=2001, columns=50)
UNIT = gettext_lazy("Unit")
# What stands above the headings: the title, the criterion, an empty row.
HEAD_ROW = 4


def headings(criterion: Criterion) -> list[str]:
    """Of the columns in the reader's language: the unit, then the criterion's figures, all different."""
    inputs = inputs_of(criterion.leaf)
    titles = [f"{one.title} ({one.unit})" if one.unit else one.title for one in inputs]
    doubled = {title for title in titles if titles.count(title) > 1}
    named = [f"{title} [{one.name}]" if title in doubled else title for title, one in zip(titles, inputs, strict=True)]
    return [str(UNIT), *named]


def read_values(data: bytes, criterion: Criterion) -> list[Given]:
    """The rows with figures of the first sheet that has the headings: a unit without any stays as it is.

    A DomainError where the file as such cannot be used.
    """
    sheet, top, places = _sheet_with_headings(read_guarded(data, limits=LIMITS), criterion)
    units, inputs = UnitFinder.load(), inputs_of(criterion.leaf)
    bad = {cell: _("The cell holds a formula. Paste its value instead.") for cell in sheet.formulas}
    bad |= {cell: _("The cell holds an error value of Excel.") for cell in sheet.errors}
    found = []
    for number, cells in enumerate(sheet.rows[top + 1 :], top + 2):
        texts = {name: _at(cells, place) for name, place in places.items()}
        if any(text for name, text in texts.items() if name != _UNIT) or any(
            f"{_letter(place)}{number}" in bad for place in places.values()
        ):
            found.append(_row(number, texts, places, inputs, units, bad))
    return found


def _row(
    number: int, texts: dict[str, Any], places: dict[str, int], inputs: list[Input], units: UnitFinder, bad: dict
) -> Given:
    faults = [
        ("" if name == _UNIT else name, f"{cell}: {bad[cell]}")
        for name, place in places.items()
        if (cell := f"{_letter(place)}{number}") in bad
    ]
    named = str(texts.pop(_UNIT))
    unit = units.find(named)
    if unit is None and not any(name == "" for name, _sentence in faults):
        cell = f"{_letter(places[_UNIT])}{number}"
        sentence = units.refusal(named) if named else _("The unit is missing.")
        faults.append(("", f"{cell}: {sentence}"))
    raw = {one.name: _choice(one, texts[one.name]) for one in inputs if one.name in texts}
    return Given(_("Row {number}").format(number=number), unit.code if unit else named[:80], raw, tuple(faults))


_UNIT = "unit"


def _sheet_with_headings(sheets: list[Sheet], criterion: Criterion) -> tuple[Sheet, int, dict[str, int]]:
    """(sheet, row of the headings from 0, place of each column). Their order does not matter."""
    names = [_UNIT, *(one.name for one in inputs_of(criterion.leaf))]
    known = _names_by_heading(criterion, names)
    for sheet in sheets:
        for top, cells in enumerate(sheet.rows[: HEAD_ROW + 6]):
            found = [(known[said], place) for place, cell in enumerate(cells) if (said := fold(str(cell))) in known]
            if any(name == _UNIT for name, _place in found) and len(found) > 1:
                return sheet, top, _places(found, names, headings(criterion))
    wanted = ", ".join(f"“{heading}”" for heading in headings(criterion))
    raise Invalid(_("No sheet has the headings {names}. Use the template of this criterion.").format(names=wanted))


def _names_by_heading(criterion: Criterion, names: list[str]) -> dict[str, str]:
    """A sheet may have been made in another language than the reader's."""
    known = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {fold(heading): name for heading, name in zip(headings(criterion), names, strict=True)}
    return known


def _places(found: list[tuple[str, int]], names: list[str], said: list[str]) -> dict[str, int]:
    titles, places = dict(zip(names, said, strict=True)), {}
    for name, place in found:
        if name in places:
            sentence = _("The column “{heading}” stands twice ({first}, {second}).")
            first, second = _letter(places[name]), _letter(place)
            raise Invalid(sentence.format(heading=titles[name], first=first, second=second))
        places[name] = place
    missing = [f"“{titles[name]}”" for name in names if name not in places]
    if missing:
        raise Invalid(_("Columns are missing: {names}.").format(names=", ".join(missing)))
    return places


def _at(cells: list[Any], place: int) -> str:
    """A cell as somebody would have typed it."""
    value = cells[place] if place < len(cells) else ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float | int):
        return str(int(value)) if value == int(value) else f"{value:.15g}".replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value).strip()


def _choice(one: Input, text: str) -> str:
    """A choice is written by its words or by its key."""
    by_words = {fold(str(label)): value for value, label in one.choices}
    return by_words.get(fold(text), text)


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - loads openpyxl, 150 ms

    return get_column_letter(place + 1)
