"""Every address, every method, as every kind of person, with nonsense everywhere: kind answers, never a stumble."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, given, seed
from hypothesis import settings as hypothesis_settings

from companionway.people import attempts
from companionway.people.models import Person
from tests.access.routes import names, tries
from tests.access.world import Both
from tests.often import ON_POSTGRESQL
from tests.security import hostile
from tests.security.hostile import Hostile, faults_of, plain

pytestmark = pytest.mark.django_db
# A stranger, somebody who is supported, somebody who supports, a coordinator, an administrator.
ACTORS = ["nobody", "mina", "theo", "halima", "oluchi"]
# The other half goes to the lane, see test_hostile_lane.py; test_headers.py adds two thousand. Each database gets
# half, and not the same half.
# The address for a watching machine says so when no duty ever ran, as here.
SAYS_NOT_WELL = ["status 503"]
EACH = hostile.MANY // 4 // len(ACTORS)


class Caller:
    """A browser that signs in again when a hostile request has signed it out, or deleted its person."""

    def __init__(self, world: Both, actor: str) -> None:
        self.world, self.actor = world, actor
        self.client = Client(raise_request_exception=False)
        self.asked = 0
        self.targets = targets_of(world)
        self._come_in()

    def _come_in(self) -> None:
        self.client.cookies.clear()
        if self.actor != "nobody" and (person := Person.objects.here().filter(name=self._name).first()):
            self.client.force_login(person)

    @property
    def _name(self) -> str:
        return self.world.here.people[self.actor].name

    def send(self, request: Hostile) -> HttpResponse:
        self.asked += 1
        if self.asked % 20 == 0:
            attempts.forget_all()
            self._come_in()
        kept = dict(self.client.cookies)
        try:
            return self._send(request)
        finally:
            self.client.cookies.clear()
            self.client.cookies.update(kept)

    def _send(self, request: Hostile) -> HttpResponse:
        path = self._path(request)
        if request.query:
            path += "?" + "&".join(f"{quote(plain(k))}={quote(plain(v))}" for k, v in request.query)
        for name, value in request.cookies:
            self.client.cookies[name] = re.sub(r"[^ -~]", "?", value)
        content_type, body = request.raw or ("application/x-www-form-urlencoded", form(request))
        headers = {name: plain(value).encode("utf-8").decode("latin-1") for name, value in request.headers}
        return self.client.generic(  # type: ignore[return-value]
            request.method, path, body, content_type=content_type, headers=headers
        )

    def _path(self, request: Hostile) -> str:
        """A true address with true ids; or the same with nonsense where the ids stand."""
        path, parts = self.targets[request.place % len(self.targets)]
        if request.is_path_true or not parts:
            return path
        for part, word in zip(parts, request.path_words * 3, strict=False):
            path = path.replace(part, quote(plain(word)[:300], safe="") or "x", 1)
        return path


def form(request: Hostile) -> bytes:
    return "&".join(f"{quote(plain(k))}={quote(plain(v))}" for k, v in request.fields).encode()


def targets_of(world: Both) -> list[tuple[str, list[str]]]:
    """(a true address, the changeable parts in it) for every address there is."""
    found = [("/static/ui/css/base.css", ["base"]), ("/i18n/setlang/", []), ("/no/such/place/", ["such"])]
    for name, parts in names():
        for each in tries(world, name, parts)[:2]:
            values = [quote(str(value)) for value in each.kwargs.values()]
            found.append((reverse(each.name, kwargs=each.kwargs), values))
    return found


@pytest.mark.parametrize("actor", ACTORS)
def test_nonsense_is_answered_kindly(world: Both, actor: str) -> None:
    caller = Caller(world, actor)

    @seed(int(ON_POSTGRESQL))
    @hypothesis_settings(
        max_examples=EACH,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(request=hostile.requests)
    def nothing_stumbles(request: Hostile) -> None:
        assert faults_of(caller.send(request), request.method) in ([], SAYS_NOT_WELL)

    nothing_stumbles()
    assert caller.asked >= EACH * 0.95


def test_every_address_is_among_the_targets(world: Both) -> None:
    paths = [path for path, _ in targets_of(world) if "/static/" not in path and "such" not in path]
    reached = {get_resolver().resolve(path).url_name for path in paths}
    assert {name.split(":")[-1] for name, _ in names()} <= reached


def test_a_stumble_would_be_seen(world: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault planted: a page that takes what is typed for a number."""

    def careless(request: Any) -> HttpResponse:
        return HttpResponse(int(request.GET.get("q", "1")))

    pattern = next(each for each in get_resolver().url_patterns[0].url_patterns if each.name == "offline")
    monkeypatch.setattr(pattern, "callback", careless)
    with pytest.raises(AssertionError, match="status 500"):
        test = Caller(world, "nobody")
        place = [path for path, _ in test.targets].index(reverse("ui:offline"))
        request = Hostile("GET", place, ("", ""), True, (("q", "x"),), (), (), ())
        assert faults_of(test.send(request), "GET") == []
