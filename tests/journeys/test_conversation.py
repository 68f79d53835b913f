"""Two people write to each other in a real browser: live, without a script, by keyboard, through tunnels."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import ROOT, Server
from tests.journeys.watching import Watch

Look = Callable[[Page], None]
Shoot = Callable[..., Path]


@dataclass
class Pair:
    """Two signed-in people and the address of their conversation."""

    server: Server
    new_context: NewContext
    cookies: list[str]
    address: str

    def page(self, who: int, **options: object) -> Page:
        context = self.new_context(**options)  # type: ignore[arg-type]
        name, _, value = self.cookies[who].partition("=")
        context.add_cookies([{"name": name, "value": value, "url": self.server.url}])
        page = context.new_page()
        page.goto(self.address)
        if options.get("js", True):
            expect(page.locator("#talk[data-state=live]")).to_be_attached()
        return page


def ask(server: Server, question: dict[str, object]) -> object:
    done = subprocess.run(
        [sys.executable, "manage.py", "bench_people", "--among-others"],
        cwd=ROOT, env=server.env, input=json.dumps(question) + "\n", capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture
def pair(server: Server, new_person_context: NewContext) -> Pair:
    people = ask(server, {"people": 2})
    assert isinstance(people, list)
    where = ask(server, {"conversation": [each["id"] for each in people]})
    return Pair(server, new_person_context, [each["cookie"] for each in people], f"/messages/{where}/")


def box(page: Page) -> Locator:
    return page.locator("#id_text")


def send(page: Page, words: str) -> None:
    box(page).fill(words)
    page.get_by_role("button", name="Send", exact=True).click()


def said(page: Page) -> list[str]:
    """Every message on the screen, top to bottom, without the service's own lines and what is not sent yet."""
    found = page.locator("#talk > li.msg[data-id]:not(.system) .words")
    return [re.sub(r"^[^:]*:\s", "", each).strip() for each in found.all_inner_texts()]


def test_each_sees_the_others_words_appear(pair: Pair, axe: Look, shoot: Shoot) -> None:
    mina, theo = pair.page(0), pair.page(1, mobile=True, width=320)
    send(mina, "How did Tuesday go?")
    expect(theo.locator(".msg.them").last).to_contain_text("How did Tuesday go?")
    send(theo, "I went!\nStayed half an hour.")
    expect(mina.locator(".msg.them").last).to_contain_text("Stayed half an hour.")
    expect(mina.locator(".msg.me")).to_have_count(1)
    expect(theo.locator("#state")).to_have_text("Sent")
    axe(mina)
    axe(theo)
    assert theo.evaluate("document.documentElement.scrollWidth") <= 320
    assert "Tuesday" not in mina.title()
    shoot(mina, "conversation")
    mina.reload()
    assert said(mina) == ["How did Tuesday go?", "I went!\nStayed half an hour."]


def test_second_thoughts_are_seen_by_both(pair: Pair, axe: Look) -> None:
    mina, theo = pair.page(0), pair.page(1)
    send(mina, "too fast")
    expect(theo.locator(".msg.them")).to_have_count(1)
    mina.get_by_role("button", name="Undo").click()
    expect(theo.locator(".msg.them")).to_have_count(0)
    expect(box(mina)).to_have_value("too fast")
    send(mina, "slower")
    mina.locator(".msg.me").last.get_by_role("link", name="More").click()
    axe(mina)
    mina.get_by_label("Your message").fill("slower and better")
    mina.get_by_role("button", name="Change").click()
    expect(theo.locator(".msg.them").last).to_contain_text("slower and better")
    expect(theo.locator(".msg.them").last).to_contain_text("Changed")
    mina.locator(".msg.me").last.get_by_role("link", name="More").click()
    mina.get_by_role("button", name="Take this message back").click()
    expect(theo.locator(".msg.withdrawn")).to_contain_text("took back a message")


