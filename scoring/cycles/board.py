"""The filing board: how far every unit of a year has come, what holds it up, and whom to call."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import UnitGroup, User
from core.collation import fold
from scoring.enums import AssessmentState, ExtensionState, ScanState
from scoring.filing.deadlines import Limits, limits_of
from scoring.filing.permissions import may_file
from scoring.models import Answer, AnswerCitation, AnswerEvidence, Assessment, Cycle, Evidence, Extension, Reminder
from scoring.reminding.selectors import last_reminders, people_of


class Standing(models.TextChoices):
    """Where a unit stands with its filing, in the order in which somebody should look at it."""

    NOT_BEGUN = "not_begun", _("not begun")
    DRAFT = "draft", _("filling in")
    PREPARED = "prepared", _("waits for the head")
    RETURNED = "returned", _("returned, to be mended")
    LATE = "late", _("submitted late")
    ON_TIME = "on_time", _("submitted on time")


class Flag(models.TextChoices):
    """What somebody has to see to, beside where the unit stands; a row may carry several."""

    OVERDUE = "overdue", _("past the time limit, not submitted")
    ASKED = "asked", _("asks for more time")
    EXTENDED = "extended", _("was given more time")
    UNREACHABLE = "unreachable", _("an officer or the head is missing")


_ORDER = list(Standing)


@dataclass(frozen=True)
class BoardRow:
    """One unit: `saved` of `lines` lines of the pillars that the unit declares, `missing` of them without their evidence.

    `can_file`: it may still hand in, so it can be reminded. `flags` say what somebody has to see to; `asked` is the
    request for more time that waits for an answer.
    """

    assessment: Assessment
    limits: Limits
    saved: int
    lines: int
    missing: int
    last_at: datetime | None
    last_by: str
    officers: list[User]
    heads: list[User]
    can_file: bool
    flags: frozenset[Flag] = frozenset()
    asked: Extension | None = None
    reminder: Reminder | None = None

    @property
    def standing(self) -> Standing:
        if self.assessment.is_handed_in:
            return Standing.ON_TIME if self.assessment.on_time else Standing.LATE
        if self.assessment.state == AssessmentState.DRAFT and not self.saved:
            return Standing.NOT_BEGUN
        return Standing(self.assessment.state)

    @property
    def is_overdue(self) -> bool:
        return Flag.OVERDUE in self.flags

    @property
    def share(self) -> float:
        return self.saved / self.lines if self.lines else 0


@dataclass(frozen=True)
class GroupCount:
    """How many units of a group stand where, in the order of Standing."""

    group: UnitGroup
    total: int
    cells: list[tuple[Standing, int]]


def _when(moment: datetime | None, *, empty: float) -> float:
    return moment.timestamp() if moment else empty


_SORTS = {
    "name": lambda row: (),
    "state": lambda row: (_ORDER.index(row.standing),),
    "done": lambda row: (row.share,),
    "missing": lambda row: (row.missing,),
    "active": lambda row: (_when(row.last_at, empty=0),),
    "submitted": lambda row: (_when(row.assessment.submitted_at, empty=float("inf")),),
}
SORTS = tuple(_SORTS)


def board_rows(cycle: Cycle, now: datetime) -> list[BoardRow]:
    """Every unit of the cycle by name: five queries for any number of units; nothing is scored."""
    assessments = list(_with_last_acts(cycle.assessments).select_related("unit", "group").order_by("unit__name_sort"))
    counted, people = _counted(cycle), people_of([one.unit_id for one in assessments])
    asked = {
        one.assessment_id: one
        for one in Extension.objects.filter(assessment__in=assessments, state=ExtensionState.ASKED)
    }
    reminders = last_reminders(assessments)
    return [
        _row(one, cycle, now, counted.get(one.pk, {}), people, asked.get(one.pk), reminders.get(one.pk))
        for one in assessments
    ]


def _row(one: Assessment, cycle: Cycle, now: datetime, counted: dict, people: dict, asked, reminder) -> BoardRow:
    officers, heads = (people.get((one.unit_id, role), []) for role in (Role.UNIT_OFFICER, Role.UNIT_HEAD))
    limits, acts = limits_of(one, cycle), [(one.line_at, one.line_by), (one.file_at, one.file_by)]
    last_at, last_by = max((act for act in acts if act[0]), default=(None, ""))
    waits = not one.is_handed_in
    flags = {
        Flag.OVERDUE: waits and one.submitted_at is None and now >= limits.on_time_until,
        Flag.ASKED: asked is not None,
        Flag.EXTENDED: one.extended_until is not None,
        Flag.UNREACHABLE: waits and not (officers and heads),
    }
    return BoardRow(
        assessment=one,
        limits=limits,
        saved=counted.get("saved", 0),
        lines=counted.get("lines", 0),
        missing=counted.get("missing", 0),
        last_at=last_at,
        last_by=last_by,
        officers=officers,
        heads=heads,
        can_file=waits and bool(may_file(one, cycle, now)),
        flags=frozenset(flag for flag, is_so in flags.items() if is_so),
        asked=asked,
        reminder=reminder,
    )


def _with_last_acts(assessments):
    """With who last saved a line that the unit declares and who last sent a file, and when."""
    own = Answer.objects.filter(assessment=OuterRef("pk"), criterion__declared_by_unit=True, updated_at__isnull=False)
    lines = own.order_by("-updated_at", "-pk")
    files = Evidence.objects.filter(assessment=OuterRef("pk"), explanation__isnull=True).order_by("-uploaded_at", "-pk")
    return assessments.annotate(
        line_at=Subquery(lines.values("updated_at")[:1]),
        line_by=Subquery(lines.values("updated_by__full_name")[:1]),
        file_at=Subquery(files.values("uploaded_at")[:1]),
        file_by=Subquery(files.values("uploaded_by__full_name")[:1]),
    )


def _counted(cycle: Cycle) -> dict[int, dict[str, int]]:
    """Per form: lines of the pillars, those touched, and those that claim points without the evidence they need."""
    touched = ~Q(values={}) | ~Q(explanation="") | Q(asks_not_applicable=True)
    files = AnswerEvidence.objects.filter(answer=OuterRef("pk"), evidence__removed_at__isnull=True)
    sound = files.exclude(evidence__scan=ScanState.INFECTED)
    cited = AnswerCitation.objects.filter(answer=OuterRef("pk"))
    claims = Q(claimed_points__isnull=False) & ~Q(claimed_points="0")
    bare = Q(criterion__evidence_required=True, explanation="") & claims & ~Exists(sound) & ~Exists(cited)
    counted = (
        Answer.objects.filter(
            assessment__cycle=cycle, criterion__declared_by_unit=True, criterion__pillar__isnull=False
        )
        .values("assessment")
        .annotate(lines=Count("pk"), saved=Count("pk", filter=touched), missing=Count("pk", filter=bare))
        .order_by()
    )
    return {one["assessment"]: one for one in counted}


def narrowed(
    rows: list[BoardRow], *, q: str = "", standing: str = "", flag: str = "", group: str = "", sort: str = "name"
) -> list[BoardRow]:
    """Those that fit the filter (tone marks ignored), in one order; a leading minus turns it round, equals by name."""
    wanted = fold(q)
    fitting = [
        row
        for row in rows
        if wanted in row.assessment.unit.name_fold
        and standing in ("", row.standing)
        and (not flag or flag in row.flags)
        and group in ("", row.assessment.group.code)
    ]
    key = _SORTS[sort.removeprefix("-")]
    return sorted(fitting, key=lambda row: (key(row), row.assessment.unit.name_sort), reverse=sort.startswith("-"))


def counts_of(rows: list[BoardRow]) -> list[GroupCount]:
    """One line per group that takes part, in the order of the groups."""
    by_group: dict[UnitGroup, Counter] = defaultdict(Counter)
    for row in rows:
        by_group[row.assessment.group][row.standing] += 1
    groups = sorted(by_group, key=lambda group: (group.position, group.code))
    return [
        GroupCount(group, by_group[group].total(), [(standing, by_group[group][standing]) for standing in _ORDER])
        for group in groups
    ]


def flags_of(rows: list[BoardRow]) -> list[tuple[Flag, int]]:
    """How many rows carry each flag; those that none carries are left out."""
    counts = Counter(flag for row in rows for flag in row.flags)
    return [(flag, counts[flag]) for flag in Flag if counts[flag]]
