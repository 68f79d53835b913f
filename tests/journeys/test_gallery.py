"""The component set in a real browser: every look, every width, both directions, without scripts, and offline."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.conftest import NewContext
from tests.journeys.server import Server
from tests.journeys.watching import Watch

PAGES = [
    "/gallery/",
    "/gallery/?page=home",
    "/gallery/?page=talk",
    "/gallery/?page=question",
    "/gallery/?page=answers",
]
FIRST_VISIT_BYTES = 60_000


def with_look(path: str, look: str) -> str:
    return path + ("&" if "?" in path else "?") + look


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(
    ("width", "locale", "look"),
    [
        (320, "en-GB", "theme=light&size=xl"),
        (320, "ar", "theme=dark"),
        (390, "en-GB", "theme=light"),
        (1280, "ar", "theme=light&contrast=more&spacing=wide"),
        (1280, "en-GB", "theme=dark"),
    ],
)
def test_every_component_is_accessible_in_every_look(
    new_person_context: NewContext, axe: Callable[[Page], None], width: int, locale: str, look: str
) -> None:
    page = new_person_context(width=width, locale=locale).new_page()
    for path in PAGES:
        page.goto(with_look(path, look))
        axe(page)
        assert overflow(page) == 0, f"{page.url} scrolls sideways at {width} px"
    assert page.locator("html").get_attribute("dir") == ("rtl" if locale == "ar" else "ltr")


def test_help_and_leaving_are_first_for_the_keyboard(page: Page) -> None:
    page.goto("/gallery/?page=home")
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href').split('?')[0]"))
    assert reached == ["#main", "/", "/help-now/", "/look/", "/leave/"]


@pytest.mark.parametrize("js", [True, False])
def test_a_look_is_kept_by_an_ordinary_form(new_person_context: NewContext, js: bool) -> None:
    page = new_person_context(js=js).new_page()
    page.goto("/look/?next=/offline/")
    page.get_by_label("Dark", exact=True).check()
    page.get_by_label("Extra large", exact=True).check()
    page.get_by_role("button", name="Keep this").click()
    page.wait_for_url("**/offline/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor") if js else ""
    assert background in ("", "rgb(29, 27, 25)")


@pytest.mark.parametrize("how", ["click", "Shift", "no script"])
def test_leaving_ends_at_a_harmless_page(
    new_person_context: NewContext, server: Server, watch: Watch, how: str
) -> None:
    context = new_person_context(js=how != "no script")
    page = context.new_page()
    page.goto("/offline/")
    page.goto("/gallery/?page=home")
    if how == "Shift":
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        page.get_by_role("link", name="Leave site").click()
    page.wait_for_url(server.env["LEAVE_SITE_URL"] + "**")
    assert "session" not in {cookie["name"] for cookie in context.cookies(server.url)}
    if how != "no script":
        page.go_back()
        assert "/gallery/" not in page.url


def test_a_capital_letter_or_two_is_not_leaving(page: Page) -> None:
    page.goto("/gallery/?page=talk")
    box = page.get_by_label("Message to Sam")
    box.click()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    page.wait_for_timeout(300)
    assert "/gallery/" in page.url
    expect(box).to_have_value("ABCD")


def test_words_begin_at_the_newest_without_a_script(new_person_context: NewContext) -> None:
    page = new_person_context(js=False, mobile=True).new_page()
    page.goto("/gallery/?page=talk")
    expect(page.locator(".talk > li").last).to_be_in_viewport()
    expect(page.get_by_label("Message to Sam")).to_be_in_viewport()


def test_without_a_connection_there_is_a_page_and_nothing_personal_is_kept(
    new_person_context: NewContext, watch: Watch
) -> None:
    watch.allow("Failed to load resource|ERR_INTERNET_DISCONNECTED")
    context = new_person_context()
    page = context.new_page()
    page.goto("/gallery/?page=home")
    # A script that does not start is never ready: it fails here, rather than waiting for ever.
    ready = "Promise.race([navigator.serviceWorker.ready, new Promise(done => setTimeout(done, 20000))]).then(Boolean)"
    assert page.evaluate(ready)
    page.reload()
    kept = page.evaluate(
        "caches.keys().then(async names => (await Promise.all(names.map(async name =>"
        " (await (await caches.open(name)).keys()).map(each => new URL(each.url).pathname)))).flat())"
    )
    assert {path for path in kept if not path.startswith("/static/")} <= {"/offline/", "/help-now/"}
    context.set_offline(True)
    page.goto("/gallery/?page=home")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no connection just now")


def test_a_first_visit_is_small(new_person_context: NewContext) -> None:
    page = new_person_context(mobile=True, service_workers="block").new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/gallery/?page=home")
    page.wait_for_load_state("networkidle")
    sizes = [each.request.sizes() for each in answers]
    assert sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes) < FIRST_VISIT_BYTES
