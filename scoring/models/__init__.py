from scoring.models.anchor import Anchor, AnchorMark
from scoring.models.appraisal import Correction, Explanation, Referral
from scoring.models.assessment import Answer, Assessment
from scoring.models.assignment import Assignment, AssignmentPlan
from scoring.models.citation import AnswerCitation, Citation
from scoring.models.clarification import Clarification
from scoring.models.conflict import Conflict
from scoring.models.criteria import CodeLink, CriteriaSet, Criterion, Pillar
from scoring.models.cycle import Cycle, CycleGroup, ExplanationRound, Movement
from scoring.models.evidence import AnswerEvidence, Evidence
from scoring.models.extension import Extension
from scoring.models.marking import MarkingDraw, SecondMark
from scoring.models.measurement import Measurement, ValueImport
from scoring.models.ranking import RankingRow, RankingRun
from scoring.models.reminder import Reminder
from scoring.models.review import CriterionReview, Reopening
from scoring.models.signing import Preparation, Submission
from scoring.models.twin import EvidenceFlag, EvidenceText
from scoring.models.upload import Upload

__all__ = [
    "Anchor",
    "AnchorMark",
    "Answer",
    "AnswerCitation",
    "AnswerEvidence",
    "Assessment",
    "Assignment",
    "AssignmentPlan",
    "Citation",
    "Clarification",
    "CodeLink",
    "Conflict",
    "Correction",
    "CriteriaSet",
    "Criterion",
    "CriterionReview",
    "Cycle",
    "CycleGroup",
    "Evidence",
    "EvidenceFlag",
    "EvidenceText",
    "Explanation",
    "ExplanationRound",
    "Extension",
    "MarkingDraw",
    "Measurement",
    "Movement",
    "Pillar",
    "Preparation",
    "RankingRow",
    "RankingRun",
    "Referral",
    "Reminder",
    "SecondMark",
    "Reopening",
    "Submission",
    "Upload",
    "ValueImport",
]
