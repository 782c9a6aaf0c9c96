"""What a clerk may want to read beside a line: the rule, the evidence wanted, who appraises, where it comes from, last year."""

from dataclasses import dataclass
from decimal import Decimal

from scoring.appraisal.value_words import said_claim, said_values, shown
from scoring.criteria.provenance import provenance_words
from scoring.criteria.rule_table import rule_table
from scoring.filing.carried import may_repeat
from scoring.filing.selectors import LastYear
from scoring.inputs import inputs_of
from scoring.models import Answer


@dataclass(frozen=True)
class LastLine:
    """The line a year before: what was declared, what it was claimed and appraised at, why it was corrected.

    `inputs` are (title, value) pairs of figures and dates; `recognised` is what the appraiser put in their
    place. `repeatable`: whether this year's rule takes the figures over as they were recognised.
    """

    year: int
    declared: str
    inputs: list[tuple[str, str]]
    recognised: str
    claimed_points: Decimal | None
    appraised_points: Decimal | None
    reason_label: str
    reason: str
    explanation: str
    files: list[str]
    repeatable: bool

    @property
    def difference(self) -> Decimal | None:
        """Appraised less claimed, where both are known."""
        known = self.claimed_points is not None and self.appraised_points is not None
        return self.appraised_points - self.claimed_points if known else None


@dataclass(frozen=True)
class Guide:
    rule: list[tuple[str, str]]
    evidence: str
    evidence_required: bool
    agency: str
    source: str
    provenance: str
    last: LastLine | None


def guide_of(answer: Answer, last: LastYear | None) -> Guide:
    """Needs the criterion's agency and set at hand; no query."""
    leaf = answer.criterion.leaf
    return Guide(
        rule=rule_table(leaf),
        evidence=leaf.evidence.note,
        evidence_required=answer.criterion.evidence_required,
        agency=str(answer.criterion.responsible or leaf.appraiser),
        source=leaf.source,
        provenance=provenance_words(leaf.provenance),
        last=_last_line(answer, last),
    )


def _last_line(answer: Answer, last: LastYear | None) -> LastLine | None:
    before = last.answers.get(answer.criterion.code) if last else None
    if before is None:
        return None
    leaf, correction = before.criterion.leaf, before.correction
    asked = [one for one in inputs_of(leaf) if one.name in before.values and one.type != "choice"]
    return LastLine(
        year=last.year,
        declared=said_claim(before),
        inputs=[(one.title, shown(one, before.values[one.name])) for one in asked],
        recognised=said_values(leaf, correction.values) if correction else "",
        claimed_points=before.claimed_points,
        appraised_points=before.appraised_points,
        reason_label=correction.get_reason_code_display() if correction else "",
        reason=correction.reason if correction else "",
        explanation=before.explanation,
        files=[file.title for file in before.evidence.all()],
        repeatable=may_repeat(answer, before) is not None,
    )
