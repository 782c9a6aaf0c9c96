"""Excel workbooks: taken in with care, written so that nothing in them runs."""

from core.workbook.reading import Limits, Sheet, read_workbook
from core.workbook.writing import put_text

__all__ = ["Limits", "Sheet", "put_text", "read_workbook"]
