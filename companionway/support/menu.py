"""The places this room adds to the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from companionway.foundation.prepared import Statement, statement_of
from companionway.people.models import Person
from companionway.support import policy
from companionway.support.states import State
from companionway.ui import menu


def _may_be_together(request: HttpRequest) -> bool:
    person = request.user
    return isinstance(person, Person) and (person.holds("support.ask") or person.holds("support.accompany"))


def _oversees(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and request.user.holds("support.oversee")


def _to_decide(request: HttpRequest) -> Statement:
    """Walks whose ages no longer fit and about which nobody has decided."""
    assert isinstance(request.user, Person)
    open_to_all = policy.overseen_by(request.user).exclude(ages_differ_at=None).open()
    return statement_of(open_to_all.exclude(state=State.ENDING))


def register() -> None:
    menu.register(menu.MenuItem("together", _("Together"), "support:list", "heart", 30, _may_be_together))
    menu.register(
        menu.MenuItem("oversee", _("Who is together"), "support:oversee", "eye", 70, _oversees, _to_decide)
    )
