"""Where this room stands in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as put_in_menu


def register() -> None:
    put_in_menu(MenuItem("supporting", _("My limits"), "practice:mine", "leaf", 45, _may_accompany))


def _may_accompany(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.holds("support.accompany")
