"""How often one address may ask the public check: 30 times a minute (reliability C1)."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from core import clock

MOST_A_MINUTE = 30
# Long enough for the minute to pass; the key carries the minute itself.
_KEPT_SECONDS = 120


def may_ask(address: str) -> bool:
    """Count one question of the address and say whether it is still within the limit.

    The database cache adds one after reading, so that a few questions at the very same moment may count as one.
    """
    key = f"verify:{address}:{clock.now():%Y%m%d%H%M}"
    if cache.add(key, 1, _KEPT_SECONDS):
        return True
    try:
        return cache.incr(key) <= MOST_A_MINUTE
    except ValueError:  # thrown out of a full cache in between
        return True


def address_of(request: HttpRequest) -> str:
    """Who asks. Behind the trusted proxy it is the last address that the proxy added; anybody can write the others."""
    if settings.SECURE_PROXY_SSL_HEADER and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR")):
        return forwarded.rpartition(",")[2].strip()[:64]
    return request.META["REMOTE_ADDR"]
