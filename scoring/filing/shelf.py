"""What the pages of the library read: the files of a form and of the unit's former years, with where each stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.collation import fold, sort_key
from scoring.models import Answer, Assessment, Evidence
from scoring.models.assessment import FILES

ICONS = {"application/pdf": "pdf", "image/png": "image", "image/jpeg": "image"}


class Shelf(models.TextChoices):
    """Which part of the library is looked at."""

    ALL = "", _("All files")
    UNLINKED = "unlinked", _("Behind no line")
    REMOVED = "removed", _("Removed")
    FORMER = "former", _("Former years")


SORTS: dict[str, Callable[["Shelved"], Any]] = {
    "title": lambda one: sort_key(one.evidence.title),
    "size": lambda one: one.evidence.size,
    "lines": lambda one: len(one.lines),
    "sent": lambda one: (one.evidence.uploaded_at, one.evidence.pk),
}


@dataclass(frozen=True)
class Shelved:
    """One file with the lines it stands behind. `is_here`: the same bytes stand in this year's form already."""

    evidence: Evidence
    lines: list[Answer]
    is_here: bool = False

    @property
    def kind(self) -> str:
        return kind_of(self.evidence)


def kind_of(evidence: Evidence) -> str:
    """The name of the kind of icon."""
    return ICONS.get(evidence.media_type, "xls" if evidence.media_type.endswith("sheet") else "doc")


def files_for(user: User, assessment: Assessment) -> bool:
    """Whether the form is the person's own unit's."""
    return assessment.unit_id in user.units_as(*FILES)


def shelf_of(user: User, assessment: Assessment, part: Shelf, q: str = "", sort: str = "-sent") -> list[Shelved]:
    """The files of one part, searched without tone marks: three queries, whatever their number."""
    found = [Shelved(one, list(one.answers.all())) for one in _read(_part(user, assessment, part))]
    if part == Shelf.FORMER:
        here = set(assessment.evidence.in_force().values_list("sha256", flat=True))
        found = [Shelved(one.evidence, one.lines, one.evidence.sha256 in here) for one in found]
    if part == Shelf.UNLINKED:
        found = [one for one in found if not one.lines]
    if wanted := fold(q):
        found = [one for one in found if wanted in _searched(one)]
    return sorted(found, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def _part(user: User, assessment: Assessment, part: Shelf) -> QuerySet[Evidence]:
    if part == Shelf.FORMER:
        earlier = Assessment.objects.visible_to(user).filter(
            unit=assessment.unit_id, cycle__year__lt=assessment.cycle.year
        )
        return Evidence.objects.visible_to(user).in_force().filter(assessment__in=earlier)
    if part == Shelf.REMOVED:
        removed = assessment.evidence.filter(removed_at__isnull=False, replaced_by__isnull=True)
        return removed if files_for(user, assessment) else removed.none()
    return Evidence.objects.visible_to(user).in_force().filter(assessment=assessment)


def _read(evidence: QuerySet[Evidence]) -> QuerySet[Evidence]:
    lines = Answer.objects.select_related("criterion__pillar").order_by("criterion__position")
    return evidence.select_related("uploaded_by", "assessment__cycle", "replaces").prefetch_related(
        Prefetch("answers", lines)
    )


def _searched(one: Shelved) -> str:
    evidence = one.evidence
    codes = [answer.criterion.code for answer in one.lines]
    return fold(" ".join([evidence.title, evidence.original_name, evidence.sha256, str(evidence.uploaded_by), *codes]))


def room_taken(assessment: Assessment) -> int:
    """Bytes in force, as the limit counts them."""
    return assessment.evidence.in_force().aggregate(sum=models.Sum("size", default=0))["sum"]
