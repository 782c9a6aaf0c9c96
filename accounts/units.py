"""Units and groups from a table: the way the list of agencies and communes comes into the database, and is mended."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Certainty, Role, UnitKind
from accounts.models import RoleMembership, Unit, UnitGroup, User
from accounts.permissions import can_administer
from core.audit.services import record
from core.cleaning import clean_name, clean_text
from core.errors import DomainError, Invalid, NotAllowed, TooLarge

MAX_BYTES, MAX_ROWS, MAX_SAID = 2 * 1024 * 1024, 5000, 50
# code: (Vietnamese name, English name, position); an office may rename and add groups afterwards.
GROUPS = {
    "commune": ("Xã, phường", "Wards and communes", 0),
    "department": ("Cơ quan cấp tỉnh", "Provincial agencies", 1),
}
_CODE = re.compile(r"[0-9A-Z]{2,20}")
_LIMITS = {"name": 200, "short_name": 120, "name_en": 200, "former_district": 120, "merged_from": 2000, "note": 2000}


@dataclass(frozen=True)
class UnitRow:
    """One line of the table, as text; the names are its columns."""

    code: str
    name: str
    short_name: str
    name_en: str
    kind: str
    group: str
    former_district: str
    area_km2: str
    population: str
    merged_from: str
    certainty: str
    note: str


COLUMNS = tuple(field.name for field in fields(UnitRow))


@dataclass(frozen=True)
class Counts:
    """What loading did. `unchanged` were in the database just so."""

    added: int
    changed: int
    unchanged: int


def read_units(data: bytes) -> list[UnitRow]:
    """The table (CSV, UTF-8, comma) as rows. Invalid names every bad line with its reason; nothing is written."""
    if len(data) > MAX_BYTES:
        raise TooLarge(_("The list of units is larger than 2 MB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(_("The list of units is not UTF-8 text. Save it as “CSV UTF-8”.")) from error
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise Invalid(_("The list of units cannot be read as CSV: {reason}.").format(reason=error)) from error
    order = _order(lines)
    numbered = [(number, cells) for number, cells in enumerate(lines[1:], 2) if any(cell.strip() for cell in cells)]
    if not 1 <= len(numbered) <= MAX_ROWS:
        raise Invalid(_("The list of units must have 1 to {limit} lines.").format(limit=MAX_ROWS))
    faults, rows, seen = [], [], {}
    for number, cells in numbered:
        said = list(_shape_faults(cells, order))
        if not said:
            row = UnitRow(**{name: cells[order[name]].strip() for name in COLUMNS})
            said = [*_faults(row), *_repeated(row, seen, number)]
            rows.append(row)
        faults += [_("Line {number}: {reason}").format(number=number, reason=reason) for reason in said]
    if faults:
        more = [_("… and {count} more.").format(count=len(faults) - MAX_SAID)] if len(faults) > MAX_SAID else []
        raise Invalid("\n".join(faults[:MAX_SAID] + more))
    return rows


def _order(lines: list[list[str]]) -> dict[str, int]:
    """Column name → place; the order of the columns does not matter."""
    head = [cell.strip() for cell in lines[0]] if lines else []
    missing = [name for name in COLUMNS if name not in head]
    twice = sorted({name for name in head if head.count(name) > 1})
    if missing or twice:
        raise Invalid(
            _("The first line must name each column once. Missing: {missing}. Twice: {twice}.").format(
                missing=", ".join(missing) or "–", twice=", ".join(twice)[:80] or "–"
            )
        )
    return {name: head.index(name) for name in COLUMNS}


def _shape_faults(cells: list[str], order: dict[str, int]) -> Iterator[str]:
    if len(cells) <= max(order.values()):
        yield _("{count} cells, fewer than the first line has.").format(count=len(cells))


def _repeated(row: UnitRow, seen: dict[str, int], number: int) -> Iterator[str]:
    if (before := seen.setdefault(row.code, number)) != number:
        yield _("the code {code} stands in line {before} already.").format(code=row.code[:40], before=before)


def _faults(row: UnitRow) -> Iterator[str]:
    if not _CODE.fullmatch(row.code):
        yield _("the code “{code}” is not 2 to 20 digits and capital letters.").format(code=row.code[:40])
    for name, limit in _LIMITS.items():
        clean = clean_text if name in ("merged_from", "note") else clean_name
        try:
            if not clean(getattr(row, name), limit=limit) and name in ("name", "short_name"):
                yield _("the column {column} is empty.").format(column=name)
        except DomainError as error:
            yield f"{name}: {error.message}"
    for name, offered in (("kind", UnitKind.values), ("group", ["", *GROUPS]), ("certainty", Certainty.values)):
        if (value := getattr(row, name)) not in offered:
            yield _("the column {column} holds “{value}”; it may be: {offered}.").format(
                column=name, value=value[:40], offered=", ".join(filter(None, offered))
            )
    if not re.fullmatch(r"([0-9]{1,9}(\.[0-9]{1,2})?)?", row.area_km2):
        yield _("the area “{value}” is not a number such as 195.23.").format(value=row.area_km2[:40])
    if not re.fullmatch(r"[0-9]{0,9}", row.population):
        yield _("the population “{value}” is not a whole number.").format(value=row.population[:40])


@transaction.atomic(durable=True)
def load_units(*, data: bytes, actor: User | None) -> Counts:
    """Add the units of the table and mend those whose code is there already: all or nothing, and safe to repeat.

    Units that the table does not name stay as they are. `actor` is None on the first day only.
    """
    if actor is not None:
        can_administer(actor).require()
    return store_units(read_units(data), actor=actor)


def store_units(rows: list[UnitRow], *, actor: User | None) -> Counts:
    """As above, inside the caller's transaction (`manage.py start` makes the first administrator in the same one)."""
    if actor is None and RoleMembership.objects.filter(role=Role.ADMINISTRATOR).exists():
        raise NotAllowed(_("There is an administrator already, who loads the units."))
    groups = {code: _group(code) for code in GROUPS}
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=[row.code for row in rows])}
    tally = {"added": 0, "changed": 0, "unchanged": 0}
    for row in rows:
        tally[_store(row, known.get(row.code) or Unit(code=row.code), groups)] += 1
    record(actor=actor, action="unit.load", details=tally)
    return Counts(**tally)


def _group(code: str) -> UnitGroup:
    name, name_en, position = GROUPS[code]
    return UnitGroup.objects.get_or_create(
        code=code, defaults={"name": name, "name_en": name_en, "position": position}
    )[0]


def _store(row: UnitRow, unit: Unit, groups: dict[str, UnitGroup]) -> str:
    """Write one row onto its unit if anything differs; which of the counts it belongs to."""
    new = {name: clean_name(getattr(row, name), limit=limit) for name, limit in _LIMITS.items()}
    new |= {"kind": row.kind, "area_km2": row.area_km2, "certainty": row.certainty}
    new |= {"group": groups.get(row.group), "population": int(row.population) if row.population else None}
    changed = [name for name, value in new.items() if getattr(unit, name) != value]
    is_new = unit.pk is None
    if is_new or changed:
        for name in changed:
            setattr(unit, name, new[name])
        unit.save()
    return "added" if is_new else "changed" if changed else "unchanged"
