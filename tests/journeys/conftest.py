"""A real server, a real browser, and a watch on both. A missing browser or server fails; nothing is skipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests.journeys.server import ROOT, Server, fresh_database, harmless_site
from tests.journeys.steps import SCRIPTLESS, LookAt, sign_in_as_staff
from tests.journeys.watching import AXE_TAGS, Watch, describe_violations, settle

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")  # the first there is
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(os.path.exists, BROWSERS), BROWSERS[0])
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # shared memory is small in many containers, and a picture needs much of it
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Names other than this machine's do not resolve at all.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WAIT_MS = 10_000
TRIES = 4  # at a picture


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


class NewContext(Protocol):
    def __call__(
        self,
        *,
        js: bool = ...,
        mobile: bool = ...,
        dark: bool = ...,
        locale: str = ...,
        width: int | None = ...,
        **options: Any,
    ) -> BrowserContext: ...


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service, freshly set up, with the demonstration loaded."""
    with harmless_site() as elsewhere, fresh_database() as database_url:
        running = Server(tmp_path_factory.mktemp("var"), database_url=database_url, leave_site_url=elsewhere)
        try:
            running.start()
            yield running
        finally:
            running.stop()


@pytest.fixture
def base_url(server: Server) -> str:
    return server.url


@pytest.fixture(scope="session")
def playwright_session() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright_session: Playwright) -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), (
        f"There is no browser at {CHROMIUM}: install Debian's chromium-headless-shell or set CHROMIUM."
    )
    opened = playwright_session.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test when a page called another machine, broke the security policy or logged an error."""
    watching = Watch()
    yield watching
    assert watching.unexpected() == []


@pytest.fixture
def new_person_context(browser: Browser, server: Server, watch: Watch) -> Iterator[NewContext]:
    """Another person at another device: own cookies, own screen, own language."""
    opened: list[BrowserContext] = []

    def new(
        *,
        js: bool = True,
        mobile: bool = False,
        dark: bool = False,
        locale: str = "en-GB",
        width: int | None = None,
        **options: Any,
    ) -> BrowserContext:
        screen = PHONE if mobile else DESKTOP
        context = browser.new_context(
            base_url=server.url,
            java_script_enabled=js,
            viewport={**screen, **({"width": width} if width else {})},
            is_mobile=mobile,
            has_touch=mobile,
            color_scheme="dark" if dark else "light",
            locale=locale,
            timezone_id="Europe/London",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(WAIT_MS)
        watch.follow(context)
        opened.append(context)
        if not js:
            SCRIPTLESS.add(context)
        return context

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def page(new_person_context: NewContext) -> Page:
    return new_person_context().new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Assert that the page as it stands has no accessibility violation."""
    # Only what is wrong comes back: drawing up what is right as well takes half the time of a look.
    rules = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}

    machine = Axe().axe_script

    def look(page: Page) -> None:
        settle(page)
        if not page.evaluate("'axe' in window"):
            page.evaluate(machine)  # half a megabyte: once for each page, not for each look at it
        found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
        assert not found, f"{page.url}\n{describe_violations(found)}"

    return look


@pytest.fixture(scope="session")
def look_at(axe: Callable[[Page], None]) -> LookAt:
    """Look at a page by machine in two sizes and two colour schemes; a page of the same name only once."""
    return LookAt(axe)


@pytest.fixture(scope="session")
def coordinator(browser: Browser, server: Server) -> Any:
    """What Halima's browser keeps after she signed in with six digits, which work only once in their half minute."""
    context = browser.new_context(base_url=server.url, locale="en-GB")
    sign_in_as_staff(context.new_page(), server, "Halima")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture(scope="session")
def shoot(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Take a picture; with SCREENSHOTS=1 it becomes the manual's, otherwise it is only proof that it can be taken."""
    keep = os.environ.get("SCREENSHOTS") == "1"
    folder = ROOT / "docs" / "screenshots" if keep else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str, *, full_page: bool = False) -> Path:
        path = folder / f"{name}.png"
        settle(page)
        for left in reversed(range(TRIES)):
            try:
                page.screenshot(path=path, full_page=full_page, animations="disabled")
                break
            except Error as error:  # a browser short of time gives up a picture, not the page
                if not left or "Unable to capture" not in error.message:
                    raise
                page.wait_for_timeout(500)
        return path

    return take
