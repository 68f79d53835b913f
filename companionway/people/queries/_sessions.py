"""Who a session belongs to, fully checked, for doors that have no request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Aggregate, Exists, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.crypto import constant_time_compare

from companionway.foundation.prepared import Prepared, slot
from companionway.people import roles
from companionway.people.models import Device, Person, RoleHeld
from companionway.people.queries._organisation import organisation_at


class _Joined(Aggregate):
    """Texts in one row, with a space between them."""

    template = "%(function)s(%(expressions)s, ' ')"
    function = "STRING_AGG"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **more)


def _compose() -> QuerySet[Device]:
    lasting = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=slot("now"))
    where = Cast(Coalesce("programme_id", Value(0)), TextField())
    named = Concat("role", Value(":"), where, output_field=TextField())
    held = RoleHeld.objects.filter(person=OuterRef("person"), until_at=None).order_by().values("person")
    mine = RoleHeld.objects.filter(person=OuterRef("person"), until_at=None, role=roles.MEMBER)
    easily = mine.filter(programme__puts_easy_words_first=True)
    return (
        Device.objects.select_related("person")
        .filter(session_key=slot("key"), ended_at=None)
        .annotate(
            session_data=Subquery(lasting.values("session_data")),
            is_easy_first=Exists(easily),
            roles_text=Subquery(held.annotate(text=_Joined(named)).values("text")),
        )
    )


_DEVICE = Prepared(_compose)


def device_with_session(key: str | None, now: datetime) -> Any:
    """A living device with its person, the roles they hold now, and `session_data`; None when the session is over.

    One question, because every page of everybody who is signed in begins with it.
    """
    device: Any = _DEVICE.first(key=key, now=now) if key else None
    if device is None or device.session_data is None:
        return None
    pairs = (each.split(":") for each in (device.roles_text or "").split())
    device.person.is_easy_first = device.is_easy_first
    device.person.roles_kept = [(role, int(where) or None) for role, where in pairs]
    return device


def person_of_session(session_key: str, host: str) -> int | None:
    """The id of the person signed in with this session at this host name, or None.

    The session exists and has not run out, its device was not ended, the person is still here and of the organisation
    that answers to the name, and the passphrase is the one of then. Thread-safe; three queries.
    """
    held = SessionStore(session_key).load()
    device = Device.objects.select_related("person").filter(session_key=session_key, ended_at=None).first()
    if device is None or not is_session_of(device.person, held.get(SESSION_KEY), held.get(HASH_SESSION_KEY)):
        return None
    here = organisation_at(host)
    return device.person_id if here and here.pk == device.person.organisation_id else None


def is_session_of(person: Person, kept_id: str | None, kept_hash: str | None) -> bool:
    """Whether a session's own facts name this person, as they are now."""
    return (
        person.is_active
        and person.erased_at is None
        and kept_id == str(person.pk)
        and constant_time_compare(kept_hash or "", person.get_session_auth_hash())
    )
