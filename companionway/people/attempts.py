"""Counting failures at the door, so that guessing is slow and nobody can lock another person out.

A browser that once signed in as somebody keeps a signed mark: it is counted on its own, so a stranger's failures
never close the door to it. Counts live in memory, or in Valkey for many processes; no address is written anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from limits import RateLimitItem, parse

from companionway.foundation import pace
from companionway.people import names
from companionway.people.models import Person
from companionway.people.queries import organisation
from companionway.people.sessions import is_shared

PER_DEVICE: Final = parse("5/15minutes")
PER_NAME: Final = parse("20/hour")
PER_ADDRESS: Final = parse("200/hour")
COOKIE: Final = "known"
COOKIE_SECONDS: Final = 60 * 60 * 24 * 180
_SALT: Final = "people.known_device"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at one door ("passphrase", "way_back", "six_digits", "code") under one name from one browser."""

    door: str
    # Empty at a door that asks for no name: a passkey, a one-time code.
    name: str
    address: str
    known: bool

    @property
    def counted(self) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
        who = (self.door, self.name)
        if self.known:
            return [(PER_DEVICE, ("known", *who)), (PER_NAME, ("known", *who))]
        found = [(PER_DEVICE, ("from", self.address, *who)), (PER_ADDRESS, (self.door, self.address))]
        # Where no name is asked there is nobody to guess at, and a count of all would close the door to everybody.
        return [*found, (PER_NAME, who)] if self.name else found


def attempt(request: HttpRequest, door: str, name: str) -> Attempt:
    """The try this request makes. Names and addresses are kept only as salted hashes, until the window closes."""
    address = salted_hmac(_SALT, address_of(request)).hexdigest()[:16]
    marks = _marks(request)
    if not name:
        return Attempt(door, marks[0] if marks else "", address, bool(marks))
    named = _hash_of(names.folded(name))
    return Attempt(door, named, address, named in marks)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: what a proxy says counts only when the proxy is one of ours.

    Read from the right, because a client may have written the left part itself.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while said and _is_our_proxy(address):
        address = said.pop()
    return address


def _is_our_proxy(address: str) -> bool:
    try:
        place = ip_address(address)
    except ValueError:  # no address at all: the proxy speaks over a socket of this machine
        return not address and "unix" in settings.TRUSTED_PROXIES
    return any(place in ip_network(each, strict=False) for each in settings.TRUSTED_PROXIES if each != "unix")


def is_too_many(tried: Attempt) -> bool:
    return not all(pace.ask("test", item, *key) for item, key in tried.counted)


def note_failure(tried: Attempt) -> None:
    for item, key in tried.counted:
        pace.ask("hit", item, *key)


def forget_failures(tried: Attempt) -> None:
    """A right answer: this browser's own count begins again."""
    item, key = tried.counted[0]
    pace.ask("clear", item, *key)


def mark_known(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Let this browser be known as one of this person's, so that others' failures do not close it out.

    A device that others use too keeps no such mark.
    """
    if is_shared(request):
        return
    mark = _hash_of(person.sign_in_name)
    marks = [mark, *(each for each in _marks(request) if each != mark)][:5]
    response.set_cookie(
        COOKIE,
        signing.dumps(marks, salt=_SALT),
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _hash_of(folded: str) -> str:
    """A name here; the same name in another organisation is somebody else's, and counted for itself."""
    return salted_hmac(_SALT, f"{organisation().host} {folded}".lstrip()).hexdigest()[:16]


def forget_all() -> None:
    """Begin to count anew (tests)."""
    pace.forget_all()


def _marks(request: HttpRequest) -> list[str]:
    try:
        marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=COOKIE_SECONDS)
    except signing.BadSignature:
        return []
    return [mark for mark in marks if isinstance(mark, str)] if isinstance(marks, list) else []
