"""Pages of the agency's desk."""
