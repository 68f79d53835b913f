"""Where this room stands in the menu: first."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as put_in_menu


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def register() -> None:
    put_in_menu(MenuItem("home", _("Home"), "home", "home", 0, _is_signed_in))
