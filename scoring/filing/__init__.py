"""The agency's desk: declare, attach evidence, check, submit."""
