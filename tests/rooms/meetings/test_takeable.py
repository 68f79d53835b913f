"""The list of places to take, asked in one question, is what the rule for one place says of each."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

from companionway.meetings import policy
from companionway.meetings.models import Cover, Holds, Meeting
from companionway.meetings.states import FACILITATOR, WELCOMER, MeetingState
from companionway.people.models import Person, Stop
from companionway.safety import services as safety
from tests.cast import NOW, Cast, make_person
from tests.rooms.meetings.conftest import begun


def _agree(people: list[Person]) -> dict[tuple[str, int], bool]:
    """What both ways say, for everybody and every place; they must say the same."""
    found = {}
    covers = list(Cover.objects.select_related("meeting__series__programme"))
    for each, cover in product(people, covers):
        person = Person.objects.get(pk=each.pk)
        seen = policy.covers_visible_to(person).filter(pk=cover.pk).exists()
        one = seen and bool(policy.may_cover(person, cover.meeting, cover, NOW))
        many = policy.takeable_by(person, NOW).filter(pk=cover.pk).exists()
        assert many == one, (person.name, cover.pk)
        found[person.name, cover.pk] = one
    return found


def test_both_ways_say_the_same_of_everybody(cast: Cast) -> None:
    series, other = begun(cast), begun(cast, name="Another evening")
    hugo = make_person("Hugo")
    people = [cast.mina, cast.theo, cast.ruth, cast.cora, cast.adil, cast.sam_the_stranger, hugo]
    for who, where, role in ((cast.theo, series, FACILITATOR), (cast.mina, other, WELCOMER)):
        frame = role == FACILITATOR
        Holds.objects.create(series=where, person=who, role=role, holds_frame=frame, since_at=NOW)
    # A past one, an open one, one that is off with nobody looked for, one taken by another, one taken by oneself.
    for where in (series, other):
        rows = list(where.meetings.order_by("original")[:5])
        Meeting.objects.filter(pk=rows[0].pk).update(starts_at=NOW - timedelta(hours=1))
        Meeting.objects.filter(pk=rows[2].pk).update(state=MeetingState.CANCELLED)
        for row in rows:
            Cover.objects.create(meeting=row, asked_at=NOW)
        Cover.objects.filter(meeting=rows[3]).update(taken_by=cast.ruth)
        Cover.objects.create(meeting=rows[3], asked_at=NOW)
    before = _agree(people)
    assert any(before.values()) and not all(before.values())
    safety.block_person(actor=cast.ruth, person=cast.theo, now=NOW)
    apart = _agree(people)
    assert apart != before
    Stop.objects.create(
        person=cast.ruth, programme=cast.programme, began_at=NOW, days=3, decided_by=cast.cora
    )
    stopped = _agree(people)
    assert stopped != apart and not any(yes for (name, _), yes in stopped.items() if name == "Ruth")
