"""The addresses of meetings and calendars: one open series in the first programme, begun by a coordinator."""

from __future__ import annotations

from datetime import time
from typing import Any

from companionway.calendars import services as calendars
from companionway.calendars.models import Feed
from companionway.meetings import services
from companionway.meetings.models import Cover, Holds, Meeting, Series
from companionway.meetings.services import SeriesDetails
from companionway.meetings.states import FACILITATOR, WELCOMER
from companionway.people import roles
from companionway.people.models import Person, RoleHeld
from tests.access.deeds import NOW
from tests.access.world import World

Things = list[tuple[str, dict[str, Any], frozenset[str]]]
NAME = "Lantern evening"
# Whoever arranges, and who holds the frame.
FORMS = {"change", "extra", "end", "give"}
SINGLE = {"cancel", "move", "put_back"}


def things(world: World, name: str, parts: tuple[str, ...]) -> Things:
    room, deed = name.split(":")
    if room == "calendars":
        return _calendars(world, deed)
    series = _series(world)
    arranging = world.parts.coordinators | {world.parts.supporter}
    here = _with_a_role(world) | world.parts.coordinators
    if deed == "begin":
        programme = world.first.programme
        return [("programme", {"public_id": programme.public_id}, world.parts.coordinators)]
    if deed in {"take", "give_back"}:
        may = _could_hold(world) if deed == "take" else frozenset()
        return [("cover", {"public_id": _cover(series).public_id}, may)]
    if deed == "public_one":
        return [("series", {"public_id": series.public_id}, frozenset())]
    if deed == "door":
        return [("series", {"public_id": series.public_id}, frozenset({world.parts.member}))]
    if deed in {"meeting", "place", "cannot", "can"} | SINGLE:
        one = series.meetings.order_by("starts_at").last()
        assert one is not None
        return [("meeting", {"public_id": one.public_id}, arranging if deed in SINGLE else here)]
    return [("series", {"public_id": series.public_id}, arranging if deed in FORMS else here)]


def _calendars(world: World, deed: str) -> Things:
    if deed == "take_back":
        feed = _feed(world)
        return [("feed", {"public_id": feed.public_id}, frozenset({world.parts.member}))]
    if deed == "invitation":
        one = _series(world).meetings.order_by("starts_at").last()
        assert one is not None
        return [("meeting", {"public_id": one.public_id}, _with_a_role(world))]
    if deed == "private":
        return [("not there", {"token": "notthere1234"}, frozenset())]
    thing = _series(world).programme if deed == "programme" else _series(world)
    # Nothing of it is public.
    return [(deed, {"public_id": thing.public_id}, frozenset())]


def _with_a_role(world: World) -> frozenset[str]:
    """Whoever takes part in the programme, in whichever role."""
    held = RoleHeld.objects.filter(programme=world.first.programme, until_at=None)
    inside = set(held.values_list("person_id", flat=True))
    return frozenset(key for key, person in world.people.items() if person.pk in inside)


def _could_hold(world: World) -> frozenset[str]:
    """Whoever is there for others here, arranges, or welcomes at this meeting; not who holds it already."""
    given = RoleHeld.objects.filter(
        programme=world.first.programme, role__in=(roles.SUPPORTER, roles.COORDINATOR), until_at=None
    )
    ids = set(given.values_list("person_id", flat=True))
    could = {key for key, person in world.people.items() if person.pk in ids} | {world.parts.member}
    return frozenset(could - {world.parts.supporter})


def _series(world: World) -> Series:
    programme = world.first.programme
    found = Series.objects.filter(programme=programme, name=NAME).first()
    if found is not None:
        return found
    cora = Person.objects.get(pk=world.people[min(world.parts.coordinators - {"geraint"})].pk)
    details = SeriesDetails(
        name=NAME, zone="Europe/London", starts_on=NOW.date(), begins=time(18, 30), rule="FREQ=WEEKLY"
    )
    made = services.begin_series(actor=cora, programme=programme, details=details, now=NOW)
    # By rows: who may take a position is asked elsewhere.
    for who, role in ((world.parts.supporter, FACILITATOR), (world.parts.member, WELCOMER)):
        Holds.objects.create(
            series=made, person=world.people[who], role=role, holds_frame=role == FACILITATOR, since_at=NOW
        )
    return made


def _cover(series: Series) -> Cover:
    one: Meeting | None = series.meetings.order_by("starts_at").last()
    assert one is not None
    return Cover.objects.get_or_create(meeting=one, instead_of=None, defaults={"asked_at": NOW})[0]


def _feed(world: World) -> Feed:
    who = Person.objects.get(pk=world.people[world.parts.member].pk)
    return (
        Feed.objects.filter(person=who).first()
        or calendars.make_feed(actor=who, label="phone", title="", shows_place=False, now=NOW)[0]
    )
