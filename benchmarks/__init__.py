"""Figures of performance: `python -m benchmarks engine web`. Each is a ratio against an anchor run in the same call."""
