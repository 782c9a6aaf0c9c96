"""The anchor's own app: nothing of the product is in it."""
