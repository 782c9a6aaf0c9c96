"""What a unit sees of its own appraisal: total and rank, provisional or published, and each line with its reasons."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from core.verdict import Verdict
from scoring.appraisal.lines import claim_values, effective_values, score
from scoring.appraisal.permissions import FILES, can_explain, is_contestable
from scoring.appraisal.value_words import said_claim
from scoring.enums import RunState
from scoring.inputs import said
from scoring.models import Answer, Assessment, Correction, Explanation, Pillar, RankingRow


@dataclass(frozen=True)
class ResultLine:
    """Claimed, appraised, why. `counted` is what the run counted, so that the lines add up to its total."""

    answer: Answer
    declared: str
    counted: Decimal | None
    claim_sentence: str
    appraised_sentence: str
    final_sentence: str
    change: Correction | None
    contest: Explanation | None
    earlier: list[Explanation]
    may_explain: Verdict

    @property
    def waits_for_unit(self) -> bool:
        """Not contested in the round that runs."""
        return self.contest is None or self.contest.round < self.answer.assessment.cycle.explanation_round

    @property
    def difference(self) -> Decimal | None:
        claimed = self.answer.claimed_points
        return None if claimed is None or self.counted is None else self.counted - claimed

    @property
    def after(self) -> Decimal | None:
        """What the line counts after the decision on the explanation, where that is something else."""
        changed = _is_heard(self.contest) and self.answer.appraised_points != self.counted
        return self.answer.appraised_points if changed else None


@dataclass(frozen=True)
class PillarResult:
    pillar: Pillar | None
    title: str
    points: Decimal | None
    lines: list[ResultLine]


@dataclass(frozen=True)
class Standing:
    """The unit's own row of the published run, until then of the provisional one; None where no run was shown."""

    row: RankingRow | None
    units_ranked: int
    grade: str

    @property
    def is_published(self) -> bool:
        return self.row is not None and self.row.run.state == RunState.PUBLISHED


@dataclass(frozen=True)
class Result:
    standing: Standing
    pillars: list[PillarResult]

    @property
    def changed(self) -> list[ResultLine]:
        """Lines that count otherwise than claimed because of a correction, contested or not."""
        return [line for pillar in self.pillars for line in pillar.lines if line.change is not None]


def own_assessments(user: User) -> QuerySet[Assessment]:
    """The forms of the person's own unit, and nobody else's."""
    return Assessment.objects.filter(unit__in=user.units_as(*FILES)).select_related(
        "cycle", "unit", "group", "criteria_set"
    )


def own_answers(user: User) -> QuerySet[Answer]:
    related = ("assessment__unit", "assessment__cycle", "criterion__criteria_set", "criterion__pillar")
    return (
        Answer.objects.filter(assessment__in=own_assessments(user))
        .select_related(*related, "criterion__responsible", "correction", "contest__contested", "contest__referral")
        .prefetch_related("contest__files", "explanations")
    )


def shown_row(assessment: Assessment) -> RankingRow | None:
    """The unit's row of the published run, until then of the run that was shown to the units."""
    rows = RankingRow.objects.filter(
        Q(run__is_provisional=True) | Q(run__state=RunState.PUBLISHED),
        run__cycle=assessment.cycle_id,
        run__group=assessment.group_id,
        unit=assessment.unit_id,
    )
    return rows.select_related("run").defer("run__snapshot").order_by("run__is_provisional", "-run__number").first()


def standing_of(assessment: Assessment) -> Standing:
    """Two queries."""
    row = shown_row(assessment)
    return Standing(row, row.run.rows.exclude(rank=None).count() if row else 0, _grade(assessment, row))


def result_of(user: User, assessment: Assessment, now: datetime) -> Result:
    """Everything the page shows: four queries."""
    standing = standing_of(assessment)
    row = standing.row
    pillars: list[PillarResult] = []
    for answer in own_answers(user).filter(assessment=assessment).order_by("criterion__position"):
        answer.assessment, answer.criterion.criteria_set = assessment, assessment.criteria_set
        pillar = answer.criterion.pillar
        if not pillars or pillars[-1].pillar != pillar:
            pillars.append(PillarResult(pillar, _title_of(pillar), _node(row, pillar), []))
        pillars[-1].lines.append(result_line(user, answer, row, now))
    return Result(standing, pillars)


def _title_of(pillar: Pillar | None) -> str:
    return pillar.title if pillar else _("Bonus and penalty")


def _node(row: RankingRow | None, pillar: Pillar | None) -> Decimal | None:
    points = row.nodes.get(pillar.code) if row and pillar else None
    return None if points is None else Decimal(points)


def _grade(assessment: Assessment, row: RankingRow | None) -> str:
    grades = {grade.code: said(grade.title) for grade in assessment.criteria_set.definition.grades}
    return grades.get(row.grade, "") if row else ""


def _is_heard(contest: Explanation | None) -> bool:
    return contest is not None and contest.is_decided


def result_line(user: User, answer: Answer, row: RankingRow | None, now: datetime) -> ResultLine:
    """One line as its unit reads it. Without a run the appraised points stand for the counted ones."""
    lang = get_language() or "vi"
    counted = row.lines.get(answer.criterion.code, {}).get("points") if row else answer.appraised_points
    contest = answer.contest
    change = contest.contested if contest else answer.correction if is_contestable(answer) else None
    return ResultLine(
        answer=answer,
        declared=said_claim(answer),
        counted=None if counted is None else Decimal(counted),
        claim_sentence=score(answer, claim_values(answer)).sentence(lang) if change else "",
        appraised_sentence=score(answer, change.values).sentence(lang) if change else "",
        final_sentence=score(answer, effective_values(answer)).sentence(lang) if _is_heard(contest) else "",
        change=change,
        contest=contest,
        earlier=[one for one in answer.explanations.all() if one.pk != answer.contest_id],
        may_explain=can_explain(user, answer, answer.assessment.cycle, now),
    )
