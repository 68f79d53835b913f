"""Which organisation is meant, and its programmes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet

from companionway.foundation.prepared import Prepared, slot
from companionway.people import practice_models
from companionway.people.memory import asked_host, one_request, remembered
from companionway.people.models import Organisation, Programme, RoleHeld


class WhichOrganisation(LookupError):
    """Several organisations are here, and nothing says which one is meant."""


def organisation() -> Organisation:
    """The organisation of the host name that was asked; outside a request the one of `within`, or the only one.

    An unsaved one with the product's name before set-up, and at a host name that is nobody's: nothing belongs to it.
    Raises WhichOrganisation where several could be meant.
    """
    return remembered("organisation", _meant)


@contextmanager
def within(here: Organisation) -> Iterator[None]:
    """What is done inside is done for this organisation: commands, duties."""
    with one_request(organisation=here):
        yield


def _meant() -> Organisation:
    host = asked_host()
    if host is not None:
        return organisation_at(host) or _nobodys()
    found = list(Organisation.objects.order_by("pk")[:2])
    if len(found) > 1:
        raise WhichOrganisation("Say which organisation is meant.")
    return found[0] if found else _nobodys()


_AT = Prepared(lambda: Organisation.objects.filter(Q(host=slot("host")) | Q(host="")).order_by("-host")[:1])


def organisation_at(host: str) -> Organisation | None:
    """Who answers at this host name: the organisation with that name, else the one that answers to every other."""
    return _AT.first(host=host)


def _nobodys() -> Organisation:
    return Organisation(name="Companionway", short_name="Companionway")


def public_url(here: Organisation) -> str:
    """The address of an organisation's pages, for links that leave the house; without a slash at the end."""
    if not here.host:
        return str(settings.PUBLIC_URL)
    known = urlsplit(settings.PUBLIC_URL)
    port = f":{known.port}" if known.port else ""
    return f"{known.scheme}://{here.host}{port}"


def service_name() -> str:
    try:
        here = organisation()
    except WhichOrganisation:
        here = _nobodys()
    return here.short_name or here.name


def programmes_of(person: Any) -> QuerySet[Programme]:
    """Programmes in which the person (an id, or a reference to one) holds a role now, whichever it is."""
    held = RoleHeld.objects.filter(person=person, until_at=None, programme__isnull=False)
    return Programme.objects.filter(pk__in=held.values("programme")).order_by("name", "pk")


def programmes_open_to(age_band: str) -> list[Programme]:
    """Programmes here that take this age band, by name."""
    return [each for each in open_programmes() if age_band in each.takes]


def open_programmes() -> QuerySet[Programme]:
    """The programmes of this organisation that take new people, by name."""
    return Programme.objects.filter(organisation=organisation().pk, is_open=True).order_by("name", "pk")


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
