"""What waits for a person: each desk says it in `waiting.py`, the home page shows it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Task:
    """One thing to do. `title` in verb form with its number, `where` says where or why in one line.

    A locked task stays in the list and `locked` says what opens it. `until` is the moment it must be done by.
    """

    icon: str
    title: str
    where: str
    url: str
    button: str
    until: datetime | None = None
    locked: str = ""
