"""Sets leave as files and come back: download, dry run, confirmation."""
