"""A criteria set as a workbook: an office reads, prints and edits it, and it comes back as the same set.

`writing` makes it (it loads openpyxl, so it is imported where a file is made), `reading` takes it back; what stands where
is one table (`layout`), which both follow.
"""

from scoring.criteria.workbook.faults import Fault
from scoring.criteria.workbook.reading import Document, read_set_workbook

__all__ = ["Document", "Fault", "read_set_workbook"]
