"""The two codes of a certificate: a secret for the QR code, and a short one to type by hand."""

import re
import secrets
import unicodedata

# Without letters and digits that are mistaken for one another on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_BYTES = 16
# Longer input is no code; cutting it keeps every check the same amount of work.
MOST_TYPED = 200


def new_token() -> str:
    """128 random bits for the address in the QR code, 22 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code(year: int) -> str:
    """SL27 and eight random characters: 39 bits, enough while a check is limited to 30 a minute."""
    return f"SL{year % 100:02d}" + "".join(secrets.choice(ALPHABET) for _position in range(8))


def read_code(typed: str) -> str:
    """A typed code as it is kept: any case, spaces, hyphens, full-width letters."""
    text = unicodedata.normalize("NFKC", typed[:MOST_TYPED]).upper()
    return re.sub(r"[\s\u2010-\u2015\u2212_-]", "", text)
