"""Excel workbooks: taken in with care (here), written so that nothing in them runs (`writing`, `paper`, `saving`)."""

from core.workbook.reading import Limits, Sheet, read_workbook

__all__ = ["Limits", "Sheet", "read_workbook"]
