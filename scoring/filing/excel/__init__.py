"""The form as a workbook: handed out with live points, filled in without a line, taken in again after a dry run.

What stands in the workbook is Vietnamese by nature, as every paper of an office (design.md 8); what the pages say of it
passes through gettext. `writing` makes the file, `reading` and `checking` judge one that comes back, `services` takes it in.
"""
