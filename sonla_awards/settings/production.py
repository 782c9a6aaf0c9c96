"""A real office. Starts only if each secret is present; what is wrong is said in one sentence."""

import sys

from sonla_awards.settings import env
from sonla_awards.settings.base import *  # noqa: F403 - settings modules build on base


def required(name: str, value, example: str):
    if not value:
        sys.exit(f"{name} is not set. Put it into the environment or the file .env, for example: {name}={example}")
    return value


DEBUG = False
SECRET_KEY = required(
    "SECRET_KEY", env.SECRET_KEY, "(50 random characters; `.venv/bin/python tools/secret_key.py` makes them)"
)
if len(SECRET_KEY) < 40 or SECRET_KEY.startswith(("tests-only", "change")):
    sys.exit("SECRET_KEY is a sample or too short: at least 40 random characters are needed.")
ALLOWED_HOSTS = required("ALLOWED_HOSTS", env.ALLOWED_HOSTS, "thidua.sonla.gov.vn")
SITE_URL = required("SITE_URL", env.SITE_URL, "https://thidua.sonla.gov.vn")
env.VAR.mkdir(parents=True, exist_ok=True)

# PLAIN_HTTP=true is for a first try on one machine; cookies with the __Host- prefix exist on https only.
if not env.PLAIN_HTTP:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the browsers' preload list is for the owner of the domain to decide
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
if env.TRUSTED_PROXIES < 0:
    sys.exit("SONLA_TRUSTED_PROXIES is a number of proxies: 0 without one, 1 behind nginx.")
if env.TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
