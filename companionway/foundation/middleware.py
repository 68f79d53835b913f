"""Headers every answer carries."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from companionway.foundation import headers


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
