"""Who knocks at the live lane: session to person, remembered for half a minute and dropped at once when revoked."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.db.models import Subquery
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from companionway.conversations.bubbles import Look
from companionway.conversations.lane_doors import Caller
from companionway.foundation import lane, live
from companionway.foundation.live import Scope
from companionway.people.models import Person
from companionway.people.queries import person_of_session

KEPT_SECONDS = 30.0
MOST_KEPT = 50_000
# Only a session that ends this soon, as one on a shared device does, is watched while its stream is open.
ENDS_SOON = timedelta(minutes=15)
LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)

# Session -> until when, the host name it was asked at, person, language, time zone, when it runs out.
_kept: dict[str, tuple[float, str, int, str, str, datetime]] = {}


def header(scope: Scope, name: bytes) -> str:
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return ""


async def caller_of(scope: Scope) -> Caller | None:
    """The signed-in person behind this request, or None. At another organisation's host name nobody is known."""
    cookies = _cookies(header(scope, b"cookie"))
    session = cookies.get(settings.SESSION_COOKIE_NAME, "")
    if not session.isalnum():  # ours are letters and digits; no other is looked for
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
        lasts = min(KEPT_SECONDS, (found[3] - timezone.now()).total_seconds())
        kept = _kept[session] = (time.monotonic() + lasts, host, *found)
    _, _, person_id, language, zone, ends_at = kept
    chosen = cookies.get(settings.LANGUAGE_COOKIE_NAME, language)
    look = Look(chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE, zone)
    return Caller(person_id, session, look, ends_at)


async def end_with_session(caller: Caller) -> None:
    """End the open stream of a session that runs out; asked again only when it may have.

    Somebody who does something meanwhile gives the session more time, so each look says when to look again.
    """
    ends_at = caller.ends_at
    while (left := (ends_at - timezone.now()).total_seconds()) > 0:
        if left > ENDS_SOON.total_seconds():
            return
        await asyncio.sleep(left)
        try:
            ends_at = await lane.read(_ends_at, caller.session)
        except DatabaseError:  # the stream ends, and proves itself when it comes back
            break
    live.revoke_here(session=caller.session)


def _ends_at(session: str) -> datetime:
    found = Session.objects.filter(session_key=session).values_list("expire_date", flat=True).first()
    return found or timezone.now()


async def _asked(session: str, host: str) -> tuple[int, str, str, datetime] | None:
    """Asked again when somebody's right was taken away while the answer was on its way."""
    while True:
        before = live.times_revoked()
        found = await lane.read(_ask, session, host)
        if live.times_revoked() == before:
            return found


def _ask(session: str, host: str) -> tuple[int, str, str, datetime] | None:
    person_id = person_of_session(session, host)
    if person_id is None:
        return None
    ends_at = Subquery(Session.objects.filter(session_key=session).values("expire_date"))
    known = Person.objects.filter(pk=person_id).annotate(ends_at=ends_at)
    found = known.values_list("pk", "language", "time_zone", "ends_at").first()
    return found if found and found[3] else None


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
    # Compared as text: an origin can be any nonsense, and taking it apart may fail.
    return origin in {f"http://{host}", f"https://{host}"} and validate_host(domain, settings.ALLOWED_HOSTS)


def forget_all() -> None:
    _kept.clear()
