"""What the product is measured against. Nothing here imports the product."""
