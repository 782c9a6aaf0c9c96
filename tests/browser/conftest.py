"""A real server on loopback and a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from tests.live import make_running_year, serve

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = ["--no-sandbox", "--disable-gpu"]


@pytest.fixture
def running_year(real_database, monkeypatch):
    """A small year open for filing at the real time: a server's threads do not see the clock's seam."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's event loop lives in the test's thread
    return make_running_year()


@pytest.fixture
def site(running_year):
    """The address of a server over the test's own database."""
    server = serve()
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def playwright():
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium, or set CHROMIUM)")
    with pytest.importorskip("playwright.sync_api").sync_playwright() as started:
        connections.close_all()  # the test before this one left its own open, to a database that is gone
        yield started
        connections.close_all()  # while Playwright's loop runs a test has connections of its own, to this test's database


@pytest.fixture
def browser(playwright):
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield running
    running.close()


@pytest.fixture
def colleague(site, playwright, tmp_path):
    """Somebody at another machine."""
    yield from _at_a_machine(playwright, site, tmp_path / "colleague")


@pytest.fixture
def clerk(site, playwright, tmp_path):
    """A clerk whose browser keeps its profile; see `tests.browser.clerk`."""
    yield from _at_a_machine(playwright, site, tmp_path / "clerk")


def _at_a_machine(playwright, site: str, profile: Path) -> Iterator:
    from tests.browser.clerk import Clerk  # noqa: PLC0415 - playwright may be missing

    with Clerk(playwright, site, profile) as one:
        yield one
        assert one.complaints == []