def test_without_a_script_by_form_and_reload(pair: Pair, axe: Look) -> None:
    mina, theo = pair.page(0, js=False), pair.page(1, js=False, mobile=True)
    send(mina, "no script here")
    assert said(mina) == ["no script here"]
    theo.reload()
    assert said(theo) == ["no script here"]
    box(theo).fill("half a thought")
    theo.get_by_role("button", name="Keep as draft").click()
    expect(box(theo)).to_have_value("half a thought")
    theo.get_by_role("button", name="Send", exact=True).click()
    theo.get_by_role("button", name="Undo").click()
    expect(box(theo)).to_have_value("half a thought")
    assert said(theo) == ["no script here"]
    box(theo).fill("x" * 5001)
    theo.get_by_role("button", name="Send", exact=True).click()
    expect(theo.locator("#id_text_error")).to_contain_text("Please shorten this")
    assert len(box(theo).input_value()) == 5001


def test_by_keyboard_alone_and_focus_stays_where_it_is(pair: Pair) -> None:
    mina, theo = pair.page(0), pair.page(1)
    for _ in range(40):
        mina.keyboard.press("Tab")
        if mina.evaluate("document.activeElement.id") == "id_text":
            break
    mina.keyboard.type("by keyboard")
    mina.keyboard.press("Control+Enter")
    expect(theo.locator(".msg.them").last).to_contain_text("by keyboard")
    mina.keyboard.type("while I wri")
    send(theo, "an answer comes in")
    expect(mina.locator(".msg.them").last).to_contain_text("an answer comes in")
    mina.keyboard.type("te")
    expect(box(mina)).to_have_value("while I write")


def test_a_content_note_folds_the_words_on_both_screens(pair: Pair) -> None:
    mina, theo = pair.page(0), pair.page(1)
    mina.locator("summary", has_text="Content note").click()
    mina.get_by_label("Content note").fill("hospital")
    send(mina, "it was a long night")
    words = theo.locator(".msg.them details div")
    expect(words).to_be_hidden()
    theo.locator(".msg.them summary").click()
    expect(words).to_have_text("it was a long night")


def test_through_tunnels_everything_arrives_once_and_in_order(pair: Pair, watch: Watch) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    mina, theo = pair.page(0), pair.page(1)
    expected = []
    for number in range(12):
        theo.context.set_offline(True)
        send(mina, f"into the tunnel {number}")
        expect(mina.locator("#talk > li[data-client]")).to_have_count(0)
        send(theo, f"out of the tunnel {number}")
        expect(theo.locator(".msg.unsent")).to_contain_text(f"out of the tunnel {number}")
        theo.context.set_offline(False)
        expect(theo.locator("#talk > li[data-client]")).to_have_count(0, timeout=20_000)
        expected += [f"into the tunnel {number}", f"out of the tunnel {number}"]
        expect(mina.locator(".msg.them").last).to_contain_text(f"out of the tunnel {number}")
    expect(theo.locator(".msg.them")).to_have_count(12, timeout=20_000)
    assert said(theo) == expected
    assert said(mina) == expected


def test_five_browsers_come_back_two_hundred_times_and_miss_nothing(pair: Pair, watch: Watch) -> None:
    watch.allow(r"ERR_INTERNET_DISCONNECTED")
    writer, readers = pair.page(0), [pair.page(who) for who in (0, 0, 1, 1, 1)]
    reconnects: list[str] = []
    for reader in readers:
        reader.on(
            "request", lambda request: reconnects.append(request.url) if "/live" in request.url else None
        )
    for number in range(40):
        for reader in readers:
            reader.context.set_offline(True)
        send(writer, f"while you were away {number}")
        expect(writer.locator("#talk > li[data-client]")).to_have_count(0)
        for reader in readers:
            reader.context.set_offline(False)
        for reader in readers:
            arrived = reader.locator("#talk > li.msg[data-id]:not(.system)")
            expect(arrived).to_have_count(number + 1, timeout=20_000)
    assert len(reconnects) >= 200
    for reader in (writer, *readers):
        assert said(reader) == [f"while you were away {number}" for number in range(40)]


