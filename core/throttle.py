"""How often one address, person or token may ask, counted by the minute."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from core import clock

# Long enough for the minute to pass; the key carries the minute itself.
_KEPT_SECONDS = 120


def may_ask(who: str, most_a_minute: int) -> bool:
    """Count one question and say whether it is still within the limit.

    The database cache adds one after reading, so that a few questions at the very same moment may count as one.
    """
    key = f"{who}:{clock.now():%Y%m%d%H%M}"
    if cache.add(key, 1, _KEPT_SECONDS):
        return True
    try:
        return cache.incr(key) <= most_a_minute
    except ValueError:  # thrown out of a full cache in between
        return True


def seconds_to_wait() -> int:
    """Until the next minute begins."""
    return 60 - clock.now().second


def address_of(request: HttpRequest) -> str:
    """Who asks: the address that the outermost of our own proxies saw.

    Every proxy adds one address at the end of X-Forwarded-For; what stands before those of `TRUSTED_PROXIES` anybody
    can write. A request that has come round the proxies counts for the one that passed it on.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.TRUSTED_PROXIES <= len(hops) and (address := _read(hops[-settings.TRUSTED_PROXIES])):
        return address
    return _read(request.META.get("REMOTE_ADDR", "")) or "unknown"


def _read(text: str) -> str | None:
    """An IPv6 address stands for its /64: one subscriber has all of it, and would ask from another one every time."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or IPv6Network((int(address), 64), strict=False).network_address)
    return str(address)
