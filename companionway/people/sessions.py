"""One browser, signed in: its session, its device row, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.translation import gettext as _

from companionway.people import queries, services
from companionway.people.keys import NewDevice
from companionway.people.models import Device, Person

BACKEND: Final = "companionway.people.backends.PassphraseBackend"
# A device that others use too: so long without a sign of its person, and it is signed out.
IDLE: Final = timedelta(minutes=10)
# Every page would write the session otherwise.
KEPT_AGAIN_AFTER: Final = timedelta(seconds=30)
SHARED: Final = "shared_kept_at"
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


@dataclass(frozen=True, slots=True)
class Shared:
    """What a page on a shared device must know: the seconds left, and where to say "still here" and sign out."""

    left: int
    stay: str
    out: str
    over: str


def new_device(request: HttpRequest, *, is_shared: bool = False) -> NewDevice:
    """Give the request a session under a new key (nobody can have planted it) and describe the device."""
    if SESSION_KEY in request.session:
        _let_go(request)
    request.session.cycle_key()
    label = label_of(request)
    if is_shared:
        label = (_("%(device)s, shared") % {"device": label})[:60]
    return NewDevice(str(request.session.session_key), label)


def hold(request: HttpRequest, person: Person) -> None:
    """From here on this session is this person's. The device row was written by the deed that came before."""
    request.session[SESSION_KEY] = str(person.pk)
    request.session[BACKEND_SESSION_KEY] = BACKEND
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    rotate_token(request)
    request.user = person


def begin(
    request: HttpRequest, person: Person, *, is_strong: bool, is_shared: bool = False, now: datetime
) -> Device:
    """Sign somebody in whose proof was checked; on a device that others use too for as long as they use it."""
    described = new_device(request, is_shared=is_shared)
    device = services.sign_in(actor=person, device=described, is_strong=is_strong, now=now)
    person.is_strong = is_strong
    hold(request, person)
    if is_shared:
        request.session.set_expiry(int(IDLE.total_seconds()))
        _keep(request, now)
    return device


def stay(request: HttpRequest, now: datetime) -> None:
    """On a shared device the session lasts on from here, when it was the person who asked."""
    kept_at = request.session.get(SHARED)
    if kept_at is None:
        return
    idle = now.timestamp() - kept_at
    if idle >= KEPT_AGAIN_AFTER.total_seconds() and not _asks_by_itself(request):
        _keep(request, now)
    else:
        _say_left(request, idle)


def _asks_by_itself(request: HttpRequest) -> bool:
    """What an open page sends without its person: that a message was shown, that the time is over."""
    return request.headers.get("X-Requested-With") == "fetch" or "again" in request.GET


def _keep(request: HttpRequest, now: datetime) -> None:
    # Changed, so it is written, and row and cookie last ten minutes from now.
    request.session[SHARED] = now.timestamp()
    _say_left(request, 0)


def _say_left(request: HttpRequest, idle: float) -> None:
    left = max(int(IDLE.total_seconds() - idle), 0)
    over = reverse("people:sign_in") + "?again=1"
    shared = Shared(left, reverse("people:stay"), reverse("people:sign_out"), over)
    request.shared = shared  # type: ignore[attr-defined]


def is_shared(request: HttpRequest) -> bool:
    return SHARED in request.session


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
