"""A clerk at a browser that can be killed: its profile lies on the disk, as on a real machine."""

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.factories.people import PASSWORD

# The steps of the journey are tried with a short patience: a line that is not saved after it is not going to be.
PATIENCE_MS = 15_000


class Clerk:
    def __init__(self, playwright: Playwright, site: str, profile: Path, *, width: int = 1366, height: int = 768):
        self.playwright, self.site, self.profile = playwright, site, profile
        self.viewport, self.workers, self.complaints = {"width": width, "height": height}, "allow", []
        self.context: BrowserContext
        self.page: Page

    def __enter__(self) -> "Clerk":
        return self.open_browser()

    def __exit__(self, *_error) -> None:
        self.close()

    def open_browser(self) -> "Clerk":
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=CHROMIUM,
            args=FLAGS,
            viewport=self.viewport,
            service_workers=self.workers,
            locale="vi-VN",
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.pages[0]
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return self

    def kill_browser(self) -> None:
        """As a crash or a power cut: no page is asked whether it wants to say something first."""
        with suppress(Exception):  # the answer never comes
            self.context.new_cdp_session(self.page).send("Browser.crash")
        assert self.page.is_closed()

    def close(self) -> None:
        with suppress(Exception):  # killed already
            self.context.close()

    def sign_in(self, username: str) -> None:
        self.page.goto(self.site + "/account/sign-in/")
        self.sign_in_here(username, "/")

    def sign_in_here(self, username: str, then: str) -> None:
        """On the page that asks for it, which then leads back."""
        self.page.fill("#id_login", username)
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url(self.site + then)

    def sign_out(self) -> None:
        self.page.click("details.menu > summary")
        self.page.click("form[data-signs-out] button")

    def open(self, path: str) -> None:
        """A page of the desk, once the worker has taken its copy."""
        self.page.goto(self.site + path)
        self.until(f"caches.match('{path}', {{ignoreVary: true}})")

    def until(self, promise: str) -> None:
        """Wait until what the promise gives is true. Playwright's own wait does not wait for promises."""
        self.page.evaluate(
            f"""async () => {{
                const end = performance.now() + {PATIENCE_MS};
                while (!(await {promise})) {{
                    if (performance.now() > end) throw new Error("in vain");
                    await new Promise(requestAnimationFrame);
                }}
            }}"""
        )

    def field(self, answer, name: str = "value"):
        return self.page.locator(f"#line-{answer.pk} [name='l{answer.pk}-{name}']")

    def state(self, answer, name: str) -> None:
        """Wait until the line says that it is in this state."""
        expect(self.page.locator(f"#line-{answer.pk} [data-save-state]")).to_have_attribute(
            "data-save-state", name, timeout=PATIENCE_MS
        )

    def kept_for(self) -> list[str]:
        """The caches with copies of pages."""
        return self.page.evaluate("caches.keys().then(all => all.filter(name => name.startsWith('filing-pages-')))")

    def go_online(self) -> None:
        self.context.set_offline(False)
        self.page.evaluate("window.dispatchEvent(new Event('online'))")

    def unsent(self) -> list[dict]:
        return self.page.evaluate("window.filingQueue.all(document.body.dataset.person)")
