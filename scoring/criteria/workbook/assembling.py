"""The rows of all sheets put together as one document, with the cell that each key of it comes from."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from scoring.criteria.workbook import layout
from scoring.criteria.workbook.branches import Branches
from scoring.criteria.workbook.faults import Fault
from scoring.criteria.workbook.layout import SETTINGS, STEPS_OF
from scoring.criteria.workbook.parameters import rule_of
from scoring.criteria.workbook.table import UNREADABLE, Row, Table, heading_of, read_cell
from scoring.criteria.workbook.words import in_language

Origins = dict[str, tuple[str, str]]


@dataclass
class Assembled:
    """`origins`: JSON pointer → (sheet, cell)."""

    document: dict[str, Any] | None = None
    origins: Origins = field(default_factory=dict)

    def place_of(self, pointer: str) -> tuple[str, str]:
        """The nearest cell above a pointer; the sheet of the set where nothing nearer is known."""
        while pointer and pointer not in self.origins:
            pointer = pointer.rpartition("/")[0]
        return self.origins[pointer]


def assemble(tables: dict[str, Table], faults: list[Fault]) -> Assembled:
    made = Assembled(origins={"": (tables["set"].said, "1")})
    document = _settings(tables["set"], made.origins, faults)
    branches = Branches(tables["tree"], faults)
    titles = Titles(made.origins, faults)
    leaves = _Leaves(tables, branches, titles, faults)
    for pointer, row, item in branches.placed():
        titles.put(item, row, pointer, tables["tree"])
        made.origins[pointer] = (tables["tree"].said, row.place("code"))
        for key in ("code", "max_points", "weight", "aggregate"):
            made.origins[f"{pointer}/{key}"] = (tables["tree"].said, row.place(key))
        if row.value("row") != "node":
            leaves.complete(item, pointer, made.origins)
    branches.refuse_empty_groups()
    if branches.root is None:
        return made
    document["root"], document["adjustments"] = branches.root, branches.adjustments
    document["grades"] = []
    for position, row in enumerate(tables["grades"].rows):
        pointer, grade = f"/grades/{position}", {"code": row.value("code"), "from": row.value("from")}
        titles.put(grade, row, pointer, tables["grades"])
        for key in ("code", "from"):
            made.origins[f"{pointer}/{key}"] = (tables["grades"].said, row.place(key))
        document["grades"].append(grade)
    made.document = document
    return made


class Titles:
    """{vi, en} of a row. English may be left out, Vietnamese only where both may."""

    def __init__(self, origins: Origins, faults: list[Fault]):
        self.origins, self.faults = origins, faults

    def put(self, item: dict, row: Row, pointer: str, table: Table, needed: bool = True) -> None:
        title = {name: row.value(f"title.{name}") for name in ("vi", "en") if row.value(f"title.{name}") is not None}
        if "vi" not in title and (title or needed):
            heading = heading_of(table.plan.column("title.vi"))
            self.faults.append(table.fault(row.place("title.vi"), _("“{heading}” is missing.").format(heading=heading)))
            title["vi"] = UNREADABLE
        if title:
            item["title"] = title
        for name in ("vi", "en"):
            self.origins[f"{pointer}/title/{name}"] = (table.said, row.place(f"title.{name}"))


def put(document: dict, key: str, value: Any) -> None:
    """Into nested objects by a key with dots."""
    *into, last = key.split(".")
    for name in into:
        document = document.setdefault(name, {})
    document[last] = value


def _settings(table: Table, origins: Origins, faults: list[Fault]) -> dict[str, Any]:
    document: dict[str, Any] = {"scoring": {}}
    seen: set[str] = set()
    for row in table.rows:
        name, at = row.value("name"), row.place("value")
        setting = next((one for one in SETTINGS if isinstance(name, str) and one.means(name)), None)
        if setting is None or setting.key in seen:
            if isinstance(name, str):
                sentence = _("The item “{name}” stands twice.") if setting else _("There is no item “{name}” of a set.")
                faults.append(table.fault(row.place("name"), sentence.format(name=name[:60])))
            continue
        seen.add(setting.key)
        origins["/" + setting.key.replace(".", "/")] = (table.said, at)
        value = row.value("value")
        if value is not None:
            kept = value if value is UNREADABLE else read_cell(table, at, setting.kind.read, value, faults)
            put(document, setting.key, kept)
        elif setting.needed:
            faults.append(table.fault(at, _("“{heading}” is missing.").format(heading=name)))
            put(document, setting.key, UNREADABLE)
    if missing := [f"“{in_language(one.said)}”" for one in SETTINGS if one.key not in seen]:
        faults.append(table.fault("", _("Items are missing: {names}.").format(names=", ".join(missing))))
    return document


class _Leaves:
    """What the sheets beside the tree say about each line, by its code."""

    def __init__(self, tables: dict[str, Table], branches: Branches, titles: Titles, faults: list[Fault]):
        self.tables, self.titles, self.faults, self.doubtful = tables, titles, faults, branches.doubtful
        lines = branches.lines
        self.rules = self._one_each("rules", lines)
        self.sources = self._one_each("sources", lines)
        self.steps, self.inputs = self._several("steps", lines), self._several("inputs", lines)

    def _known(self, name: str, lines: set[str]) -> list[tuple[str, Row]]:
        table, found = self.tables[name], []
        for row in table.rows:
            code = row.value("code")
            if not isinstance(code, str) or code in self.doubtful:
                continue
            if code not in lines:
                sentence = _("The sheet “{sheet}” has no criterion “{code}”.")
                shown = sentence.format(sheet=self.tables["tree"].said, code=code[:40])
                self.faults.append(table.fault(row.place("code"), shown))
            else:
                found.append((code, row))
        return found

    def _one_each(self, name: str, lines: set[str]) -> dict[str, Row]:
        rows: dict[str, Row] = {}
        for code, row in self._known(name, lines):
            if rows.setdefault(code, row) is not row:
                sentence = _("“{code}” stands in row {before} already.").format(code=code, before=rows[code].number)
                self.faults.append(self.tables[name].fault(row.place("code"), sentence))
        for code in sorted(lines - rows.keys()):
            sentence = _("The criterion “{code}” has no row on this sheet.").format(code=code)
            self.faults.append(self.tables[name].fault("", sentence))
        return rows

    def _several(self, name: str, lines: set[str]) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = {}
        for code, row in self._known(name, lines):
            rows.setdefault(code, []).append(row)
        return rows

    def complete(self, leaf: dict, pointer: str, origins: Origins) -> None:
        code = leaf["code"]
        self._rule(leaf, code, pointer, origins)
        if code in self.sources:
            row, table = self.sources[code], self.tables["sources"]
            for column in layout.SOURCES.columns[2:]:
                origins[f"{pointer}/{column.key.replace('.', '/')}"] = (table.said, row.place(column.key))
                if row.value(column.key) is not None:
                    put(leaf, column.key, row.value(column.key))

    def _rule(self, leaf: dict, code: str, pointer: str, origins: Origins) -> None:
        row, table = self.rules.get(code), self.tables["rules"]
        if row is None or not isinstance(row.value("kind"), str):
            leaf["rule"] = UNREADABLE
            origins[f"{pointer}/rule"] = (table.said, row.place("kind") if row else "")
            return
        kind = row.value("kind")
        leaf["rule"] = rule_of(kind, row, table, self.faults)
        origins[f"{pointer}/rule"] = (table.said, row.place("kind"))
        for column in layout.RULES.columns[2:]:
            origins[f"{pointer}/rule/{column.key}"] = (table.said, row.place(column.key))
        self._steps(leaf["rule"], kind, code, f"{pointer}/rule", origins)
        self._inputs(leaf, kind, code, pointer, origins)

    def _steps(self, rule: dict, kind: str, code: str, pointer: str, origins: Origins) -> None:
        table, rows = self.tables["steps"], self.steps.get(code, [])
        name, keys = STEPS_OF.get(kind, ("", ()))
        for position, row in enumerate(rows):
            for column in layout.STEPS.columns[2:]:
                origins[f"{pointer}/{name}/{position}/{column.key.replace('.', '/')}"] = (
                    table.said,
                    row.place(column.key),
                )
                if column.key not in keys and row.value(column.key) is not None:
                    sentence = _("The kind of the criterion “{code}” has nothing here. Leave the cell empty.")
                    self.faults.append(table.fault(row.place(column.key), sentence.format(code=code)))
            origins[f"{pointer}/{name}/{position}"] = (table.said, row.place("code"))
        if not name:
            return
        origins[f"{pointer}/{name}"] = (table.said, "")
        rule[name] = [self._step(row, keys, f"{pointer}/{name}/{n}") for n, row in enumerate(rows)]
        if not rows and kind != "deadline":
            sentence = _("The criterion “{code}” has no row on this sheet.").format(code=code)
            self.faults.append(table.fault("", sentence))

    def _step(self, row: Row, keys: tuple[str, ...], pointer: str) -> dict:
        step: dict[str, Any] = {}
        for key in keys:
            if key.startswith("title."):
                continue
            step[key] = row.value(key)
            if step[key] is None:
                step[key] = UNREADABLE
                heading = layout.STEPS.column(key).said
                sentence = _("“{heading}” is missing.").format(heading=in_language(heading))
                self.faults.append(self.tables["steps"].fault(row.place(key), sentence))
        if "title.vi" in keys:
            self.titles.put(step, row, pointer, self.tables["steps"], needed=False)
        return step

    def _inputs(self, leaf: dict, kind: str, code: str, pointer: str, origins: Origins) -> None:
        """Of a formula they belong to the rule, in their order; of any other kind to the criterion, by field."""
        table, seen = self.tables["inputs"], {}
        for position, row in enumerate(self.inputs.get(code, [])):
            name = row.value("field")
            if not isinstance(name, str):
                continue
            if name in seen and kind != "formula":
                sentence = _("“{code}” stands in row {before} already.").format(code=name[:40], before=seen[name])
                self.faults.append(table.fault(row.place("field"), sentence))
                continue
            seen[name] = row.number
            escaped = name.replace("~", "~0").replace("/", "~1")
            at = f"{pointer}/rule/inputs/{position}" if kind == "formula" else f"{pointer}/inputs/{escaped}"
            one: dict[str, Any] = {key: row.value(key) for key in ("type", "unit") if row.value(key) is not None}
            self.titles.put(one, row, at, table, needed=False)
            origins[at] = origins[f"{at}/name"] = (table.said, row.place("field"))
            for key in ("type", "unit"):
                origins[f"{at}/{key}"] = (table.said, row.place(key))
            if kind == "formula":
                leaf["rule"].setdefault("inputs", []).append({"name": name} | one)
            else:
                leaf.setdefault("inputs", {})[name] = one
