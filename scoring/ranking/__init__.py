"""Runs, publication, verification, exports, public pages."""
