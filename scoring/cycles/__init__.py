"""The year's calendar: who opens and closes its phases."""
