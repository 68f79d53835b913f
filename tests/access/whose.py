"""Whose words are whose: every kind of sealed text in the world, with the only people it is for."""

from __future__ import annotations

from companionway.people.models import Audience
from companionway.people.queries import profile_items
from companionway.support.models import Relationship
from companionway.support.queries import agreements_of, note_of
from tests.access.routes import COORDINATORS
from tests.access.walking import Canary
from tests.access.world import APART_WISH_WORDS, APART_WORDS, PASSING_WORDS, REPORT_WORDS, World

# Short words ("Before.") stand on pages by themselves; only sentences tell where they come from.
LONG_ENOUGH = 18


def canaries_of(world: World) -> list[Canary]:
    found = [
        Canary("a report", REPORT_WORDS, COORDINATORS | {"mina"}),
        Canary("a wish to be kept apart", APART_WISH_WORDS, COORDINATORS | {"mina"}),
        Canary("why two are kept apart", APART_WORDS, COORDINATORS),
        Canary("why somebody was passed over", PASSING_WORDS, COORDINATORS),
        Canary("the name of somebody who waits", "Ottoline", COORDINATORS | {"ottoline", "oluchi"}),
    ]
    for walk, two in (
        (world.mina_theo, frozenset({"mina", "theo"})),
        (world.marcus_imogen, frozenset({"marcus", "imogen"})),
        (world.len_frankie, frozenset({"len", "frankie"})),
    ):
        found += _between(world, walk, two)
    for name, readers in (("mina", {"theo"}), ("ottoline", set()), ("len", set())):
        items = profile_items(world.people[name], seen_by=Audience.NOBODY)
        found += [
            Canary(f"the {item.kind} of {name}", item.text, frozenset({name, *readers}))
            for item in items
            if len(item.text) >= LONG_ENOUGH
        ]
    return found


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
