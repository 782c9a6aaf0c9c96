"""The tests' settings with the broker of an installation without Redis: files in SONLA_VAR."""

from sonla_awards.settings.test import *  # noqa: F403 - settings modules build on each other

CELERY_BROKER_URL = "filesystem://localhost/"
# A storm of saves is not the abuse that the limit is for.
API_SIGNED_IN_A_MINUTE = 1_000_000
