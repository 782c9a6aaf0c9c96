"""The formula language: text → typed tree → exact value, and back to text in either language or as a spreadsheet's formula."""

from .cells import as_cells
from .evaluation import Known, value_of
from .faults import FormulaFault, Undefined
from .nearness import error_of
from .parser import parse
from .tree import Node, inputs_of, points_of
from .writing import written

__all__ = [
    "FormulaFault", "Known", "Node", "Undefined", "as_cells", "error_of", "inputs_of", "parse", "points_of", "value_of",
    "written",
]  # fmt: skip
