"""The ground of the API."""
