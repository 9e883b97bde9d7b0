"""Somebody in a real browser: walks in as one party after another, presses, and looks at each page."""

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

PICTURES = os.environ.get("BOSETT_PICTURES")
"""A folder for pictures of every page that is looked at; none are made when it is not given."""

OF_LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
"""The rules of axe that another width or other colours can break; all others hold for a page however it is shown."""

TABLES = """[...document.querySelectorAll("main table")].flatMap((each, place) =>
  each.checkVisibility() && !each.closest(".on-screen") ? [`${place}: ${each.tHead?.textContent}`] : [])"""
"""The tables that are seen, and are meant for paper."""


def in_norway(browser: Browser, *, wide: int = 1280, scripts: bool = True) -> BrowserContext:
    """Return the place in a browser of somebody in Norway, with nothing kept from before."""
    return browser.new_context(
        viewport={"width": wide, "height": 900},
        locale="nb-NO",
        timezone_id="Europe/Oslo",
        java_script_enabled=scripts,
    )


class Walker:
    """One browser that walks in as one party after another."""

    def __init__(self, page: Page, address: str, year: int = 2021) -> None:
        self.page, self.address, self.year = page, address, year
        self.faults: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.looked: set[str] = set()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{message.text} {message.location.get('url', '')}")

    def be(self, organisation: str, grade: str, party: str = "") -> None:
        """Log in as somebody of an organisation."""
        self.page.goto(f"{self.address}/login")
        name = re.compile(rf"^{grade}, {re.escape(organisation)}, {party}")
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_url(re.compile(r"/20\d\d/$"))

    def go(self, path: str) -> None:
        answer = self.page.goto(f"{self.address}/{self.year}/{path}")
        assert answer is not None
        assert answer.status == 200, path

    def press(self, name: str) -> None:
        """Press a button by its words, and see that it was done."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        self.done()

    def done(self) -> None:
        self.page.locator(".ds-alert[data-color=success]").first.wait_for(timeout=15_000)

    def look(self, name: str) -> None:
        """Check a page: axe without violations in light and dark, no sideways scroll from wide to 320 px."""
        page = self.page
        for scheme in ("light", "dark"):
            page.evaluate("scheme => document.documentElement.dataset.colorScheme = scheme", scheme)
            for width in (1280, 320):
                page.set_viewport_size({"width": width, "height": 900})
                if PICTURES:
                    folder = Path(PICTURES)
                    folder.mkdir(parents=True, exist_ok=True)
                    page.screenshot(path=folder / f"{name}-{scheme}-{width}.png", full_page=width == 1280)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{name} scrolls sideways at {width} px: {wide}"
                if (scheme, width) in (("light", 1280), ("dark", 320)):
                    rules = {} if width == 1280 else {"runOnly": list(OF_LOOKS)}
                    findings = Axe().run(page, options={"resultTypes": ["violations"], **rules})
                    assert findings.violations_count == 0, f"{name} {scheme} {width}: {findings.generate_report()}"
        page.evaluate("document.documentElement.dataset.colorScheme = 'auto'")
        page.set_viewport_size({"width": 1280, "height": 900})
        assert "MISSING-IN-TEMPLATE" not in page.content(), name
        self.looked.add(name)

    def print_page(self, name: str) -> None:
        """Check that paper has the tables of a page; what has the focus may lose it."""
        seen = self.page.evaluate(TABLES)
        self.page.emulate_media(media="print")
        assert set(seen) <= set(self.page.evaluate(TABLES)), f"{name}: tables that are not on paper"
        self.page.emulate_media(media="null")
