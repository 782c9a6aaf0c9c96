"""One person at a browser."""

from axe_playwright_python.sync_playwright import Axe

from tests.factories.people import PASSWORD


class Walker:
    """Every page is checked by axe and must leave the console silent; what was found is in `complaints`."""

    def __init__(self, browser, site: str):
        self.browser, self.site, self.complaints = browser, site, []
        self.page = None

    def sign_in(self, username: str) -> None:
        context = self.browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
        context.set_default_timeout(10_000)
        self.page = context.new_page()
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )
        self.go("/account/sign-in/")
        self.page.fill("#id_login", username)
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url(self.site + "/")
        self.look()

    def go(self, path: str) -> None:
        answer = self.page.goto(self.site + path)
        assert answer.status == 200, f"{path}: {answer.status}"
        self.look()

    def press(self, button: str) -> None:
        """Press a button that leads to the next page."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        self.look()

    def look(self) -> None:
        found = Axe().run(self.page).response["violations"]
        self.complaints += [f"{self.page.url}: {one['id']} {one['nodes'][0]['html'][:200]}" for one in found]
