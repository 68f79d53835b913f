"""Whose words are whose: every kind of sealed text in the world, with the only people it is for."""

from __future__ import annotations

from companionway.foundation.sealing import PERSON, RELATIONSHIP, key_of_both
from companionway.people.models import Audience
from companionway.people.queries import profile_items
from companionway.reading.models import Remark
from companionway.release.queries import words_of, words_of_note
from companionway.support.models import Relationship
from companionway.support.queries import agreements_of, note_of
from tests.access import steps_routes
from tests.access.gathering_routes import evening_of, said_at
from tests.access.holding import IN_THE_CIRCLE
from tests.access.walking import Canary
from tests.access.world import Both, World

# Short words ("Before.") stand on pages by themselves; only sentences tell where they come from.
LONG_ENOUGH = 18


def canaries_of(both: Both) -> list[Canary]:
    found = []
    for world in both.each:
        found += [*_said_to_the_team(world), *_own_names(both, world), *_held(world), *_remarks(world)]
        found += [Canary(*each) for each in steps_routes.words_of(world)]
        found.append(_at_an_evening(world))
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


def _at_an_evening(world: World) -> Canary:
    """What was said in a meeting: for whoever has a seat, and for whoever holds it."""
    evening_of(world)
    return Canary(f"an evening at {world.host}", said_at(world), frozenset({world.parts.supporter}))


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
        *_unread(world),
        *_judged(world),
        Canary("a wish to be kept apart", words["wish"], team | {parts.member}, on_record=team),
        Canary("why two are kept apart", words["pair"], team, on_record=team),
        Canary("what is shared of a plan", words["plan shared"], frozenset({parts.member, parts.supporter})),
        Canary("a plan", words["plan"], frozenset({parts.member})),
        Canary("the rest of a plan", words["rest of the plan"], frozenset({parts.member})),
        Canary("a number on the telephone list", words["phone"], parts.on_the_rota),
        Canary("a concern", words["concern"], world.answering | {parts.supporter}),
        Canary("why somebody was passed over", words["passing"], team),
        # A lead names whom a record is about, or who is too close to it, from a list of everybody.
        Canary(
            "the name of somebody who waits",
            waits,
            team | parts.administrators | {parts.waiting} | (parts.leads - parts.too_close),
        ),
        Canary("what was told to the leads", words["told"], (parts.leads - parts.too_close) | {parts.second}),
        Canary("what the leads decided", words["decided"], parts.leads - parts.too_close),
        Canary(
            "what the leads answered", words["answered"], (parts.leads - parts.too_close) | {parts.second}
        ),
    ]


def _held(world: World) -> list[Canary]:
    """What two say in supervision is theirs; what one keeps to themselves is that one's; a circle is of its people."""
    held, play = world.held, world.parts
    two = frozenset({play.supporter, play.supervisor})
    return [
        Canary("a talk with a supervisor", held.talk_words, two),
        Canary("a line on the agenda", held.shared_words, two),
        Canary("a line of one's own", held.own_words, frozenset({play.supporter})),
        Canary(
            "why there is one place more", held.extra_words, frozenset({play.supporter}) | play.coordinators
        ),
        Canary("a question to a circle", held.circle_words, IN_THE_CIRCLE),
    ]


def _remarks(world: World) -> list[Canary]:
    """What was written to a page is for the two whose page it is, and its writer."""
    play, walk = world.parts, world.first
    rows = Remark.objects.filter(reading__note__relationship=walk).exclude(sealed=None)
    readers = frozenset({play.member, play.supporter, play.supervisor})
    return [
        Canary(
            "a remark",
            key_of_both(RELATIONSHIP, walk.pk, PERSON, row.author_id).open(
                bytes(row.sealed or b""), row.context
            ),
            readers,
        )
        for row in rows
    ]


def _judged(world: World) -> list[Canary]:
    """Facts are for the person, those who decide, and the panel; an appeal for the person and the panel."""
    fair = world.fair
    return [
        Canary(
            "a statement of reasons", fair.facts_words, fair.panel | world.parts.coordinators | {fair.about}
        ),
        Canary("an appeal", fair.appeal_words, fair.panel | {fair.about}),
    ]


def _unread(world: World) -> list[Canary]:
    """What waits for a mentor is its author's until it is opened, and what is said beside is for the two sides."""
    parts, thread = world.parts, world.unread.traineeship.threads.get(conversation=world.unread.conversation)
    mentors = parts.mentors | {parts.learning}
    return [
        Canary("a reply that waits", words_of(world.unread)["text"], frozenset({parts.learning})),
        *[
            Canary("beside a conversation", words_of_note(note), frozenset(mentors))
            for note in thread.notes.select_related("thread")
        ],
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
