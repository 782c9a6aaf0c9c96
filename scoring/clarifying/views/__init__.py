"""Questions about a line on screen: the appraiser's side and the unit's."""
