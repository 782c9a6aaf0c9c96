"""The rule kinds. One file each; importing it registers it in `KINDS`."""

from . import (  # noqa: F401  imported so that each kind registers itself
    bonus,
    boolean,
    carried,
    count,
    deadline,
    formula,
    level,
    linear,
    manual,
    penalty,
    ratio,
    relative,
    tiers,
)
from .base import KINDS, FieldSpec, Outcome, Problem, Rule, Step

__all__ = ["KINDS", "FieldSpec", "Outcome", "Problem", "Rule", "Step"]
