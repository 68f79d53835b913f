"""What a page must never do while a journey runs: call another machine, or complain in the console."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

QUIET_SCHEMES = {"data", "blob", "about"}


class Watch:
    """Collects every fault of every page of one test. `allow` names a fault that the journey provokes on purpose."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._allowed: list[re.Pattern[str]] = []
        self._refused_pages: set[str] = set()

    def allow(self, pattern: str) -> None:
        self._allowed.append(re.compile(pattern))

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("page", lambda page: page.on("pageerror", self._page_error))

    def unexpected(self) -> list[str]:
        return [fault for fault in self.faults if not any(each.search(fault) for each in self._allowed)]

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in QUIET_SCHEMES and parts.hostname not in {"127.0.0.1", "localhost"}:
            self.faults.append(f"a request left this machine: {request.url}")

    def _response(self, response: Response) -> None:
        if response.request.resource_type == "document" and 400 <= response.status < 500:
            # Being refused a page is part of many journeys; Chromium reports it in the console as well.
            self._refused_pages.add(response.url)
        if response.status >= 500:
            self.faults.append(f"the service failed with {response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        url = message.location.get("url", "")
        if message.text.startswith("Failed to load resource") and url in self._refused_pages:
            return
        self.faults.append(f"console: {message.text} ({url})")

    def _page_error(self, error: object) -> None:
        self.faults.append(f"script error: {error}")


AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def describe_violations(violations: list[dict[str, object]]) -> str:
    """Axe's findings, one line each, with the first element concerned."""
    lines = []
    for each in violations:
        nodes = each["nodes"]
        first = nodes[0]["html"] if isinstance(nodes, list) and nodes else ""
        lines.append(f"{each['id']} ({each['impact']}): {each['help']}: {first}")
    return "\n".join(lines)


def settle(page: Page) -> None:
    """Let fades and fonts finish, so that contrast is measured on the page as people see it."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(
        "Promise.all(document.getAnimations().map(each => each.finished.catch(() => true))).then(() => true)"
    )
