"""The API as a whole, against its own description."""
