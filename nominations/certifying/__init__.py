"""Decisions, certificates, their papers and the public check."""
