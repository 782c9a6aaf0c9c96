"""Random walks of one self-assessment through the year, held against a plain model after every step.

WALKS=2000 for the whole proof; it prints its figures.
"""

import os
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from core.errors import DomainError
from tests.scoring.walks.model import Act, Model, every_act
from tests.scoring.walks.world import World

WALKS, STEPS = int(os.environ.get("WALKS", "10")), 40
EVERY_ACT = list(every_act())
# A walk from the draft on seldom comes to the committee in time: most begin further on.
HANDED_IN = [
    Act("prepare", "officer0"),
    Act("submit", "head0"),
    *[Act("wait", "")] * 3,
    Act("close_filing", "secretary"),
]
APPRAISED = [
    *HANDED_IN, Act("accept_rest", "appraiser"), Act("accept", "lead", "A.3"), Act("correct", "appraiser", "B.2"),
    Act("correct", "appraiser2", "B.3"), Act("close", "lead"), Act("release", "secretary"),
    Act("open_explanation", "secretary"),
]  # fmt: skip
done, refused = Counter(), Counter()


class Walk(RuleBasedStateMachine):
    """Each walk begins with the form filled in, and leaves nothing behind."""

    year = None

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block._from_testcase = True  # the outermost doors are durable; this block is the test's
        self.block.__enter__()
        self.model, self.world = Model(), World(self.year())

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(beginning=st.sampled_from([HANDED_IN, [], APPRAISED]))
    def begin(self, beginning):
        for act in beginning:
            self.step(act)

    @rule(data=st.data())
    def an_act_that_the_model_allows(self, data):
        """Such acts lead on; among all acts they are too few for a walk to come far."""
        allowed = [act for act in EVERY_ACT if self.model.may(act)]
        if allowed:
            name = data.draw(st.sampled_from(list(dict.fromkeys(act.name for act in allowed))))
            self.step(data.draw(st.sampled_from([act for act in allowed if act.name == name])))

    @rule(act=st.sampled_from(EVERY_ACT))
    def any_act(self, act):
        if self.model.has_object(act):
            self.step(act)

    def step(self, act: Act) -> None:
        self.world.make_ready(act, self.model)
        may = self.model.may(act)
        before = "" if may else self.world.print()
        no = self.refusal(act)
        assert (no == "") == may, (act, no)
        if may:
            self.model.do(act)
            done[act.name] += 1
        else:
            assert self.world.print() == before, act
            refused[act.name] += 1
        assert self.world.says() == self.model.says(), act

    def refusal(self, act: Act) -> str:
        """The product's sentence where it says no."""
        try:
            self.world.perform(act, self.model)
        except DomainError as no:
            return str(no)
        return ""


@pytest.mark.slow
@pytest.mark.django_db
def test_no_walk_leaves_the_model(open_year):
    def filled():
        year = open_year()
        with year.filing():
            year.fill()
        return year

    Walk.year = staticmethod(filled)
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(max_examples=WALKS, stateful_step_count=STEPS, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(Walk, settings=chosen)
    print(f"\n{WALKS} walks: {sum(done.values())} acts done {dict(done)}; {sum(refused.values())} refused")
    if WALKS >= 500:  # fewer may miss an act
        assert set(done) == {act.name for act in EVERY_ACT}
