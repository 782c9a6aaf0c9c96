"""The page on which the secretary says which criterion continues which."""
