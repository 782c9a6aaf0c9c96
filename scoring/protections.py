"""What the database refuses on the year's tables (design.md 4: published things are immutable by trigger as well)."""

from core.protections import append_only, closed_with, frozen
from scoring.models import (
    Correction,
    CriteriaSet,
    Criterion,
    Measurement,
    Pillar,
    Preparation,
    RankingRow,
    RankingRun,
    Submission,
    ValueImport,
)

_SET_IS_FINAL = "p.state <> 'draft'"
_RUN_IS_FINAL = "p.state IN ('published', 'superseded')"

PROTECTIONS = [
    append_only(Submission),
    frozen(Preparation, when="1 = 1", but=["voided_at", "voided_by"], never='OLD."voided_at" IS NOT NULL'),
    append_only(Correction),
    append_only(ValueImport),
    append_only(Measurement),
    frozen(CriteriaSet, when="OLD.state <> 'draft'", but=["state", "version"], never="NEW.state = 'draft'"),
    closed_with(Pillar, parent=CriteriaSet, link="criteria_set", when=_SET_IS_FINAL),
    closed_with(Criterion, parent=CriteriaSet, link="criteria_set", when=_SET_IS_FINAL),
    frozen(
        RankingRun,
        when="OLD.state IN ('published', 'superseded')",
        but=["state", "version"],
        never="NEW.state NOT IN ('published', 'superseded') OR (OLD.state = 'superseded' AND NEW.state = 'published')",
    ),
    closed_with(RankingRow, parent=RankingRun, link="run", when=_RUN_IS_FINAL),
]
