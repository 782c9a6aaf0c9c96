"""Measured and survey figures: brought in by import or by programs, shown with their origin, contested by the unit."""
