"""Pages of the ranking: the secretary's desk, the public tables, the files."""
