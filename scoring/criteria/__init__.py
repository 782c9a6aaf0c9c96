"""The builder: versions, import and export of criteria sets."""
