"""deadline: done on time, or late by calendar days.

Field: `date` (YYYY-MM-DD). Points: on or before `due` max; else the first `late` step with days late <= its `days`;
after the last step (or without steps): 0.
Units: `days` are calendar days after `due`, at least 1 and rising; fractions are shares 0..1.
Edge cases: exactly `days` late still is on that step; holidays do not count differently; no clock is read.
Source: contract, Rules, `deadline`; DTI criteria "plan issued by 31 January, half up to 15 days late".
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from ..containers import ListOf
from ..jsontypes import Day, Integer, Number
from ..records import Record, json_key
from .base import FieldSpec, Outcome, Rule, Step, register, said_share, share_of_max
from .cells import Parameter, steps


@dataclass(frozen=True, kw_only=True)
class LateStep:
    days: int = json_key(Integer(low=1))
    fraction: Decimal = json_key(Number("0", "1"))


@register
@dataclass(frozen=True, kw_only=True)
class Deadline(Rule):
    kind: ClassVar[str] = "deadline"
    cell_name: ClassVar[tuple[str, str]] = ("Thời hạn", "By a deadline")
    due: date = json_key(Day())
    late: tuple[LateStep, ...] = json_key(ListOf(Record(LateStep)), ())

    def settled(self, spot):
        for position in range(1, len(self.late)):
            if self.late[position].days <= self.late[position - 1].days:
                (spot / "late" / position / "days").fault(
                    "Số ngày trễ phải tăng dần.", "The days late must rise from step to step."
                )
        return self

    @property
    def specs(self):
        return (FieldSpec("date", "date"),)

    def step_for(self, days_late: int) -> LateStep | None:
        return next((step for step in self.late if days_late <= step.days), None)

    def work(self, answer, max_points, figures, rounding):
        days_late = (answer["date"] - self.due).days
        if days_late <= 0:
            return share_of_max(Fraction(1), max_points, "on_time")
        step = self.step_for(days_late)
        result = share_of_max(step.fraction if step else Fraction(0), max_points, "late" if step else "too_late")
        counted = Step("days_late", "date - due", Fraction(days_late))
        return Outcome(result.points, result.case, (counted, *result.steps))

    def cell_parameters(self):
        rows = [(step.days, step.fraction) for step in self.late]
        return (
            Parameter("due", "Hạn", "Due", self.due),
            *steps("late", "Chậm không quá (ngày)", "Late by at most (days)", rows),
            Parameter("after", "Chậm hơn nữa", "Later still", fraction=0),
        )

    def cell_formula(self, cells):
        done, due, after = cells.field("date"), cells.value("due"), cells.fractions("after")
        if self.late:
            passed = f"SUMPRODUCT(--({cells.values('late')}<{done}-{due}))"
            after = f"INDEX({cells.fractions('late', 'after')},1+{passed})"
        return f"{cells.maximum}*IF({done}<={due},1,{after})"

    def say(self, answer, leaf, outcome, words, figures):
        done, due = words.date(answer["date"]), words.date(self.due)
        if outcome.case == "on_time":
            maximum = words.points(leaf.max_points)
            return words.pick(
                f"Hoàn thành ngày {done}, không muộn hơn hạn {due}, nên được mức tối đa {maximum}",
                f"Done on {done}, not after the due date {due}, so the maximum {maximum}",
            )
        days = int(outcome.value("days_late"))
        plural = "day" if days == 1 else "days"
        head = words.pick(
            f"Hoàn thành ngày {done}, chậm {days} ngày so với hạn {due}", f"Done on {done}, {days} {plural} after {due}"
        )
        step = self.step_for(days)
        if step is None:
            return head + words.pick(" nên được 0", ", so 0")
        share = said_share(step.fraction, leaf, words)
        return head + words.pick(
            f" (mức chậm không quá {step.days} ngày), được {share}", f" (step: up to {step.days} days), so {share}"
        )
