"""One self-assessment from filing to settling as a plain model: no database, no clock, no service.

It knows three lines: two that the unit declares (on one it may ask for «not applicable»), one that the agency enters.
Every rule stands here a second time, in other words than the product's; a random walk holds the two against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product

from tests.factories.year import APPRAISED, CLOSES, EXPLAINED, LOCKS, OPENS

DAY = timedelta(days=1)
# The clock only goes forward, from one of these to the next.
MOMENTS = (
    OPENS + DAY,
    CLOSES,
    LOCKS,
    LOCKS + 2 * DAY,
    APPRAISED - DAY,
    APPRAISED,
    EXPLAINED - DAY,
    EXPLAINED,
    EXPLAINED + 2 * DAY,
)

DECLARED, MAY_NOT_APPLY, ENTERED = "A.3", "B.2", "B.3"
LINES = (DECLARED, MAY_NOT_APPLY, ENTERED)
FIGURES = {DECLARED: ("2", "5"), MAY_NOT_APPLY: ("0", "10"), ENTERED: ("0.5", "1")}
FIELD = {DECLARED: "value", MAY_NOT_APPLY: "value", ENTERED: "points"}

UNIT = ("officer0", "head0")
AGENCY = ("appraiser", "appraiser2", "lead")
ASKERS = (*AGENCY, "secretary")
EVERYBODY = (*UNIT, "officer1", "head1", *AGENCY, "other_appraiser", "secretary", "auditor")

# act: whether it is about a line, and what else is chosen
ACTS = {
    "save": (True, 2), "ask_not_applicable": (True, 1), "prepare": (False, 1), "reopen": (False, 1),
    "submit": (False, 1), "give_back": (False, 1), "close_filing": (False, 1), "accept": (True, 1),
    "accept_rest": (False, 1), "correct": (True, 2), "grant": (True, 1), "ask": (True, 1), "answer": (True, 1),
    "withdraw": (True, 1), "close": (False, 1), "release": (False, 1), "open_explanation": (False, 1),
    "contest": (True, 1), "uphold": (True, 1), "reject": (True, 1), "refer": (True, 1),
    "council": (True, 1), "next_round": (False, 1), "settle": (False, 1), "wait": (False, 1),
}  # fmt: skip


@dataclass(frozen=True)
class Act:
    name: str
    by: str
    line: str = ""
    choice: int = 0

    @property
    def figure(self) -> str:
        return FIGURES[self.line][self.choice]


def every_act() -> Iterator[Act]:
    for name, (has_line, choices) in ACTS.items():
        people = EVERYBODY if name != "wait" else ("",)
        for by, line, choice in product(people, LINES if has_line else ("",), range(choices)):
            yield Act(name, by, line, choice)


@dataclass
class Line:
    claim: str = ""
    asks_not_applicable: bool = False
    state: str = "open"
    counts: str = ""
    corrected_by: str = ""
    question: str = ""  # asked, answered
    was_asked: bool = False
    due: datetime | None = None
    contest: str = ""  # filed, referred, upheld, rejected
    round: int = 0  # of the contest
    judges: set[str] = field(default_factory=set)  # of earlier rounds
    decided_by: str = ""
    corrector: str = ""  # of what is contested

    def forget(self) -> None:
        self.state, self.counts, self.corrected_by = "open", "", ""

    def decide(self, state: str, counts: str, by: str) -> None:
        self.state, self.counts, self.corrected_by = state, counts, by
        self.question, self.due = "", None


@dataclass
class Model:
    """`rest` says whether the other lines of the form are decided."""

    now: datetime = MOMENTS[0]
    phase: str = "filing"
    form: str = "draft"
    was_submitted: bool = False
    rest: bool = False
    round: int = 1
    explained: datetime = EXPLAINED
    lines: dict[str, Line] = field(
        default_factory=lambda: {DECLARED: Line("5"), MAY_NOT_APPLY: Line("10"), ENTERED: Line()}
    )

    def has_object(self, act: Act) -> bool:
        """Whether there is anything to act on: a question, a contest."""
        line = self.lines.get(act.line, Line())
        objects = {"answer": line.was_asked, "withdraw": line.was_asked}
        objects |= dict.fromkeys(("uphold", "reject", "refer", "council"), line.contest)
        return bool(objects.get(act.name, True))

    def says(self) -> dict:
        """What the product can be held against."""
        told = ("claim", "asks_not_applicable", "state", "counts", "question", "contest")
        lines = {code: {name: getattr(line, name) for name in told} for code, line in self.lines.items()}
        return {"phase": self.phase, "form": self.form, "was_submitted": self.was_submitted, "lines": lines}

    def may(self, act: Act) -> bool:
        return getattr(self, f"_may_{act.name}")(act)

    def do(self, act: Act) -> None:
        getattr(self, f"_do_{act.name}")(act)

    def waits(self, line: Line) -> bool:
        return line.question == "asked" and self.now < line.due

    # --- the calendar
    def _may_wait(self, act: Act) -> bool:
        return self.now < MOMENTS[-1]

    def _do_wait(self, act: Act) -> None:
        self.now = MOMENTS[MOMENTS.index(self.now) + 1]

    def _may_close_filing(self, act: Act) -> bool:
        return act.by == "secretary" and self.phase == "filing" and self.now >= LOCKS

    def _do_close_filing(self, act: Act) -> None:
        self.phase = "appraisal"
        self.form = "under_appraisal" if self.form == "submitted" else self.form

    def _may_release(self, act: Act) -> bool:
        back = self.was_submitted and self.form in ("draft", "prepared", "returned")
        ready = self.form != "under_appraisal" and not (back and self.now < APPRAISED)
        return act.by == "secretary" and self.phase == "appraisal" and ready

    def _do_release(self, act: Act) -> None:
        self.phase = "provisional"

    def _may_open_explanation(self, act: Act) -> bool:
        return act.by == "secretary" and self.phase == "provisional" and self.now < self.explained

    def _do_open_explanation(self, act: Act) -> None:
        self.phase = "explanation"

    def _may_settle(self, act: Act) -> bool:
        return act.by == "secretary" and self._is_heard()

    def _is_heard(self) -> bool:
        heard = all(line.contest not in ("filed", "referred") for line in self.lines.values())
        return self.phase == "explanation" and self.now >= self.explained and heard

    def _may_next_round(self, act: Act) -> bool:
        return act.by == "secretary" and self._is_heard() and any(x.round == self.round for x in self.lines.values())

    def _do_next_round(self, act: Act) -> None:
        self.round, self.explained = self.round + 1, self.now + DAY

    def _do_settle(self, act: Act) -> None:
        self.phase = "settled"
        self.form = "settled" if self.form == "appraised" else self.form

    # --- the unit
    def _is_open(self) -> bool:
        if self.was_submitted and self.phase == "appraisal":
            return self.now < APPRAISED
        return self.phase == "filing" and self.now < LOCKS

    def _may_edit(self, act: Act) -> bool:
        return act.by in UNIT and self.form in ("draft", "returned") and self._is_open()

    def _may_save(self, act: Act) -> bool:
        line = self.lines[act.line]
        reopened = self.form == "under_appraisal" and self.phase == "appraisal" and self.waits(line)
        may = self._may_edit(act) or (act.by in UNIT and reopened)
        return may and act.line != ENTERED

    def _do_save(self, act: Act) -> None:
        self._declare(self.lines[act.line], act.figure, False)

    def _declare(self, line: Line, claim: str, asks: bool) -> None:
        if (line.claim, line.asks_not_applicable) != (claim, asks):
            line.claim, line.asks_not_applicable = claim, asks
            line.forget()

    def _may_ask_not_applicable(self, act: Act) -> bool:
        return act.line == MAY_NOT_APPLY and self._may_save(act)

    def _do_ask_not_applicable(self, act: Act) -> None:
        self._declare(self.lines[act.line], "", True)

    def _may_prepare(self, act: Act) -> bool:
        return self._may_edit(act)

    def _do_prepare(self, act: Act) -> None:
        self.form = "prepared"

    def _may_reopen(self, act: Act) -> bool:
        return act.by in UNIT and self.form == "prepared" and self._is_open()

    def _do_reopen(self, act: Act) -> None:
        self.form = "draft"

    def _may_submit(self, act: Act) -> bool:
        return act.by == "head0" and self.form == "prepared" and self._is_open()

    def _do_submit(self, act: Act) -> None:
        self.was_submitted = True
        self.form = "under_appraisal" if self.phase == "appraisal" else "submitted"

    def _may_answer(self, act: Act) -> bool:
        return act.by in UNIT and self.phase == "appraisal" and self.waits(self.lines[act.line])

    def _do_answer(self, act: Act) -> None:
        line = self.lines[act.line]
        line.question = "answered"
        line.forget()

    def _may_contest(self, act: Act) -> bool:
        line = self.lines[act.line]
        changed = line.state == "corrected" or (line.state == "not_applicable" and not line.asks_not_applicable)
        in_time = self.phase == "explanation" and self.now < self.explained and self.form == "appraised"
        once_more = self.round == 1 or bool(line.contest)
        return act.by == "head0" and in_time and changed and line.round < self.round and once_more

    def _do_contest(self, act: Act) -> None:
        line = self.lines[act.line]
        line.judges |= {line.decided_by, line.corrector} if line.contest else set()
        line.contest, line.round, line.corrector = "filed", self.round, line.corrected_by

    # --- the committee
    def _may_give_back(self, act: Act) -> bool:
        mendable = self.form in ("submitted", "under_appraisal") and self._is_open()
        return act.by in ("lead", "secretary") and mendable

    def _do_give_back(self, act: Act) -> None:
        self.form = "returned"

    def _may_decide(self, act: Act) -> bool:
        at_work = self.phase == "appraisal" and self.form == "under_appraisal"
        return act.by in AGENCY and at_work and not (act.line and self.waits(self.lines[act.line]))

    def _may_accept(self, act: Act) -> bool:
        return self._may_decide(act) and act.line != ENTERED and not self.lines[act.line].asks_not_applicable

    def _do_accept(self, act: Act) -> None:
        line = self.lines[act.line]
        line.decide("accepted", line.claim, "")

    def _may_accept_rest(self, act: Act) -> bool:
        return self._may_decide(act)

    def _do_accept_rest(self, act: Act) -> None:
        self.rest = True

    def _may_correct(self, act: Act) -> bool:
        return self._may_decide(act)

    def _do_correct(self, act: Act) -> None:
        self.lines[act.line].decide("corrected", act.figure, act.by)

    def _may_grant(self, act: Act) -> bool:
        return self._may_decide(act) and act.line == MAY_NOT_APPLY

    def _do_grant(self, act: Act) -> None:
        self.lines[act.line].decide("not_applicable", "na", act.by)

    def _may_ask(self, act: Act) -> bool:
        at_work = self.phase == "appraisal" and self.form == "under_appraisal" and self.now < APPRAISED
        return act.by in ASKERS and at_work and act.line != ENTERED and not self.waits(self.lines[act.line])

    def _do_ask(self, act: Act) -> None:
        line = self.lines[act.line]
        line.question, line.due, line.was_asked = "asked", self.due, True

    @property
    def due(self) -> datetime:
        """The day that a question asked now is to be answered by."""
        return min(self.now + DAY, APPRAISED)

    def _may_withdraw(self, act: Act) -> bool:
        return act.by in ASKERS and self.lines[act.line].question == "asked"

    def _do_withdraw(self, act: Act) -> None:
        self.lines[act.line].question = ""

    def _may_close(self, act: Act) -> bool:
        return act.by == "lead" and self.phase == "appraisal"

    def _do_close(self, act: Act) -> None:
        """It closes what is ready, and leaves the rest as it is."""
        decided = self.rest and all(line.state != "open" and not self.waits(line) for line in self.lines.values())
        if self.form == "under_appraisal" and decided:
            self.form = "appraised"

    def _may_reject(self, act: Act) -> bool:
        line = self.lines[act.line]
        second = act.by in AGENCY and act.by != line.corrected_by and act.by not in line.judges
        return second and self.phase == "explanation" and line.contest == "filed"

    def _do_reject(self, act: Act) -> None:
        self.lines[act.line].contest, self.lines[act.line].decided_by = "rejected", act.by

    def _may_uphold(self, act: Act) -> bool:
        line = self.lines[act.line]
        return self._may_reject(act) and bool(line.claim or line.asks_not_applicable)

    def _do_uphold(self, act: Act) -> None:
        line = self.lines[act.line]
        line.contest, line.decided_by = "upheld", act.by
        if line.asks_not_applicable:
            line.state, line.counts, line.corrected_by = "not_applicable", "na", act.by
        else:
            line.state, line.counts, line.corrected_by = "accepted", line.claim, ""

    def _may_refer(self, act: Act) -> bool:
        return act.by == "lead" and self.phase == "explanation" and self.lines[act.line].contest == "filed"

    def _do_refer(self, act: Act) -> None:
        self.lines[act.line].contest = "referred"

    def _may_council(self, act: Act) -> bool:
        line = self.lines[act.line]
        enters = act.by in ("lead", "secretary") and act.by != line.corrected_by
        return enters and self.phase == "explanation" and line.contest == "referred"

    def _do_council(self, act: Act) -> None:
        self.lines[act.line].contest, self.lines[act.line].decided_by = "rejected", act.by
