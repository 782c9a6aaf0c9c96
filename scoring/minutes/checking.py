"""Whether the figures of a paper of minutes still are what the records say.

The paper is made once more from the records and the two are laid side by side, figure by figure. Words around the figures
are the office's own and are not looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Invalid, NotAllowed
from core.official.figures import Place, Read, even
from core.official.filling import figures_in
from scoring.minutes.making import minutes
from scoring.minutes.scope import Scope, of_unit, without
from scoring.models import CycleGroup

_IDENTITY, _LEFT_OUT = "minutes.", "out"
LONGEST_PLACE = 80


class Fault(TextChoices):
    TYPED_OVER = "typed_over", gettext_lazy("changed in the file")
    RECORD_CHANGED = "record_changed", gettext_lazy("the record changed since the file was made")
    NO_RECORD = "no_record", gettext_lazy("the records have no such figure any more")
    MISSING = "missing", gettext_lazy("stands in the records, not in the file")


@dataclass(frozen=True)
class Finding:
    """One figure that does not agree. `place` is in the file; of a MISSING one in the paper as it would be made now."""

    fault: Fault
    place: Place
    in_file: str
    in_records: str

    @property
    def where(self) -> str:
        said = self.place.said if len(self.place.said) <= LONGEST_PLACE else f"{self.place.said[:LONGEST_PLACE]}…"
        if self.place.table:
            named = _("Table {table}, row {row}: {said}")
            return named.format(table=self.place.table, row=self.place.row, said=said)
        return _("Paragraph {number}: {said}").format(number=self.place.paragraph, said=said)


@dataclass(frozen=True)
class Checked:
    """`count` figures were compared."""

    scope: Scope
    count: int
    findings: list[Finding]


@dataclass(frozen=True)
class Identity:
    """Which paper a file says it is."""

    cycle: int
    group: int
    unit: int | None
    left_out: frozenset[int]


def identity_of(figures: Iterable[Read]) -> Identity:
    """Invalid where the file is no paper of ours."""
    addresses = [one.address for one in figures]
    named = next((one for one in addresses if one.startswith(_IDENTITY)), "").split(".")[1:]
    numbers = [_number(one) for one in named]
    if len(numbers) not in (2, 3) or None in numbers:
        raise Invalid(
            _(
                "The file is not appraisal minutes made here, or its figures lost their ties to the records. "
                "LibreOffice 7.4 and older drops them: edit the file in Word."
            )
        )
    left_out = (_number(one.removeprefix(_LEFT_OUT)) for one in addresses if one.startswith(_LEFT_OUT))
    return Identity(
        numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else None, frozenset(filter(None, left_out))
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def scope_of(identity: Identity, readable: Scope) -> Scope:
    """What the file was made of. NotAllowed where the reader may not read all of it; Invalid for a unit that is not there."""
    if identity.unit is not None:
        found = of_unit(readable, identity.unit)
        if found is None:
            raise Invalid(_("The file is about a unit that is not in this group, or that is closed to you."))
        return found
    closed = {one.pk for one in readable.left_out}
    if closed - identity.left_out:
        raise NotAllowed(
            _("The file holds units that are closed to you by a conflict of interest. Somebody else checks it.")
        )
    return without(readable, identity.left_out - closed)


def checked(figures: list[Read], scope: Scope) -> Checked:
    """Every figure of the file, then what the file lacks; both in the order of the paper."""
    fresh = {one.address: one for one in figures_in(minutes(scope, ""))}
    found = [finding for one in figures if (finding := _compared(one, fresh.get(one.address)))]
    held, told = {one.address for one in figures}, set()
    for one in fresh.values():
        if one.address not in held and one.place not in told:  # a row that is not there is told once
            told.add(one.place)
            found.append(Finding(Fault.MISSING, one.place, "", one.text))
    return Checked(scope, len(figures), found)


def _compared(one: Read, now: Read | None) -> Finding | None:
    if now is None:
        return Finding(Fault.NO_RECORD, one.place, one.text, "")
    if even(one.text) == even(now.text):
        return None
    fault = Fault.RECORD_CHANGED if one.is_sealed else Fault.TYPED_OVER
    return Finding(fault, one.place, one.text, now.text)


def group_of(identity: Identity) -> CycleGroup:
    """Invalid where there is no such year or group."""
    groups = CycleGroup.objects.select_related("cycle", "group", "criteria_set")
    found = groups.filter(cycle=identity.cycle, group=identity.group).first()
    if found is None:
        raise Invalid(_("The file is about a year or group that is not here."))
    return found
