"""Walk every address as every actor; note who got in, and whose words came back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from companionway.config import urls
from companionway.ui import middleware
from tests.access.routes import Try, names, tries
from tests.access.world import Both, World

LONGEST_CHOICE = 12
# Made anew for every page.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
IN, SIGN_IN, ABSENT, AWAY, FORM_ONLY, BROKEN = (
    "in",
    "sign in",
    "not there",
    "sent elsewhere",
    "only by a form",
    "broken",
)


@dataclass(frozen=True)
class Canary:
    """Words that only some may ever read. `label` is what a failing test names, so that no words are printed."""

    label: str
    words: str
    readers: frozenset[str]
    # Those of the readers whose every reading leaves a record of who read.
    on_record: frozenset[str] = frozenset()


@dataclass
class Walk:
    """What happened: outcome by (address, thing, actor), and words met by people they were not for."""

    outcomes: dict[tuple[str, str, str], str] = field(default_factory=dict)
    intrusions: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    unrecorded: list[str] = field(default_factory=list)
    recorded: set[str] = field(default_factory=set)
    undeclared: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    told_apart: list[str] = field(default_factory=list)
    # How a thing that never was looks, by address, actor and method: asked once each.
    nothing: dict[tuple[str, ...], tuple[int, dict[str, str], str]] = field(default_factory=dict)

    @property
    def deviations(self) -> list[str]:
        return [
            *self.undeclared,
            *self.intrusions,
            *self.leaks,
            *self.unrecorded,
            *self.broken,
            *self.told_apart,
        ]


class Stray(Client):
    """Shows the session of one organisation at the door of the other, again and again."""

    session_key = ""

    def request(self, **request: Any) -> Any:
        self.cookies["session"] = self.session_key
        return super().request(**request)


@dataclass(frozen=True)
class Knock:
    """Somebody at a door: under which key, in whose house they are at home (nobody is nowhere), and their browser."""

    actor: str
    home: World | None
    client: Client


def come_in(world: World, actor: str) -> Client:
    client = Client(raise_request_exception=False, SERVER_NAME=world.host)
    if actor != world.nobody:
        client.force_login(world.person(actor))
    return client


def everybody(both: Both) -> list[Knock]:
    """The people of both organisations, nobody at each door, and each one's session at the other's door."""
    found = [
        Knock(actor, world if actor != world.nobody else None, come_in(world, actor))
        for world in both.each
        for actor in (world.nobody, *sorted(world.actors))
    ]
    for key, (home, who, door) in both.strays.items():
        at_home, stray = come_in(home, who), Stray(raise_request_exception=False, SERVER_NAME=door.host)
        at_home.get("/me/")
        stray.session_key = at_home.cookies["session"].value
        found.append(Knock(key, None, stray))
    return found


def bare(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What is not there, without a page around it."""
    return HttpResponse(f"Not there: {request.path}", status=404)


