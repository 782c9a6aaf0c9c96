"""Print a fresh SECRET_KEY for the file .env."""

import secrets

print(secrets.token_urlsafe(48))
