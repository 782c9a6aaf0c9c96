"""The dry run of a plan: what would be divided, between whom, and what came out. Reads, writes nothing."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import Unit, User
from core.audit.services import canonical
from core.errors import Invalid
from scoring.assigning.solver import CapTooSmall, Solution, Work, divide
from scoring.conflicts.selectors import Barred, conflicts_among
from scoring.enums import AssignmentMode
from scoring.models import Answer, Cycle


@dataclass(frozen=True)
class Line:
    """One answer to be assigned; `before` is who decided it last year."""

    answer: int
    unit: int
    unit_code: str
    unit_name: str
    criterion: str
    before: str


@dataclass(frozen=True)
class Draft:
    """A plan before anybody adopts it, in place of the plan `replaces` (0: none).

    `who` has an account per answer, "" where only a lead may decide."""

    replaces: int
    mode: str
    cap: int
    seed: int
    balance: int
    repeats: int
    who: dict[int, str]
    loads: list[list]
    conflicts: list[list]
    table: list[list]

    @property
    def left(self) -> int:
        """Lines that nobody of the agency may touch."""
        return sum(not one for one in self.who.values())

    @cached_property
    def digest(self) -> str:
        """The same for the same plan over the same lines, whatever the order in which they were read."""
        told = [self.replaces, self.mode, self.cap, self.seed, self.loads, self.conflicts, self.table]
        return hashlib.sha256(canonical(told).encode()).hexdigest()


def appraisers_of(agency: Unit, on: User) -> list[User]:
    """Who appraises for the agency today, by account."""
    found = User.objects.holding(on.today, role=Role.APPRAISER, unit=agency).filter(is_active=True)
    return list(found.order_by("username"))


def draft_plan(*, cycle: Cycle, agency: Unit, mode: str, cap: int | None, seed: int, actor: User) -> Draft:
    """Divide the agency's lines of the year. Invalid names what is too small, or that there is nobody or nothing."""
    people, lines = appraisers_of(agency, actor), _lines(cycle, agency)
    if not people:
        raise Invalid(
            _("Nobody is an appraiser of {agency} today. The administrator gives the role.").format(agency=agency)
        )
    if not lines:
        raise Invalid(_("{agency} appraises no line of this year.").format(agency=agency))
    barred = {one.username: known for one, known in _with_conflicts(people)}
    try:
        solution, who = _divided(lines, barred, mode, cap, seed)
    except CapTooSmall as small:
        raise _too_small(small, mode, cap or 0) from small
    if not any(who.values()):
        raise Invalid(
            _("Every appraiser of {agency} has a conflict of interest with every unit.").format(agency=agency)
        )
    units = {line.unit: line.unit_name for line in lines}
    return Draft(
        replaces=max(cycle.assignment_plans.filter(agency=agency).values_list("pk", flat=True), default=0),
        mode=mode,
        cap=solution.cap,
        seed=seed,
        balance=solution.balance,
        repeats=solution.repeats,
        who=who,
        loads=_loads(people, solution, who),
        conflicts=[
            [one.username, one.full_name, units[unit], reason]
            for one in people
            for unit, reason in sorted(barred[one.username].items())
            if unit in units
        ],
        table=[[line.unit_code, line.criterion, who[line.answer]] for line in lines],
    )


def _lines(cycle: Cycle, agency: Unit) -> list[Line]:
    """All lines of the agency's criteria, handed in or not, by unit and criterion: two queries."""
    answers = Answer.objects.filter(criterion__responsible=agency)
    key = ("assessment__unit", "criterion__code")
    decided = answers.filter(assessment__cycle__year=cycle.year - 1, appraised_by__isnull=False).order_by()
    before = {(unit, code): by for unit, code, by in decided.values_list(*key, "appraised_by__username")}
    asked = answers.filter(assessment__cycle=cycle).order_by("assessment__unit__code", "criterion__code", "pk")
    found = asked.values_list("pk", *key, "assessment__unit__code", "assessment__unit__name")
    return [Line(pk, unit, code, name, what, before.get((unit, what), "")) for pk, unit, what, code, name in found]


def _with_conflicts(people: list[User]) -> Iterable[tuple[User, Barred]]:
    with translation.override("vi"):  # the plan is kept for the minutes, the same whoever makes it
        known = conflicts_among(people)
    return [(one, known[one.pk]) for one in people]


def _divided(
    lines: list[Line], barred: dict[str, Barred], mode: str, cap: int | None, seed: int
) -> tuple[Solution, dict[int, str]]:
    """One network for what is given whole. By criterion, the lines of units with which that person has a conflict go to
    colleagues, in a second one."""
    key = _KEYS[mode]
    solution = divide(_works(lines, barred, key), barred, cap=cap, seed=seed)
    who = {line.answer: solution.who[key(line)] for line in lines}
    rest = [line for line in lines if who[line.answer] and line.unit in barred[who[line.answer]]]
    if rest:
        second = divide(_works(rest, barred, _KEYS[AssignmentMode.LINE]), barred, cap=None, seed=seed)
        who |= {line.answer: second.who[_KEYS[AssignmentMode.LINE](line)] for line in rest}
        balance, repeats = solution.balance + second.balance, solution.repeats + second.repeats
        solution = Solution(solution.who, solution.cap, balance, repeats)
    return solution, who


_KEYS: dict[str, Callable[[Line], str]] = {
    AssignmentMode.CRITERION: lambda line: line.criterion,
    AssignmentMode.UNIT: lambda line: line.unit_code,
    AssignmentMode.LINE: lambda line: f"{line.unit_code}/{line.criterion}",
}


def _works(lines: list[Line], barred: dict[str, Barred], key: Callable[[Line], str]) -> list[Work]:
    """`may`: whoever has no conflict with some unit of it; `before`: who decided most of it last year."""
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[key(line)].append(line)
    works = []
    for name, of_it in grouped.items():
        may = frozenset(one for one, known in barred.items() if any(line.unit not in known for line in of_it))
        counted = Counter(line.before for line in of_it if line.before)
        most = max(counted.values(), default=0)
        works.append(Work(name, may, frozenset(one for one, times in counted.items() if times == most)))
    return works


def _loads(people: list[User], solution: Solution, who: dict[int, str]) -> list[list]:
    whole, lines = Counter(solution.who.values()), Counter(who.values())
    return [[one.username, one.full_name, whole[one.username], lines[one.username]] for one in people]


def _too_small(small: CapTooSmall, mode: str, cap: int) -> Invalid:
    said = {
        AssignmentMode.CRITERION: ngettext("{n} criterion", "{n} criteria", small.total),
        AssignmentMode.UNIT: ngettext("{n} unit", "{n} units", small.total),
        AssignmentMode.LINE: ngettext("{n} line", "{n} lines", small.total),
    }[AssignmentMode(mode)].format(n=small.total)
    sentence = _(
        "With at most {cap} for each person, {left} of {all} find nobody; at least {needed} are needed."
    ).format(cap=cap, left=small.total - small.placed, all=said, needed=small.needed)
    return Invalid(sentence, fields={"cap": sentence})
