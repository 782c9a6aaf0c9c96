"""The rows of the tree as nested groups and criteria: who stands in whom, and which rows cannot be placed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from scoring.criteria.workbook.faults import Fault
from scoring.criteria.workbook.table import Row, Table

# The engine reads no deeper; here it keeps a chain of ten thousand groups from being nested at all.
DEEPEST = 60


@dataclass
class Item:
    row: Row
    made: dict[str, Any]

    @property
    def is_group(self) -> bool:
        return "children" in self.made


class Branches:
    """`root` is None where no row can be it. `lines` are the codes of criteria and of what stands beside the tree."""

    def __init__(self, table: Table, faults: list[Fault]):
        self.table, self.faults = table, faults
        self.root: dict | None = None
        self.adjustments: list[dict] = []
        self.items: dict[str, Item] = {}
        self.doubtful: set[str] = set()  # codes of rows whose kind cannot be read: other sheets may name them
        self._beside: list[Item] = []
        self._root_item: Item | None = None
        for row in table.rows:
            self._take(row)
        for item in self.items.values():
            self._hang(item)
        if self._root_item is None and not faults:
            self._fault(None, "", _("One row must be the root: a group that stands in no other."))
        self.root = self._root_item.made if self._root_item else None
        self.lines = {code for code, item in self.items.items() if not item.is_group}

    def placed(self) -> Iterator[tuple[str, Row, dict]]:
        """(JSON pointer, row, item) from the root down, then what stands beside it."""
        children: dict[int, Item] = {id(item.made): item for item in self.items.values()}
        waiting, seen = [("/root", self._root_item, 1)] if self._root_item else [], set()
        while waiting:
            pointer, item, depth = waiting.pop()
            seen.add(id(item))
            yield pointer, item.row, item.made
            if depth > DEEPEST:
                item.made["children"] = []
                self._fault(item, "parent", _("Groups stand in each other more than {most} deep.").format(most=DEEPEST))
            below = [children[id(one)] for one in item.made.get("children", [])]
            waiting += [(f"{pointer}/children/{place}", one, depth + 1) for place, one in reversed([*enumerate(below)])]
        for position, item in enumerate(self._beside):
            seen.add(id(item))
            yield f"/adjustments/{position}", item.row, item.made
        lost = [item for item in self.items.values() if id(item) not in seen]
        for item in lost if self._root_item and not self.faults else []:  # else they may hang on what is at fault
            self._fault(item, "parent", _("This row does not hang on the root: its groups stand in a circle."))

    def _fault(self, item: "Item | None", key: str, sentence: str) -> None:
        self.faults.append(self.table.fault(item.row.place(key) if item else "", sentence))

    def _take(self, row: Row) -> None:
        code, kind = row.value("code"), row.value("row")
        if not isinstance(code, str) or not isinstance(kind, str):  # said already, at the cell
            self.doubtful |= {code} if isinstance(code, str) else set()
            return
        if code in self.items:
            sentence = _("“{code}” stands in row {before} already.")
            shown = sentence.format(code=code[:40], before=self.items[code].row.number)
            self.faults.append(self.table.fault(row.place("code"), shown))
            return
        keys = ("code", "max_points", "weight", "aggregate")
        item = Item(row, {key: row.value(key) for key in keys if row.value(key) is not None})
        if kind == "node":
            item.made["children"] = []
        elif item.made.pop("aggregate", None) is not None:
            self._fault(item, "aggregate", _("Only a group has an aggregate. Leave the cell empty."))
        self.items[code] = item

    def _hang(self, item: Item) -> None:
        parent, kind = item.row.value("parent"), item.row.value("row")
        if kind == "adjustment":
            if parent is not None:
                self._fault(item, "parent", _("An adjustment stands beside the tree. Leave the cell empty."))
            self._beside.append(item)
            self.adjustments.append(item.made)
        elif parent is None and kind == "node":
            if self._root_item:
                self._fault(item, "parent", _("Name the group: only one row may be the root."))
            self._root_item = self._root_item or item
        elif parent is None:
            self._fault(item, "parent", _("Name the group in which the criterion stands."))
        elif isinstance(parent, str):
            self._put_into(parent, item)

    def _put_into(self, parent: str, item: Item) -> None:
        group = self.items.get(parent)
        if group is None and parent in self.doubtful:
            return
        if group is None:
            self._fault(item, "parent", _("There is no group “{code}”.").format(code=parent[:40]))
        elif not group.is_group:
            self._fault(item, "parent", _("“{code}” is no group, and nothing stands in it.").format(code=parent[:40]))
        else:
            group.made["children"].append(item.made)

    def refuse_empty_groups(self) -> None:
        for item in self.items.values():
            if item.is_group and not item.made["children"]:
                self._fault(item, "code", _("No row stands in this group."))
