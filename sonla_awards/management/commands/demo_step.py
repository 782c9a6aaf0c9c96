"""`make demo-step`: the open sample year takes its next step as if the day for it had come."""

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from core import clock
from scoring.cycles.phases import ends_at
from scoring.cycles.steps import next_step, take
from scoring.enums import CycleState
from scoring.models import Cycle


class Command(BaseCommand):
    help = (
        "Demo only: take the next step of the open sample year (close the filing, settle ...) as if its day had come."
    )

    def handle(self, *args, **options):
        cycle = Cycle.objects.current()
        if cycle is None:
            raise CommandError("There is no sample year yet: call make demo first.")
        end = cycle.filing_locks_at if cycle.state == CycleState.FILING else ends_at(cycle)
        moment = max(filter(None, (end, clock.now())))
        with clock.set_to(moment):
            step = next_step(cycle, moment)
            if step is None:
                raise CommandError(
                    f"{cycle.year} is {cycle.state}: compute and publish its rankings under Tính xếp hạng."
                )
            if step.locked:
                raise CommandError(step.locked)
            cycle = take(cycle, step.action, User.objects.get(username="thuky.chamdiem"))
        self.stdout.write(f"{cycle.year}: {step.label} -> {cycle.get_state_display()}")
