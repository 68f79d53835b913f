"""This room's part of "delete everything": the words go with their keys; the days of the other one's talks stay."""

from __future__ import annotations

from datetime import datetime

from companionway.foundation import ids
from companionway.foundation.sealing import destroy_key
from companionway.people.models import Person
from companionway.supervision.models import (
    Action,
    AgendaItem,
    Circle,
    CirclePerson,
    CircleWords,
    DriftTick,
    ExtraPlace,
    HardContact,
    Lateness,
    OwnGains,
    OwnSigns,
    Supervising,
    Supervision,
    Talk,
)
from companionway.supervision.states import CIRCLE_KEY, SUPERVISION_KEY

ids.owners(SUPERVISION_KEY, "supervision.Supervision")
ids.owners(CIRCLE_KEY, "supervision.Circle")


def part(person: Person, now: datetime) -> dict[str, int]:
    pairs = list(Supervision.objects.of(person.pk).values_list("pk", flat=True))
    items, _ = AgendaItem.objects.filter(supervision__in=pairs).delete()
    Action.objects.filter(talk__supervision__in=pairs).delete()
    talks = Talk.objects.filter(supervision__in=pairs).exclude(sealed=None).update(sealed=None)
    for pk in pairs:
        destroy_key(SUPERVISION_KEY, pk, now=now)
    Supervision.objects.filter(pk__in=pairs).update(weeks_shared_at=None)
    # A talk that only waited for a yes is nobody's any more; the days of signed ones count for whoever stays.
    Talk.objects.filter(supervision__in=pairs, state="written").delete()
    Talk.objects.filter(supervision__supporter=person).delete()
    said, _ = CircleWords.objects.filter(seat__person=person).delete()
    CirclePerson.objects.filter(person=person).delete()
    for model in (HardContact, DriftTick, ExtraPlace, Lateness, Supervising):
        model._default_manager.filter(person=person).delete()
    OwnSigns.objects.filter(person=person).delete()
    OwnGains.objects.filter(person=person).delete()
    for circle in Circle.objects.filter(ended_at=None, people=None):
        circle.words.all().delete()
        destroy_key(CIRCLE_KEY, circle.pk, now=now)
        Circle.objects.filter(pk=circle.pk).update(ended_at=now, sealed_name=b"", sealed_way_in=b"")
    return {"agenda": items, "talks": talks, "circle_words": said}
