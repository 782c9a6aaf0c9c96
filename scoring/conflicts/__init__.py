"""Conflicts of interest: declared, derived, withdrawn, and the register of them."""
