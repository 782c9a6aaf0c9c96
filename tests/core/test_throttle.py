"""Who asks: nobody writes the own address into a header, and no proxy's visitors share one."""

import pytest
from django.test import RequestFactory

from core.throttle import address_of

PEER = "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, PEER),
        (0, "203.0.113.1", PEER),
        (1, None, PEER),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "198.51.100.7, 203.0.113.1", "203.0.113.1"),
        (1, "203.0.113.1,198.51.100.7 ", "198.51.100.7"),
        (2, "198.51.100.7, 203.0.113.1, 10.0.0.2", "203.0.113.1"),
        # Fewer addresses than proxies: it came round one of them.
        (2, "203.0.113.1", PEER),
        (1, "203.0.113.1, ", PEER),
        (1, "unknown", PEER),
        (1, "<script>", PEER),
        (1, "203.0.113.1 " * 1000, PEER),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "2001:db8:1:2::9", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.1", "203.0.113.1"),
    ],
)
def test_only_what_own_proxies_added_is_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}

    assert address_of(RequestFactory().get("/", REMOTE_ADDR=PEER, **headers)) == address


def test_a_socket_without_address_is_somebody(settings):
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="")) == "unknown"
