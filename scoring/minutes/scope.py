"""What one paper of minutes is about, and which of it a person may read."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from accounts.models import Unit, User
from scoring.models import Assessment, Cycle, CycleGroup
from scoring.oversight.selectors import forms_with_marks


@dataclass(frozen=True)
class Scope:
    """One group of a year without `left_out`, or one unit of it. `assessments` are in Vietnamese order."""

    one: CycleGroup
    assessments: tuple[Assessment, ...]
    left_out: tuple[Unit, ...] = ()
    unit: Unit | None = None

    @property
    def cycle(self) -> Cycle:
        return self.one.cycle

    @property
    def address(self) -> str:
        """Of the figure that says which paper it is."""
        whole = f"minutes.{self.one.cycle_id}.{self.one.group_id}"
        return f"{whole}.{self.unit.pk}" if self.unit else whole

    @cached_property
    def units(self) -> set[int]:
        return {form.unit_id for form in self.assessments}

    @cached_property
    def handed_in(self) -> list[Assessment]:
        return [form for form in self.assessments if form.is_handed_in]


def scope_for(user: User, one: CycleGroup) -> Scope:
    """The group as the person may read it: no unit of a conflict of interest, the own unit not before it learns of its marks."""
    every, seen = whole(one), forms_with_marks(user, one)
    return without(every, {form.unit_id for form in every.assessments if form.pk not in seen})


def whole(one: CycleGroup) -> Scope:
    """Every unit, for whoever runs the server."""
    forms = Assessment.objects.filter(cycle=one.cycle_id, group=one.group_id).select_related("unit")
    return Scope(one, tuple(forms.order_by("unit__name_sort", "pk")))


def without(scope: Scope, units: Set[int]) -> Scope:
    kept = tuple(form for form in scope.assessments if form.unit_id not in units)
    gone = tuple(form.unit for form in scope.assessments if form.unit_id in units)
    return Scope(scope.one, kept, (*scope.left_out, *gone), scope.unit)


def of_unit(scope: Scope, unit: int) -> Scope | None:
    """One unit of it, or None where it is not among those."""
    kept = tuple(form for form in scope.assessments if form.unit_id == unit)
    return Scope(scope.one, kept, unit=kept[0].unit) if kept else None
