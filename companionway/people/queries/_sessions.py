"""Who a session belongs to, fully checked, for doors that have no request."""

from __future__ import annotations

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import constant_time_compare

from companionway.people.models import Device, Person


def person_of_session(session_key: str) -> int | None:
    """The id of the person signed in with this session, or None.

    The session exists and has not run out, its device was not ended, the person is still here, and the passphrase
    is the one of then. Thread-safe; two queries.
    """
    held = SessionStore(session_key).load()
    device = Device.objects.select_related("person").filter(session_key=session_key, ended_at=None).first()
    if device is None or not is_session_of(device.person, held.get(SESSION_KEY), held.get(HASH_SESSION_KEY)):
        return None
    return device.person_id


def is_session_of(person: Person, kept_id: str | None, kept_hash: str | None) -> bool:
    """Whether a session's own facts name this person, as they are now."""
    return (
        person.is_active
        and person.erased_at is None
        and kept_id == str(person.pk)
        and constant_time_compare(kept_hash or "", person.get_session_auth_hash())
    )
