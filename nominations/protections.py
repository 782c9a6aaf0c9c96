"""What the database refuses on the tables of commendation (design.md 4)."""

from core.protections import append_only, closed_with, frozen
from nominations.models import Ballot, Certificate, Decision, DecisionItem, Motion, Nomination, RollEntry

_CLOSED = "('carried', 'not_carried', 'no_quorum')"

PROTECTIONS = [
    append_only(Ballot),
    closed_with(Ballot, parent=Motion, link="motion", when="p.state <> 'open'"),
    append_only(RollEntry),
    closed_with(RollEntry, parent=Motion, link="motion", when="p.state <> 'prepared'"),
    frozen(
        Motion,
        when="OLD.state = 'open'",
        but=["state", "version", "in_favour", "against", "abstained", "closed_at", "closed_by"],
        never="NEW.state = 'prepared'",
    ),
    frozen(Motion, when=f"OLD.state IN {_CLOSED}"),
    frozen(Nomination, when="OLD.state = 'decided'"),
    frozen(
        Decision,
        when="OLD.state IN ('signed', 'issued')",
        but=["state", "version"],
        never="NEW.state = 'draft' OR OLD.state = 'issued'",
    ),
    closed_with(DecisionItem, parent=Decision, link="decision", when="p.state <> 'draft'"),
    append_only(Certificate),
]
