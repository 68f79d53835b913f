"""Whose words are whose: every kind of sealed text in the world, with the only people it is for."""

from __future__ import annotations

from companionway.people.models import Audience
from companionway.people.queries import profile_items
from companionway.support.models import Relationship
from companionway.support.queries import agreements_of, note_of
from tests.access.walking import Canary
from tests.access.world import Both, World

# Short words ("Before.") stand on pages by themselves; only sentences tell where they come from.
LONG_ENOUGH = 18


def canaries_of(both: Both) -> list[Canary]:
    found = []
    for world in both.each:
        found += [*_said_to_the_team(world), *_own_names(both, world)]
        for walk, two in world.walks:
            found += _between(world, walk, two)
    for world, name, readers in _stories(both):
        items = profile_items(world.people[name], seen_by=Audience.NOBODY)
        found += [
            Canary(f"the {item.kind} of {name}", item.text, frozenset({name, *readers}))
            for item in items
            if len(item.text) >= LONG_ENOUGH
        ]
    return found


def _stories(both: Both) -> list[tuple[World, str, set[str]]]:
    here, elsewhere = both.each
    return [
        (here, "mina", {"theo"}),
        (here, "ottoline", set()),
        (here, "len", set()),
        (elsewhere, "quill", {"pember"}),
        (elsewhere, "dorrit", set()),
    ]


def _said_to_the_team(world: World) -> list[Canary]:
    parts, words = world.parts, world.words
    team = parts.coordinators
    waits = world.people[parts.waiting].name
    return [
        Canary("a report", words["report"], team | {parts.member}, on_record=team),
        Canary("a wish to be kept apart", words["wish"], team | {parts.member}, on_record=team),
        Canary("why two are kept apart", words["pair"], team, on_record=team),
        Canary("why somebody was passed over", words["passing"], team),
        Canary("the name of somebody who waits", waits, team | parts.administrators | {parts.waiting}),
    ]


def _own_names(both: Both, world: World) -> list[Canary]:
    """Everything by which one organisation could be noticed from the other."""
    readers = both.at_the_door_of(world)
    if world is both.elsewhere:
        called = (world.organisation.short_name, *(person.name for person in world.people.values()))
    else:
        called = (
            "Larkfield",
            "Side by Side",
            "Stepping Stones",
            "Weaver's Yard",
            "Halima",
            "Imogen",
            "Frankie D",
        )
    return [Canary(f"{each}, who is at home in {world.host}", each, readers) for each in called]


def _between(world: World, walk: Relationship, two: frozenset[str]) -> list[Canary]:
    label = walk.programme.practice_model
    texts = {f"a message ({label})": world.words_between(walk)}
    texts[f"an agreement ({label})"] = _agreed(walk)
    texts[f"a note ({label})"] = [voice.words for page in note_of(walk) for voice in page.voices]
    return [
        Canary(what, words, two)
        for what, several in texts.items()
        for words in several
        if len(words) >= LONG_ENOUGH
    ]


def _agreed(walk: Relationship) -> list[str]:
    agreements = agreements_of(walk, walk.member)
    return [answer.words for answer in agreements.holds.answers] if agreements.holds else []
