"""`make demo-step`: the open sample year takes its next step as if the day for it had come."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from accounts.models import User
from core import clock
from scoring.cycles.phases import ends_at
from scoring.cycles.steps import next_step, take
from scoring.enums import CycleState
from scoring.models import Cycle
from sonla_awards.sample.cast import cast_of
from sonla_awards.sample.committee import appraise_most

# What has to be done first, where the year cannot move on. Menu and buttons by their Vietnamese names, as on the screen.
WAYS_OUT = {
    CycleState.APPRAISAL: (
        "To go on: sign in as totruong.skhcn, open Thẩm định, then Theo đơn vị, cơ quan: “Nội dung còn lại” lists what is not "
        "decided, with links. Satisfaction (XP-CQS.10) is entered by thamdinh.snv. Accept the rest form by form, close the "
        "ready forms; then thuky.chamdiem computes both groups under Tính xếp hạng."
    ),
    CycleState.EXPLANATION: "To go on: as totruong.snv or totruong.skhcn decide what stands under Thẩm định, Giải trình.",
}


class Command(BaseCommand):
    help = (
        "Demo only: take the next step of the open sample year (close the filing, settle ...) as if its day had come."
    )

    def handle(self, *args, **options):
        cycle = current_cycle()
        end = cycle.filing_locks_at if cycle.state == CycleState.FILING else ends_at(cycle)
        moment = max(filter(None, (end, clock.now())))
        with clock.set_to(moment):
            step = next_step(cycle, moment)
            if step is None:
                raise CommandError(
                    f"{cycle.year} is {cycle.state}: compute and publish its rankings under Tính xếp hạng."
                )
            if step.locked:
                raise CommandError(f"{step.locked}\n{WAYS_OUT.get(cycle.state, '')}".strip())
            before = cycle.get_state_display()
            cycle = take(cycle, step.action, User.objects.get(username="thuky.chamdiem"))
        self.stdout.write(f"{cycle.year}: {before} -> {cycle.get_state_display()}")
        if cycle.state == CycleState.APPRAISAL:
            self._appraise(cycle)

    def _appraise(self, cycle: Cycle) -> None:
        """At the real time: a run computed afterwards must have seen every decision."""
        self.stdout.write("The agencies' appraisers work through most forms ...")
        count, left = appraise_most(cast_of({user.username: user for user in User.objects.all()}), cycle)
        self.stdout.write(f"{count} forms are appraised. Left to try: {', '.join(one.unit.name for one in left)}.")


def current_cycle() -> Cycle:
    """CommandError where no demo was made yet."""
    try:
        cycle = Cycle.objects.current()
    except DatabaseError:
        cycle = None
    if cycle is None:
        raise CommandError("There is no sample year yet: call make demo first.")
    return cycle
