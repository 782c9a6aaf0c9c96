"""Everything the unit declares, as it stands: what the head's submission covers."""

from typing import Any

from scoring.filing.citing import facts_of_citation
from scoring.models import Assessment


def snapshot_of(assessment: Assessment) -> dict[str, Any]:
    """One reading of the form: three queries, whatever the number of lines. Evidence stands for itself by its hash."""
    answers = assessment.answers.select_related("criterion").prefetch_related("evidence", "citations")
    return {
        "unit": assessment.unit.code,
        "year": assessment.cycle.year,
        "criteria_set": assessment.criteria_set.identity,
        "answers": {
            answer.criterion.code: {
                "values": answer.values,
                "claimed_points": answer.claimed_points,
                "explanation": answer.explanation,
                "asks_not_applicable": answer.asks_not_applicable,
                "citations": sorted(facts_of_citation(one) for one in answer.citations.all()),
                "evidence": sorted(one.sha256 for one in answer.evidence.all() if one.removed_at is None),
            }
            for answer in answers
        },
    }
