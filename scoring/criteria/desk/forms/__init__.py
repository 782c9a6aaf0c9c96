"""Forms of the builder, made from the engine's own declarations of its parameters."""
