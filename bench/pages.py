"""What pages cost: CPU through Django's WSGI handler as the service runs it, against a stock Django's session and user.

    python bench/pages.py                       every page of a member, a supporter, a coordinator, an administrator
    python bench/pages.py --only talk --profile where the time of some pages goes
    python bench/pages.py --floor               only the floor: stock Django, five middlewares, session + user, SQLite

One thread, `time.process_time`, the collector as in the server, the demonstration in a throw-away folder (or in the
folder named by --keep, which is built once). Figures of one run belong together: compare ratios, not milliseconds.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WATCHED = {"mina": "member", "theo": "supporter", "halima": "coordinator", "oluchi": "administrator"}
MESSAGES, WARM, ASKED, ROUNDS = 60, 4, 15, 3


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--floor", action="store_true")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument(
        "--bodies", default="", help="a folder to write every page into, to compare before and after"
    )
    parser.add_argument("--keep", default="")
    asked = parser.parse_args()
    folder = asked.keep or tempfile.mkdtemp(prefix="pages-")
    if asked.floor:
        print(f"{_floor_here(folder):.3f}")
        return
    floors = [_floor()]
    pages = _service(folder, asked.only)
    if asked.profile:
        _profile(pages)
        return
    rows = [(page, *_counted(page), _cpu_ms(page.ask)) for page in pages]
    floors.append(_floor())
    if asked.bodies:
        for page in pages:
            Path(asked.bodies, page.label.replace(" ", "_").replace("/", ".")).write_bytes(page.ask())
    _print(rows, statistics.median(floors))


def _print(rows: list[tuple[Any, int, int, float]], floor: float) -> None:
    print(f"\nfloor (session + user): {floor:.2f} ms\n")
    print("| page | queries | bytes | CPU ms | / floor |\n|---|---|---|---|---|")
    for page, queries, size, cost in sorted(rows, key=lambda row: -row[3]):
        print(f"| {page.label} | {queries} | {size} | {cost:.2f} | {cost / floor:.1f} |")
    ratios = sorted(cost / floor for *_, cost in rows)
    print(f"\n{len(rows)} pages; median {statistics.median(ratios):.1f}, highest {ratios[-1]:.1f} times the floor; "
          f"{sum(ratio > 6 for ratio in ratios)} above 6; most queries {max(row[1] for row in rows)}")  # fmt: skip


def _cpu_ms(ask: Callable[[], bytes]) -> float:
    """Milliseconds of CPU for one request, the median of a few rounds."""
    for _ in range(WARM):
        ask()
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(ASKED):
            ask()
        rounds.append((time.process_time() - began) / ASKED * 1000)
    return statistics.median(rounds)


class Page:
    """One address as one person."""

    def __init__(self, application: Any, path: str, label: str, cookie: str) -> None:
        self.application, self.path, self.label, self.cookie = application, path, label, cookie
        self.status = 0

    def ask(self) -> bytes:
        path, _, query = self.path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": self.cookie, "HTTP_ACCEPT_ENCODING": "gzip, deflate, br", "wsgi.input": sys.stdin.buffer,
            "HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.8", "wsgi.url_scheme": "http", "REMOTE_ADDR": "127.0.0.1",
        }  # fmt: skip
        answer = self.application(environ, self._start)
        try:
            return b"".join(answer)
        finally:
            answer.close()

    def _start(self, status: str, headers: Any, _fault: Any = None) -> None:
        self.status = int(status[:3])


def _counted(page: Page) -> tuple[int, int]:
    """(queries, bytes as sent) of a request like those that are timed: not the first."""
    from django.db import connection

    page.ask()
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        size = len(page.ask())
    return len(asked), size


def _profile(pages: list[Page]) -> None:
    for page in pages:
        _cpu_ms(page.ask)
        watch = cProfile.Profile()
        watch.enable()
        for _ in range(40):
            page.ask()
        watch.disable()
        print(page.label, _counted(page), f"{_cpu_ms(page.ask):.2f} ms")
        pstats.Stats(watch).sort_stats("cumulative").print_stats(70)


# The service: the demonstration, and what its four people may open.


def _service(folder: str, only: str) -> list[Page]:
    os.environ.update(COMPANIONWAY_VAR=folder, DJANGO_SETTINGS_MODULE="companionway.config.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    if not (Path(folder) / "static").exists():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
    application = get_wsgi_application()
    found = []
    with _world() as both:
        for actor, role in WATCHED.items():
            cookie = _cookie(both.here.person(actor))
            for name, address in _addresses(both, actor):
                page = Page(application, address, f"{role} {name}", cookie)
                if only in page.label and page.ask() and page.status == 200:
                    found.append(page)
    return found


@contextmanager
def _world() -> Iterator[Any]:
    from companionway.conversations import services
    from companionway.people.models import Person
    from tests.access.elsewhere import make_elsewhere
    from tests.access.world import Both, make_world

    both: Both = _kept_world() if Person.objects.exists() else Both(make_world(), make_elsewhere())
    world = both.here
    talk = world.talk_of(world.first)
    for number in range(MESSAGES - talk.messages.count()):
        services.send_message(
            actor=world.people["mina" if number % 2 else "theo"], conversation=talk,
            text=f"{number} " + "hello there " * 16, note="", client_id=f"bench-{number:06}", now=_now(),
        )  # fmt: skip
    yield both


def _kept_world() -> Any:
    raise SystemExit("This folder holds a world already: name an empty one.")


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _addresses(both: Any, actor: str) -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    from tests.access.routes import names, tries

    for name, parts in names():
        if name in {"ui:leave", "ui:gallery"}:
            continue
        for each in tries(both, name, parts):
            if actor in each.insiders:
                yield f"{name} {each.thing}".strip(), reverse(each.name, kwargs=each.kwargs)


def _cookie(person: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from companionway.people.models import Device

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    Device.objects.create(
        person=person, session_key=session.session_key or "", label="Measured", signed_in_at=_now(),
        last_seen_on=_now().date(), is_strong=True,
    )  # fmt: skip
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"


# The floor: stock Django in a process of its own, because it has other settings.


def _floor() -> float:
    said = subprocess.run([sys.executable, __file__, "--floor"], capture_output=True, text=True, check=True)
    return float(said.stdout.split()[-1])


def _floor_here(folder: str) -> float:
    import django
    from django.conf import settings
    from django.http import HttpResponse
    from django.urls import path

    settings.configure(
        SECRET_KEY="floor", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, USE_TZ=True, LOGGING_CONFIG=None,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/floor.sqlite3", "CONN_MAX_AGE": None,
        }},
    )  # fmt: skip
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    who = get_user_model().objects.create(username="who")
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(who.pk), who.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    globals()["urlpatterns"] = [path("who", lambda request: HttpResponse(request.user.username))]
    page = Page(get_wsgi_application(), "/who", "floor", f"sessionid={session.session_key}")
    assert page.ask() == b"who"
    return statistics.median(_cpu_ms(page.ask) for _ in range(5))


if __name__ == "__main__":
    main()
