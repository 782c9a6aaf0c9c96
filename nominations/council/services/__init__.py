"""Acts of the council's desk: composition, meetings and their agenda, votes."""

from nominations.council.services.composition import WorkingRules, set_up_council
from nominations.council.services.meetings import call_meeting, put_on_agenda, record_attendance, take_off_agenda
from nominations.council.services.votes import cast_vote, close_motion, open_motion, recuse

__all__ = [
    "WorkingRules",
    "call_meeting",
    "cast_vote",
    "close_motion",
    "open_motion",
    "put_on_agenda",
    "record_attendance",
    "recuse",
    "set_up_council",
    "take_off_agenda",
]
