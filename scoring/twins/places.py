"""Which documents stand behind the lines of the forms that were handed in, where, and what was found about them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scoring.enums import HANDED_IN, FlagKind
from scoring.models import Answer, AnswerCitation, AnswerEvidence, Assessment, Citation, Cycle, Evidence


@dataclass(frozen=True)
class Place:
    """A document in one form, with the lines behind which it stands, in the order of the form."""

    assessment: Assessment
    document: Evidence | Citation
    answers: tuple[Answer, ...]

    @property
    def is_file(self) -> bool:
        return isinstance(self.document, Evidence)

    @property
    def names(self) -> Citation | None:
        """The official document that it is: cited, or said to be the copy of."""
        return self.document.citation if self.is_file else self.document

    @property
    def facts(self) -> list:
        """What a flag may rest on."""
        one = self.names
        named = [one.number_key, str(one.dated_on), one.issuer, one.subject] if one else []
        own = [self.document.sha256, self.document.title] if self.is_file else []
        return [self.assessment.pk, self.is_file, self.document.pk, [answer.pk for answer in self.answers], named, own]


@dataclass(frozen=True)
class Found:
    """One flag: `second` is None for a date. The answers are the lines to look at."""

    kind: FlagKind
    first: Place
    second: Place | None
    first_answer: Answer
    second_answer: Answer | None
    percent: int
    what: str
    dated_on: date | None = None

    @property
    def key(self) -> str:
        """The same for the same thing in the same forms, whatever row of evidence it stands in."""
        forms = [str(side.assessment.pk) for side in (self.first, self.second) if side]
        return hashlib.sha256("|".join([self.kind, *forms, self.what]).encode()).hexdigest()


def found_between(kind: FlagKind, first: Place, second: Place, percent: int, what: str) -> Found:
    """With the lines of one criterion where both have one."""
    theirs = {answer.criterion.code: answer for answer in reversed(second.answers)}
    here = next((one for one in first.answers if one.criterion.code in theirs), first.answers[0])
    there = theirs.get(here.criterion.code, second.answers[0])
    return Found(kind, first, second, here, there, percent, what)


def places_of(cycle: Cycle) -> list[Place]:
    """Files and citations, four queries whatever their number."""
    forms = {one.pk: one for one in cycle.assessments.filter(state__in=HANDED_IN).select_related("unit")}
    lines = Answer.objects.filter(assessment__cycle=cycle, assessment__state__in=HANDED_IN).select_related("criterion")
    answers = {one.pk: one for one in lines.only("assessment_id", "criterion__code", "criterion__position")}
    files = AnswerEvidence.objects.filter(answer__in=lines.order_by().values("pk"), evidence__removed_at__isnull=True)
    files = files.filter(evidence__replaced_by__isnull=True).select_related("evidence__citation")
    cited = AnswerCitation.objects.filter(answer__in=lines.order_by().values("pk"), citation__number__gt="")
    behind: dict[tuple[int, Evidence | Citation], list[Answer]] = {}
    for row in [*files, *cited.select_related("citation")]:
        answer = answers[row.answer_id]
        document = row.evidence if isinstance(row, AnswerEvidence) else row.citation
        behind.setdefault((answer.assessment_id, document), []).append(answer)
    return [
        Place(forms[form], document, tuple(sorted(lines, key=lambda one: one.criterion.position)))
        for (form, document), lines in behind.items()
    ]


def mark_of(places: Iterable[Place], unread: int) -> str:
    """Changes whenever a flag may come or go."""
    facts = sorted((place.facts for place in places), key=json.dumps)
    return hashlib.sha256(json.dumps([facts, unread]).encode()).hexdigest()
