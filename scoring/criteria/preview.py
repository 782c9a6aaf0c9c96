"""What an edited rule would have given last year's units, beside what last year's rule gave. Nothing is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring import engine
from scoring.criteria.draft import Document, leaf_of
from scoring.criteria.findings import findings_in
from scoring.criteria.history import PastUnit, as_asked_by, past_code, past_leaf, past_of, past_units
from scoring.criteria.rule_table import rule_table
from scoring.engine.answers import APPRAISED_FIELD, read_fields
from scoring.engine.formula import Undefined
from scoring.engine.lines import score_fields
from scoring.engine.model import Scoring
from scoring.engine.records import Record, Spot, Unread
from scoring.engine.rules.base import Problem
from scoring.models import CriteriaSet

MOST_SHOWN, FEW_SHOWN = 20, 6


@dataclass(frozen=True)
class Reckoned:
    """A line's points and sentence, or the reason why there are none."""

    points: Decimal | None
    sentence: str
    is_fault: bool = False


@dataclass(frozen=True)
class Compared:
    unit: str
    before: Reckoned
    after: Reckoned

    @property
    def change(self) -> Decimal | None:
        if self.before.points is None or self.after.points is None:
            return None
        return self.after.points - self.before.points

    @property
    def order(self) -> tuple:
        """Faults first, then the largest loss, then the largest gain, then what stays."""
        if self.change is None:
            return (0 if self.after.is_fault else 2 if self.before.points is None else 1, Decimal(0), self.unit)
        return (1 if self.change < 0 else 2 if self.change > 0 else 3, -abs(self.change), self.unit)


@dataclass(frozen=True)
class Preview:
    """`notice` says in words why there is nothing to compare; `faults` what keeps the rule from being reckoned."""

    rule: list[tuple[str, str]]
    faults: list[str]
    notice: str = ""
    year: int = 0
    group: str = ""
    groups: tuple[tuple[str, str], ...] = ()
    rows: tuple[Compared, ...] = ()
    hidden: int = 0
    lower: int = 0
    higher: int = 0
    same: int = 0
    unknown: int = 0


def preview(
    criteria_set: CriteriaSet, document: Document, code: str, item: Document, *, beside: bool, group: str = ""
) -> Preview:
    """`item` is the edited criterion, `code` the one under which the draft holds it."""
    leaf = leaf_of(item, beside=beside)
    if leaf is None:
        return Preview([], [one.sentence for one in findings_in(item, beside=beside)])
    rule = rule_table(leaf)
    past = past_of(criteria_set, group)
    if past is None:
        return Preview(
            rule, [], _("No earlier year was filed by a set with the code {code}.").format(code=criteria_set.code)
        )
    before = past_code(criteria_set, past, code)
    if before is None:
        sentence = _("The set of {year} has no criterion that {code} continues, so there is nothing to compare with.")
        return Preview(rule, [], sentence.format(year=past.criteria_set.year, code=code))
    old, scoring = past_leaf(past, before), _scoring_of(document)
    taken = {*leaf.rule.takes_points_of, *old.rule.takes_points_of}
    units = past_units(past, before, taken)
    old_lines = reckon(old, past.criteria_set.definition.scoring, units)
    new_lines = reckon(leaf, scoring, as_asked_by(leaf, old, units))
    if _is_asked_otherwise(leaf, old) and all(one.is_fault or one.points is None for one in new_lines.values()):
        sentence = _("In {year} the units were asked for other figures here; this rule cannot be tried on them.")
        return Preview(rule, [], sentence.format(year=past.cycle.year))
    rows = sorted(
        (Compared(unit.name, old_lines[unit.code], new_lines[unit.code]) for unit in units), key=lambda row: row.order
    )
    changes = [row.change for row in rows]
    # Units that stay as they are tell little: only so many that the list is not empty.
    told = [row for at, row in enumerate(rows) if at < (FEW_SHOWN if row.change == 0 else MOST_SHOWN)]
    return Preview(
        rule, [], year=past.cycle.year, group=past.group.code,
        groups=tuple((one.code, one.label) for one in past.groups), rows=tuple(told),
        hidden=len(rows) - len(told), lower=sum(one is not None and one < 0 for one in changes),
        higher=sum(one is not None and one > 0 for one in changes), same=changes.count(Decimal(0)),
        unknown=changes.count(None),
    )  # fmt: skip


def _is_asked_otherwise(leaf: engine.Leaf, old: engine.Leaf) -> bool:
    """Not a single field is asked for under the name that it had: the same refusal would stand beside every unit."""
    return not {spec.name for spec in leaf.rule.specs} & {spec.name for spec in old.rule.specs}


def _scoring_of(document: Document) -> Scoring:
    """The draft's; while that does not read, the engine's own defaults."""
    try:
        return Record(Scoring).read(document["scoring"], Spot("", []))
    except Unread:
        return Scoring()


def reckon(leaf: engine.Leaf, scoring: Scoring, units: Iterable[PastUnit]) -> dict[str, Reckoned]:
    """One line for each unit, by its code. A relative rule compares the units given."""
    units = list(units)
    read = {unit.code: read_fields(leaf, unit.fields) for unit in units}
    pool = sorted(one.answer["value"] for one in read.values() if leaf.rule.is_relative and _in_pool(one))
    return {unit.code: _reckoned(leaf, scoring, unit, read[unit.code], pool) for unit in units}


def _refused(leaf: engine.Leaf, problems: Iterable[Problem], lang: str) -> str:
    """In the engine's words; but the key of a level says nothing to people."""
    if leaf.rule.kind == "level" and any(one.field == "option" for one in problems):
        return _("The level that was declared is not among these.")
    return " ".join(getattr(one, "en" if lang == "en" else "vi") for one in problems)


def _in_pool(read) -> bool:
    return not read.problems and "value" in read.answer


def _reckoned(leaf: engine.Leaf, scoring: Scoring, unit: PastUnit, read, pool: list[Fraction]) -> Reckoned:
    lang = get_language() or "vi"
    if read.problems:
        return Reckoned(None, _refused(leaf, read.problems, lang), True)
    if not unit.fields and not leaf.rule.is_adjustment:
        return Reckoned(None, _("Nothing was declared."))
    figures: Mapping[str, Fraction] | None = None
    if leaf.rule.is_relative and _in_pool(read):
        figures = leaf.rule.figures_for(read.answer["value"], pool)
    elif leaf.rule.takes_points_of and APPRAISED_FIELD not in read.answer:
        unknown = sorted(leaf.rule.takes_points_of - unit.points.keys())
        if unknown:
            return Reckoned(
                None, _("The points of {codes} are not known for last year.").format(codes=", ".join(unknown))
            )
        figures = {f"[{code}]": unit.points[code] for code in sorted(leaf.rule.takes_points_of)}
    try:
        line = score_fields(leaf, scoring, unit.fields, read.answer, figures)
    except Undefined as undefined:
        return Reckoned(None, undefined.en if lang == "en" else undefined.vi, True)
    return Reckoned(line.points, line.sentence(lang))
