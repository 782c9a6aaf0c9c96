"""Material for sample years: invented answers that look like life. Never real figures of a real unit."""
