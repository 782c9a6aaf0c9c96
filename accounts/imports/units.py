"""Which unit a cell means. Nothing is guessed: what is not plain is answered with the units it might be."""

import difflib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import Unit
from core.collation import fold

SEPARATOR = " – "
MAX_SUGGESTIONS = 3


def entry(unit: Unit) -> str:
    """As the list of the cell shows it: 03856 – Xã Bắc Yên."""
    return f"{unit.code}{SEPARATOR}{unit.name}"


@dataclass
class UnitFinder:
    """All active units, read once; `find` costs no query."""

    by_code: dict[str, Unit] = field(default_factory=dict)
    by_name: dict[str, list[Unit]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "UnitFinder":
        finder = cls()
        for unit in Unit.objects.filter(is_active=True):
            finder.by_code[unit.code] = unit
            for name in {unit.name_fold, fold(unit.short_name)}:
                finder.by_name.setdefault(name, []).append(unit)
        return finder

    def find(self, text: str) -> Unit | None:
        """By code, by the entry of the list, or by a name that one unit alone has."""
        code = text.partition(SEPARATOR.strip())[0].strip().upper()
        if code in self.by_code:
            return self.by_code[code]
        named = self.by_name.get(fold(text), [])
        return named[0] if len(named) == 1 else None

    def refusal(self, text: str) -> str:
        """Why the text is no unit, with those it might be: merged into, a lost nought, namesakes, slips of the keyboard."""
        wanted = fold(text)
        found = [unit for unit in self.by_code.values() if len(wanted) > 3 and wanted in fold(unit.merged_from)]
        found += [unit for unit in self.by_code.values() if wanted.isdigit() and unit.code == wanted.zfill(5)]
        near = difflib.get_close_matches(wanted, self.by_name, n=MAX_SUGGESTIONS, cutoff=0.75)
        found += [unit for name in near for unit in self.by_name[name]]
        unique = list(dict.fromkeys(entry(unit) for unit in found))[:MAX_SUGGESTIONS]
        if not unique:
            return _("There is no unit “{text}”. Choose it from the list of the cell.").format(text=text[:80])
        return _("There is no unit “{text}”. Meant might be: {units}.").format(text=text[:80], units="; ".join(unique))
