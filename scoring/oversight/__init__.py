"""The committee's work as a whole: where the points went, and what the lead answers for."""
