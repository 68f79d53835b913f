"""The watch itself: each kind of fault is provoked once and must be caught."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.watching import Watch

LEAKY = "<!doctype html><html lang=en><title>x</title><img alt='' src='http://192.0.2.1/pixel.png'>"
NOISY = "<!doctype html><html lang=en><title>x</title><script>console.error('oh'); throw new Error('no');</script>"
INLINE = "<!doctype html><html lang=en><title>x</title><script>document.title = 'ran';</script>"


def served(page: Page, body: str, **headers: str) -> None:
    page.route("**/seeded", lambda route: route.fulfill(body=body, content_type="text/html", headers=headers))
    page.goto("/seeded")


def test_a_request_to_another_machine_is_caught(page: Page, watch: Watch) -> None:
    watch.allow("192.0.2.1")
    page.route("http://192.0.2.1/*", lambda route: route.abort())
    served(page, LEAKY)
    assert any("left this machine" in fault for fault in watch.faults)


def test_an_error_in_the_console_is_caught(page: Page, watch: Watch) -> None:
    watch.allow("oh|no")
    served(page, NOISY)
    page.wait_for_timeout(100)
    assert any(fault.startswith("console: oh") for fault in watch.faults)
    assert any(fault.startswith("script error") for fault in watch.faults)


def test_a_broken_security_policy_is_caught(page: Page, watch: Watch) -> None:
    watch.allow("Content Security Policy")
    served(page, INLINE, **{"content-security-policy": "script-src 'self'"})
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in fault for fault in watch.faults)
    assert page.title() == "x"


def test_an_inaccessible_page_is_caught(page: Page, axe: Callable[[Page], None]) -> None:
    served(page, "<!doctype html><html><title></title><img src='data:,'><input>")
    with pytest.raises(AssertionError, match="html-has-lang"):
        axe(page)


def test_every_page_carries_the_strict_policy(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
