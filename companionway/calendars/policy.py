"""Whose a feed is: one's own, and nobody else's."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from companionway.calendars.models import Feed
from companionway.calendars.states import MOST_FEEDS
from companionway.foundation.policy import YES, Verdict, no
from companionway.people.models import Person


def visible_to(actor: Person) -> QuerySet[Feed]:
    return Feed.objects.filter(person=actor)


def may_make(actor: Person) -> Verdict:
    if visible_to(actor).count() >= MOST_FEEDS:
        return no(_("You have as many addresses as there can be. Take one back first."))
    return YES


def may_read_plans(actor: Person) -> bool:
    """Upload the plan of a room, or a list of meetings: whoever arranges meetings somewhere."""
    return bool(actor.programmes_with("meetings.arrange"))
