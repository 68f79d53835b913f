"""The words of one's steps in the copy that a device keeps (`plans`), only for whoever asked for that."""

from __future__ import annotations

from django.utils.translation import gettext as _

from companionway.people.models import Person
from companionway.plans.beside import Beside
from companionway.steps import queries


def told(person: Person) -> Beside | None:
    """The words and places of the steps, the highest first; nothing of what was tried."""
    pages = queries.own_book(person)
    if not pages.on_device or not pages.steps:
        return None
    lines = [f"{each.words} ({each.place})" if each.place else each.words for each in pages.steps[::-1]]
    return Beside(_("My steps"), lines)
