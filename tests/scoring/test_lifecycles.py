"""The transition tables, row by row: what stands there happens, all else is refused and changes nothing."""

import pytest

from core.errors import WrongState
from core.lifecycle import advance
from scoring import enums
from scoring.models import Assessment, Clarification, CriteriaSet, Cycle, Explanation, Extension, RankingRun

TABLES = [
    (Cycle, enums.CycleState, enums.CycleAction),
    (CriteriaSet, enums.SetState, enums.SetAction),
    (Assessment, enums.AssessmentState, enums.AssessmentAction),
    (Extension, enums.ExtensionState, enums.ExtensionAction),
    (Clarification, enums.ClarificationState, enums.ClarificationAction),
    (Explanation, enums.ExplanationState, enums.ExplanationAction),
    (RankingRun, enums.RunState, enums.RunAction),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "states", "actions"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_only_the_steps_of_the_table_are_possible(model, states, actions, monkeypatch):
    monkeypatch.setattr(model, "save", lambda self: None)
    monkeypatch.setattr("core.lifecycle.record", lambda **kwargs: None)
    for state in states:
        for action in actions:
            obj = model(state=state)
            if (state, action) in model.TRANSITIONS:
                advance(obj, action, actor=None)
                assert obj.state == model.TRANSITIONS[(state, action)]
            else:
                with pytest.raises(WrongState):
                    advance(obj, action, actor=None)
                assert obj.state == state


@pytest.mark.parametrize(("model", "states", "actions"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_every_state_can_be_reached_and_every_action_used(model, states, actions):
    starts = {model._meta.get_field("state").default}
    assert set(states) == starts | set(model.TRANSITIONS.values())
    assert {action for _state, action in model.TRANSITIONS} == set(actions)
