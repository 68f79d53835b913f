"""Walk every address as every actor; note who got in, and whose words came back."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass, field

from django.test import Client
from django.urls import reverse

from companionway.foundation.models import Record
from tests.access.routes import Try, names, tries
from tests.access.world import ACTORS, NOBODY, World

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


@dataclass
class Walk:
    """What happened: outcome by (address, thing, actor), and words met by people they were not for."""

    outcomes: dict[tuple[str, str, str], str] = field(default_factory=dict)
    intrusions: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    undeclared: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def deviations(self) -> list[str]:
        return [*self.undeclared, *self.intrusions, *self.leaks, *self.broken]


def come_in(world: World, actor: str) -> Client:
    client = Client(raise_request_exception=False)
    if actor != NOBODY:
        client.force_login(world.person(actor))
    return client


def walk(world: World, canaries: list[Canary], *, only: Callable[[str], bool] = lambda name: True) -> Walk:
    """Try everything (or the addresses `only` wants), by GET as everybody and by POST as those who are outside."""
    walked = Walk()
    clients = {actor: come_in(world, actor) for actor in (NOBODY, *ACTORS)}
    for name, parts in names():
        if only(name):
            try:
                found = tries(world, name, parts)
            except KeyError:
                walked.undeclared.append(f"{name} is declared nowhere")
                continue
            for each in found:
                for actor, client in clients.items():
                    _try(walked, each, actor, client, canaries)
    return walked


def _try(walked: Walk, each: Try, actor: str, client: Client, canaries: list[Canary]) -> None:
    address = reverse(each.name, kwargs=each.kwargs)
    outcome, body = _ask(client, "get", address)
    walked.outcomes[each.name, each.thing, actor] = outcome
    is_inside = actor in each.insiders
    if outcome == BROKEN:
        walked.broken.append(f"{each.name} ({each.thing}) broke for {actor}")
    if outcome == IN and not is_inside:
        walked.intrusions.append(f"{actor} came in at {each.name} ({each.thing})")
    for canary in canaries:
        if actor not in canary.readers and canary.words in body:
            walked.leaks.append(f"{actor} read {canary.label} at {each.name} ({each.thing})")
    if outcome == FORM_ONLY and not is_inside and each.kwargs:
        deeds = Record.objects.count()
        posted, _body = _ask(client, "post", address)
        walked.outcomes[each.name, each.thing, actor] = f"{FORM_ONLY}: {posted}"
        # A refusal in kind words that leads elsewhere is fine; a page, or a deed in the record, is not.
        if posted == IN or Record.objects.count() != deeds:
            walked.intrusions.append(f"{actor} could post to {each.name} ({each.thing})")


def _ask(client: Client, method: str, address: str) -> tuple[str, str]:
    response = getattr(client, method)(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = html.unescape(body.decode(errors="replace"))
    if response.status_code == 500:
        return BROKEN, text
    if response.status_code in (404, 403):
        return ABSENT, text
    if response.status_code == 405:
        return FORM_ONLY, text
    if response.status_code in (301, 302):
        return (SIGN_IN if "/sign-in/" in response["Location"] else AWAY), text
    return IN, text
