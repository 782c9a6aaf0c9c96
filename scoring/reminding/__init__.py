"""Reminders: those of the calendar, reckoned when somebody looks, and those that the secretary sends by hand."""
