"""Codes that people read out and type: which characters they are drawn from, and how a typed one is read."""

import re
import secrets
import unicodedata

# Without letters and digits that are mistaken for one another on paper and over the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
# Longer input is no code; cutting it keeps every check the same amount of work.
MOST_TYPED = 200


def drawn(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _position in range(length))


def read_code(typed: str) -> str:
    """A typed code without what people put into it: any case, spaces, hyphens, full-width letters."""
    text = unicodedata.normalize("NFKC", typed[:MOST_TYPED]).upper()
    return re.sub(r"[\s\u2010-\u2015\u2212_-]", "", text)
