"""Kind words where the framework has none."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from companionway.ui.views import not_found


class KindRefusals:
    """An address that only a form posts to, opened or loaded again by hand, answers with a page and a way on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = not_found(request)
        page.status_code = 405
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page
