"""python -m bench.filling PEOPLE MESSAGES: fill an empty installation with rows that are never opened.

COMPANIONWAY_VAR and DATABASE_URL say which. Pairs with one conversation each share the messages; every message has its
record, and the chain over the records is closed, as it would be after years.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "companionway.config.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from companionway.conversations.management.commands.bench_people import _programme  # noqa: E402
from companionway.conversations.models import Clock, Conversation, Message, Participant  # noqa: E402
from companionway.foundation import chain  # noqa: E402
from companionway.foundation.models import Record  # noqa: E402
from companionway.people import roles  # noqa: E402
from companionway.people.models import Person, RoleHeld  # noqa: E402

AT_ONCE = 2_000
SEALED_BYTES = 260


def main(people: int, messages: int) -> None:
    talks = _people(people)
    rows = _messages(talks, messages)
    while some := list(islice(rows, AT_ONCE)):
        with transaction.atomic():
            Message.objects.bulk_create(some)
            Record.objects.bulk_create(_record(each) for each in some)
    Clock.objects.update_or_create(pk=1, defaults={"value": messages})
    while chain.close_blocks(timezone.now()):
        pass


@transaction.atomic
def _people(number: int) -> list[tuple[int, list[int]]]:
    """People in pairs; returns (conversation, its two people)."""
    now, programme = timezone.now(), _programme()
    people = Person.objects.bulk_create(
        Person(
            organisation_id=programme.organisation_id, name=f"bench-old-{each}", sign_in_name=f"bench-old-{each}",
            joined_at=now, password="!",  # noqa: S106
        )
        for each in range(number)
    )  # fmt: skip
    RoleHeld.objects.bulk_create(
        RoleHeld(person=each, role=roles.MEMBER, programme=programme, since_at=now) for each in people
    )
    talks = Conversation.objects.bulk_create(
        Conversation(programme=programme, opened_at=now) for _ in range(number // 2)
    )
    inside = [(talk.pk, [each.pk for each in people[2 * at : 2 * at + 2]]) for at, talk in enumerate(talks)]
    Participant.objects.bulk_create(
        Participant(conversation_id=talk, person_id=person, joined_at=now, last_read_id=2**40)
        for talk, pair in inside
        for person in pair
    )
    return inside


def _messages(talks: list[tuple[int, list[int]]], number: int) -> Iterator[Message]:
    now = timezone.now()
    for seq in range(1, number + 1):
        talk, pair = talks[seq % len(talks)]
        yield Message(
            id=seq, seq=seq, conversation_id=talk, author_id=pair[seq // len(talks) % 2],
            client_id=f"old-{seq:032x}", sealed=os.urandom(SEALED_BYTES), sent_at=now,
        )  # fmt: skip


def _record(message: Message) -> Record:
    return Record(
        name="conversations.message_sent", actor_id=message.author_id, subject=f"message:{message.pk}",
        payload={"conversation_id": message.conversation_id, "message_id": message.pk},
        happened_at=message.sent_at, delivered_at=message.sent_at,
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
