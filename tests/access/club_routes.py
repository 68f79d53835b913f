"""The addresses of a house: whoever belongs, members and staff alike; what is about one person only for the two.

Of the actors only Nerys belongs to the demonstration's house, as staff; everybody else knocks in vain.
"""

from __future__ import annotations

from typing import Any

from companionway.clubhouse.models import AgendaItem, HouseAction, HouseMeeting, Recurring, Task, Unit
from companionway.jointrecords.models import JointRecord
from companionway.people.models import Programme
from companionway.placements.models import Placement, WorkDay
from tests.access.world import World

ROOMS = ("clubhouse", "placements", "jointrecords", "reachout")
IN_THE_HOUSE = frozenset({"nerys"})
Things = list[tuple[str, dict[str, Any], frozenset[str]]]
# Of the house itself: whatever names no other thing.
_OF_HOUSE = {
    "clubhouse": {"today", "paper", "days", "hours", "here", "back", "new_unit", "meetings"},
    "placements": {"list", "new_place"},
    "jointrecords": {"list"},
    "reachout": {"mine", "stop", "sign"},
}
_OF_UNIT = {"unit", "change_unit", "close_unit", "care", "mine", "add_task", "add_recurring"}
_OF_MEETING = {"meeting", "open_meeting", "close_meeting", "add_item", "decide", "act", "minutes", "agree"}
_HER_OWN_PLACE = {"begin_work", "end_work"}


def things(world: World, name: str, parts: tuple[str, ...]) -> Things:
    room, _colon, deed = name.partition(":")
    thing = _thing(world.organisation.pk, room, deed)
    if thing is None:
        return [("not there", dict.fromkeys(parts, "notthere1234"), frozenset())]
    kwargs = {"public_id": thing.public_id}
    if "deed" in parts:
        kwargs["deed"] = "take" if deed == "task" else "care"
    # Whose place it is, and whoever would come back, are not among the actors.
    insiders = frozenset[str]() if deed in _HER_OWN_PLACE else IN_THE_HOUSE
    return [(type(thing).__name__.lower(), kwargs, insiders)]


def _thing(organisation: int, room: str, deed: str) -> Any:
    if deed in _OF_HOUSE[room]:
        return Programme.objects.filter(organisation=organisation, practice_model="clubhouse").first()
    if room == "placements":
        if deed in {"cannot_come", "cover_day"}:
            return WorkDay.objects.filter(placement__programme__organisation=organisation).first()
        return Placement.objects.filter(programme__organisation=organisation).first()
    if room == "jointrecords":
        return JointRecord.objects.filter(programme__organisation=organisation).first()
    return None if room == "reachout" else _of_the_house(organisation, deed)


def _of_the_house(organisation: int, deed: str) -> Any:
    found: Any = HouseAction.objects.filter(meeting__programme__organisation=organisation)
    if deed in _OF_UNIT:
        found = Unit.objects.filter(programme__organisation=organisation, name="Clerical")
    elif deed == "stop_recurring":
        found = Recurring.objects.filter(unit__programme__organisation=organisation)
    elif deed == "task":
        found = Task.objects.filter(unit__programme__organisation=organisation).order_by("-day")
    elif deed in _OF_MEETING:
        found = HouseMeeting.objects.filter(programme__organisation=organisation)
    elif deed == "take_item_back":
        found = AgendaItem.objects.filter(meeting__programme__organisation=organisation)
    return found.first()
