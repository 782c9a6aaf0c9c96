"""The committee's desk: accept, correct, decide, hear explanations."""
