"""Every address of the service, and for each that names a thing: which things to try, and who may come in.

An address that is not declared here fails the test: nobody can add a door without saying who it is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.world import ACTORS, World

EVERYBODY = frozenset({*ACTORS, "nobody"})
SIGNED_IN = frozenset(ACTORS)
COORDINATORS = frozenset({"halima", "geraint"})
DESK = COORDINATORS | {"oluchi"}
ADMINISTRATORS = frozenset({"oluchi"})
SUPPORTERS = frozenset({"theo", "ruth", "imogen", "frankie"})


@dataclass(frozen=True)
class Try:
    """One address with one thing, and the actors for whom it may answer with a page."""

    name: str
    kwargs: dict[str, Any]
    insiders: frozenset[str]
    thing: str = ""


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
    }
)


def plain(name: str) -> frozenset[str]:
    """Who may come in at an address that names no thing."""
    if name in OPEN:
        return EVERYBODY
    if name in {"insight:fairness", "introductions:desk", "introductions:values"}:
        return DESK
    if name.startswith("people:admin") or name in {"safety:numbers", "safety:add_number"}:
        return ADMINISTRATORS
    if name in {"safety:apart", "safety:reports"}:
        return COORDINATORS
    if name == "support:oversee":
        return COORDINATORS
    return SIGNED_IN


def tries(world: World, name: str, parts: tuple[str, ...]) -> list[Try]:
    """The things to try at this address. Raises KeyError for an address that nobody declared."""
    if not parts:
        return [Try(name, {}, plain(name))]
    return [Try(name, kwargs, insiders, thing) for thing, kwargs, insiders in _things(world, name, parts)]


def _things(
    world: World, name: str, parts: tuple[str, ...]
) -> list[tuple[str, dict[str, Any], frozenset[str]]]:
    room = name.split(":")[0]
    return {
        "conversations": _conversations,
        "support": _support,
        "introductions": _introductions,
        "practice": _practice,
        "safety": _safety,
        "people": _people,
        "notices": _notices,
    }[room](world, name, parts)


def _conversations(world: World, name: str, parts: tuple[str, ...]) -> list[Any]:
    found = []
    for walk, two in _walks(world):
        talk = world.talk_of(walk)
        kwargs: dict[str, Any] = {"public_id": talk.public_id}
        if "message_id" in parts:
            kwargs["message_id"] = talk.messages.exclude(author=None).earliest("id").pk
        insiders = two
        if name == "conversations:look_inside":
            insiders = _overseers(walk)
        if name == "conversations:inside":
            insiders = frozenset()
        found.append((_label(walk), kwargs, insiders))
    return found


def _support(world: World, name: str, parts: tuple[str, ...]) -> list[Any]:
    found = []
    for walk, two in _walks(world):
        kwargs: dict[str, Any] = {"public_id": walk.public_id}
        if "number" in parts:
            kwargs["number"] = 1
        if "note_id" in parts:
            kwargs["note_id"] = world.note.public_id
        if "wish" in parts:
            kwargs["wish"] = "change"
        staff_only = name == "support:look_at_note"
        found.append((_label(walk), kwargs, _overseers(walk) if staff_only else two))
    return found


def _introductions(world: World, name: str, parts: tuple[str, ...]) -> list[Any]:
    own = frozenset({"ottoline"})
    if name in {"introductions:desk_of", "introductions:whole_list"}:
        return [
            (
                walk.programme.practice_model,
                {"public_id": walk.programme.public_id},
                _overseers(walk) | _list_only(walk),
            )
            for walk, _two in _walks(world)
        ]
    if name in {"introductions:card", "introductions:level"}:
        return [("request", {"public_id": world.request.public_id}, COORDINATORS)]
    if name == "introductions:ask":
        programme = world.mina_theo.programme
        return [("programme", {"public_id": programme.public_id}, frozenset({"mina", "ottoline"}))]
    if name in {"introductions:introduction", "introductions:take_back"}:
        return [("introduction", {"public_id": world.introduction.public_id}, own)]
    if name == "introductions:need":
        return [("need", {"public_id": world.request.public_id}, frozenset({"theo", "ruth"}))]
    kwargs: dict[str, Any] = {"public_id": world.request.public_id}
    if "step" in parts:
        kwargs["step"] = 1
    if "practice_id" in parts:
        kwargs["practice_id"] = world.practice_of("theo").public_id
    return [("request", kwargs, own)]


def _practice(world: World, name: str, parts: tuple[str, ...]) -> list[Any]:
    if name in {"practice:answer_cover", "practice:end_cover"}:
        return [("cover", {"public_id": world.cover.public_id}, frozenset())]
    if name == "practice:begin":
        return [
            ("programme", {"public_id": world.mina_theo.programme.public_id}, frozenset({"theo", "ruth"}))
        ]
    return [("theo", {"public_id": world.practice_of("theo").public_id}, frozenset({"theo"}))]


def _safety(world: World, name: str, parts: tuple[str, ...]) -> list[Any]:
    if name in {"safety:answer", "safety:take"}:
        return [("report", {"public_id": world.report.public_id}, COORDINATORS)]
    if name == "safety:my_report":
        return [("report", {"public_id": world.report.public_id}, frozenset({"mina"}))]
    if name == "safety:wish":
        return [("wish", {"public_id": world.wish.public_id}, COORDINATORS)]
    if name == "safety:pair":
        return [("pair", {"public_id": world.pair_apart.public_id}, COORDINATORS)]
    if name == "safety:end_mine":
        return [("pair", {"public_id": world.pair_apart.public_id}, frozenset())]
    if name == "safety:not_working":
        return [("line", {"public_id": world.help_line.public_id}, EVERYBODY)]
    if name in {"safety:number", "safety:check_number", "safety:retire_number"}:
        return [("line", {"public_id": world.help_line.public_id}, ADMINISTRATORS)]
    theo = {"public_id": world.people["theo"].public_id}
    if name == "safety:add_pair":
        return [("theo", theo, COORDINATORS)]
    return [("theo", theo, SIGNED_IN - {"theo"})]


def _people(world: World, name: str, parts: tuple[str, ...]) -> list[Any]:
    mina = world.people["mina"]
    if name.startswith("people:admin"):
        thing = world.mina_theo.programme if "programme" in name or name in WITH_PROGRAMME else mina
        kwargs: dict[str, Any] = {"public_id": thing.public_id}
        if "pk" in parts:
            kwargs["pk"] = mina.roles_held.earliest("pk").pk
        return [("thing", kwargs, ADMINISTRATORS)]
    if "by" in parts:
        return [(by, {"by": by}, SIGNED_IN) for by in ("supporter", "team")]
    if "kind" in parts:
        return [("story", {"kind": "experience" if "topics" in name else "story"}, SIGNED_IN)]
    if name in {"people:item", "people:remove_item"}:
        item = mina.profile_items.filter(kind="story").earliest("pk")
        return [("item", {"public_id": item.public_id}, frozenset({"mina"}))]
    if name == "people:receipt":
        return [("receipt", {"public_id": mina.consents.earliest("pk").receipt}, frozenset({"mina"}))]
    return [("not there", {part: 999_999 if part == "pk" else "notthere1234" for part in parts}, frozenset())]


WITH_PROGRAMME = {"people:admin_words", "people:admin_open"}


def _notices(world: World, name: str, parts: tuple[str, ...]) -> list[Any]:
    if name == "notices:stop":
        return [("token", {"token": "not-a-token"}, EVERYBODY)]
    if name == "notices:stop_channel":
        return [("email", {"channel": "email"}, SIGNED_IN)]
    return [("not there", dict.fromkeys(parts, "notthere1234"), frozenset())]


def _walks(world: World) -> list[tuple[Any, frozenset[str]]]:
    return [
        (world.mina_theo, frozenset({"mina", "theo"})),
        (world.marcus_imogen, frozenset({"marcus", "imogen"})),
        (world.len_frankie, frozenset({"len", "frankie"})),
    ]


def _overseers(walk: Any) -> frozenset[str]:
    if not walk.programme.coordinator_sees:
        return frozenset()
    return COORDINATORS if walk.programme.practice_model == "one_to_one_charity" else frozenset({"halima"})


def _list_only(walk: Any) -> frozenset[str]:
    """In a tradition that reports nothing upward the desk is only the list of those who put themselves on it."""
    return frozenset() if walk.programme.coordinator_sees else frozenset({"halima"})


def _label(walk: Any) -> str:
    return f"{walk.programme.practice_model}"
