"""The addresses of a house: whoever belongs, members and staff alike; what is about one person only for the two.

Of the actors only Nerys belongs to the demonstration's house, as staff; everybody else knocks in vain.
"""

from __future__ import annotations

from typing import Any

from companionway.clubhouse.models import (
    AgendaItem,
    HouseAction,
    HouseMeeting,
    HouseRecord,
    Placement,
    Recurring,
    Task,
    Unit,
    WorkDay,
)
from companionway.people.models import Programme
from tests.access.world import World

IN_THE_HOUSE = frozenset({"nerys"})
Things = list[tuple[str, dict[str, Any], frozenset[str]]]
_OF_UNIT = {"unit", "change_unit", "close_unit", "care", "mine", "add_task", "add_recurring"}
_OF_MEETING = {"meeting", "open_meeting", "close_meeting", "add_item", "decide", "act", "minutes", "agree"}
_OF_RECORD = {"record", "record_yes", "open_record", "sign", "set_aside"}
_OF_PLACE = {"place", "interest", "choose", "own_job", "offer_cover", "close_place"}
_HER_OWN_PLACE = {"begin_work", "end_work"}
_OF_MISSED = {"take_missed", "answer_missed"}


def things(world: World, name: str, parts: tuple[str, ...]) -> Things:
    deed = name.partition(":")[2]
    thing, insiders = _thing(world.organisation.pk, deed)
    if thing is None:
        return [("not there", dict.fromkeys(parts, "notthere1234"), frozenset())]
    kwargs = {"public_id": thing.public_id}
    if "deed" in parts:
        kwargs["deed"] = "take" if deed == "task" else "care"
    return [(type(thing).__name__.lower(), kwargs, insiders)]


def _thing(organisation: int, deed: str) -> tuple[Any, frozenset[str]]:
    found: Any = None
    if deed in _OF_MISSED:
        return None, frozenset()
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
    elif deed == "action":
        found = HouseAction.objects.filter(meeting__programme__organisation=organisation)
    elif deed in _OF_RECORD:
        found = HouseRecord.objects.filter(programme__organisation=organisation)
    elif deed in _OF_PLACE | _HER_OWN_PLACE:
        found = Placement.objects.filter(programme__organisation=organisation)
    elif deed in {"cannot_come", "cover_day"}:
        found = WorkDay.objects.filter(placement__programme__organisation=organisation)
    else:
        found = Programme.objects.filter(organisation=organisation, practice_model="clubhouse")
    # Whose place it is, and whoever would come back, are not among the actors.
    return found.first(), frozenset() if deed in _HER_OWN_PLACE else IN_THE_HOUSE
