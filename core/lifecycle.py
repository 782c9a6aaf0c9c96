"""The one door through which a state changes. The tables stand beside the enums of each app.

A table is `{(state, action): new state}`; it fits on a screen, is tested row by row and draws the diagram in the docs.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.audit.services import record
from core.errors import WrongState

Transitions = Mapping[tuple[str, str], str]


def can(obj: models.Model, action: str) -> bool:
    """Whether the object's table has this step from its state."""
    return (obj.state, action) in obj.TRANSITIONS


def advance(
    obj: models.Model, action: str, *, actor: models.Model | None, details: dict[str, Any] | None = None
) -> None:
    """Move `obj` (locked by the caller) by `action` and write the audit entry.

    `obj` has `state`, `version` and `TRANSITIONS`. WrongState names the step and the state in words.
    """
    before = _move(obj, action)
    record(
        actor=actor,
        action=f"{obj._meta.model_name}.{action}",
        obj=obj,
        details={"from": before, "to": obj.state} | (details or {}),
    )


def advance_all(
    objs: Iterable[models.Model], action: str, *, actor: models.Model, about: models.Model, details: dict[str, Any]
) -> None:
    """Move several objects (locked by the caller) as one act: one audit entry, on `about`, that names them all."""
    for obj in objs:
        _move(obj, action)
    record(actor=actor, action=f"{about._meta.model_name}.{action}", obj=about, details=details)


def _move(obj: models.Model, action: str) -> str:
    """Take the step and answer the state before it."""
    if not can(obj, action):
        raise WrongState(
            _("“{action}” is not possible while the state is “{state}”.").format(
                action=action.label if hasattr(action, "label") else action, state=obj.get_state_display()
            )
        )
    before = obj.state
    obj.state = obj.TRANSITIONS[(obj.state, action)]
    obj.version += 1
    obj.save()
    return before
