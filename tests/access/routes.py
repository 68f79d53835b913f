"""Every address of the service, and for each that names a thing: which things to try, and who may come in.

An address that is not declared here fails the test: nobody can add a door without saying who it is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from companionway.people.models import Organisation
from tests.access import (
    asso_routes,
    club_routes,
    fair_routes,
    finding_routes,
    gathering_routes,
    group_routes,
    holding,
    meeting_routes,
    people_routes,
    plan_routes,
    steps_routes,
    support_routes,
    team_routes,
)
from tests.access import noticed_doors as noticing
from tests.access.world import Both, World


@dataclass(frozen=True)
class Try:
    """One address with one thing, and the actors for whom it may answer with a page."""

    name: str
    kwargs: dict[str, Any]
    insiders: frozenset[str]
    thing: str = ""
    # Whose thing it is; None where an address names no thing.
    world: World | None = None


def names() -> list[tuple[str, tuple[str, ...]]]:
    """(name with namespace, names of its parts) of every pattern; static files and set_language left out."""
    return sorted(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name != "set_language":
            yield (
                f"{prefix}{pattern.name}",
                tuple(sorted(pattern.pattern.converters)) or tuple(sorted(pattern.pattern.regex.groupindex)),
            )


OPEN = frozenset(
    {
        "home",
        "about",
        "privacy",
        "accessibility",
        "health",
        "help_now",
        "safety:help_now_print",
        "ui:look",
        "ui:leave",
        "ui:manifest",
        "ui:service_worker",
        "ui:offline",
        "ui:more",
        "people:join",
        "people:join_age",
        "people:join_elsewhere",
        "people:join_programme",
        "people:join_consent",
        "people:join_way_in",
        "people:open_with_code",
        "people:sign_in",
        "people:way_back_in",
        "people:six_digits",
        "notices:stop",
        "meetings:public",
        "calendars:public",
        "calendars:meeting_guide",
    }
)


def plain(both: Both, name: str) -> frozenset[str]:
    """Who may come in at an address that names no thing: in each organisation the same kinds of people."""
    if name in OPEN:
        return frozenset().union(*(both.at_the_door_of(world) for world in both.each))
    return frozenset().union(*(_plain(world, name) for world in both.each))


def _plain(world: World, name: str) -> frozenset[str]:
    if name in {"insight:fairness", "introductions:desk", "introductions:values"}:
        return world.parts.coordinators | world.parts.administrators
    if name == "safeguarding:records":
        return world.parts.leads
    if name in {"safeguarding:duties", "safeguarding:arrangements"}:
        return world.parts.leads | world.parts.administrators
    if name == "insight:hazards":
        return world.parts.coordinators | world.parts.administrators | world.parts.leads
    if name == "safeguarding:check_duty":
        return world.parts.leads
    if name in {"people:admin_keeping", "people:admin_master_key"}:
        # One installation, one key: the organisation that was here first runs it.
        runs_it = world.first.programme.organisation_id == Organisation.objects.earliest("pk").pk
        return world.parts.administrators if runs_it else frozenset()
    if name == "concerns:desk":
        return world.parts.on_the_rota
    if name in {"concerns:times", "concerns:pace"}:
        return world.parts.coordinators | world.parts.leads
    if name.startswith("people:admin") or name in {"safety:numbers", "safety:add_number"}:
        return world.parts.administrators
    if name in {"oncall:every_week", "oncall:stop"}:
        return world.parts.keepers
    if name.startswith("oncall:") or name in {"noticing:queue", "noticing:waiting"}:
        return world.parts.on_the_rota
    if name in {"moderation:log", "moderation:log_file", "noticing:switches"}:
        return world.parts.administrators
    if name == "calendars:bring":
        return finding_routes.who_arranges_twelve_steps(world)
    if name == "calendars:room":
        return world.parts.coordinators
    if name in {"safety:apart", "safety:reports", "support:oversee", "supervision:dates"}:
        return world.parts.coordinators
    if name in {"moderation:again", "moderation:names"}:
        return world.parts.coordinators
    if name.startswith("supervision:circle") or name == "supervision:gains":
        return holding.who_may_sit(world.people)
    if name == "release:spaces":
        return world.parts.coordinators | world.parts.administrators
    if name in {"release:queue", "release:learning"}:
        return world.parts.coordinators | world.parts.mentors
    return world.actors


def tries(both: Both, name: str, parts: tuple[str, ...]) -> list[Try]:
    """The things to try at this address, of both organisations. Raises KeyError for an address nobody declared."""
    if not parts:
        return [Try(name, {}, plain(both, name))]
    if name in CHOICES:
        part, choices = CHOICES[name]
        return [Try(name, {part: each}, plain(both, name), each) for each in choices]
    if name in plan_routes.CHOICES:
        return [
            Try(name, kwargs, plain(both, name), " ".join(map(str, kwargs.values())))
            for kwargs in plan_routes.CHOICES[name]
        ]
    if name.startswith("supervision:circle"):
        return [
            Try(name, holding.circle_address(both.here.held, name, parts), holding.IN_THE_CIRCLE, "circle")
        ]
    found = []
    for world in both.each:
        for thing, kwargs, insiders in _things(both, world, name, parts):
            found.append(Try(name, kwargs, insiders, thing, world))
    return found


Things = list[tuple[str, dict[str, Any], frozenset[str]]]


def _things(both: Both, world: World, name: str, parts: tuple[str, ...]) -> Things:
    room = name.split(":")[0]
    if name == "safety:not_working":
        return [("line", {"public_id": world.help_line.public_id}, both.at_the_door_of(world))]
    return {
        **dict.fromkeys(club_routes.ROOMS, club_routes.things),
        "association": asso_routes.association,
        "sponsors": asso_routes.sponsors,
        "concerns": team_routes.concerns,
        "conversations": _conversations,
        "support": _support,
        "introductions": finding_routes.introductions,
        "practice": _practice,
        "reading": support_routes.reading,
        "safeguarding": team_routes.kept_apart,
        "release": support_routes.release,
        "groups": group_routes.things,
        "moderation": fair_routes.things,
        "safety": team_routes.safety,
        "plans": plan_routes.things,
        "steps": steps_routes.things,
        "meetings": meeting_routes.things,
        "calendars": meeting_routes.things,
        "gatherings": lambda world, name, parts: gathering_routes.things(both, world, name, parts),
        "oncall": team_routes.on_call,
        "noticing": lambda world, name, _parts: noticing.queued(world, name),
        "people": people_routes.things,
        "notices": lambda _world, _name, parts: [
            ("not there", dict.fromkeys(parts, "notthere1234"), frozenset())
        ],
        "supervision": support_routes.supervision,
    }[room](world, name, parts)


def _conversations(world: World, name: str, parts: tuple[str, ...]) -> Things:
    found = []
    if "noticed_id" in parts:
        return noticing.opened(world, name)
    for walk, two in world.walks:
        talk = world.talk_of(walk)
        kwargs: dict[str, Any] = {"public_id": talk.public_id}
        if "message_id" in parts:
            kwargs["message_id"] = talk.messages.exclude(author=None).earliest("id").pk
        insiders = two
        if name == "conversations:look_inside":
            insiders = finding_routes.overseers(world, walk)
        if name == "conversations:inside":
            insiders = frozenset()
        found.append((finding_routes.label(walk), kwargs, insiders))
    return found


def _support(world: World, name: str, parts: tuple[str, ...]) -> Things:
    found = []
    for walk, two in world.walks:
        kwargs: dict[str, Any] = {"public_id": walk.public_id}
        if "number" in parts:
            kwargs["number"] = 1
        if "note_id" in parts:
            kwargs["note_id"] = world.note.public_id
        if "wish" in parts:
            kwargs["wish"] = "change"
        staff_only = name in {"support:look_at_note", "support:ages"}
        found.append(
            (finding_routes.label(walk), kwargs, finding_routes.overseers(world, walk) if staff_only else two)
        )
    return found


def _practice(world: World, name: str, parts: tuple[str, ...]) -> Things:
    if name in {"practice:answer_cover", "practice:end_cover"}:
        return [("cover", {"public_id": world.cover.public_id}, world.parts.covering)]
    if name == "practice:begin":
        pair = frozenset({world.parts.supporter, world.parts.second})
        return [("programme", {"public_id": world.first.programme.public_id}, pair)]
    who = world.parts.supporter
    return [(who, {"public_id": world.practice_of(who).public_id}, frozenset({who}))]


# Addresses whose part is a choice, not a thing of somebody's: the same in both organisations.
CHOICES = {
    "people:as_seen": ("by", ("supporter", "team")),
    "people:add_item": ("kind", ("story",)),
    "people:topics": ("kind", ("experience",)),
    "notices:stop": ("token", ("not-a-token",)),
    "notices:stop_channel": ("channel", ("email",)),
}
