"""The demonstration organisation as a world to try doors in, with what it lacks added by the same deeds.

`elsewhere.py` makes a second organisation on the same server; `Both` is what the walk goes through.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from companionway.conversations.models import Conversation, Message, place_of
from companionway.demonstration.building import build
from companionway.foundation import sealing
from companionway.introductions import services as introductions
from companionway.introductions.models import Introduction, Request
from companionway.introductions.states import PassingReason
from companionway.people.models import Organisation, Person
from companionway.practice.models import Cover, SupporterPractice
from companionway.safety import services as safety
from companionway.safety.models import HelpLine, KeepApartWish, KeptApart, Report
from companionway.support.models import Relationship, SharedNote

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
NOBODY = "nobody"
# Key -> name in the demonstration. Ottoline is the stranger: a member who has nothing to do with the others.
ACTORS = {
    "mina": "Mina",
    "theo": "Theo",
    "ruth": "Ruth",
    "ottoline": "Ottoline",
    "marcus": "Marcus",
    "imogen": "Imogen",
    "len": "Len",
    "frankie": "Frankie D",
    "halima": "Halima",
    "geraint": "Geraint",
    "oluchi": "Oluchi",
}
REPORT_WORDS = "He asked me for money on Tuesday and I did not like it."
APART_WORDS = "They used to share a house."
PASSING_WORDS = "They both asked for somebody calm."
APART_WISH_WORDS = "My ex-husband's sister, she works at the bakery."
WORDS = {"report": REPORT_WORDS, "wish": APART_WISH_WORDS, "pair": APART_WORDS, "passing": PASSING_WORDS}


@dataclass(frozen=True)
class Parts:
    """Who plays which part in one organisation, by their keys."""

    member: str
    supporter: str
    second: str
    waiting: str
    coordinators: frozenset[str]
    administrators: frozenset[str]
    # Who else is one of the two of the introduction, and who names and gives the cover.
    introduced: frozenset[str] = frozenset()
    covering: frozenset[str] = frozenset()


PARTS = Parts("mina", "theo", "ruth", "ottoline", frozenset({"halima", "geraint"}), frozenset({"oluchi"}))


@dataclass(frozen=True)
class World:
    """One organisation: its people, and one thing of every kind."""

    organisation: Organisation
    host: str
    nobody: str
    parts: Parts
    people: dict[str, Person]
    walks: tuple[tuple[Relationship, frozenset[str]], ...]
    note: SharedNote
    report: Report
    pair_apart: KeptApart
    wish: KeepApartWish
    request: Request
    introduction: Introduction
    help_line: HelpLine
    cover: Cover
    words: dict[str, str]

    @property
    def actors(self) -> frozenset[str]:
        return frozenset(self.people)

    @property
    def first(self) -> Relationship:
        """The two who keep everything: messages, an agreement, a note."""
        return self.walks[0][0]

    def person(self, actor: str) -> Person:
        return Person.objects.get(pk=self.people[actor].pk)

    def talk_of(self, relationship: Relationship) -> Conversation:
        return Conversation.objects.get(pk=relationship.conversation_id)

    def words_between(self, relationship: Relationship) -> list[str]:
        rows = Message.objects.filter(conversation=relationship.conversation_id).exclude(author=None)
        keys = {pk: self._seal_of(relationship, pk) for pk in relationship.people_ids}
        return [
            sealing.open_facts(keys[row.author_id], row.sealed, place_of(row.author_id, row.client_id))[
                "text"
            ]
            for row in rows
            if row.author_id
        ]

    def _seal_of(self, relationship: Relationship, author: int) -> sealing.SealingKey:
        conversation = relationship.conversation_id or 0
        return sealing.key_of_both(sealing.CONVERSATION, conversation, sealing.PERSON, author)

    def practice_of(self, actor: str) -> SupporterPractice:
        return SupporterPractice.objects.filter(person=self.people[actor]).earliest("pk")


def make_world() -> World:
    build(now=NOW)
    people = {key: Person.objects.get(name=name) for key, name in ACTORS.items()}
    walks = {
        (walk.member.name, walk.supporter.name): walk
        for walk in Relationship.objects.select_related("member", "supporter", "programme")
    }
    mina_theo = walks["Mina", "Theo"]
    request = Request.objects.get(member=people["ottoline"])
    halima = Person.objects.get(pk=people["halima"].pk)
    introduction = introductions.propose(
        actor=halima,
        request=request,
        practice_public_id=SupporterPractice.objects.get(person__name="Jules").public_id,
        passing=introductions.Passing(reason=PassingReason(PassingReason.values[0]), words=PASSING_WORDS),
        now=NOW,
    )
    report = safety.report(
        actor=people["mina"],
        about=people["theo"],
        subject=f"person:{people['theo'].public_id}",
        words=REPORT_WORDS,
        extract="",
        programme=mina_theo.programme,
        now=NOW,
    )
    wish = safety.wish_apart(
        actor=people["mina"], programme=mina_theo.programme, words=APART_WISH_WORDS, now=NOW
    )
    apart = safety.keep_apart(
        actor=halima,
        programme=mina_theo.programme,
        one=people["mina"],
        other=people["ruth"],
        words=APART_WORDS,
        now=NOW,
    )
    return World(
        organisation=people["mina"].organisation,
        host="testserver",
        nobody=NOBODY,
        parts=PARTS,
        people=people,
        walks=(
            (mina_theo, frozenset({"mina", "theo"})),
            (walks["Marcus", "Imogen"], frozenset({"marcus", "imogen"})),
            (walks["Len", "Frankie D"], frozenset({"len", "frankie"})),
        ),
        note=mina_theo.notes.earliest("pk"),
        report=report,
        pair_apart=apart,
        wish=wish,
        request=request,
        introduction=introduction,
        help_line=HelpLine.objects.earliest("pk"),
        cover=Cover.objects.earliest("pk"),
        words=WORDS,
    )


@dataclass(frozen=True)
class Both:
    """Two organisations on one server. A stray is somebody's session shown at the other one's door."""

    here: World
    elsewhere: World

    @property
    def each(self) -> tuple[World, World]:
        return self.here, self.elsewhere

    @property
    def strays(self) -> dict[str, tuple[World, str, World]]:
        """Key -> (whose session, of whom, at whose door)."""
        return {
            f"{home.parts.member} at the other door": (home, home.parts.member, other)
            for home, other in (self.each, self.each[::-1])
        }

    def at_the_door_of(self, world: World) -> frozenset[str]:
        """Everybody who knocks there: its own people, nobody, and the other one's stray."""
        strays = {key for key, (_home, _who, door) in self.strays.items() if door is world}
        return world.actors | {world.nobody} | strays
