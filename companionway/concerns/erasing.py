"""This room's part of deleting everything about a person."""

from __future__ import annotations

from datetime import datetime

from companionway.concerns import climbing
from companionway.concerns.models import CONCERN, Concern, KeptFrom, Opened, Step, Task, Voice
from companionway.concerns.states import OVER
from companionway.foundation import ids
from companionway.people.models import Person

ids.owners(CONCERN, "concerns.Concern")


def part(person: Person, now: datetime) -> dict[str, int]:
    """Their own words become unreadable, live or not. Facts stay until their clock: when, who was told, how it ended.

    A concern about them that somebody still has stays theirs to look after; the message in it goes at once.
    """
    voices = Voice.objects.filter(person=person)
    words = voices.update(sealed=None, sealed_extract=None, person=None)
    Concern.objects.filter(raised_by=person).update(raised_by=None)
    Voice.objects.filter(concern__about=person).update(sealed_extract=None)
    concerns = Concern.objects.filter(about=person, state__in=OVER).update(about=None)
    for concern in Concern.objects.live().filter(held_by=person).select_for_update():
        climbing.let_go(concern, now)
    Task.objects.filter(done_by=person).update(sealed=None, done_by=None)
    Task.objects.filter(person=person).update(person=None)
    Task.objects.filter(holder=person).update(holder=None)
    # What they did as one of the team stays as steps without a name; whoever climbs next does not tell them.
    Step.objects.filter(person=person).update(person=None)
    Opened.objects.filter(person=person).update(person=None)
    KeptFrom.objects.filter(person=person).delete()
    return {"concern_words": words, "concerns_about": concerns}
