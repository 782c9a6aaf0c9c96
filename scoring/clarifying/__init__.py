"""Clarification requests: one question about one line, which alone reopens to the unit until a day."""
