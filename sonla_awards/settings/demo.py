"""`make demo`: SQLite under var/demo, sample years, plain http on loopback, the clock seam open for seeding."""

import os
import secrets
from pathlib import Path

from sonla_awards.settings import env

env.VAR = env.VAR / "demo"

from sonla_awards.settings.base import *  # noqa: E402, F403 - base reads env.VAR


def kept_secret(path: Path) -> str:
    """A random key made on the first run and kept, so that a restart signs nobody out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


DEBUG = False
SECRET_KEY = kept_secret(env.VAR / "secret-key")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SITE_URL = env.SITE_URL or "http://127.0.0.1:8000"
CLOCK_MAY_BE_SET = True
SHOW_GALLERY = True
PASSWORD_HASHERS = ["sonla_awards.hashers.DemoArgon2"]
