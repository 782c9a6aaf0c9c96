"""Small real rows for tests, made through the product's own services wherever there is one."""
