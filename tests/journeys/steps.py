"""What the people of the journeys do again and again, said once."""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from weakref import WeakSet

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.server import Server

PASSPHRASE = "kettle lantern otter"  # noqa: S105 - of the demonstration, printed by `make run`
OWN_PASSPHRASE = "marble ferry tuesday"  # noqa: S105
# What somebody reading over a shoulder, or a browser's history, must not learn.
TELLING = re.compile(r"crisis|mental|suicid|depress|therap|diagnos|addict|alcohol|sponsor|twelve|peer", re.I)
LOOKS = ((390, 844, "light"), (1280, 900, "dark"))
_number = itertools.count(1)


def new_name() -> str:
    return f"Heron {secrets.token_hex(2)} {next(_number)}"


def is_neutral(page: Page) -> None:
    """Neither the title nor the address says what the service is for, or about whom the page is."""
    assert not TELLING.search(page.title()), page.title()
    parts = urlsplit(page.url)
    assert not TELLING.search(parts.path + parts.query), page.url


def fits(page: Page) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{page.url} is {wider} pixels wider than the screen"


def reaches_help(page: Page) -> None:
    """One action from anywhere; on Help now itself the page is the help."""
    if "/help-now/" not in page.url:
        link = page.locator('a[href^="/help-now/"]').first
        expect(link).to_be_visible()


# Contexts in which no script runs; in them a promise is never kept, and whoever waits for one waits for ever.
SCRIPTLESS: WeakSet[BrowserContext] = WeakSet()


class LookAt:
    """Look at a page as it stands: phone in light colours and desktop in dark, by machine, once for each name."""

    def __init__(self, axe: Callable[[Page], None]) -> None:
        self.axe, self.seen = axe, set[str]()

    def __call__(self, page: Page, name: str) -> None:
        is_neutral(page)
        reaches_help(page)
        if name in self.seen:
            return
        self.seen.add(name)
        if page.context in SCRIPTLESS:
            self._beside(page)
        else:
            self._in_all(page)

    def _beside(self, page: Page) -> None:
        """The machine that looks is a script: where there are none it looks at the same address beside."""
        browser = page.context.browser
        assert browser is not None
        context = browser.new_context(
            storage_state=page.context.storage_state(), locale="en-GB", reduced_motion="reduce"
        )
        opened = context.new_page()
        opened.goto(page.url)
        self._in_all(opened)
        context.close()

    def _in_all(self, page: Page) -> None:
        before = page.viewport_size
        for width, height, colours in LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
            fits(page)
            self.axe(page)
        page.emulate_media(color_scheme="light")
        if before:
            page.set_viewport_size(before)


def go(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None, path
    assert answer.status == 200, f"{path}: {answer.status}"


def press(within: Page | Locator, words: str | re.Pattern[str]) -> None:
    within.get_by_role("button", name=words, exact=isinstance(words, str)).click()


def follow(within: Page | Locator, words: str | re.Pattern[str]) -> None:
    within.get_by_role("link", name=words, exact=isinstance(words, str)).first.click()


def says(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("main")).to_contain_text(words)


def sign_in(page: Page, name: str, passphrase: str = PASSPHRASE) -> Page:
    go(page, "/sign-in/")
    page.get_by_label("Your name here").fill(name)
    page.get_by_label("Passphrase").fill(passphrase)
    press(page, "Sign in")
    return page


def sign_in_as_staff(page: Page, server: Server, name: str) -> Page:
    sign_in(page, name)
    page.get_by_label(re.compile("digits")).fill(server.run("demo", "--code", name).strip())
    press(page, "Go on")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return page


_ON_CALL = """
from datetime import timedelta
from django.utils import timezone
from companionway.oncall import services
from companionway.oncall.models import Turn
from companionway.people.models import Person
now = timezone.now()
until = now + timedelta(hours=2)
for turn in Turn.objects.touching(now, until).select_related("person"):
    services.end_turn(actor=turn.person, turn=turn, now=now)
for step, name in {steps}.items():
    person = Person.objects.get(name=name)
    services.take_turn(actor=person, person=person, step=step, starts_at=now, ends_at=until, now=now)
"""


def put_on_call(server: Server, steps: dict[int, str]) -> None:
    """These and nobody else are on call for two hours, at whatever time of day this runs."""
    server.do(_ON_CALL.format(steps=steps))


def join(page: Page, programme: str, *, name: str = "", agrees: bool = True) -> str:
    """Join as somebody who needs none of the pages explained; returns the name."""
    name = name or new_name()
    go(page, "/join/")
    page.get_by_label("What shall we call you?").fill(name)
    press(page, "Go on")
    page.get_by_label("18 or older").check(force=True)
    press(page, "Go on")
    page.get_by_label(programme).check(force=True)
    press(page, "Go on")
    if agrees:
        page.get_by_label(re.compile("find a peer who fits")).check()
    press(page, "Go on")
    page.get_by_label("Choose a passphrase").fill(OWN_PASSPHRASE)
    page.get_by_label("The same once more").fill(OWN_PASSPHRASE)
    press(page, "Join")
    page.wait_for_url("**/me/way-back/")
    return name


def ask(page: Page, programme: str) -> str:
    """Say that one looks for somebody; returns the address of the request."""
    go(page, "/find/")
    card = page.locator("section.card", has=page.get_by_role("heading", name=programme, exact=True))
    agree = card.get_by_label(re.compile("use what I share here"))
    if agree.count():
        agree.check()
    card.locator("form button[type=submit]").click()
    page.wait_for_url("**/find/*/**")
    return urlsplit(page.url).path.split("/questions/")[0].rstrip("/") + "/"


@contextmanager
def weighed(page: Page) -> Iterator[Callable[[], int]]:
    """How many bytes came over the wire meanwhile, as the browser's own network layer counts them."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    total: list[int] = []
    session.on("Network.loadingFinished", lambda event: total.append(int(event["encodedDataLength"])))
    yield lambda: sum(total)
    session.detach()
