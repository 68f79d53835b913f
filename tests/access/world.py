"""The demonstration organisation as a world to try doors in, with what it lacks added by the same deeds.

`elsewhere.py` makes a second organisation on the same server; `Both` is what the walk goes through.
"""

from __future__ import annotations

from dataclasses import dataclass

from companionway.concerns.models import Concern
from companionway.conversations.models import Conversation, Message, place_of
from companionway.demonstration.building import build
from companionway.foundation import sealing
from companionway.introductions import services as introductions
from companionway.introductions.models import Introduction, Request
from companionway.introductions.states import PassingReason
from companionway.noticing.models import Noticed
from companionway.noticing.states import Side
from companionway.people.models import Organisation, Person
from companionway.plans.models import PlanShare
from companionway.practice.models import Cover, SupporterPractice
from companionway.release.models import HeldReply
from companionway.safeguarding.models import SafeguardingRecord
from companionway.safety import services as safety
from companionway.safety.models import HelpLine, KeepApartWish, KeptApart, Report
from companionway.support.models import Relationship, SharedNote
from tests.access.deeds import NOW, end_shares, reported, told_by_ruth, worried
from tests.access.fair_routes import Judged, judged_here
from tests.access.holding import Held, make_held
from tests.access.noticing import noticed_in
from tests.access.on_duty import OnDuty, on_duty

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
    "morwenna": "Morwenna",
    "dilys": "Dilys",
    "aled": "Aled",
    "nerys": "Nerys",
    "precious": "Precious",
    "odile": "Odile",
}
REPORT_WORDS = "He asked me for money on Tuesday and I did not like it."
APART_WORDS = "They used to share a house."
PASSING_WORDS = "They both asked for somebody calm."
APART_WISH_WORDS = "My ex-husband's sister, she works at the bakery."
# Of Mina's plan, in the demonstration: what Theo may read, and what she stopped sharing or shared for a day long ago.
PLAN_SHARED = "it is a curtains day"
PLAN_OWN = ("The heron list: write down one bird.", "Lena keeps the spare tablets at hers")
TOLD_WORDS = "She comes to our walks with marks on her wrists."
DECIDED_WORDS = "We ask her alone, on Thursday, before anything else."
ANSWER_WORDS = "Thank you, Marcus. One of us talks with her this week."
PHONE = "01632 960 655"
CONCERN_WORDS = "She wrote that the bridge looks friendly tonight."
WORDS = {
    "concern": CONCERN_WORDS,
    "report": REPORT_WORDS,
    "wish": APART_WISH_WORDS,
    "pair": APART_WORDS,
    "passing": PASSING_WORDS,
    "plan shared": PLAN_SHARED,
    "plan": PLAN_OWN[0],
    "rest of the plan": PLAN_OWN[1],
    "told": TOLD_WORDS,
    "decided": DECIDED_WORDS,
    "answered": ANSWER_WORDS,
    "phone": PHONE,
}


@dataclass(frozen=True)
class Parts:
    """Who plays which part in one organisation, by their keys."""

    member: str
    supporter: str
    second: str
    waiting: str
    coordinators: frozenset[str]
    administrators: frozenset[str]
    # Who is held by whom: `supporter` by this one.
    supervisor: str
    # Who else is one of the two of the introduction, and who names and gives the cover.
    introduced: frozenset[str] = frozenset()
    covering: frozenset[str] = frozenset()
    # Safeguarding leads, of these who is named as too close to the record, and who is on call and nothing else.
    leads: frozenset[str] = frozenset()
    too_close: frozenset[str] = frozenset()
    on_call: frozenset[str] = frozenset()
    # Who learns, with whom, and who reads first.
    learning: str = ""
    learning_with: frozenset[str] = frozenset()
    mentors: frozenset[str] = frozenset()

    @property
    def keepers(self) -> frozenset[str]:
        """Who keeps the rota."""
        return self.coordinators | self.leads

    @property
    def on_the_rota(self) -> frozenset[str]:
        return self.keepers | self.on_call

    @property
    def one_of_each(self) -> frozenset[str]:
        """One person for each part: enough to knock at the other organisation, where no part counts."""
        several = (self.coordinators, self.administrators, self.leads, self.on_call, self.mentors)
        return frozenset(
            {
                self.member,
                self.supporter,
                self.supervisor,
                self.learning,
                *(min(each) for each in several if each),
            }
        )


PARTS = Parts(
    "mina", "theo", "ruth", "ottoline", frozenset({"halima", "geraint"}), frozenset({"oluchi"}), "nerys",
    leads=frozenset({"morwenna", "dilys"}), too_close=frozenset({"dilys"}), on_call=frozenset({"aled"}),
    learning="precious", mentors=frozenset({"odile"}),
)  # fmt: skip


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
    # Told by the second supporter about the member; the leads who are too close are led round.
    apart: SafeguardingRecord
    duty: OnDuty

    concern: Concern
    noticed: dict[Side, Noticed]
    words: dict[str, str]
    held: Held
    unread: HeldReply
    fair: Judged

    @property
    def actors(self) -> frozenset[str]:
        return frozenset(self.people)

    @property
    def answering(self) -> frozenset[str]:
        """The leads, and whoever was told of the concern or has it."""
        told = set(self.concern.steps.exclude(person=None).values_list("person_id", flat=True))
        return self.parts.leads | {key for key, person in self.people.items() if person.pk in told}

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

    @property
    def share(self) -> PlanShare:
        """Of a part of the member's plan, with the supporter."""
        person, reader = self.people[self.parts.member], self.people[self.parts.supporter]
        return PlanShare.objects.filter(person=person, reader=reader).earliest("pk")

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
    report = reported(people["mina"], people["theo"], mina_theo.programme, REPORT_WORDS)
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
    end_shares(people)
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
        apart=told_by_ruth(mina_theo.programme, WORDS, people),
        duty=on_duty(people["aled"], people["morwenna"], PHONE),
        concern=worried(people["theo"], people["mina"], CONCERN_WORDS),
        noticed=noticed_in(mina_theo.conversation_id, people["mina"], people["theo"], NOW, "Larkfield"),
        words=WORDS,
        held=make_held(people["theo"], mina_theo.programme),
        unread=HeldReply.objects.get(author=people["precious"]),
        fair=judged_here(people, mina_theo.programme),
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
