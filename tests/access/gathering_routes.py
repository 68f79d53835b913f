"""The addresses of one meeting while it happens: for whoever it is open to, whoever holds it, and its door."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from companionway.gatherings import services, tickets
from companionway.gatherings.models import Gathering, Outside, Seat, Share
from companionway.meetings.models import Holds, Meeting, Series
from companionway.people import practice_models
from companionway.people.models import Person, Programme
from tests.access.deeds import NOW

if TYPE_CHECKING:
    from tests.access.world import Both, World

Things = list[tuple[str, dict[str, Any], frozenset[str]]]


def said_at(world: World) -> str:
    return f"{world.host}: what I said in the evening round."


def evening_of(world: World) -> Meeting:
    """One open meeting of a closed series, held by the supporter, who also shared something from a seat."""
    programme = world.first.programme
    name = f"Evening at {world.host}"
    if (there := Meeting.objects.filter(series__name=name).first()) is not None:
        return there
    # Held by one, so that one can open it.
    groups = {**practice_models.data_of("charity_groups")["groups"], "facilitators_needed": 1}
    Programme.objects.filter(pk=programme.pk).update(model_data={**programme.model_data, "groups": groups})
    holder = Person.objects.get(pk=world.people[world.parts.supporter].pk)
    series = Series.objects.create(
        programme_id=programme.pk, name=name, zone="Europe/London", starts_on=NOW.date(), begins=NOW.time(),
        way="room", is_closed=True, created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    meeting = Meeting.objects.create(
        series=series, original=NOW, starts_at=NOW, ends_at=NOW + timedelta(hours=2), way="room"
    )
    Holds.objects.create(series=series, person=holder, role="facilitator", holds_frame=True, since_at=NOW)
    services.open_meeting(actor=holder, meeting=meeting, now=NOW)
    taken = services.take_seat(actor=holder, meeting=meeting, name="", is_quiet=False, is_new=False, now=NOW)
    services.share(
        actor=holder, meeting=meeting, ticket=taken.ticket, text=said_at(world), client_id="access", now=NOW
    )
    services.say_outside(actor=holder, meeting=meeting, words=said_at(world), now=NOW)
    assert Gathering.objects.filter(meeting=meeting).exists()
    return meeting


def things(both: Both, world: World, name: str, parts: tuple[str, ...]) -> Things:
    meeting, page = evening_of(world), name.partition(":")[2]
    kwargs = {"public_id": meeting.public_id}
    if "seat_id" in parts:
        kwargs["seat_id"] = Seat.objects.get(meeting=meeting).public_id
    if "share_id" in parts:
        kwargs["share_id"] = Share.objects.get(meeting=meeting).public_id
    if "outside_id" in parts:
        kwargs["outside_id"] = Outside.objects.get(series=meeting.series_id).public_id
    if "code" in parts:
        kwargs["code"] = tickets.code_of(meeting.public_id, page)
        return [("door", kwargs, both.at_the_door_of(world))]
    # Nobody else was let in to this series; being let in is for the rooms above to say.
    return [("meeting", kwargs, frozenset({world.parts.supporter}))]
