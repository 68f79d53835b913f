"""Kind words where the framework has none."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from companionway.foundation.constraints import MOVING
from companionway.ui import easy
from companionway.ui.views import not_found, not_now

logger = logging.getLogger(__name__)


class EasyRead:
    """Pages in easy words and layout for whoever chose that, or has not chosen and belongs where it comes first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with easy.reading(request):
            return self.get_response(request)


class KindRefusals:
    """An address that only a form posts to, opened or loaded again by hand, answers with a page and a way on.

    So does a deed that the database cannot take now (away, full, read-only, being moved): 503, with what was typed.
    """

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

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        is_being_moved = isinstance(fault, DatabaseError) and MOVING in str(fault)
        if not (is_being_moved or isinstance(fault, OperationalError | InterfaceError)):
            return None
        logger.error("the database could not be used: %s", type(fault).__name__)
        return not_now(request)
