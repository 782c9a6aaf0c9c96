"""What the desk's pages read: each function serves one screen, at the same number of queries for any number of rows."""
