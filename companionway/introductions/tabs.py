"""Where this room stands in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.foundation.prepared import Statement
from companionway.introductions import queries
from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as put_in_menu


def register() -> None:
    put_in_menu(MenuItem("find", _("Find someone"), "introductions:start", "search", 25, _may_ask))
    put_in_menu(
        MenuItem(
            "needs", _("Requests"), "introductions:needs", "wave", 26, _may_accompany, badge=_waiting_asks
        )
    )
    put_in_menu(MenuItem("desk", _("Desk"), "introductions:desk", "list", 60, _coordinates))


def _may_ask(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.holds("support.ask")


def _may_accompany(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.holds("support.accompany")


def _coordinates(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.holds("introductions.coordinate")


def _waiting_asks(request: HttpRequest) -> Statement:
    return queries.waiting_asks(request.user.pk or 0)
