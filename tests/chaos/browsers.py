"""People in front of real browsers: they write, undo, lose the network, let the page sleep, and look again."""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
from collections import Counter
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.chaos.house import House
from tests.chaos.telling import GONE, TAKEN_BACK, WORD, Known, said_in, text_of
from tests.chaos.witness import Witness
from tests.journeys.conftest import CHROMIUM, FLAGS

WAIT_MS = 8_000
OPEN_SECONDS = 600
# What stands in the list, top to bottom: id, words, whether it was taken back.
LIST = """() => [...document.querySelectorAll('#talk > li.msg[data-id]')].map(each =>
  [Number(each.dataset.id), each.textContent, each.classList.contains('withdrawn')])"""
UNDOABLE = """() => {
  const [, id] = document.querySelector('#undo form').action.match(/(\\d+)\\/undo\\/$/);
  return document.getElementById(`m${id}`)?.textContent ?? '';
}"""
UNSENT = "() => document.querySelectorAll('#talk > li[data-client]').length"


class Screen:
    """One page in a browser of its own; asleep or offline it is left alone."""

    def __init__(self, context: BrowserContext, number: int, address: str) -> None:
        self.context, self.number, self.address = context, number, address
        self.page: Page = context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.cdp: CDPSession = context.new_cdp_session(self.page)
        self.came_back = 0
        self.is_offline = self.is_asleep = False
        self.page.on("request", self._count)
        # "Your words are not kept yet. Leave?" is answered as a person would.
        self.page.on("dialog", lambda dialog: dialog.dismiss())
        self.open()

    def _count(self, request: Any) -> None:
        self.came_back += "/live?" in request.url

    def open(self) -> None:
        """However often it takes: the service may be dead just now."""
        until = time.monotonic() + OPEN_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(BrowserError):
                self.page.goto(self.address)
                self.page.wait_for_selector("#talk[data-state=live]", state="attached", timeout=WAIT_MS)
                return
            time.sleep(0.2)
        raise AssertionError(f"browser {self.number} found no conversation")

    def wake(self) -> None:
        if self.is_asleep:
            self.cdp.send("Page.setWebLifecycleState", {"state": "active"})
        if self.is_offline:
            self.context.set_offline(False)
        self.is_asleep = self.is_offline = False

    def sleep(self) -> None:
        self.cdp.send("Page.setWebLifecycleState", {"state": "frozen"})
        self.is_asleep = True

    def cut(self) -> None:
        self.context.set_offline(True)
        self.is_offline = True

    def write(self, words: str) -> None:
        self.page.fill("#id_text", words)
        self.page.click("#composer button[type=submit]:not([name])")

    def shown(self) -> list[tuple[int, str]]:
        """(id, state) from top to bottom, without what was not sent yet."""
        found = []
        for pk, words, is_withdrawn in self.page.evaluate(LIST):
            state = said_in(words) or (TAKEN_BACK if is_withdrawn else "a line of the service")
            found.append((pk, state))
        return found


