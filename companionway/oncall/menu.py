"""Where this room stands in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.oncall import policy
from companionway.people.models import Person
from companionway.ui.menu import MenuItem
from companionway.ui.menu import register as put_in_menu


def register() -> None:
    put_in_menu(MenuItem("on_call", _("On call"), "oncall:rota", "clock", 56, _may_see))


def _may_see(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and bool(policy.may_see_rota(request.user))
