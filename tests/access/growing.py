"""The same world with ten times as much in it: people, who waits, words, notices, reports, devices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from companionway.concerns.models import Task, Voice
from companionway.concerns.states import TaskKind
from companionway.conversations import services as conversations
from companionway.introductions import services as introductions
from companionway.notices.models import Notice
from companionway.notices.states import Channel, Kind
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Audience, Device, ItemKind, Person, Purpose
from companionway.people.queries import within
from companionway.practice import services as practice
from companionway.reading import services as reading
from companionway.safety import services as safety
from companionway.support import services as support
from tests.access.world import NOW, World

NEWCOMERS, MESSAGES, FEW = 40, 120, 12


def grow(world: World) -> None:
    with within(world.organisation):
        _grow(world)


def _grow(world: World) -> None:
    programme, oluchi = world.first.programme, world.person("oluchi")
    newcomers = [
        people.join(name=f"Newcomer {_letters(n)}", programme=programme, consents=[Purpose.MATCHING], now=NOW)
        for n in range(NEWCOMERS)
    ]
    for person in newcomers:
        introductions.ask(actor=person, programme=programme, now=NOW)
    for person in newcomers[:FEW]:
        people.give_role(actor=oluchi, person=person, role=roles.SUPPORTER, programme=programme, now=NOW)
        practice.offer_support(actor=Person.objects.get(pk=person.pk), programme=programme, now=NOW)
    _walk_and_write(world, newcomers[FEW : 2 * FEW])
    _keep_safe(world, newcomers)
    for actor in ("mina", "theo", "halima", "oluchi"):
        _fill(world.person(actor))


def _letters(number: int) -> str:
    return chr(ord("a") + number // 26) + chr(ord("a") + number % 26)


def _walk_and_write(world: World, newcomers: list[Person]) -> None:
    mina, theo = world.person("mina"), world.person("theo")
    programme, talk = world.first.programme, world.talk_of(world.first)
    for n in range(MESSAGES):
        author = (mina, theo)[n % 2]
        conversations.send_message(
            actor=author, conversation=talk, text=f"{n} words", note="", client_id=f"grown-{n:06}", now=NOW
        )
    for n in range(FEW):
        note = support.write_note(actor=mina, relationship=world.first, words=f"Page {n}", now=NOW)
        asked = reading.ask_for_reading(actor=theo, note=note, now=NOW)
        reading.say_yes(actor=mina, reading=asked, version=1, now=NOW)
    practice.set_limits(
        actor=theo, practice=world.practice_of("theo"), accepting=True, places=30, weekly_minutes=30 * 60,
        minutes_each=60, now=NOW,
    )  # fmt: skip
    with _before_the_concern(theo):
        for person in newcomers:
            support.begin(
                actor=theo,
                programme=programme,
                member=person,
                supporter=theo,
                reasons=["Both like tea."],
                now=NOW,
            )


@contextmanager
def _before_the_concern(person: Person) -> Iterator[None]:
    """Whoever carries a concern, or has a talk after one before them, rests; these walks are older than those here."""
    carried = list(Voice.objects.filter(person=person))
    offers = list(
        Task.objects.filter(person=person, kind=TaskKind.DEBRIEF, done_at=None).values_list("pk", flat=True)
    )
    Voice.objects.filter(person=person).delete()
    Task.objects.filter(pk__in=offers).update(done_at=NOW)
    yield
    Voice.objects.bulk_create(carried)
    Task.objects.filter(pk__in=offers).update(done_at=None)


def _keep_safe(world: World, newcomers: list[Person]) -> None:
    programme, theo, halima = world.first.programme, world.person("theo"), world.person("halima")
    for one, other in zip(newcomers, newcomers[1:], strict=False):
        safety.report(
            actor=one, about=theo, subject=f"person:{theo.public_id}", words="Something.", extract="",
            programme=programme, now=NOW,
        )  # fmt: skip
        safety.wish_apart(actor=one, programme=programme, words="Somebody.", now=NOW)
        safety.keep_apart(actor=halima, programme=programme, one=one, other=other, words="Because.", now=NOW)
        safety.block_person(actor=theo, person=one, now=NOW)


def _fill(person: Person) -> None:
    for n in range(FEW):
        people.share_item(
            actor=person, kind=ItemKind.STORY, text=f"A story {n}", audience=Audience.SUPPORTER, now=NOW
        )
    Device.objects.bulk_create(
        Device(
            person=person,
            session_key=f"grown-{person.pk}-{n}",
            label="Firefox",
            signed_in_at=NOW,
            last_seen_on=NOW,
        )
        for n in range(FEW)
    )
    Notice.objects.bulk_create(
        Notice(
            person=person, kind=Kind.NOTE, channel=Channel.PAGE, subject=f"relationship:{n}",
            key=f"grown-{person.pk}-{n}", created_at=NOW - timedelta(hours=1), not_before=NOW,
        )
        for n in range(10 * FEW)
    )  # fmt: skip
