"""How far a self-assessment has come, pillar by pillar, and what it would score as it stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from scoring import engine
from scoring.filing.carried import waits_for_fresh_evidence
from scoring.filing.checks import Finding, Kind, errors_in, lines_of
from scoring.filing.selectors import LastYear, last_year
from scoring.inputs import is_scorable
from scoring.models import Answer, Assessment
from scoring.rescaling import Rescaled, rescaled_total

# The section of bonus and penalty lines; no code of a set begins with an underscore.
ADJUSTMENTS = "_adjustments"
BLOCKING_KINDS = (Kind.EMPTY, Kind.HALF, Kind.EVIDENCE, Kind.REASON, Kind.VALUE)


@dataclass(frozen=True)
class PillarProgress:
    """One pillar, or the lines beside the tree (`is_adjustments`, then without a maximum).

    `lines` are those that the unit declares, `done` those of them that block nothing and were touched, this year where
    they were carried over (`carried` are those that wait for that); the other counts are of lines that block, which
    `missing` holds in the order of the form. Points are claimed, and None where the set cannot say them yet.
    """

    code: str
    title: str
    lines: int
    done: int
    empty: int
    half: int
    evidence: int
    reason: int
    value: int
    carried: int
    points: Decimal | None
    max_points: Decimal | None
    last_points: Decimal | None = None
    missing: list[Finding] = field(default_factory=list, repr=False)
    is_adjustments: bool = False

    @property
    def gaps(self) -> list[tuple[str, int]]:
        """What is missing and how often, the worst first."""
        kinds = ("value", "half", "evidence", "reason", "carried", "empty")
        return [(kind, count) for kind in kinds if (count := getattr(self, kind))]


@dataclass(frozen=True)
class Progress:
    """The whole form. `total` is what the claims give by the set's rules, a line not yet declared counting as missing.

    Pillars show their own points; where `rescaled` stands they add up to less than the total.
    """

    pillars: list[PillarProgress]
    adjustments: PillarProgress | None
    total: Decimal | None
    max_points: Decimal
    last: LastYear | None
    rescaled: Rescaled | None
    blocking: list[Finding] = field(repr=False)

    @property
    def lines(self) -> int:
        return sum(pillar.lines for pillar in self.pillars)

    @property
    def done(self) -> int:
        return sum(pillar.done for pillar in self.pillars)

    @property
    def sections(self) -> list[PillarProgress]:
        return [*self.pillars, self.adjustments] if self.adjustments else self.pillars


def pillar_progress(assessment: Assessment) -> Progress:
    """For the overview and the home page (`filing/_pillars.html`): five queries, whatever the number of lines."""
    return progress_of(assessment, lines_of([assessment]), last_year(assessment))


def progress_of(assessment: Assessment, lines: list[Answer], last: LastYear | None = None) -> Progress:
    """The same from lines already read with `lines_of`: one query, for the pillars. `blocking` is one finding a line."""
    result = claimed_result(assessment, lines)
    found = errors_in(lines)
    missing = Counter((finding.pillar_code, finding.kind) for finding in found)
    blocked = {finding.answer_id for finding in found}
    last_nodes = last.row.nodes if last and last.row else {}

    def section(code: str, title: str, members: list[Answer], **figures) -> PillarProgress:
        declared = [answer for answer in members if answer.criterion.declared_by_unit]
        touched = [answer for answer in declared if answer.is_touched and answer.pk not in blocked]
        carried = sum(waits_for_fresh_evidence(answer) for answer in touched)
        pillar = "" if code == ADJUSTMENTS else code
        counts = {kind.value: missing[pillar, kind] for kind in BLOCKING_KINDS}
        gaps = [finding for finding in found if finding.pillar_code == pillar]
        return PillarProgress(
            code=code,
            title=title,
            lines=len(declared),
            done=len(touched) - carried,
            carried=carried,
            missing=gaps,
            **counts,
            **figures,
        )

    pillars = [
        section(
            pillar.code,
            pillar.title,
            [answer for answer in lines if answer.criterion.pillar_id == pillar.pk],
            points=result.nodes[pillar.code],
            max_points=pillar.max_points,
            last_points=Decimal(last_nodes[pillar.code]) if last_nodes.get(pillar.code) else None,
        )
        for pillar in assessment.criteria_set.pillars.all()
    ]
    beside = [answer for answer in lines if answer.criterion.pillar_id is None]
    adjustments = None
    if beside:
        points = _beside_the_pillars(result, beside)
        last_points = last.row.bonus - last.row.penalty if last and last.row else None
        figures = {"points": points, "max_points": None, "last_points": last_points}
        adjustments = section(ADJUSTMENTS, "", beside, **figures, is_adjustments=True)
    maximum = Decimal(result.maximum.numerator) / result.maximum.denominator
    return Progress(pillars, adjustments, result.total, maximum, last, rescaled_total(result), found)


def _beside_the_pillars(result: engine.UnitResult, answers: list[Answer]) -> Decimal:
    """Bonus less penalty after the limits of the set, and lines that hang at the root itself."""
    at_root = [answer for answer in answers if not answer.criterion.leaf.rule.is_adjustment]
    points = [result.lines[answer.criterion.code].points or Decimal(0) for answer in at_root]
    return result.bonus - result.penalty + sum(points, Decimal(0))


def claimed_result(assessment: Assessment, lines: Iterable[Answer]) -> engine.UnitResult:
    """The unit scored alone on what it claims and what was brought in for it.

    Lines that compare units are left out: nobody knows the others yet.
    """
    return claimed_results(assessment, lines).rows[0]


def claimed_results(assessment: Assessment, lines: Iterable[Answer]) -> engine.Results:
    """The same as a run of one unit."""
    values = {answer.criterion.code: answer.values for answer in lines if _counts(answer)}
    return engine.score(assessment.criteria_set.definition, {assessment.unit.code: values})


def _counts(answer: Answer) -> bool:
    leaf = answer.criterion.leaf
    definition = answer.criterion.criteria_set.definition
    scores = not answer.asks_not_applicable and not leaf.rule.is_relative
    return scores and is_scorable(definition, leaf.code, answer.values)
