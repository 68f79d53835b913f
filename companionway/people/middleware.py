"""Who is asking, and what the sign-in they used allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils import timezone, translation

from companionway.people import queries, sessions
from companionway.people.memory import one_request
from companionway.people.models import Device, Person


class KnownPerson:
    """Puts the person of the session on the request: one query for device and person together.

    An ended device, a changed passphrase or an erased person is nobody at the very next request. With the database
    away everybody is nobody, so that Help now still answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        request.now = now  # type: ignore[attr-defined]
        request.shared = None  # type: ignore[attr-defined]
        with one_request(host=host_of(request)):
            person = self._person(request, now)
            request.user = person or AnonymousUser()
            if person is None:
                return self.get_response(request)
            with timezone.override(_zone(person)):
                self._speak(request, person)
                response = self.get_response(request)
        if response.status_code == 404 and person.must_prove and request.method == "GET":
            # What they look for may be there once they have shown the second proof; strangers learn nothing.
            return HttpResponseRedirect(reverse("people:prove") + "?" + urlencode({"next": request.path}))
        return response

    def _person(self, request: HttpRequest, now: datetime) -> Person | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        try:
            device = sessions.device_of(request, now)
            if device is None:
                self._forget(request)
                return None
            if not is_at_home(device.person):
                # At the door of another organisation nobody is known, and nothing of the session is there.
                request.session = SessionStore()
                return None
            if device.last_seen_on != now.date():
                Device.objects.filter(pk=device.pk).update(last_seen_on=now.date())
            sessions.stay(request, now)
        except DatabaseError:
            request.is_database_away = True  # type: ignore[attr-defined]
            return None
        device.person.is_strong = device.is_strong
        return device.person

    def _forget(self, request: HttpRequest) -> None:
        if SESSION_KEY in request.session:
            request.session.flush()

    def _speak(self, request: HttpRequest, person: Person) -> None:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and person.language in dict(
            settings.LANGUAGES
        ):
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language


def is_at_home(person: Person) -> bool:
    """Whether this is the door of their own organisation."""
    return person.organisation_id == queries.organisation().pk


def host_of(request: HttpRequest) -> str:
    """The host name that was asked, without its port."""
    return split_domain_port(request.get_host())[0]


def _zone(person: Person) -> ZoneInfo:
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
