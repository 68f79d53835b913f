"""What this room adds to the page of a meeting: its door, and the page of those who hold it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from companionway.gatherings import policy
from companionway.gatherings.states import Arrival
from companionway.meetings.beside import Link
from companionway.meetings.beside import register as register_beside
from companionway.meetings.models import Meeting
from companionway.meetings.states import MeetingState, Way
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person

_GONE = (MeetingState.CLOSED, MeetingState.CANCELLED)


def links(person: Person, meeting: Meeting, now: datetime) -> list[Link]:
    """For whoever may come. Whoever only arranges meetings does not look in."""
    if not _has_door(meeting) or not policy.may_come(person, meeting):
        return []
    found = []
    if meeting.state not in _GONE:
        is_seated = meeting.state == MeetingState.OPEN and meeting.way != Way.IN_PERSON
        label = _("Come in") if is_seated else _("How it goes")
        found.append(Link(label, reverse("gatherings:door", args=[meeting.public_id]), is_main=is_seated))
    if meeting.state != MeetingState.CANCELLED and policy.holds_frame(person, meeting, now):
        is_next = bool(policy.opens(meeting, now))
        url = reverse("gatherings:hold", args=[meeting.public_id])
        found.append(Link(_("For those who hold it"), url, is_main=is_next))
    return found


def _has_door(meeting: Meeting) -> bool:
    """In writing there is one always; in a real room where people can leave a name, or are counted."""
    if GroupRules.of(meeting.series.programme) is None:
        return False
    if meeting.way != Way.IN_PERSON:
        return True
    return policy.arrival_at(meeting) != Arrival.NOTHING


def register() -> None:
    register_beside("gatherings", links)
