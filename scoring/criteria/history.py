"""Last year's answers to a criterion, as they counted, for whoever changes its rule."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from accounts.models import UnitGroup
from scoring import engine
from scoring.appraisal.lines import effective_values
from scoring.criteria.continuity import earlier_codes
from scoring.enums import HANDED_IN
from scoring.models import Answer, Assessment, CriteriaSet, Cycle


@dataclass(frozen=True)
class Past:
    """One group in the newest year that was filed by an earlier version of the set."""

    cycle: Cycle
    group: UnitGroup
    groups: list[UnitGroup]
    criteria_set: CriteriaSet


def past_of(criteria_set: CriteriaSet, group_code: str = "") -> Past | None:
    """The newest year with forms handed in under an earlier version; the group asked for, else its first."""
    filed = Assessment.objects.filter(
        criteria_set__code=criteria_set.code, criteria_set__year__lt=criteria_set.year, state__in=HANDED_IN
    )
    newest = filed.order_by("-cycle__year").select_related("cycle", "criteria_set").first()
    if newest is None:
        return None
    groups = list(
        UnitGroup.objects.filter(
            pk__in=filed.filter(cycle=newest.cycle, criteria_set=newest.criteria_set).values("group")
        )
    )
    group = next((one for one in groups if one.code == group_code), groups[0])
    return Past(newest.cycle, group, groups, newest.criteria_set)


def past_code(criteria_set: CriteriaSet, past: Past, code: str) -> str | None:
    """Which criterion of the earlier version `code` continues: by the code map, else the one of the same code."""
    codes = earlier_codes(criteria_set, past.criteria_set.pk)
    earlier = code if codes is None else codes.get(code)
    return earlier if earlier and past.criteria_set.definition.has_line(earlier) else None


@dataclass(frozen=True)
class PastUnit:
    """What one unit declared, as it counted (`fields`; empty: nothing), and the points of other lines by their codes."""

    code: str
    name: str
    fields: Mapping[str, str]
    points: Mapping[str, Fraction]


def past_units(past: Past, code: str, others: Collection[str]) -> list[PastUnit]:
    """Every unit of the group that handed in, by name. `others`: codes whose points a formula takes. Three queries."""
    criteria = {one.pk: one for one in past.criteria_set.criteria.filter(code__in=[code, *others])}
    for one in criteria.values():
        one.criteria_set = past.criteria_set
    answers = Answer.objects.filter(
        assessment__cycle=past.cycle,
        assessment__group=past.group,
        assessment__state__in=HANDED_IN,
        criterion__in=criteria,
    )
    fields: dict[int, Mapping[str, str]] = {}
    points: dict[int, dict[str, Fraction]] = {}
    for answer in answers.select_related("correction"):
        answer.criterion = criteria[answer.criterion_id]
        if answer.criterion.code == code:
            fields[answer.assessment_id] = effective_values(answer) or {}
        counted = answer.claimed_points if answer.appraised_points is None else answer.appraised_points
        if counted is not None:
            points.setdefault(answer.assessment_id, {})[answer.criterion.code] = Fraction(counted)
    filed = Assessment.objects.filter(cycle=past.cycle, group=past.group, state__in=HANDED_IN).select_related("unit")
    return [
        PastUnit(one.unit.code, one.unit.short_label, fields.get(one.pk, {}), points.get(one.pk, {})) for one in filed
    ]


def as_asked_by(leaf: engine.Leaf, old: engine.Leaf, units: Collection[PastUnit]) -> list[PastUnit]:
    """A level (or part) chosen last year is the one of the same title now, whatever its key; other fields stay as they are."""
    if leaf.rule.kind != "level" or old.rule.kind != "level":
        return list(units)
    kept = {one.key for one in leaf.rule.options}
    titled = {one.named("vi"): one.key for one in leaf.rule.options}
    keys = {one.key: titled.get(one.named("vi"), one.key) for one in old.rule.options if one.key not in kept}
    names = {f"part:{before}": f"part:{now}" for before, now in keys.items()}

    def asked(fields: Mapping[str, str]) -> dict[str, str]:
        chosen = {"option": keys.get(fields["option"], fields["option"])} if "option" in fields else {}
        return {names.get(name, name): text for name, text in fields.items()} | chosen

    return [replace(one, fields=asked(one.fields)) for one in units]


def past_leaf(past: Past, code: str) -> engine.Leaf:
    return past.criteria_set.definition.leaf(code)
