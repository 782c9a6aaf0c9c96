"""What the database refuses on the year's tables (design.md 4: published things are immutable by trigger as well)."""

from core.protections import Protection, append_only, closed_with, frozen
from scoring.models import (
    Anchor,
    AnchorMark,
    Answer,
    Assessment,
    AssignmentPlan,
    Clarification,
    CodeLink,
    Conflict,
    Correction,
    CriteriaSet,
    Criterion,
    CriterionReview,
    Cycle,
    CycleGroup,
    Explanation,
    ExplanationRound,
    Extension,
    MarkingDraw,
    Measurement,
    Pillar,
    Preparation,
    RankingRow,
    RankingRun,
    Referral,
    Reminder,
    Reopening,
    SecondMark,
    Submission,
    ValueImport,
)

_SET_IS_FINAL = "p.state <> 'draft'"
_RUN_IS_FINAL = "p.state IN ('published', 'superseded')"
_WHO_BY_WHAT = {"id", "cycle", "unit", "group", "criteria_set"}
_OPENED = "p.state <> 'preparing'"
_DECIDED = ["until", "decision_reason", "decided_by", "decided_at"]
_RULED = ["decision_reason", "decided_by", "decided_at"]
_WITHDRAWN = ["withdrawal_reason", "withdrawn_by", "withdrawn_at"]

# Both ends of a link are there: in the set that has it, and in the version that the set continues.
_LINK_IS_ASTRAY = """NOT EXISTS (SELECT 1 FROM scoring_criterion c JOIN scoring_criteriaset s ON s.id = c.criteria_set_id
JOIN scoring_criterion e ON e.criteria_set_id = s.continues_id
WHERE c.id = NEW.criterion_id AND s.id = NEW.criteria_set_id AND e.id = NEW.earlier_id)"""
_MAP_IS_LEFT = """OLD.continues_id {distinct} NEW.continues_id
AND EXISTS (SELECT 1 FROM scoring_codelink l WHERE l.criteria_set_id = OLD.id)"""

# Once a form is closed its lines stay as they were declared and marked; only what decides on a contest changes the mark.
_DECLARED = ("assessment_id", "criterion_id", "values", "explanation", "asks_not_applicable", "claimed_points")
_MARKED = ("line_state", "correction_id", "appraised_points", "appraised_by_id", "appraised_at")
_IS_CLOSED = """EXISTS (SELECT 1 FROM scoring_assessment s JOIN scoring_answer a ON a.assessment_id = s.id
WHERE a.id = {answer} AND s.state IN ('appraised', 'settled'))"""
_NOT_CONTESTED = """NOT EXISTS (SELECT 1 FROM scoring_explanation e
WHERE e.answer_id = {answer} AND e.state IN ('filed', 'referred'))"""


def _other(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'OLD."{column}" {{distinct}} NEW."{column}"' for column in columns)


_KEPT_ONCE_CLOSED = (
    _IS_CLOSED.replace("{answer}", "OLD.id")
    + f" AND ({_other(_DECLARED)} OR (({_other(_MARKED)}) AND {_NOT_CONTESTED.replace('{answer}', 'OLD.id')}))"
)
_LATE_CORRECTION = " AND ".join(one.replace("{answer}", "NEW.answer_id") for one in (_IS_CLOSED, _NOT_CONTESTED))

PROTECTIONS = [
    append_only(Submission),
    frozen(Preparation, when="1 = 1", but=["voided_at", "voided_by"], never='OLD."voided_at" IS NOT NULL'),
    append_only(Correction),
    Protection(Correction, "INSERT", _LATE_CORRECTION, "scoring_correction: the form is closed"),
    Protection(Answer, "UPDATE", _KEPT_ONCE_CLOSED, "scoring_answer: the form is closed"),
    append_only(ValueImport),
    append_only(Measurement),
    append_only(Reminder),
    append_only(Reopening),
    append_only(CriterionReview),
    append_only(AssignmentPlan),
    append_only(MarkingDraw),
    frozen(SecondMark, when='OLD."settled_at" IS NOT NULL', but=[]),
    append_only(AnchorMark),
    # A reference answer stays as it was agreed; who was measured by it was measured by that.
    frozen(Anchor, when="1 = 1", but=_WITHDRAWN, never='OLD."withdrawn_at" IS NOT NULL'),
    frozen(CriteriaSet, when="OLD.state <> 'draft'", but=["state", "version"], never="NEW.state = 'draft'"),
    closed_with(Pillar, parent=CriteriaSet, link="criteria_set", when=_SET_IS_FINAL),
    closed_with(Criterion, parent=CriteriaSet, link="criteria_set", when=_SET_IS_FINAL),
    Protection(
        CriteriaSet, "UPDATE", _MAP_IS_LEFT, "scoring_criteriaset: the code map leads to the version that it continues"
    ),
    closed_with(CodeLink, parent=CriteriaSet, link="criteria_set", when=_SET_IS_FINAL),
    *(
        Protection(
            CodeLink, event, _LINK_IS_ASTRAY, "scoring_codelink: both ends belong to the set and to what it continues"
        )
        for event in ("INSERT", "UPDATE")
    ),
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
    # A question stays as it was asked, an answer as it was given.
    frozen(Clarification, when="1 = 1", but=["state", "version", "reply", "replied_by", "replied_at", "after"]),
    frozen(Clarification, when="OLD.state <> 'asked'"),
    # A contest stays as it was filed and, once decided, as it was decided; so does what the council was asked and said.
    frozen(Explanation, when="1 = 1", but=["state", "version", *_RULED]),
    frozen(ExplanationRound, when="1 = 1", but=["closes_at"]),
    frozen(Explanation, when="OLD.state NOT IN ('filed', 'referred')"),
    frozen(Referral, when="1 = 1", but=["number", "decided_on", "present"], never='OLD."decided_on" IS NOT NULL'),
    # A conflict of interest stays as it was declared, and once withdrawn it is over.
    frozen(
        Conflict,
        when="1 = 1",
        but=["withdrawal_reason", "withdrawn_by", "withdrawn_at"],
        never='OLD."withdrawn_at" IS NOT NULL',
    ),
    closed_with(RankingRow, parent=RankingRun, link="run", when=_RUN_IS_FINAL),
]
