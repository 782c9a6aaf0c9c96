"""What is stored of a run beside its snapshot: the rows, and what the audit trail keeps of a publication."""

from datetime import UTC
from typing import Any

from scoring import engine
from scoring.models import RankingRun


def row_values(position: int, row: engine.ResultRow, notes: dict[str, dict]) -> dict[str, Any]:
    """The columns of a `RankingRow` but run and unit. `notes`: claim and reason of correction per line."""
    return {
        "position": position,
        "rank": row.rank,
        "total": row.total,
        "grade": row.grade,
        "tie_break": row.tie_break,
        "bonus": row.bonus,
        "penalty": row.penalty,
        "nodes": {code: _text(points) for code, points in row.nodes.items()},
        "lines": {
            code: {"points": _text(line.points), "status": line.status} | notes.get(code, {})
            for code, line in row.lines.items()
        },
    }


def _text(points) -> str | None:
    return None if points is None else str(points)


def publication(run: RankingRun) -> dict[str, str]:
    """What is put on record when a run is published, and must be found there again."""
    return {
        "sha256": run.sha256,
        "decision": run.decision_number,
        "decision_on": run.decision_on.isoformat() if run.decision_on else "",
        # In UTC: a moment comes back from the database in another zone than it went in.
        "published_at": run.published_at.astimezone(UTC).isoformat() if run.published_at else "",
        "reason": run.reason,
    }
