"""What a clerk may want to read beside a line: the rule, the evidence wanted, who appraises, where it comes from, last year."""

from dataclasses import dataclass
from decimal import Decimal

from scoring.appraisal.value_words import said_claim
from scoring.criteria.provenance import provenance_words
from scoring.criteria.rule_table import rule_table
from scoring.filing.selectors import LastYear
from scoring.models import Answer


@dataclass(frozen=True)
class LastLine:
    """The line a year before: what was declared, what it was claimed and appraised at, why it was corrected."""

    year: int
    declared: str
    claimed_points: Decimal | None
    appraised_points: Decimal | None
    reason: str


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
    reason = before.correction.reason if before.correction else ""
    return LastLine(last.year, said_claim(before), before.claimed_points, before.appraised_points, reason)
