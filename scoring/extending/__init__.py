"""More time to file for one unit: asked for, granted or refused, withdrawn."""
