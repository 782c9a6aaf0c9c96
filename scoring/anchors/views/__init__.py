"""Pages of reference answers, and of the drift of marks."""
