"""What somebody writes as a supporter who is held by others, who learns, or who reads first."""

from __future__ import annotations

from companionway.conversations import services as conversations
from companionway.foundation import sealing
from companionway.foundation.sealing import PERSON, RELATIONSHIP, key_of, key_of_both
from companionway.reading.models import Opening, PageReading, Remark
from companionway.release.models import HeldReply, Reading, Thread, ThreadNote, Traineeship
from companionway.supervision.models import (
    Action,
    AgendaItem,
    Circle,
    CirclePerson,
    CircleWords,
    ExtraPlace,
    OwnGains,
    Supervision,
    Talk,
)
from companionway.supervision.states import CIRCLE_KEY, SUPERVISION_KEY
from companionway.support.models import Relationship, SharedNote
from tests.cast import NOW, Cast
from tests.rooms.people.canary import words


def held(cast: Cast) -> None:
    mina, key = cast.mina, key_of(PERSON, cast.mina.pk)
    pair = Supervision.objects.create(
        programme=cast.programme, supporter=mina, supervisor=cast.ruth, began_at=NOW
    )
    both = key_of(SUPERVISION_KEY, pair.pk)
    for is_shared, seal in ((True, both), (False, key)):
        AgendaItem.objects.create(
            supervision=pair,
            author=mina,
            is_shared=is_shared,
            put_at=NOW,
            sealed=seal.seal(words("agenda"), "a"),
        )
    talk = Talk.objects.create(
        supervision=pair,
        held_on=NOW.date(),
        written_by=mina,
        written_at=NOW,
        sealed=both.seal(words("talk"), "t"),
    )
    Action.objects.create(talk=talk, who="supporter", sealed=both.seal(words("action"), "x"))
    OwnGains.objects.create(person=mina, said_at=NOW, sealed=key.seal(words("gains"), "g"))
    ExtraPlace.objects.create(
        person=mina, programme=cast.programme, given_by=cast.cora, given_at=NOW, until_on=NOW.date(),
        sealed_reason=key.seal(words("extra"), "e"),
    )  # fmt: skip
    circle = Circle.objects.create(
        sealed_name=b"", sealed_way_in=b"", way_in_hash="a canary has no way in", opened_at=NOW
    )
    ours = key_of(CIRCLE_KEY, circle.pk)
    circle.sealed_name, circle.sealed_way_in = (
        ours.seal(words("circle"), "n"),
        ours.seal(words("way in"), "w"),
    )
    circle.save()
    mine = key_of_both(CIRCLE_KEY, circle.pk, PERSON, mina.pk)
    seat = CirclePerson.objects.create(
        circle=circle, person=mina, joined_at=NOW, sealed_called=mine.seal(words("called"), "c")
    )
    CircleWords.objects.create(
        circle=circle, seat=seat, written_at=NOW, sealed=mine.seal(words("asked"), "q")
    )


def read(cast: Cast) -> None:
    """A page of Mina's walk is read by Theo's practice supervisor, and she reads one of Cora's."""
    pair = {"programme": cast.programme, "began_at": NOW}
    other = Relationship.objects.create(
        programme=cast.programme, member=cast.adil, supporter=cast.cora, began_at=NOW
    )
    SharedNote.objects.create(relationship=other, begun_by=cast.adil, begun_at=NOW)
    for walk, supporter, reader in (
        (Relationship.objects.get(member=cast.mina, programme=cast.programme), cast.theo, cast.adil),
        (other, cast.cora, cast.mina),
    ):
        reading = PageReading.objects.create(
            note=walk.notes.get(), supervision=Supervision.objects.create(
                supporter=supporter, supervisor=reader, **pair
            ),
            member_number=1, supporter_number=0, fixed_at=NOW, asked_by=supporter, asked_at=NOW,
        )  # fmt: skip
        Opening.objects.create(reading=reading, reader=reader, version=1, opened_at=NOW)
        remark = Remark(reading=reading, author=reader, version=1, asks_for_change=True, written_at=NOW)
        remark.sealed = key_of_both(RELATIONSHIP, walk.pk, PERSON, reader.pk).seal(
            words(f"remark of {reader.name}"), remark.context
        )
        remark.save()


def learning(cast: Cast) -> None:
    """She learns in the other programme, and as a mentor she answered somebody there."""
    mina, ruth, programme = cast.mina, cast.ruth, cast.other_programme
    talk = conversations.open_conversation(actor=mina, programme=programme, people=[mina, cast.theo], now=NOW)
    for author, mentor in ((mina, ruth), (ruth, mina)):
        learns = Traineeship.objects.create(person=author, programme=programme, stage_at=NOW, began_at=NOW)
        held = HeldReply(
            traineeship=learns, programme=programme, conversation=talk, author=author, client_id="canary-name",
            state="sent_back", why="every", after_id=0, held_at=NOW, nudge_at=NOW, promised_at=NOW,
            decided_at=NOW, decided_by=mentor,
        )  # fmt: skip
        written, answered = (_both(talk.pk, each.pk) for each in (author, mentor))
        held.sealed = written.seal(words("held") if author == mina else "of Ruth", held.place)
        held.sealed_answer = answered.seal(words("answer") if mentor == mina else "Kind", held.answer_place)
        held.save()
        Reading.objects.create(held=held, mentor=mentor, from_id=0, read_at=NOW)
        thread = Thread.objects.create(
            traineeship=learns, programme=programme, conversation=talk, opened_at=NOW
        )
        note = ThreadNote(thread=thread, author=mina, written_at=NOW)
        note.sealed = _both(talk.pk, mina.pk).seal(words("beside"), note.place)
        note.save()


def _both(conversation_id: int, person_id: int) -> sealing.SealingKey:
    return sealing.key_of_both(sealing.CONVERSATION, conversation_id, sealing.PERSON, person_id)
