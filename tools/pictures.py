"""Photograph the main screens of the demo into docs/pictures (needs Chromium): `make pictures`."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
PASSWORD = "sonla-thidua-2026"  # noqa: S105 - the demo's published password
WIDTH, HEIGHT = 1366, 768
READY_WITHIN_SECONDS = 300

# name: (who is signed in, or "" for the public; the way there: an address, then what is clicked)
SCREENS = {
    "home": ("canbo.ngocchien", ["/"]),
    "filing": (
        "canbo.ngocchien",
        ["/filing/", "main a[href^='/filing/']:not([href='/filing/'])", "main a[href*='/pillars/']"],
    ),
    "appraisal": ("totruong.skhcn", ["/appraisal/"]),
    "ranking": ("", ["/ranking/2025/commune/"]),
    "unit": ("", ["/ranking/2025/commune/", "main tbody th a"]),
    "motion": ("thuky.thidua", ["/council/", "main a[href*='/meetings/']", "main a[href*='/motions/']"]),
    "verify": ("thuky.thidua", ["/certificates/", "main tbody th a", "main a[href*='/verify/']"]),
    # docs/how-to/theo-doi-ky-nop.md
    "season-new": ("thuky.chamdiem", ["/cycles/new/"]),
    "season-year": ("thuky.chamdiem", ["/cycles/2026/"]),
    "season-board": ("thuky.chamdiem", ["/cycles/2026/board/"]),
    "season-remind": ("thuky.chamdiem", ["/cycles/2026/board/remind/?standing=not_begun"]),
    "season-extension": ("thuky.chamdiem", ["/cycles/2026/board/?flag=asked", "main tbody th a"]),
    "season-figures": ("thuky.chamdiem", ["/cycles/2026/", "#figures a"]),
}


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("No Chromium on this machine. On Debian: apt install chromium, or set CHROMIUM to its path.")
    port = _free_port()
    site = f"http://127.0.0.1:{port}"
    settings = os.environ | {"DJANGO_SETTINGS_MODULE": "sonla_awards.settings.demo"}
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--port", str(port)]
    demo = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL)
    try:
        _wait_for(site, demo)
        FOLDER.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as started:
            browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for name, (account, way) in SCREENS.items():
                _photograph(browser, site, name, account, way)
            browser.close()
    finally:
        demo.terminate()
        demo.wait()


def _photograph(browser: Browser, site: str, name: str, account: str, way: list[str]) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="vi-VN")
    page = context.new_page()
    if account:
        _sign_in(page, site, account)
    for step in way:
        if step.startswith("/"):
            page.goto(site + step)
        else:
            page.click(step)
            page.wait_for_load_state()
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def _sign_in(page: Page, site: str, account: str) -> None:
    page.goto(site + "/account/sign-in/")
    page.fill("#id_login", account)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(site + "/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(site: str, demo: subprocess.Popen) -> None:
    end = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < end:
        if demo.poll() is not None:
            sys.exit("The demo did not start; run make demo to see why.")
        try:
            urllib.request.urlopen(site, timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit(f"The demo did not answer within {READY_WITHIN_SECONDS} seconds.")


if __name__ == "__main__":
    main()
