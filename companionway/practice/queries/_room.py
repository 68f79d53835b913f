"""How much room there is: what people said, beside what they carry now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companionway.concerns import queries as concerns
from companionway.people.models import Person, Programme
from companionway.practice import capacity
from companionway.practice.models import SupporterPractice


def practice_of(person: Person | int, programme: Programme | int) -> SupporterPractice | None:
    """What this person offers in this programme, or None if they never began."""
    return (
        SupporterPractice.objects.select_related("programme")
        .filter(person=person, programme=programme)
        .first()
    )


def trained_for(person: Person | int, programme: Programme | int) -> str:
    """The age band their training here is for; "" for whoever offers nothing here."""
    found = SupporterPractice.objects.filter(person=person, programme=programme)
    return found.values_list("supports_band", flat=True).first() or ""


def my_practices(person: Person) -> QuerySet[SupporterPractice]:
    return (
        SupporterPractice.objects.filter(person=person)
        .select_related("programme")
        .order_by("programme__name", "pk")
    )


def accepting(programme: Programme | int) -> QuerySet[SupporterPractice]:
    """Who would welcome somebody new in this programme and is here; whether they have room is `free_places`."""
    here = Person.objects.here().filter(paused_at=None)
    return (
        SupporterPractice.objects.accepting()
        .filter(programme=programme, person__in=here)
        .select_related("person")
    )


def rooms(practices: Iterable[SupporterPractice]) -> dict[int, int]:
    """Free places of each practice, by its id; counted in one question, however many there are."""
    return rooms_and_held(practices)[0]


def rooms_and_held(practices: Iterable[SupporterPractice]) -> tuple[dict[int, int], set[int]]:
    """The same, and the ids of those practices that take nobody new for now, whatever room they have."""
    kept = list(practices)
    carried = capacity.carried_by({each.person_id for each in kept})
    held = {each.pk for each in kept if (each.person_id, each.programme_id) in carried.held}
    return _rooms(kept, _rested(kept, carried)), held


def room_for_somebody_known(practice: SupporterPractice) -> int:
    """The same for walking again with somebody: whether strangers are welcome is not asked, all else is."""
    kept = [practice]
    return _rooms(kept, _rested(kept, capacity.carried_by({practice.person_id})), is_known=True)[practice.pk]


def is_held(person_id: int, programme_id: int) -> bool:
    """Whether this person takes nobody new here for now, whatever room they have."""
    return (person_id, programme_id) in capacity.carried_by({person_id}).held


def is_resting(person_id: int) -> bool:
    """After a hard night nobody new comes until the talk afterwards was offered and, if wanted, held."""
    return bool(concerns.resting_ids({person_id}))


def _rested(kept: Collection[SupporterPractice], carried: capacity.Carried) -> capacity.Carried:
    """The same, and whoever rests after a hard night takes nobody new either (`is_resting`)."""
    resting = concerns.resting_ids({each.person_id for each in kept})
    rest = {(each.person_id, each.programme_id) for each in kept if each.person_id in resting}
    return replace(carried, held=carried.held | rest)


def _rooms(
    kept: Collection[SupporterPractice], carried: capacity.Carried, *, is_known: bool = False
) -> dict[int, int]:
    counting = {each.person_id for each in kept if each.weight_limit is not None}
    weight = capacity.weight_of(counting, carried.load)
    room = {}
    for each in kept:
        where = (each.person_id, each.programme_id)
        room[each.pk] = (
            0
            if where in carried.held
            else each.room_beside(
                carried.load.get(each.person_id, 0),
                weight.get(each.person_id, 0),
                extra=carried.extra.get(where, 0),
                is_known=is_known,
            )
        )
    return room


def free_places(practice_ids: Collection[int]) -> dict[int, int]:
    """Free places of each of these practices, by its id."""
    return rooms(SupporterPractice.objects.filter(pk__in=practice_ids))


def has_free_place(person_id: int, programme_id: int) -> bool:
    """Whether they could walk with one person more now. For a page; `services.take_place` decides under a lock."""
    practice = practice_of(person_id, programme_id)
    return practice is not None and rooms([practice])[practice.pk] > 0


def limits_words(practice: SupporterPractice) -> str:
    """The limits as a person would say them: "Up to 2 people, about 3 hours a week"."""
    people = ngettext("Up to %(n)d person", "Up to %(n)d people", practice.places) % {"n": practice.places}
    hours = practice.weekly_minutes / 60
    number = f"{hours:.1f}".rstrip("0").rstrip(".")
    time = _("about an hour a week") if hours == 1 else _("about %(hours)s hours a week") % {"hours": number}
    return _("%(people)s, %(time)s") % {"people": people, "time": time}


@dataclass(frozen=True, slots=True)
class Carrying:
    """One supporter as a coordinator sees them: room and state, nothing about whom they walk with."""

    practice: SupporterPractice
    name: str
    walking: int
    room: int


def carrying_in(practices: QuerySet[SupporterPractice]) -> list[Carrying]:
    """Who carries how much, most room first."""
    kept = list(practices.select_related("person", "programme"))
    carried = capacity.carried_by({p.person_id for p in kept})
    room = _rooms(kept, _rested(kept, carried))
    rows = [Carrying(p, p.person.name, carried.load.get(p.person_id, 0), room[p.pk]) for p in kept]
    return sorted(rows, key=lambda row: (-row.room, row.name.casefold()))


def offering_in(programme: Programme | int) -> list[SupporterPractice]:
    """Everybody who has set up what they offer in this programme."""
    return list(SupporterPractice.objects.filter(programme=programme).order_by("pk"))


def by_ids(practice_ids: Collection[int]) -> list[SupporterPractice]:
    return list(SupporterPractice.objects.filter(pk__in=practice_ids).select_related("person", "programme"))


def practices_of(programme: Programme | int, person_ids: Collection[int]) -> list[SupporterPractice]:
    """What these people offer in this programme."""
    return list(SupporterPractice.objects.filter(programme=programme, person__in=person_ids))


def ids_of_people(programme: Programme | int, person_ids: Collection[int] | QuerySet[Any, Any]) -> list[int]:
    """`person_ids` may be a query set of ids: then it is one question."""
    found = SupporterPractice.objects.filter(programme=programme, person__in=person_ids)
    return list(found.values_list("pk", flat=True))


def ids_of(programme: Programme | int, public_ids: Collection[str]) -> list[int]:
    """Practice ids for addresses; an unknown one is left out."""
    found = SupporterPractice.objects.filter(programme=programme, public_id__in=public_ids)
    return list(found.values_list("pk", flat=True))


def programmes_where_offering(person_id: int) -> list[int]:
    """Ids of the programmes in which this person has set up what they offer."""
    return list(SupporterPractice.objects.filter(person=person_id).values_list("programme_id", flat=True))
