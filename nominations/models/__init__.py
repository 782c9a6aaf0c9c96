from nominations.models.award import AWARDS, Award
from nominations.models.ballot import Ballot, Motion, Recusal, RollEntry
from nominations.models.bonus import BaseSalary, BonusCoefficient
from nominations.models.certificate import Certificate, GoldenBook
from nominations.models.council import Attendance, Council, CouncilMember, Meeting
from nominations.models.decision import Decision, DecisionItem, Revocation
from nominations.models.nomination import Nomination
from nominations.models.quota import Quota

__all__ = [
    "AWARDS",
    "Attendance",
    "Award",
    "Ballot",
    "BaseSalary",
    "BonusCoefficient",
    "Certificate",
    "Council",
    "CouncilMember",
    "Decision",
    "DecisionItem",
    "GoldenBook",
    "Meeting",
    "Motion",
    "Nomination",
    "Quota",
    "Recusal",
    "Revocation",
    "RollEntry",
]
