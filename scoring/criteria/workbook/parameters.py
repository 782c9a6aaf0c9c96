"""The parameters of one rule from its row: those of its kind and no others."""

import dataclasses
from typing import Any

from django.utils.translation import gettext as _

from scoring.criteria.workbook import layout
from scoring.criteria.workbook.faults import Fault
from scoring.criteria.workbook.table import UNREADABLE, Row, Table, heading_of
from scoring.criteria.workbook.words import KINDS as KIND_WORDS
from scoring.criteria.workbook.words import in_language
from scoring.engine.records import json_keys
from scoring.engine.rules import KINDS


def rule_of(kind: str, row: Row, table: Table, faults: list[Fault]) -> dict[str, Any]:
    known = dict(json_keys(KINDS[kind]))
    rule: dict[str, Any] = {"kind": kind}
    for column in layout.RULES.columns[3:]:
        value = row.value(column.key)
        if column.key not in known:
            if value is not None and value is not UNREADABLE:  # that is said already
                sentence = _("The kind “{kind}” has no “{heading}”. Leave the cell empty.")
                shown = sentence.format(kind=in_language(KIND_WORDS[kind]), heading=heading_of(column))
                faults.append(table.fault(row.place(column.key), shown))
        elif value is not None:
            rule[column.key] = value
        elif _is_needed(known[column.key]):
            sentence = _("“{heading}” is missing.").format(heading=heading_of(column))
            faults.append(table.fault(row.place(column.key), sentence))
            rule[column.key] = UNREADABLE
    return rule


def _is_needed(key: dataclasses.Field) -> bool:
    return key.default is dataclasses.MISSING and key.default_factory is dataclasses.MISSING
