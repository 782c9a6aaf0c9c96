"""What the database refuses on the year's tables (design.md 4: published things are immutable by trigger as well)."""

from core.protections import append_only, closed_with, frozen
from scoring.models import (
    Assessment,
    Correction,
    CriteriaSet,
    Criterion,
    Cycle,
    CycleGroup,
    Extension,
    Measurement,
    Pillar,
    Preparation,
    RankingRow,
    RankingRun,
    Reminder,
    Submission,
    ValueImport,
)

_SET_IS_FINAL = "p.state <> 'draft'"
_RUN_IS_FINAL = "p.state IN ('published', 'superseded')"
_WHO_BY_WHAT = {"id", "cycle", "unit", "group", "criteria_set"}
_OPENED = "p.state <> 'preparing'"
_DECIDED = ["until", "decision_reason", "decided_by", "decided_at"]
_WITHDRAWN = ["withdrawal_reason", "withdrawn_by", "withdrawn_at"]

PROTECTIONS = [
    append_only(Submission),
    frozen(Preparation, when="1 = 1", but=["voided_at", "voided_by"], never='OLD."voided_at" IS NOT NULL'),
    append_only(Correction),
    append_only(ValueImport),
    append_only(Measurement),
    append_only(Reminder),
    frozen(CriteriaSet, when="OLD.state <> 'draft'", but=["state", "version"], never="NEW.state = 'draft'"),
    closed_with(Pillar, parent=CriteriaSet, link="criteria_set", when=_SET_IS_FINAL),
    closed_with(Criterion, parent=CriteriaSet, link="criteria_set", when=_SET_IS_FINAL),
    frozen(
        RankingRun,
        when="OLD.state IN ('published', 'superseded')",
        but=["state", "version"],
        never="NEW.state NOT IN ('published', 'superseded') OR (OLD.state = 'superseded' AND NEW.state = 'published')",
    ),
    # Opening freezes who is judged by what: neither the choice of sets nor a unit's set, group and year change again.
    closed_with(CycleGroup, parent=Cycle, link="cycle", when=_OPENED),
    frozen(
        Assessment,
        when="1 = 1",
        but=[field.name for field in Assessment._meta.concrete_fields if field.name not in _WHO_BY_WHAT],
    ),
    # What was asked stays as it was asked; what was decided stays decided, and only ends.
    frozen(Extension, when="1 = 1", but=["state", "version", *_DECIDED, *_WITHDRAWN]),
    frozen(Extension, when="OLD.state <> 'asked'", but=["state", "version", *_WITHDRAWN], never="NEW.state = 'asked'"),
    frozen(Extension, when="OLD.state IN ('refused', 'withdrawn')"),
    closed_with(RankingRow, parent=RankingRun, link="run", when=_RUN_IS_FINAL),
]
