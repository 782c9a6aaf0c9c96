"""What the database refuses on the tables of commendation (design.md 4)."""

from core.protections import Protection, append_only, closed_with, frozen
from nominations.models import (
    Attendance,
    Ballot,
    BaseSalary,
    BonusCoefficient,
    Certificate,
    Decision,
    DecisionItem,
    Meeting,
    Motion,
    Nomination,
    Recusal,
    Revocation,
    RollEntry,
)

_CLOSED = "('carried', 'not_carried', 'no_quorum')"
_MOTION = Motion._meta.db_table
# The vote on the row's motion is open; a vote of the meeting (p) was opened.
_OPEN = f"EXISTS (SELECT 1 FROM \"{_MOTION}\" m WHERE m.id = OLD.motion_id AND m.state = 'open')"  # noqa: S608 - our own table
_BEGUN = f"EXISTS (SELECT 1 FROM \"{_MOTION}\" m WHERE m.meeting_id = p.id AND m.state <> 'prepared')"  # noqa: S608

PROTECTIONS = [
    append_only(Ballot),
    closed_with(Ballot, parent=Motion, link="motion", when="p.state <> 'open'"),
    append_only(RollEntry),
    closed_with(RollEntry, parent=Motion, link="motion", when="p.state <> 'prepared'"),
    # A declaration is never changed; it goes only with a motion that is taken off the agenda.
    Protection(Recusal, "UPDATE", "1 = 1", "a recusal is not changed"),
    Protection(Recusal, "DELETE", _OPEN, "a recusal is not taken back"),
    closed_with(Recusal, parent=Motion, link="motion", when="p.state NOT IN ('prepared', 'open')"),
    # Attendance is what the first vote of the meeting found.
    closed_with(Attendance, parent=Meeting, link="meeting", when=_BEGUN),
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
    append_only(BaseSalary),
    append_only(BonusCoefficient),
    closed_with(Revocation, parent=Decision, link="decision", when="p.state <> 'draft'"),
    frozen(Certificate, when="1 = 1", but=["state", "version"], never="OLD.state = 'revoked'"),
]
