"""The one organisation, and its programmes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from companionway.people import practice_models
from companionway.people.memory import remembered
from companionway.people.models import Organisation, Person, Programme, RoleHeld


def organisation() -> Organisation:
    """The single organisation, asked once per request; an unsaved one with the product's name before set-up."""
    return remembered("organisation", _first)


def _first() -> Organisation:
    first = Organisation.objects.order_by("pk").first()
    return first or Organisation(name="Companionway", short_name="Companionway")


def service_name() -> str:
    here = organisation()
    return here.short_name or here.name


def programmes_of(person: Person) -> QuerySet[Programme]:
    """Programmes in which the person holds a role now, whichever it is."""
    held = RoleHeld.objects.filter(person=person, until_at=None, programme__isnull=False)
    return Programme.objects.filter(pk__in=held.values("programme")).order_by("name", "pk")


def programmes_open_to(age_band: str) -> list[Programme]:
    """Open programmes that take this age band, by name."""
    return [
        each
        for each in Programme.objects.filter(is_open=True).order_by("name", "pk")
        if age_band in each.takes
    ]


def youth_may_join() -> bool:
    return bool(programmes_open_to("young"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One word in which a programme differs from the practice model it adopted."""

    key: str
    model: str
    here: str


def differences(programme: Programme) -> list[Difference]:
    """What the programme says differently from its practice model, in the order of the model's words."""
    try:
        shipped = practice_models.load(programme.practice_model).words
    except KeyError:
        return []
    return [
        Difference(key, shipped[key], word)
        for key, word in programme.words.items()
        if key in shipped and shipped[key] != word
    ]
