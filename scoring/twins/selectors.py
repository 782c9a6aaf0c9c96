"""Flags about evidence as a person may see them: beside one line, and all of a year."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from scoring.appraisal.permissions import READS_ALL_CRITERIA
from scoring.models import (
    Answer,
    AnswerCitation,
    AnswerEvidence,
    Assessment,
    Citation,
    Cycle,
    Evidence,
    EvidenceFlag,
)
from scoring.models.twin import SIDES


@dataclass(frozen=True)
class Side:
    """A document where it stands."""

    assessment: Assessment
    answer: Answer
    evidence: Evidence | None
    citation: Citation | None

    @property
    def document(self) -> Evidence | Citation:
        return self.evidence or self.citation


@dataclass(frozen=True)
class SeenFlag:
    """A flag read from one of its sides; a date has no other side."""

    flag: EvidenceFlag
    here: Side
    there: Side | None


def seen(flag: EvidenceFlag, here: Assessment | None = None) -> SeenFlag:
    """From the side of that form; without one, from the first."""
    sides = [_side(flag, name) for name in SIDES]
    if here is not None and flag.second_id == here.pk:
        sides.reverse()
    return SeenFlag(flag, *sides)


def _side(flag: EvidenceFlag, name: str) -> Side | None:
    assessment = getattr(flag, name)
    return assessment and Side(
        assessment, *(getattr(flag, f"{name}_{what}") for what in ("answer", "evidence", "citation"))
    )


def flags_of_line(
    user: User, answer: Answer, files: Sequence[Evidence], citations: Sequence[Citation]
) -> list[SeenFlag]:
    """What is not set aside about the documents of one line: one query, none where nothing stands behind it."""
    if not files and not citations:
        return []
    here = Q()
    for side in SIDES:
        here |= Q(**{side: answer.assessment_id, f"{side}_evidence__in": files})
        here |= Q(**{side: answer.assessment_id, f"{side}_citation__in": citations})
    flags = EvidenceFlag.objects.visible_to(user).waiting().filter(here).with_places()
    return [seen(flag, answer.assessment) for flag in flags]


def flags_for(user: User, cycle: Cycle) -> QuerySet[EvidenceFlag]:
    """All of the year that the person may see; who only appraises sees those on the criteria of the own agency."""
    flags = EvidenceFlag.objects.visible_to(user).filter(cycle=cycle)
    if user.has_role(*READS_ALL_CRITERIA):
        return flags
    own = Answer.objects.filter(assessment__cycle=cycle, criterion__responsible__in=user.units_as(Role.APPRAISER))
    return flags.filter(behind(own))


def behind(answers: QuerySet[Answer]) -> Q:
    """Flags with a document behind one of the lines."""
    files = AnswerEvidence.objects.filter(answer__in=answers.order_by().values("pk")).values("evidence")
    citations = AnswerCitation.objects.filter(answer__in=answers.order_by().values("pk")).values("citation")
    standing = Q(first_evidence__in=files) | Q(second_evidence__in=files)
    return standing | Q(first_citation__in=citations) | Q(second_citation__in=citations)
