"""Disk full, read-only, database away, clock put forward and back: never a false "sent", and nothing for good.

AWAY_SECONDS=30 makes each outage last as long as the long form asks.
"""

from __future__ import annotations

import html
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chaos import verdict
from tests.chaos.databases import Postgres
from tests.chaos.house import TOKEN, House
from tests.chaos.people import Patience, Reader
from tests.chaos.telling import Store, text_of
from tests.chaos.weather import Weather, away, clock_in_hand, full_disk, locked, no_writing, small_disk

OpenHouse = Callable[..., House]
LONGEST_MS = 60_000
AWAY_SECONDS = float(os.environ.get("AWAY_SECONDS", "0"))
KEPT = re.compile("Not sent yet. It is kept on this device")


def page_of(house: House, chromium: Browser, who: int) -> Page:
    name, _, value = house.pairs[0].cookies[who].partition("=")
    url = house.env["PUBLIC_URL"]
    context = chromium.new_context(locale="en-GB")
    context.set_default_timeout(LONGEST_MS)
    context.add_cookies([{"name": name, "value": value, "url": url}])
    page = context.new_page()
    look(page, house)
    return page


def look(page: Page, house: House) -> None:
    page.goto(f"{house.env['PUBLIC_URL']}/messages/{house.pairs[0].place}/")
    expect(page.locator("#talk[data-state=live]")).to_be_attached(timeout=LONGEST_MS)


def write(page: Page, name: str) -> None:
    page.fill("#id_text", text_of(name))
    page.get_by_role("button", name="Send", exact=True).click()


def by_form(house: House, name: str) -> tuple[int, str]:
    """As a browser without JavaScript sends it."""
    pair = house.pairs[0]
    fields = {"text": text_of(name), "client_id": f"form-{name}", "csrfmiddlewaretoken": TOKEN}
    status, body = house.ask(
        pair.cookies[1], "POST", f"/messages/{pair.place}/send", fields, wait=90, page=True
    )
    return status, html.unescape(body.decode())


def states(house: House) -> list[str]:
    return sorted(state for _, state in Store(house, 0).refresh().messages.values())


def through(house: House, weather: Weather, chromium: Browser) -> None:
    """Both ways of writing through an outage; everything works afterwards, without a restart."""
    house.start_all()
    assert house.send(0, 0, text_of("first0-0"), "first")
    page = page_of(house, chromium, 0)
    reader = Reader(house, 0, 0, 4, Patience(0.5, 1))
    reader.start()
    write(page, "a1-0")
    expect(page.locator("#state")).to_have_text("Sent")
    with weather(house):
        write(page, "a1-1")
        expect(page.locator(".msg.unsent")).to_contain_text(KEPT, timeout=LONGEST_MS)
        expect(page.locator("#state")).to_have_text(KEPT)
        status, back = by_form(house, "a1-2")
        assert (status, "Not sent yet" in back) == (503, True)
        assert text_of("a1-2") in back
        assert 'name="client_id" value="form-a1-2"' in back
        assert f'name="csrfmiddlewaretoken" value="{TOKEN}"' in back
        status, _ = house.ask(
            house.pairs[0].cookies[0], "POST", f"/messages/{house.pairs[0].place}/send",
            {"text": text_of("a1-3"), "client_id": "a1-3"}, wait=90,
        )  # fmt: skip
        assert status == 503
        # The words must not be readable on a device that others may use, and must outlive the page.
        kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
        assert "unsent:" in kept
        assert "word" not in kept
        page.goto("about:blank")
        time.sleep(AWAY_SECONDS)
    house.wait_until_it_answers()
    look(page, house)
    expect(page.locator("#talk > li[data-client]")).to_have_count(0, timeout=LONGEST_MS)
    assert by_form(house, "a1-2")[0] == 302
    assert house.send(0, 0, text_of("a1-3"), "a1-3")
    write(page, "a1-4")
    expect(page.locator("#state")).to_have_text("Sent")
    assert page.evaluate("Object.keys(localStorage).filter(each => each.startsWith('unsent:')).length") == 0
    assert [each for each in states(house) if each.startswith("a1")] == [f"a1-{n}.v0" for n in range(5)]
    stores = {0: Store(house, 0).refresh()}
    until = time.monotonic() + 30
    while time.monotonic() < until and any(verdict.of_readers([reader], stores).values()):
        time.sleep(0.1)
    reader.is_done = True
    assert verdict.together(verdict.of_readers([reader], stores)) == {}
    page.context.close()


def test_while_the_database_is_away(
    open_house: OpenHouse, postgres: Postgres | None, chromium: Browser
) -> None:
    if postgres:
        through(open_house(), away(postgres), chromium)
    else:
        through(open_house(CHAOS_LOCK_SECONDS="1"), locked, chromium)


@pytest.mark.once
def test_while_the_disk_is_full(
    ground: Any, tmp_path: Path, chromium: Browser, open_house: OpenHouse
) -> None:
    """A small file system where one may be mounted; elsewhere the process may write no byte more."""
    with small_disk(tmp_path / "disk") as is_mounted:
        if not is_mounted:
            return through(open_house(), no_writing, chromium)
        house = House(ground.copied(tmp_path / "disk" / "var", None))
        try:
            return through(house, full_disk, chromium)
        finally:
            house.close()


@pytest.mark.once
def test_while_nothing_may_be_written(open_house: OpenHouse, chromium: Browser) -> None:
    through(open_house(), no_writing, chromium)


@pytest.mark.once
def test_the_clock_is_put_forward_and_back(open_house: OpenHouse, tmp_path: Path) -> None:
    """Order is a matter of numbers; sessions last; what repeats goes on, however the clock stands."""
    told, put = clock_in_hand(tmp_path)
    house = open_house(**told)
    house.start_all()
    house.start_worker()
    assert house.send(0, 0, text_of("first0-0"), "first")
    for number, offset in enumerate(("+0", "+3h", "-2d", "+10d", "-1h", "+0")):
        put(offset)
        assert house.send(0, 0, text_of(f"c1-{number}"), f"c1-{number}"), offset
        assert by_form(house, f"d1-{number}")[0] == 302, offset
    names = [state for _, (_, state) in sorted(Store(house, 0).refresh().messages.items())]
    expected = [f"{letter}1-{number}.v0" for number in range(6) for letter in "cd"]
    assert [name for name in names if name[:2] in {"c1", "d1"}] == expected
    until = time.monotonic() + 60
    while (told_now := house.tell_parent(do="awaited"))["waiting"] and time.monotonic() < until:
        time.sleep(0.5)
    reacted = (house.var / "reactions.log").read_text().splitlines()
    assert verdict.together(verdict.of_records(told_now["awaited"], reacted, told_now["waiting"])) == {}


def test_words_on_the_device_go_with_signing_out(open_house: OpenHouse, chromium: Browser) -> None:
    """A shared device: after leaving nothing is left, not even sealed."""
    house = open_house()
    house.start_all()
    page = page_of(house, chromium, 0)
    page.route("**/send", lambda route: route.abort())
    write(page, "e1-0")
    expect(page.locator(".msg.unsent")).to_contain_text(KEPT)
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.evaluate("fetch('/leave/', {redirect: 'manual'})")
    until = time.monotonic() + 30
    while page.evaluate("Object.keys(localStorage).length") and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert page.evaluate("Object.keys(localStorage).length") == 0
    page.context.close()
