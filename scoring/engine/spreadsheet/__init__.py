"""A workbook of live formulas (.xlsx) that reckons the run again in the office's own spreadsheet.

`workbook` writes it, or refuses (`Refused`) where a spreadsheet cannot hold the set or might come to another result.
The rules say themselves as formulas (`Rule.cell_formula`); here is what surrounds them: sheets, policies, nodes, ranks.
"""

from .workbook import workbook

__all__ = ["workbook"]
