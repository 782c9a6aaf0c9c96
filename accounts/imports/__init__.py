"""Accounts from an Excel list: the columns, the reading, the report of a dry run."""
