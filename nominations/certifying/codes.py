"""The two codes of a certificate: a secret for the QR code, and a short one to type by hand."""

import secrets

from core.codes import drawn

TOKEN_BYTES = 16


def new_token() -> str:
    """128 random bits for the address in the QR code, 22 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code(year: int) -> str:
    """SL27 and eight random characters: 39 bits, enough while a check is limited to 30 a minute."""
    return f"SL{year % 100:02d}{drawn(8)}"
