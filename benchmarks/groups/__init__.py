"""A file a group: `measure(rounds)` yields figures or sentences."""