def walk(
    both: Both,
    canaries: list[Canary],
    *,
    only: Callable[[str], bool] = lambda name: True,
    has_pages: bool = False,
    is_one_enough: bool = False,
) -> Walk:
    """Try everything (or the addresses `only` wants), by GET as everybody and by POST as those who are outside.

    Most doors are closed to most people, and drawing the page that says so takes longer than everything else. It is
    given nothing but the request (a test holds that), so it is left out unless `has_pages`. `is_one_enough` ends the
    walk at the first deviation.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not has_pages:
            patch.setattr(urls, "handler404", bare)
            patch.setattr(middleware, "not_found", bare)
        return _walk(both, canaries, only, is_one_enough)


def _walk(both: Both, canaries: list[Canary], only: Callable[[str], bool], is_one_enough: bool) -> Walk:
    walked, knocks = Walk(), everybody(both)
    for name, parts in names():
        if only(name):
            try:
                found = tries(both, name, parts)
            except KeyError:
                walked.undeclared.append(f"{name} is declared nowhere")
                continue
            for each in found:
                for knock in knocks:
                    if _is_asked(each, knock):
                        _try(walked, each, knock, canaries)
                        if is_one_enough and walked.deviations:
                            return walked
    return walked


def _is_asked(each: Try, knock: Knock) -> bool:
    """At a thing of the other organisation one person for each part knocks, not all of them."""
    is_strange = each.world is not None and knock.home not in (None, each.world)
    return not is_strange or knock.home is None or knock.actor in knock.home.parts.one_of_each


def _try(walked: Walk, each: Try, knock: Knock, canaries: list[Canary]) -> None:
    address, actor = reverse(each.name, kwargs=each.kwargs), knock.actor
    thing = f"{each.thing} of {each.world.host}" if each.world else each.thing
    before = _records()
    response, outcome, body = _ask(knock.client, "get", address)
    walked.outcomes[each.name, thing, actor] = outcome
    is_inside = actor in each.insiders
    if outcome == BROKEN:
        walked.broken.append(f"{each.name} ({thing}) broke for {actor}")
    if outcome == IN and not is_inside:
        walked.intrusions.append(f"{actor} came in at {each.name} ({thing})")
    for canary in canaries:
        if actor not in canary.readers and canary.words in body:
            walked.leaks.append(f"{actor} read {canary.label} at {each.name} ({thing})")
        if actor in canary.on_record and canary.words in body:
            walked.recorded.add(canary.label)
            if _records() == before:
                walked.unrecorded.append(f"no record that {actor} read {canary.label} at {each.name}")
    if outcome == FORM_ONLY and not is_inside and each.kwargs:
        deeds = _records()
        response, posted, _body = _ask(knock.client, "post", address)
        walked.outcomes[each.name, thing, actor] = f"{FORM_ONLY}: {posted}"
        # A refusal in kind words that leads elsewhere is fine; a page, or a deed in the record, is not.
        if posted == IN or _records() != deeds:
            walked.intrusions.append(f"{actor} could post to {each.name} ({thing})")
    if each.world is not None and knock.home not in (None, each.world):
        _compare_with_nothing(walked, each, knock, address, response)


def _records() -> int:
    """How many deeds are on record; asked so often that composing the question would take longer than all else."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from foundation_record")
        found: int = cursor.fetchone()[0]
    return found


def _compare_with_nothing(walked: Walk, each: Try, knock: Knock, address: str, response: Any) -> None:
    """A thing of the other organisation answers like one that never was: status, headers, every byte."""
    method = response.wsgi_request.method.lower()
    # A longer address makes a longer page: what never was is asked for at one of the same length.
    nowhere = reverse(each.name, kwargs={part: _never_was(value) for part, value in each.kwargs.items()})
    asked = (nowhere, knock.actor, method)
    if asked not in walked.nothing:
        walked.nothing[asked] = _looks(_ask(knock.client, method, nowhere)[0], nowhere)
    if _looks(response, address) != walked.nothing[asked]:
        walked.told_apart.append(f"{knock.actor} can tell that {each.name} ({each.thing}) is there")


def _never_was(value: Any) -> Any:
    """A name for addresses that names nothing; numbers and choices only say which part of the thing is meant."""
    is_a_name = isinstance(value, str) and len(value) > LONGEST_CHOICE
    return "never-was-".ljust(len(value), "0") if is_a_name else value


def _looks(response: Any, address: str) -> tuple[int, dict[str, str], str]:
    quoted = quote(address, safe="")
    headers = {
        name: value.replace(address, "*").replace(quoted, "*") for name, value in response.headers.items()
    }
    body = "" if response.streaming else response.content.decode(errors="replace")
    return response.status_code, headers, TOKEN.sub("", body.replace(address, "*").replace(quoted, "*"))


def _ask(client: Client, method: str, address: str) -> tuple[Any, str, str]:
    response = getattr(client, method)(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = html.unescape(body.decode(errors="replace"))
    if response.status_code == 500:
        return response, BROKEN, text
    if response.status_code in (404, 403):
        return response, ABSENT, text
    if response.status_code == 405:
        return response, FORM_ONLY, text
    if response.status_code in (301, 302):
        return response, (SIGN_IN if "/sign-in/" in response["Location"] else AWAY), text
    return response, IN, text
