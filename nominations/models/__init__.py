from nominations.models.award import AWARDS, Award
from nominations.models.ballot import Ballot, Motion, RollEntry
from nominations.models.certificate import Certificate, GoldenBook
from nominations.models.council import Council, CouncilMember, Meeting
from nominations.models.decision import Decision, DecisionItem
from nominations.models.nomination import Nomination

__all__ = [
    "AWARDS",
    "Award",
    "Ballot",
    "Certificate",
    "Council",
    "CouncilMember",
    "Decision",
    "DecisionItem",
    "GoldenBook",
    "Meeting",
    "Motion",
    "Nomination",
    "RollEntry",
]
