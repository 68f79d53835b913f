"""Every message gets its label with the row that says so; what was not looked at says that it was not."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import transaction

from companionway.conversations import rows as message_rows
from companionway.conversations import services, writing
from companionway.conversations.models import Message
from companionway.foundation import events
from companionway.foundation.models import Record
from companionway.noticing import looking, queries, rows
from companionway.noticing import services as noticing
from companionway.noticing.models import Noticed
from companionway.noticing.states import Label, Side, Switched
from companionway.people.models import Programme
from companionway.reasoning import risk
from tests.cast import NOW, Cast
from tests.rooms.noticing.conftest import (
    CROSSING_WORDS,
    LATER_WORDS,
    NOW_WORDS,
    QUIET_WORDS,
    SOON_WORDS,
    VOICES_WORDS,
    Talk,
)

pytestmark = pytest.mark.django_db


def label(pk: int) -> int | None:
    return Message.objects.values_list("noticed", flat=True).get(pk=pk)


def rows_of(pk: int) -> list[tuple[int, int]]:
    return list(Noticed.objects.filter(message_id=pk).order_by("side").values_list("side", "label"))


@pytest.mark.parametrize(
    ("words", "expected", "kept"),
    [
        (NOW_WORDS, Label.NOW, [(Side.CARE, Label.NOW)]),
        (SOON_WORDS, Label.SOON, [(Side.CARE, Label.SOON)]),
        (LATER_WORDS, Label.WHEN_YOU_CAN, [(Side.CARE, Label.WHEN_YOU_CAN)]),
        (CROSSING_WORDS, Label.SOON, [(Side.CONDUCT, Label.SOON)]),
        (QUIET_WORDS, Label.NOTHING, []),
    ],
)
def test_each_message_has_its_label_and_its_row(
    cast: Cast, talk: Talk, words: str, expected: int, kept: list[tuple[int, int]]
) -> None:
    for writer in (cast.mina, cast.theo):
        pk = talk.says(writer, words).id
        assert (label(pk), rows_of(pk)) == (expected, kept)


def test_what_is_kept_are_rules_and_places_never_words(cast: Cast, talk: Talk) -> None:
    talk.says(cast.mina, NOW_WORDS)
    kept = Noticed.objects.get()
    assert b"tablets" not in bytes(kept.sealed)
    assert not {field.name for field in Noticed._meta.get_fields()} & {"author", "person", "writer", "score"}


def test_the_record_keeps_nothing_of_it(cast: Cast, talk: Talk) -> None:
    """It stands for years in order: a line beside "sent by" would be a trait."""
    before = set(Record.objects.values_list("pk", flat=True))
    talk.says(cast.mina, NOW_WORDS)
    assert set(Record.objects.exclude(pk__in=before).values_list("name", flat=True)) == {
        "conversations.message_sent"
    }


def test_a_note_over_the_words_is_looked_at_too(cast: Cast, talk: Talk) -> None:
    assert label(talk.says(cast.mina, "Please read", note=SOON_WORDS).id) == Label.SOON


def test_the_same_message_sent_twice_is_noticed_once(cast: Cast, talk: Talk) -> None:
    for _ in range(2):
        talk.says(cast.mina, NOW_WORDS, client_id="twice-000001")
    assert Noticed.objects.count() == 1


def test_an_edit_is_looked_at_and_never_lowers_what_waits(cast: Cast, talk: Talk) -> None:
    sent = talk.says(cast.mina, QUIET_WORDS)
    found = Message.objects.get(pk=sent.id)
    services.edit_message(actor=cast.mina, message=found, text=NOW_WORDS, now=NOW)
    assert (label(sent.id), rows_of(sent.id)) == (Label.NOW, [(Side.CARE, Label.NOW)])
    services.edit_message(actor=cast.mina, message=Message.objects.get(pk=sent.id), text=QUIET_WORDS, now=NOW)
    waiting = Noticed.objects.get()
    assert (label(sent.id), waiting.label, waiting.changed_at) == (Label.NOTHING, Label.NOW, NOW)
    assert bytes(waiting.sealed) == b""


def test_an_edit_not_looked_at_is_seen(cast: Cast, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companionway.conversations.services._changing.look", lambda *_: looking.NOTHING)
    with pytest.raises(AssertionError):
        test_an_edit_is_looked_at_and_never_lowers_what_waits(cast, talk)


@pytest.mark.parametrize("deed", ["undo_message", "withdraw_message"])
def test_taken_back_leaves_no_reason_but_goes_on_waiting(cast: Cast, talk: Talk, deed: str) -> None:
    sent = talk.says(cast.mina, NOW_WORDS)
    getattr(services, deed)(actor=cast.mina, message=Message.objects.get(pk=sent.id), now=NOW)
    waiting = Noticed.objects.waiting().get()
    assert (bytes(waiting.sealed), waiting.label, label(sent.id)) == (b"", Label.NOW, Label.NOTHING)


def test_both_or_neither(cast: Cast, talk: Talk) -> None:
    """A transaction that dies leaves neither the message nor the row."""
    before = Message.objects.count()

    class Killed(Exception):
        pass

    with pytest.raises(Killed), transaction.atomic():
        talk.says(cast.mina, NOW_WORDS)
        raise Killed
    assert (Message.objects.count(), Noticed.objects.count()) == (before, 0)


def test_a_row_that_cannot_be_written_takes_the_message_with_it(
    cast: Cast, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Message.objects.count()

    def full(*given: Any) -> None:
        raise OSError("no room")

    monkeypatch.setattr(rows.statements, "write_rows", _only_messages(rows.statements.write_rows, full))
    with pytest.raises(OSError, match="no room"):
        talk.says(cast.mina, NOW_WORDS)
    assert Message.objects.count() == before


def _only_messages(real: Any, otherwise: Any) -> Any:
    def write(table: Any, given: Any) -> None:
        (otherwise if table.name == Noticed._meta.db_table else real)(table, given)

    return write


def test_lines_of_the_service_are_nobodys_words(cast: Cast, talk: Talk) -> None:
    assert set(Message.objects.filter(author=None).values_list("noticed", flat=True)) == {Label.NOTHING}


def broken(text: str, **asked: str) -> risk.Noticed:
    raise RuntimeError(text)


def test_a_broken_detector_says_not_checked(cast: Cast, talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    looking.use(broken)
    pk = talk.says(cast.mina, NOW_WORDS).id
    assert label(pk) is None
    assert "tablets" not in caplog.text
    (missed,) = queries.not_checked(Programme.objects.filter(pk=cast.programme.pk), NOW)
    assert (missed.messages, missed.is_off) == (1, False)


def test_a_slow_detector_says_not_checked_and_keeps_nobody_waiting(cast: Cast, talk: Talk) -> None:
    looking.use(lambda text, **asked: time.sleep(0.6) or risk.notice(text))  # type: ignore[func-returns-value]
    assert label(talk.says(cast.mina, NOW_WORDS).id) is None
    began = time.monotonic()
    # The one that is stuck holds no place for those who come after it.
    assert label(talk.says(cast.mina, SOON_WORDS).id) is None
    assert time.monotonic() - began < looking.LONGEST_SECONDS
    time.sleep(0.7)
    looking.use(risk.notice)
    assert label(talk.says(cast.mina, NOW_WORDS).id) == Label.NOW


def test_a_language_without_words_says_not_checked_but_what_is_seen_stands(cast: Cast, talk: Talk) -> None:
    cast.mina.language = "fr"
    cast.mina.save()
    assert label(talk.says(cast.mina, "je veux mourir").id) is None
    assert label(talk.says(cast.mina, "ok").id) is None
    assert label(talk.says(cast.mina, NOW_WORDS).id) == Label.NOW


def test_switched_off_nothing_is_looked_at_and_it_says_so(cast: Cast, talk: Talk) -> None:
    noticing.switch(actor=cast.adil, programme=cast.programme, is_on=False, now=NOW)
    events.deliver()
    pk = talk.says(cast.mina, NOW_WORDS).id
    assert (label(pk), Noticed.objects.count()) == (Switched.OFF, 0)
    (off,) = queries.not_checked(Programme.objects.filter(pk=cast.programme.pk), NOW)
    assert off.is_off
    noticing.switch(actor=cast.adil, programme=cast.programme, is_on=True, now=NOW)
    events.deliver()
    assert label(talk.says(cast.mina, NOW_WORDS).id) == Label.NOW


def test_what_voices_say_raises_nothing_in_that_tradition(cast: Cast, talk: Talk) -> None:
    assert label(talk.says(cast.mina, VOICES_WORDS).id) == Label.NOW
    shared = {"organisation": cast.organisation, "created_at": NOW, "coordinator_sees": True}
    voices = Programme.objects.create(name="Voices", practice_model="hearing_voices", **shared)
    there = services.open_conversation(
        actor=cast.mina, programme=voices, people=[cast.mina, cast.theo], now=NOW
    )
    sent = services.send_message(actor=cast.mina, conversation=there, text=VOICES_WORDS, now=NOW)
    assert label(sent.id) == Label.NOTHING
    own = services.send_message(actor=cast.mina, conversation=there, text=NOW_WORDS, now=NOW)
    assert label(own.id) == Label.NOW


def test_a_tradition_left_out_is_seen(cast: Cast, talk: Talk) -> None:
    looking.use(lambda text, language, tradition: risk.notice(text, language=language))
    with pytest.raises(AssertionError):
        test_what_voices_say_raises_nothing_in_that_tradition(cast, talk)


def test_a_path_that_does_not_look_is_counted_as_not_checked(cast: Cast, talk: Talk) -> None:
    """The column is empty unless something looked: silence is never taken for "nothing"."""
    assert writing.Sending(1, 1, "x", b"", {}, NOW).looked.label is None
    assert "noticed" not in message_rows.COLUMNS  # the label is never sent along with a message