class Browsers(threading.Thread):
    """All browsers in one thread: Playwright wants it so."""

    def __init__(self, house: House, witness: Witness, number: int, seed: int) -> None:
        super().__init__(daemon=True, name="browsers")
        self.house, self.witness, self.number = house, witness, number
        self.chance = random.Random(seed * 1000 + 900)
        self.pair = len(house.pairs) - 1
        self.did: Counter[str] = Counter()
        self.is_done, self.is_ready = False, threading.Event()
        self.fault = ""
        self.screens: list[Screen] = []
        self.written: list[str] = []
        self.undone: set[str] = set()
        self._wanted, self._going = threading.Event(), threading.Event()
        self._looked = threading.Event()
        self._seen: dict[int, list[tuple[int, str]]] = {}

    def progress(self) -> str:
        deeds = ", ".join(f"{kind} {times}" for kind, times in sorted(self.did.items()))
        return f"streams {self.came_back}, {deeds}"

    @property
    def came_back(self) -> int:
        return sum(screen.came_back for screen in self.screens)

    def run(self) -> None:
        try:
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(
                    executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=FLAGS
                )
                for number in range(self.number):
                    self.screens.append(self._screen(chromium.new_context(), number))
                self.is_ready.set()
                while not self.is_done:
                    if self._wanted.is_set():
                        for screen in self.screens:
                            self._rest(screen)
                        # Only now has the last of them sent what it kept.
                        self._seen = {screen.number: self._shown(screen) for screen in self.screens}
                        self._looked.set()
                        self._going.wait()
                    self._act(self.chance.choice(self.screens))
                    self.screens[0].page.wait_for_timeout(self.chance.uniform(50, 400))
                chromium.close()
        except Exception as fault:
            self.fault = f"the browsers stopped: {fault!r}"
            self.is_ready.set()
            self._looked.set()
            raise

    def _screen(self, context: BrowserContext, number: int) -> Screen:
        pair = self.house.pairs[self.pair]
        name, _, value = pair.cookies[number % 2].partition("=")
        url = self.house.env["PUBLIC_URL"]
        context.add_cookies([{"name": name, "value": value, "url": url}])
        return Screen(context, number, f"{url}/messages/{pair.place}/")

    def _act(self, screen: Screen) -> None:
        """One thing a person or a device does; a page that is not there just now is no fault."""
        if screen.is_asleep or screen.is_offline:
            if self.chance.random() < 0.5:
                if screen.is_offline and not screen.is_asleep:
                    self._write(screen)
                screen.wake()
            return
        deed = self.chance.choices(
            (self._write, self._undo, self._cut, self._sleep, self._reload), (40, 6, 30, 14, 10)
        )[0]
        with contextlib.suppress(BrowserError):
            deed(screen)

    def _write(self, screen: Screen) -> None:
        name = f"b{screen.number}-{self.did['messages']:05d}"
        with contextlib.suppress(BrowserError):
            screen.write(text_of(name))
            self.written.append(name)
            self.did["messages"] += 1

    def _undo(self, screen: Screen) -> None:
        if screen.page.locator("#undo").is_visible():
            self._tries_to_undo(screen.page.evaluate(UNDOABLE))
            screen.page.click("#undo button", timeout=1000)
            screen.page.wait_for_timeout(300)
            # What was sent meanwhile may be what the button took back.
            self._tries_to_undo(screen.page.input_value("#id_text"))
            screen.page.fill("#id_text", "")
            self.did["undone"] += 1

    def _tries_to_undo(self, words: str) -> None:
        """A page that was just opened offers to undo the person's newest message, also one from another device."""
        names = {said[1] for said in WORD.finditer(words)}
        self.undone |= names
        for name in names:
            self.witness.saw("trying", name, "undo")

    def _cut(self, screen: Screen) -> None:
        screen.cut()
        self.did["offline"] += 1

    def _sleep(self, screen: Screen) -> None:
        screen.sleep()
        self.did["asleep"] += 1

    def _reload(self, screen: Screen) -> None:
        screen.open()
        self.did["reloaded"] += 1

    def _rest(self, screen: Screen) -> None:
        """Awake and online until nothing waits to be sent."""
        screen.wake()
        until = time.monotonic() + 90
        while time.monotonic() < until:
            with contextlib.suppress(BrowserError):
                if (
                    screen.page.evaluate(UNSENT) == 0
                    and screen.page.locator("#talk[data-state=live]").count()
                ):
                    return
            screen.page.wait_for_timeout(200)

    def _shown(self, screen: Screen) -> list[tuple[int, str]]:
        """What stands on the screen when nothing has moved for a while."""
        found: list[tuple[int, str]] = []
        for _ in range(30):
            screen.page.wait_for_timeout(700)
            before, found = found, screen.shown()
            if found and found == before:
                return found
        return found

    def settle(self, seconds: float) -> dict[int, list[tuple[int, str]]]:
        """Ask the browsers' thread to come to rest and say what each shows."""
        self._going.clear()
        self._looked.clear()
        self._wanted.set()
        self._looked.wait(seconds * 3)
        return self._seen

    def go_on(self) -> None:
        self._wanted.clear()
        self._going.set()

    def differ(self, stored: Known, seen: dict[int, list[tuple[int, str]]]) -> list[str]:
        """Each screen, from its first message on, equal to the store: nothing missing, doubled or out of place."""
        faults = [self.fault] if self.fault else []
        whole = [(pk, state) for pk, (_, state) in sorted(stored.messages.items()) if state != GONE]
        for number, shown in seen.items():
            expected = [each for each in whole if shown and each[0] >= shown[0][0]]
            if not shown or shown != expected:
                apart = [each for each in (*shown, *expected) if (each in shown) != (each in expected)]
                faults.append(f"browser {number} shows {len(shown)} of {len(expected)}: {apart[:4]}")
        here = {state.partition(".")[0] for _, state in stored.messages.values()}
        unsent = [name for name in self.written if name not in here | self.undone]
        if unsent:
            faults.append(f"sent in a browser, neither stored nor waiting: {unsent[:5]}")
        return faults
