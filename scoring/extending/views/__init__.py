"""More time on screen: the unit's page, and the committee's acts on it."""
