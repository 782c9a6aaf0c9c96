"""Rows that can be added and removed, with script and without: options, steps, late days, inputs of a formula, grades."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from scoring.criteria.desk.forms.boxes import shown

MOST_ROWS = 60


class Row(forms.Form):
    """`own` are the fields that people fill in; a row in which they are all empty does not count."""

    own: tuple[str, ...] = ()
    use_required_attribute = False  # the browser would demand the boxes of an empty row too

    @property
    def is_blank(self) -> bool:
        return not any((self.data.get(self.add_prefix(name)) or "").strip() for name in self.own)


class Rows:
    """The rows of one list. In the request they are `NAME-0-field`, `NAME-1-field` …; gaps are rows taken away.

    `blank` is the row that the script copies; its number is `__n__`.
    """

    def __init__(
        self,
        name: str,
        row_class: type[Row],
        *,
        label: Any = "",
        help_text: Any = "",
        items: Iterable[Mapping[str, Any]] = (),
        data: Mapping[str, str] | None = None,
        at_least: int = 0,
        drop: str = "",
        add: str = "",
        **row_options,
    ):
        self.name, self.label, self.help_text, self.row_class = name, label, help_text, row_class
        self.options = row_options
        if data is None:
            self.forms = [self._row(at, initial=shown(row_class, item)) for at, item in enumerate(items)]
            numbers = len(self.forms)
            self.forms += [self._row(at) for at in range(numbers, at_least)]
        else:
            numbers = self._numbers(data)
            self.forms = [self._row(at, data=data) for at in numbers if f"{name}-{at}" != drop]
            if add == name and len(self.forms) < MOST_ROWS:
                self.forms.append(self._row(max(numbers, default=-1) + 1))
        self.blank = self._row("__n__")

    def _row(self, at: int | str, **given) -> Row:
        row = self.row_class(prefix=f"{self.name}-{at}", **self.options, **given)
        row.number = f"{self.name}-{at}"
        return row

    def _numbers(self, data: Mapping[str, str]) -> list[int]:
        stem = f"{self.name}-"
        found = {key.removeprefix(stem).partition("-")[0] for key in data if key.startswith(stem)}
        return sorted(int(one) for one in found if one.isascii() and one.isdigit() and len(one) <= 4)[:MOST_ROWS]

    @property
    def filled(self) -> list[Row]:
        return [row for row in self.forms if not row.is_blank]

    @property
    def can_grow(self) -> bool:
        return len(self.forms) < MOST_ROWS
