"""Who knocks at the live lane: session to person, remembered for half a minute and dropped at once when revoked."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from companionway.conversations.bubbles import Look
from companionway.conversations.lane_doors import Caller
from companionway.foundation import lane, live
from companionway.foundation.live import Scope
from companionway.people.models import Person
from companionway.people.queries import person_of_session

KEPT_SECONDS = 30.0
MOST_KEPT = 50_000
LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)

# Session -> until when, the host name it was asked at, person, language, time zone.
_kept: dict[str, tuple[float, str, int, str, str]] = {}


def header(scope: Scope, name: bytes) -> str:
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return ""


async def caller_of(scope: Scope) -> Caller | None:
    """The signed-in person behind this request, or None. At another organisation's host name nobody is known."""
    cookies = _cookies(header(scope, b"cookie"))
    session = cookies.get(settings.SESSION_COOKIE_NAME, "")
    if not session:
        return None
    host, _ = split_domain_port(header(scope, b"host"))
    kept = _kept.get(session)
    if kept is None or kept[0] < time.monotonic() or kept[1] != host:
        found = await _asked(session, host)
        if found is None:
            _kept.pop(session, None)
            return None
        if len(_kept) > MOST_KEPT:
            _kept.clear()
        kept = _kept[session] = (time.monotonic() + KEPT_SECONDS, host, *found)
    _, _, person_id, language, zone = kept
    chosen = cookies.get(settings.LANGUAGE_COOKIE_NAME, language)
    return Caller(person_id, session, Look(chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE, zone))


async def _asked(session: str, host: str) -> tuple[int, str, str] | None:
    """Asked again when somebody's right was taken away while the answer was on its way."""
    while True:
        before = live.times_revoked()
        found = await lane.read(_ask, session, host)
        if live.times_revoked() == before:
            return found


def _ask(session: str, host: str) -> tuple[int, str, str] | None:
    person_id = person_of_session(session, host)
    if person_id is None:
        return None
    return Person.objects.filter(pk=person_id).values_list("pk", "language", "time_zone").first()


def _cookies(raw: str) -> dict[str, str]:
    """Ours have plain values; what is quoted or odd is somebody else's."""
    pairs = (part.strip().partition("=") for part in raw.split(";"))
    return {name: value for name, _, value in pairs}


def _drop(person_id: int | None, session: str | None) -> None:
    for key, kept in list(_kept.items()):
        if key == session or kept[2] == person_id:
            _kept.pop(key, None)


live.on_revoke(_drop)


def is_same_origin(scope: Scope) -> bool:
    """In place of a token: a browser says truly which site a request comes from."""
    origin, host = header(scope, b"origin"), header(scope, b"host")
    if not origin:
        return header(scope, b"sec-fetch-site") == "same-origin"
    if origin == settings.PUBLIC_URL:
        return True
    domain, _ = split_domain_port(host)
    return urlsplit(origin).netloc == host and validate_host(domain, settings.ALLOWED_HOSTS)


def forget_all() -> None:
    _kept.clear()
