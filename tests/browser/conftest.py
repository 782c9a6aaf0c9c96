"""A real server on loopback and a real browser."""

import os
import shutil
from datetime import timedelta

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread

from core import clock
from scoring.cycles.services import Calendar
from tests.factories.year import make_year

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def running_year(real_database, monkeypatch):
    """A small year open for filing at the real time: a server's threads do not see the clock's seam."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's event loop lives in the test's thread
    now = clock.now()
    days = (-10, 10, 20, 40, 60)
    return make_year(Calendar(*(now + timedelta(days=count) for count in days)))


@pytest.fixture
def site(running_year):
    """The address of a server over the test's own database."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def browser():
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium, or set CHROMIUM)")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()
