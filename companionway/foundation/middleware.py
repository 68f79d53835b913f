"""Headers every answer carries, and what no request may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from companionway.foundation import headers

NOBODYS: Final = "\N{REPLACEMENT CHARACTER}"


class DiscreetHeaders:
    """Nothing that was shown to a person stays in a cache on the device; nothing is asked of the device.

    Outermost, so that files and refusals carry them too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in headers.ALWAYS.items():
            response.headers.setdefault(name, value)
        return response


class RequestsWithoutNul:
    """PostgreSQL takes no NUL in any text, and SQLite does: in an address or a header another sign takes its place.

    Otherwise whoever sends one to a door that looks for a row by it (a person, a session) meets a fault there. Forms
    refuse one themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.path = request.path.replace("\0", NOBODYS)
        request.path_info = request.path_info.replace("\0", NOBODYS)
        for name, value in request.META.items():
            if isinstance(value, str) and "\0" in value:
                request.META[name] = value.replace("\0", "?")  # a header is Latin-1
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", quote(NOBODYS))
        return self.get_response(request)
