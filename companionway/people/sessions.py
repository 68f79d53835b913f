"""One browser, signed in: its session, its device row, and what it is called."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.translation import gettext as _

from companionway.people import queries, services
from companionway.people.keys import NewDevice
from companionway.people.models import Device, Person

BACKEND: Final = "companionway.people.backends.PassphraseBackend"
_BROWSERS: Final = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
                    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS: Final = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
                   ("Macintosh", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip


def label_of(request: HttpRequest) -> str:
    """ "Firefox on Android": enough for its owner to know it again, too little to follow anybody."""
    agent = request.headers.get("User-Agent", "")[:400]
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser")


def new_device(request: HttpRequest) -> NewDevice:
    """Give the request a session under a new key (nobody can have planted it) and describe the device."""
    if SESSION_KEY in request.session:
        _let_go(request)
    request.session.cycle_key()
    return NewDevice(str(request.session.session_key), label_of(request))


def hold(request: HttpRequest, person: Person) -> None:
    """From here on this session is this person's. The device row was written by the deed that came before."""
    request.session[SESSION_KEY] = str(person.pk)
    request.session[BACKEND_SESSION_KEY] = BACKEND
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    rotate_token(request)
    request.user = person


def begin(request: HttpRequest, person: Person, *, is_strong: bool, now: datetime) -> Device:
    """Sign somebody in whose proof was checked."""
    device = services.sign_in(actor=person, device=new_device(request), is_strong=is_strong, now=now)
    person.is_strong = is_strong
    hold(request, person)
    return device


def prove(request: HttpRequest, person: Person, now: datetime) -> None:
    """The second proof was shown: this device counts as strong, under a new session key."""
    device = Device.objects.get(session_key=request.session.session_key, ended_at=None)
    request.session.cycle_key()
    services.prove_device(actor=person, device=device, session_key=str(request.session.session_key), now=now)
    person.is_strong = True
    hold(request, person)


def _let_go(request: HttpRequest) -> None:
    if (person := getattr(request, "user", None)) and person.is_authenticated:
        key = str(request.session.session_key)
        services.sign_out(actor=person, session_key=key, now=request.now)  # type: ignore[attr-defined]
    request.session.flush()


def device_of(request: HttpRequest, now: datetime) -> Device | None:
    """The live device of this request with its person, or None: ended, changed passphrase, or never signed in."""
    device: Device | None = queries.device_with_session(request.session.session_key, now)
    if device is not None:
        # What the session holds came with the answer: reading it again would be a second question.
        request.session._session_cache = request.session.decode(device.session_data)  # type: ignore[attr-defined]
    kept_id = request.session.get(SESSION_KEY)
    if kept_id is None:
        return None
    if device is None:
        device = _vouched_for(request, kept_id, now)
    if device and queries.is_session_of(device.person, kept_id, request.session.get(HASH_SESSION_KEY)):
        return device
    return None


def _vouched_for(request: HttpRequest, kept_id: str, now: datetime) -> Device | None:
    """A sign-in by another installed backend (an organisation's own) that says how strong it is has no device yet."""
    path = request.session.get(BACKEND_SESSION_KEY, BACKEND)
    if path == BACKEND or path not in settings.AUTHENTICATION_BACKENDS:
        return None
    backend = load_backend(path)
    person = backend.get_user(int(kept_id))
    if person is None:
        return None
    named = NewDevice(str(request.session.session_key), label_of(request))
    return services.sign_in(
        actor=person, device=named, is_strong=getattr(backend, "is_strong", False), now=now
    )
