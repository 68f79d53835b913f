"""What this room adds to the page of a meeting: whose evening it is."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from companionway.groups import policy
from companionway.meetings.beside import Link
from companionway.meetings.beside import register as register_beside
from companionway.meetings.models import Meeting
from companionway.people.models import Person


def links(person: Person, meeting: Meeting, now: datetime) -> list[Link]:
    """To the page of its group, for whoever may find that."""
    found = policy.visible_to(person).filter(meets__series=meeting.series_id)
    return [
        Link(_("About the group"), reverse("groups:group", args=[public_id]))
        for public_id in found.values_list("public_id", flat=True)
    ]


def register() -> None:
    register_beside("groups", links)
