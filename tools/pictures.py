"""Photograph the main screens of the demo into docs/pictures (needs Chromium): `make pictures`.

Nothing is saved on the way: what is typed for a picture is refused by the server or never leaves the browser.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
PASSWORD = "sonla-thidua-2026"  # noqa: S105 - the demo's published password
WIDTH, HEIGHT = 1366, 768
READY_WITHIN_SECONDS = 300
AFTER_THE_LAST_KEY_MS = 3000
COLOURS = 256

OWN_FORM = ["/filing/", "main a[href^='/filing/']:not([href='/filing/'])"]
PEOPLE = [*OWN_FORM, "main a[href*='/pillars/NL/']"]
SKILLED = "section:has(.line-code:text-is('XP-NL.4')) "
NO_NETWORK = "no network"

# name: (who is signed in, or "" for the public; the way there: an address, then what is clicked or (field, what is typed))
SCREENS = {
    "home": ("canbo.ngocchien", ["/"]),
    "filing": ("canbo.ngocchien", [*OWN_FORM, "main a[href*='/pillars/']"]),
    "filing-refused": (
        "canbo.ngocchien",
        [*PEOPLE, (SKILLED + ".ratio-a input", "1.046"), SKILLED + ".save-invalid"],
    ),
    "filing-evidence": ("canbo.ngocchien", [*PEOPLE, SKILLED + "a[data-adds]", SKILLED + "[name=title]"]),
    "filing-offline": (
        "canbo.ngocchien",
        [
            *PEOPLE,
            NO_NETWORK,
            (SKILLED + ".ratio-a input", "41"),
            (SKILLED + ".ratio-b input", "46"),
            SKILLED + ".save-offline",
        ],
    ),
    "library": ("canbo.ngocchien", [*OWN_FORM, "a[href$='/evidence/']"]),
    "check": ("canbo.ngocchien", [*OWN_FORM, "a[href$='/check/']"]),
    "history": ("canbo.ngocchien", [*OWN_FORM, "a[href$='/history/']"]),
    "extension": ("canbo.ngocchien", [*OWN_FORM, "a[href$='/extension/']"]),
    "prepared": ("lanhdao.chienglao", OWN_FORM),
    "signing": ("lanhdao.chienglao", [*OWN_FORM, "main a[href$='/submit/']"]),
    "signing-password": ("lanhdao.chienglao", [*OWN_FORM, "main a[href$='/submit/']", "input[type=password]"]),
    "receipt": ("lanhdao.tohieu", [*OWN_FORM, "main a[href$='/receipt/']"]),
    "receipt-check": ("lanhdao.tohieu", [*OWN_FORM, "main a[href$='/receipt/']", "main a[href^='/receipts/']"]),
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
            browser = started.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"], env=os.environ | {"LANGUAGE": "vi"}
            )
            for name, (account, way) in SCREENS.items():
                _photograph(browser, site, name, account, way)
            browser.close()
    finally:
        demo.terminate()
        demo.wait()


def _photograph(browser: Browser, site: str, name: str, account: str, way: list[str | tuple[str, str]]) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="vi-VN")
    page = context.new_page()
    if account:
        _sign_in(page, site, account)
    for step in way:
        if step == NO_NETWORK:
            context.set_offline(True)
        elif isinstance(step, tuple):
            page.fill(*step)
        elif step.startswith("/"):
            page.goto(site + step)
        else:
            page.click(step)
            page.wait_for_load_state()
    if way[-1].startswith(SKILLED):
        page.locator(SKILLED).evaluate("line => line.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(AFTER_THE_LAST_KEY_MS)  # a line saves itself a second after it
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
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
