"""The rule kinds. One file each; importing it registers it in `KINDS`.

`formula` is not built yet: a set that uses it is refused with a sentence that says so.
"""

from . import (  # noqa: F401  imported so that each kind registers itself
    bonus,
    boolean,
    carried,
    count,
    deadline,
    level,
    linear,
    manual,
    penalty,
    ratio,
    relative,
    tiers,
)
from .base import KINDS, FieldSpec, Outcome, Problem, Rule, Step

NOT_YET = ("formula",)

__all__ = ["KINDS", "NOT_YET", "FieldSpec", "Outcome", "Problem", "Rule", "Step"]
