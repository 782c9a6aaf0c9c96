"""What comes next in a year, in words: what the step does, and why it may have to wait."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from core.verdict import Verdict
from scoring.cycles import services
from scoring.cycles.checks import may_move, open_contests
from scoring.enums import CycleAction, CycleState
from scoring.models import Cycle, Explanation


@dataclass(frozen=True)
class Step:
    """The next step of a cycle. `question` and `facts` stand on the page that asks before it is taken; `open_contests` are
    the contested lines that it waits for."""

    action: CycleAction
    label: str
    consequence: str
    question: str
    verdict: Verdict
    open_contests: Sequence[Explanation] = ()

    @property
    def locked(self) -> str:
        """Why it cannot be taken now; empty when it can."""
        return "" if self.verdict else self.verdict.reason

    @property
    def slug(self) -> str:
        return slug_of(self.action)


ACTS: dict[CycleAction, Callable[..., Cycle]] = {
    CycleAction.OPEN_FILING: services.open_filing,
    CycleAction.CLOSE_FILING: services.close_filing,
    CycleAction.RELEASE: services.release_provisional,
    CycleAction.OPEN_EXPLANATION: services.open_explanation,
    CycleAction.SETTLE: services.settle,
    CycleAction.ARCHIVE: services.archive,
}
# Settled → published is the last group's publication, on the ranking desk.
NEXT = {
    CycleState.PREPARING: CycleAction.OPEN_FILING,
    CycleState.FILING: CycleAction.CLOSE_FILING,
    CycleState.APPRAISAL: CycleAction.RELEASE,
    CycleState.PROVISIONAL: CycleAction.OPEN_EXPLANATION,
    CycleState.EXPLANATION: CycleAction.SETTLE,
    CycleState.PUBLISHED: CycleAction.ARCHIVE,
}


def slug_of(action: CycleAction) -> str:
    return action.value.replace("_", "-")


def action_of(slug: str) -> CycleAction | None:
    """The act that an address names, or None."""
    return next((action for action in ACTS if slug_of(action) == slug), None)


def take(cycle: Cycle, action: CycleAction, actor: User) -> Cycle:
    """One act of the calendar by its name."""
    return ACTS[action](cycle=cycle, actor=actor)


def next_step(cycle: Cycle, now: datetime) -> Step | None:
    """None while rankings are published, group by group, and once the year is archived."""
    action = NEXT.get(cycle.state)
    return step_of(cycle, action, now) if action else None


def step_of(cycle: Cycle, action: CycleAction, now: datetime) -> Step:
    label, question, consequence = _words(cycle.year)[action]
    verdict, waits_for = may_move(cycle, action, now), []
    if action == CycleAction.SETTLE and not verdict:
        waits_for = contests_waited_for(cycle)
    return Step(action, label, consequence, question, verdict, waits_for)


def contests_waited_for(cycle: Cycle) -> list[Explanation]:
    """By unit in Vietnamese order: one query."""
    ordered = open_contests(cycle).order_by("answer__assessment__unit__name_sort", "answer__criterion__position")
    return list(ordered.select_related("answer__assessment__unit", "answer__criterion"))


def _words(year: int) -> dict[CycleAction, tuple[str, str, str]]:
    """label on the button, question before it, consequence."""
    words = {
        CycleAction.OPEN_FILING: (
            _("Open filing"),
            _("Open the filing of {year}?"),
            _("Groups and criteria sets are frozen, and every active unit of the groups gets an empty form."),
        ),
        CycleAction.CLOSE_FILING: (
            _("Close filing"),
            _("Close the filing of {year}?"),
            _(
                "What was submitted goes to the appraisers. What was not submitted is locked and counts as not declared."
            ),
        ),
        CycleAction.RELEASE: (
            _("Show the provisional result"),
            _("Show the provisional result of {year} to the units?"),
            _("Each unit sees its own points, line by line, and its rank; nobody else does."),
        ),
        CycleAction.OPEN_EXPLANATION: (
            _("Open the explanation"),
            _("Open the explanation of {year}?"),
            _("Heads of units may contest corrected lines until the closing date."),
        ),
        CycleAction.SETTLE: (
            _("Settle the scores"),
            _("Settle the scores of {year}?"),
            _("Scores change no more. Rankings are computed from them and published."),
        ),
        CycleAction.ARCHIVE: (
            _("Archive the year"),
            _("Archive {year}?"),
            _("The year leaves the desks. Its published rankings stay public and can be verified."),
        ),
    }
    return {action: (label, question.format(year=year), text) for action, (label, question, text) in words.items()}
