"""Work that takes longer than a page: a row in the database is the truth, a message only wakes the worker up."""