def test_words_survive_a_lost_session_and_a_closed_tab(pair: Pair, server: Server, watch: Watch) -> None:
    watch.allow("401")
    mina = pair.page(0)
    with mina.expect_response("**/draft/"):
        box(mina).fill("kept while I write")
    mina.close()
    again = pair.page(0)
    expect(box(again)).to_have_value("kept while I write")
    again.context.clear_cookies(name="session")
    again.get_by_role("button", name="Send", exact=True).click()
    expect(again.locator("#state")).to_contain_text("You were signed out. Your words are still here")
    expect(again.locator(".msg.unsent")).to_contain_text("kept while I write")
    name, _, value = pair.cookies[0].partition("=")
    again.context.add_cookies([{"name": name, "value": value, "url": server.url}])
    again.get_by_role("button", name="Try again").click()
    expect(again.locator("#state")).to_have_text("Sent")
    assert said(again) == ["kept while I write"]


SLOWLY = """const plain = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (...given) => new Promise((on) => setTimeout(() => on(plain(...given)), 1500));"""


@pytest.mark.parametrize("writes_on", [False, True])
def test_what_waits_and_what_is_written_meanwhile_are_two_messages(
    pair: Pair, watch: Watch, *, writes_on: bool
) -> None:
    """The same words wait on the device and stand in the draft; their reader is quicker than a slow device."""
    watch.allow("ERR_FAILED")
    mina = pair.page(0)
    with mina.expect_response("**/draft/"):
        box(mina).fill("words that wait")
    mina.route("**/send", lambda route: route.abort())
    mina.get_by_role("button", name="Send", exact=True).click()
    expect(mina.locator(".msg.unsent")).to_contain_text("words that wait")
    mina.add_init_script(SLOWLY)
    mina.reload()
    mina.unroute("**/send")
    if writes_on:
        box(mina).fill("and words that are new")
        mina.get_by_role("button", name="Send", exact=True).click()
    expect(mina.locator("#talk > li.msg[data-id]:not(.system)")).to_have_count(1 + writes_on, timeout=20_000)
    assert sorted(said(mina)) == ["and words that are new", "words that wait"][1 - writes_on :]
    expect(box(mina)).to_have_value("")
    assert mina.evaluate("Object.keys(localStorage).length") == 0


def test_two_devices_with_one_draft_send_two_messages(pair: Pair) -> None:
    """What is half written on the phone stands on the laptop too; other words sent from there are another message."""
    phone = pair.page(0)
    with phone.expect_response("**/draft/"):
        box(phone).fill("begun on the phone")
    laptop = pair.page(0)
    expect(box(laptop)).to_have_value("begun on the phone")
    send(phone, "begun on the phone")
    expect(phone.locator("#state")).to_have_text("Sent")
    send(laptop, "written on the laptop")
    expect(laptop.locator("#state")).to_have_text("Sent")
    for each in (phone, laptop):
        expect(each.locator("#talk > li.msg[data-id]:not(.system)")).to_have_count(2)
        assert said(each) == ["begun on the phone", "written on the laptop"]


def test_from_right_to_left_words_keep_their_own_direction(pair: Pair, axe: Look) -> None:
    mina = pair.page(0, locale="ar")
    mina.context.add_cookies([{"name": "django_language", "value": "ar", "url": pair.server.url}])
    mina.reload()
    expect(mina.locator("#talk[data-state=live]")).to_be_attached()
    box(mina).fill("hello")
    mina.keyboard.press("Control+Enter")
    expect(mina.locator(".msg.me")).to_have_count(1)
    assert mina.evaluate("document.documentElement.dir") == "rtl"
    expect(mina.locator(".msg.me .words")).to_have_attribute("dir", "auto")
    axe(mina)
