"""Tests: SQLite in a file (races need one) unless DATABASE_URL says otherwise, quick passwords, plain static files."""

import os
import tempfile
from pathlib import Path

from sonla_awards.settings import env
from sonla_awards.settings.base import *  # noqa: F403 - settings modules build on base
from sonla_awards.settings.base import CACHES, POSTGRESQL_OPTIONS, database

DEBUG = False
SECRET_KEY = "tests-only-" + "0" * 48
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SITE_URL = "http://testserver"
DATABASES = {"default": database(env.DATABASE_URL or "sqlite://:memory:")}
if DATABASES["default"]["ENGINE"] == "core.sqlite":
    # Durability is what production needs; a test database is thrown away.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    # Named by process: two runs at a time do not meet.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"sonla-test-{os.getpid()}.sqlite3")}
else:
    # No pool: race tests copy the database, which wants every connection closed. And a test's own transaction may wait
    # for LibreOffice.
    DATABASES["default"]["OPTIONS"] = {
        "options": f"{POSTGRESQL_OPTIONS['options']} -c idle_in_transaction_session_timeout=0"
    }
if env.CACHE_URL:
    # Clearing a cache in Redis empties its whole database: each of several workers has its own.
    server, _slash, number = CACHES["default"]["LOCATION"].rpartition("/")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] = f"{server}/{(int(number) + int(worker)) % 16}"
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"sonla-test-files-{os.getpid()}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
CLOCK_MAY_BE_SET = True
SHOW_GALLERY = True
CELERY_BROKER_URL = "memory://"
CLAMAV_ADDRESS = ""
