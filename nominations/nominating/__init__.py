"""Nominate from the published ranking; check dossiers."""
