"""A real browser for tests: is a page usable with 360 px, in both languages, in light and dark, by everybody?

Import the fixtures in the conftest of a folder: ``from tests.browser import browser, visitor  # noqa: F401``.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from liaison.launch.chromium import found
from tests.markup import faults_of
from tests.people import PASSWORD

LANGUAGES = ("zh-hans", "en")
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 860}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
UNTRANSLATED = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")
"Three Latin words in a row do not stand on a Chinese page by accident."

TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? null : [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map((e) => e.outerHTML.slice(0, 120))"""
"The first three elements that stick out to the right."


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole session; skipped where there is none."""
    path = found()
    if path is None:
        pytest.skip("no Chromium on this machine (docs/testing.md)")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread; the server has its own
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser, live_server) -> Iterator["Visitor"]:
    """Somebody with a browser, not signed in."""
    visitor = Visitor(browser, live_server.url)
    yield visitor
    visitor.leave()


@dataclass
class Visitor:
    """Opens pages and says what is wrong with them."""

    browser: Browser
    address: str
    cookies: list[dict[str, Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    _context: BrowserContext | None = None
    _page: Page | None = None

    def sign_in(self, user: Any, *, by_password: bool = False) -> "Visitor":
        """Sign in without a browser; the form has its own test. Some pages ask for a password given minutes ago."""
        client = Client()
        if by_password:
            client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
        else:
            client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        self.cookies = [{"name": name, "value": client.cookies[name].value, "url": self.address}]
        return self

    def open(
        self, path: str, *, language: str = "zh-hans", size: dict[str, int] = DESKTOP, dark: bool = False, script: bool = True
    ) -> Page:
        """Open a page in a fresh window."""
        self.leave()
        self._context = self.browser.new_context(
            viewport=size, color_scheme="dark" if dark else "light", java_script_enabled=script, reduced_motion="reduce"
        )
        self._context.add_cookies(self.cookies)
        self._page = self._context.new_page()
        self._page.on("console", self._complained)
        self._page.on("pageerror", lambda error: self.said.append(str(error)))
        self._page.on("response", self._missing)
        return self.again(path, language=language)

    def again(self, path: str, *, language: str) -> Page:
        """Open a page in the same window."""
        assert self._context is not None
        assert self._page is not None
        self._context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": self.address}])
        self.said.clear()
        self._page.goto(f"{self.address}{path}", wait_until="networkidle")
        return self._page

    def leave(self) -> None:
        """Close the window."""
        if self._context is not None:
            self._context.close()
            self._context = None

    def picture(self, name: str) -> None:
        """Keep a picture of the page for a person to look at, where LIAISON_PICTURES names a folder."""
        if (folder := os.environ.get("LIAISON_PICTURES")) and self._page:
            self._page.wait_for_load_state("networkidle")
            self._page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def faults(self, *, language: str = "zh-hans") -> list[str]:
        """What is wrong with the page that is open."""
        page = self._page
        assert page is not None
        found = [f"browser: {words}" for words in self.said]
        found += [f"markup: {fault}" for fault in faults_of(page.request.get(page.url).text())]
        found += [
            f"axe {rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
            for rule in Axe().run(page, options=RULES).response["violations"]
            for node in rule["nodes"][:3]
        ]
        wide = page.evaluate(TOO_WIDE)
        if wide is not None:
            found.append(f"wider than the screen: {wide}")
        if language == "zh-hans":
            shown = page.inner_text("main")
            for english in page.locator("main [lang=en]").all_inner_texts():  # said to be English, for people and screen readers
                shown = shown.replace(english, "")
            found += [f"not translated: {words}" for words in UNTRANSLATED.findall(shown)]
        return found

    def check(self, path: str, *, name: str = "", languages: tuple[str, ...] = LANGUAGES) -> list[str]:
        """All that is wrong with a page on a phone and a desktop, light and dark, in both languages."""
        found = []
        self.open(path, language=languages[0], size=PHONE)
        for language in languages:
            if language != languages[0]:
                self.turn(PHONE, dark=False)
                self.again(path, language=language)
            for size, dark in ((PHONE, False), (DESKTOP, True)):
                self.turn(size, dark=dark)
                where = f"{path} {language} {size['width']}{' dark' if dark else ''}"
                self.picture(
                    f"{name or path.strip('/').replace('/', '-') or 'start'}{where.removeprefix(path).replace(' ', '-')}"
                )
                found += [f"{where}: {fault}" for fault in self.faults(language=language)]
        return found

    def turn(self, size: dict[str, int], *, dark: bool) -> None:
        """Show the page that is open on another screen, as a tablet does that is turned round."""
        assert self._page is not None
        self._page.set_viewport_size(size)  # type: ignore[arg-type]  # Playwright's own class of a size
        self._page.emulate_media(color_scheme="dark" if dark else "light")

    def _complained(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.said.append(message.text)

    def _missing(self, response: Response) -> None:
        if response.status == 404 and response.request.resource_type != "document":
            self.said.append(f"not found: {response.url}")
