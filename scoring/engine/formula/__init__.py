"""The formula language: text → typed tree → exact value, and back to text in either language."""

from .evaluation import Known, value_of
from .faults import FormulaFault, Undefined
from .parser import parse
from .tree import Node, inputs_of, points_of
from .writing import written

__all__ = ["FormulaFault", "Known", "Node", "Undefined", "inputs_of", "parse", "points_of", "value_of", "written"]
