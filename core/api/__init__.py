"""What every address of the API shares: strict reading, one body for refusals, limits, the description."""
