"""A difference in words: sections by kind of change, rows of what stood before and what stands now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from core.numbers import format_number
from scoring import engine
from scoring.criteria.comparing.rules import rule_text
from scoring.criteria.difference import ChangedLine, Difference
from scoring.criteria.workbook import layout
from scoring.criteria.workbook.layout import SETTINGS, SOURCES
from scoring.criteria.workbook.words import AGGREGATES, in_language
from scoring.engine.exact import exact_text
from scoring.inputs import said

NOTHING = "–"


@dataclass(frozen=True)
class Row:
    """`code_before`, `code_after` are empty where there is none; `what` names the part that changed."""

    title: str
    before: str
    after: str
    what: str = ""
    code_before: str = ""
    code_after: str = ""

    @property
    def code(self) -> str:
        if self.code_before and self.code_after and self.code_before != self.code_after:
            return f"{self.code_before} → {self.code_after}"
        return self.code_after or self.code_before


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    rows: list[Row] = field(default_factory=list)


def sections(found: Difference) -> list[Section]:
    """What changed, the weightiest first; empty sections are left out."""
    lines = found.lines
    wanted: list[tuple[str, str, Iterator[Row]]] = [
        ("added", _("Added criteria"), (_alone(line, "", _worth(line)) for line in found.added)),
        ("dropped", _("Dropped criteria"), (_alone(line, _worth(line), "") for line in found.dropped)),
        ("reweighted", _("Other points or weight"), _by(lines, lambda one: one.is_reweighted, _reweighted)),
        ("rule", _("Other rule"), _by(lines, lambda one: one.has_other_rule, _rule)),
        ("moved", _("Moved to another pillar or group"), _by(lines, lambda one: one.is_moved, _moved)),
        ("renumbered", _("Renumbered"), _by(lines, lambda one: one.is_renumbered, _renumbered)),
        ("wording", _("Other wording"), (row for line in lines for row in _wording(line))),
        (
            "handling",
            _("Other figures, evidence, appraiser or source"),
            (row for one in lines for row in _handling(one)),
        ),
        ("groups", _("Pillars and groups"), _groups(found)),
        ("settings", _("The set as a whole"), _settings(found)),
        ("grades", _("Grades"), _grades(found)),
    ]
    made = [Section(key, title, list(rows)) for key, title, rows in wanted]
    return [section for section in made if section.rows]


def _by(lines: tuple[ChangedLine, ...], wanted: Callable, row: Callable[[ChangedLine], Row]) -> Iterator[Row]:
    return (row(line) for line in lines if wanted(line))


def number(value: Any) -> str:
    return format_number(value) if value is not None else NOTHING


def _fraction(value: Fraction) -> str:
    """As a number where decimals write it in full, else as the engine says it."""
    text = exact_text(value)
    return text if "/" in text else number(text)


def both(title: engine.Title | None) -> str:
    """Vietnamese, and English behind it where it is other."""
    if title is None:
        return NOTHING
    return title.vi if title.vi == title.en else f"{title.vi} [{title.en}]"


def titles(before: engine.Title, after: engine.Title) -> tuple[str, str]:
    """Two titles in the languages in which they differ; once where both languages say the same."""
    languages = [lang for lang in ("vi", "en") if getattr(before, lang) != getattr(after, lang)]
    texts = ([getattr(one, lang) or NOTHING for lang in languages] for one in (before, after))
    return tuple("\n".join(dict.fromkeys(lines)) for lines in texts)


def _worth(leaf: engine.Leaf) -> str:
    return _("{points} points").format(points=number(leaf.max_points))


def _alone(leaf: engine.Leaf, before: str, after: str) -> Row:
    return Row(
        said(leaf.title), before, after,
        code_before=leaf.code if before else "", code_after=leaf.code if after else "",
    )  # fmt: skip


def _of(line: ChangedLine, before: str, after: str, what: str = "") -> Row:
    return Row(said(line.after.title), before, after, what, line.before.code, line.after.code)


def _reweighted(line: ChangedLine) -> Row:
    def points(leaf: engine.Leaf) -> str:
        weighted = line.before.weight != line.after.weight
        weight = _("weight {weight}").format(weight=number(leaf.weight))
        return f"{_worth(leaf)}, {weight}" if weighted else _worth(leaf)

    return _of(line, points(line.before), points(line.after))


def _rule(line: ChangedLine) -> Row:
    return _of(line, rule_text(line.before, line.after), rule_text(line.after, line.before))


def _moved(line: ChangedLine) -> Row:
    beside = _("beside the tree")
    names = [
        f"{group.code} {said(group.title)}" if group else beside for group in (line.group_before, line.group_after)
    ]
    return _of(line, *names)


def _renumbered(line: ChangedLine) -> Row:
    return _of(line, line.before.code, line.after.code)


def _wording(line: ChangedLine) -> Iterator[Row]:
    texts = {
        "title": (_("Title"), titles(line.before.title, line.after.title)),
        "labels": (_("Labels and units"), (_labels(line.before), _labels(line.after))),
        "evidence.note": (
            _("Evidence asked for"),
            tuple(one.evidence.note or NOTHING for one in (line.before, line.after)),
        ),
    }
    for key in line.wording:
        what, (before, after) = texts[key]
        yield _of(line, before, after, what)


def _labels(leaf: engine.Leaf) -> str:
    types = layout.INPUTS.column("type").kind
    fields = [
        f"{name}: {both(one.title)}, {types.write(one.type, 0) or NOTHING}, {one.unit or NOTHING}"
        for name, one in leaf.asked.items()
    ]
    options = [f"{one.key}: {both(one.title)}" for one in getattr(leaf.rule, "options", ())]
    return "\n".join([*fields, *options]) or NOTHING


def _handling(line: ChangedLine) -> Iterator[Row]:
    before, after = ({"evidence.required": leaf.evidence.required} | vars(leaf) for leaf in (line.before, line.after))
    for key in line.handling:
        column = SOURCES.column(key)
        texts = [said_cell(column.kind, one[key]) for one in (before, after)]
        yield _of(line, *texts, in_language(column.said))


def said_cell(kind: layout.CellKind, value: Any) -> str:
    """A value of SET.json in words."""
    if value is None or value == "":
        return NOTHING
    return in_language(kind.words[value]) if kind.words else str(value)


def _groups(found: Difference) -> Iterator[Row]:
    for node in found.groups_added:
        yield Row(said(node.title), NOTHING, _("added"), "", "", node.code)
    for node in found.groups_dropped:
        yield Row(said(node.title), _("dropped"), NOTHING, "", node.code)
    for group in found.groups:
        texts = {
            "code": (_("Code"), group.before.code, group.after.code),
            "title": (_("Title"), *titles(group.before.title, group.after.title)),
            "maximum": (_("Maximum"), _fraction(group.maximum_before), _fraction(group.maximum_after)),
            "aggregate": (
                _("Aggregate"),
                *(in_language(AGGREGATES[one.aggregate]) for one in (group.before, group.after)),
            ),
            "weight": (_("Weight"), number(group.before.weight), number(group.after.weight)),
            "max_points": (_("Maximum, as written"), number(group.before.max_points), number(group.after.max_points)),
            "parent": (_("Stands in another group"), group.before.code, group.after.code),
        }
        for key in group.changed:
            what, before, after = texts[key]
            yield Row(said(group.after.title), before, after, what, group.before.code, group.after.code)


def _settings(found: Difference) -> Iterator[Row]:
    for one in found.settings:
        if one.key == "title":
            yield Row(_("Title"), *titles(one.before, one.after))
            continue
        setting = next(known for known in SETTINGS if known.key == one.key)
        if one.key == "scoring.tie_break":
            texts = [setting.kind.write(value, 0) or NOTHING for value in (one.before, one.after)]
        elif isinstance(setting.kind, layout.Number | layout.Whole):
            texts = [number(value) for value in (one.before, one.after)]
        else:
            texts = [said_cell(setting.kind, value) for value in (one.before, one.after)]
        yield Row(in_language(setting.said), *texts)
    if found.is_reordered:
        yield Row(_("Order"), NOTHING, _("Criteria, groups or grades stand in another order."))


def _grades(found: Difference) -> Iterator[Row]:
    def text(grade: engine.Grade | None) -> str:
        if grade is None:
            return NOTHING
        return _("{title} from {points}").format(title=both(grade.title), points=number(grade.from_points))

    for old, new in found.grades:
        grade = new or old
        yield Row(said(grade.title), text(old), text(new), "", old.code if old else "", new.code if new else "")
