"""A trainee's reply is no message until a mentor has let it go; and then it is exactly one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from companionway.conversations import gates, places
from companionway.conversations import queries as conversation_queries
from companionway.conversations import services as conversations
from companionway.conversations.gates import Gate, Kept
from companionway.conversations.models import Message, place_of
from companionway.foundation import sealing
from companionway.foundation.policy import Refused
from companionway.release import queries, services, trainees
from companionway.release.gate import GATE
from companionway.release.models import HeldReply
from companionway.release.states import ReplyState, Stage
from tests.cast import NOW
from tests.rooms.release.conftest import HOUR, Learning

NAME = "0123456789abcdef"


def by_theo(learning: Learning) -> list[str]:
    rows = Message.objects.filter(author=learning.cast.theo).order_by("pk")
    return [conversation_queries.shown_of(each).facts.get("text", "") for each in rows]


def test_a_trainees_reply_is_no_message(learning: Learning) -> None:
    held = learning.holds("You should leave him tonight.")
    assert by_theo(learning) == []
    assert queries.words_of(held) == {"text": "You should leave him tonight."}
    assert b"leave" not in bytes(held.sealed)
    assert held.promised_at == NOW + 48 * HOUR


def test_everybody_else_sends_as_ever(learning: Learning) -> None:
    shown = conversations.send_message(
        actor=learning.cast.mina, conversation=learning.talk, text="Hello", now=NOW
    )
    assert not isinstance(shown, Kept)
    assert not HeldReply.objects.exists()


def test_the_same_reply_twice_is_held_once(learning: Learning) -> None:
    first, again = learning.holds("Hello", client_id=NAME), learning.holds("Hello", client_id=NAME)
    assert first.pk == again.pk


def test_other_words_under_one_name_are_both_held(learning: Learning) -> None:
    first, other = learning.holds("Hello", client_id=NAME), learning.holds("Good day", client_id=NAME)
    assert first.pk != other.pk
    assert learning.holds("Good day", client_id=NAME).pk == other.pk


def test_a_mentor_lets_it_go_as_it_is(learning: Learning) -> None:
    held = learning.holds("How was Tuesday?", client_id=NAME)
    message_id = learning.lets_go(held, now=NOW + HOUR)
    held.refresh_from_db()
    assert by_theo(learning) == ["How was Tuesday?"]
    assert (held.state, held.message_id) == (ReplyState.RELEASED, message_id)
    sent = Message.objects.get(pk=message_id)
    assert (sent.author_id, sent.client_id, sent.sent_at) == (learning.cast.theo.pk, NAME, NOW + HOUR)


def test_a_retry_after_it_went_finds_the_message(learning: Learning) -> None:
    learning.lets_go(learning.holds("How was Tuesday?", client_id=NAME))
    shown = learning.says("How was Tuesday?", client_id=NAME)
    assert not isinstance(shown, Kept)
    assert by_theo(learning) == ["How was Tuesday?"]
    assert HeldReply.objects.count() == 1


def test_a_retry_of_what_came_back_does_not_slip_through_later(learning: Learning) -> None:
    """The device was offline for weeks and sends again what a mentor had given back."""
    learning.gives_back(learning.holds("You should leave him.", client_id=NAME))
    learning.lets_go(learning.holds("Would you like to tell me more?"))
    learning.is_at(Stage.ON_REQUEST)
    again = learning.says("You should leave him.", client_id=NAME)
    assert isinstance(again, Kept)
    assert by_theo(learning) == ["Would you like to tell me more?"]


def test_nothing_overtakes_what_waits(learning: Learning) -> None:
    first = learning.holds("One")
    learning.is_at(Stage.ON_REQUEST)
    second = learning.holds("Two")
    assert second.why == "behind"
    services.open_reply(actor=learning.hanna, held=second, now=NOW)
    with pytest.raises(Refused, match="earlier reply"):
        services.release_reply(actor=learning.hanna, held=second, version=1, now=NOW)
    learning.lets_go(first)
    learning.lets_go(second)
    assert by_theo(learning) == ["One", "Two"]


@pytest.mark.parametrize("how", ["given back", "withdrawn"])
def test_after_one_that_did_not_go_the_next_is_read(learning: Learning, how: str) -> None:
    """Sending again under another name is no way round the reader."""
    held = learning.holds("Mine is worse, honestly.")
    if how == "withdrawn":
        services.withdraw_reply(actor=learning.cast.theo, held=held, now=NOW)
    else:
        learning.gives_back(held)
    learning.is_at(Stage.ON_REQUEST)
    assert learning.holds("Mine is worse, honestly.").why == "again"


def test_who_writes_on_their_own_can_ask(learning: Learning) -> None:
    learning.is_at(Stage.ON_REQUEST)
    assert not isinstance(learning.says("Hello"), Kept)
    asked = learning.says("I am not sure about this one", asks=True)
    assert isinstance(asked, Kept)
    held = HeldReply.objects.get()
    services.withdraw_reply(actor=learning.cast.theo, held=held, now=NOW)
    assert not isinstance(learning.says("Another thing"), Kept), "a request taken back owes nothing"


def test_other_words_while_it_waits_are_read_anew(learning: Learning) -> None:
    held = learning.holds("Stay calm.", client_id=NAME)
    services.open_reply(actor=learning.hanna, held=held, now=NOW)
    services.change_reply(actor=learning.cast.theo, held=held, text="That sounds hard.", now=NOW)
    with pytest.raises(Refused, match="changed while you read"):
        services.release_reply(actor=learning.hanna, held=held, version=1, now=NOW)
    services.release_reply(actor=learning.hanna, held=held, version=2, now=NOW)
    assert by_theo(learning) == ["That sounds hard."]
    again = learning.says("Stay calm.", client_id=NAME)
    assert isinstance(again, Kept)
    assert not again.is_waiting, "the device's old words are this reply, which went in other words"
    assert HeldReply.objects.count() == 1


def test_withdrawn_words_come_back_into_the_box(learning: Learning) -> None:
    held = learning.holds("Hello")
    services.withdraw_reply(actor=learning.cast.theo, held=held, now=NOW)
    held.refresh_from_db()
    assert bytes(held.sealed) == b""
    assert conversation_queries.draft_of(learning.cast.theo, learning.talk)["text"] == "Hello"
    with pytest.raises(Refused):
        services.open_reply(actor=learning.hanna, held=held, now=NOW)


def test_what_was_sent_is_not_changed_into_something_unread(learning: Learning) -> None:
    sent = Message.objects.get(pk=learning.lets_go(learning.holds("Hello")))
    with pytest.raises(Refused, match="Mentors read"):
        conversations.edit_message(
            actor=learning.cast.theo, message=sent, text="Give me your number", now=NOW
        )
    conversations.withdraw_message(actor=learning.cast.theo, message=sent, now=NOW)


def test_a_draft_that_was_taken_in_is_no_draft_any_more(learning: Learning) -> None:
    conversations.keep_draft(
        actor=learning.cast.theo, conversation=learning.talk, text="Hello", client_id=NAME, now=NOW
    )
    learning.holds("Hello", client_id=NAME)
    assert conversation_queries.draft_of(learning.cast.theo, learning.talk) == {}


def test_two_mentors_one_decision(learning: Learning) -> None:
    held = learning.holds("Hello")
    services.open_reply(actor=learning.milo, held=held, now=NOW)
    learning.lets_go(held)
    with pytest.raises(Refused, match="Hanna has decided"):
        services.send_back(actor=learning.milo, held=held, version=1, words="Please think about it.", now=NOW)
    assert by_theo(learning) == ["Hello"]


def test_nothing_is_decided_unopened(learning: Learning) -> None:
    with pytest.raises(Refused, match="open it first"):
        services.release_reply(actor=learning.hanna, held=learning.holds("Hello"), version=1, now=NOW)


def test_a_conversation_that_ended_takes_nothing(learning: Learning) -> None:
    held = learning.holds("Hello")
    services.open_reply(actor=learning.hanna, held=held, now=NOW)
    conversations.close_conversation(actor=learning.cast.mina, conversation=learning.talk, now=NOW)
    with pytest.raises(Refused):
        services.release_reply(actor=learning.hanna, held=held, version=1, now=NOW)
    held.refresh_from_db()
    assert held.state == ReplyState.WAITING, "refused means nothing of it was done"
    services.close_what_waits(actor=None, conversation_id=learning.talk.pk, now=NOW)
    held.refresh_from_db()
    assert held.state == ReplyState.CLOSED


def test_as_a_member_they_are_nobodys_trainee(learning: Learning) -> None:
    """The same person gives and receives: what Theo says to his own supporter is not read."""
    talk = conversations.open_conversation(
        actor=learning.cast.theo, programme=learning.cast.other_programme,
        people=[learning.cast.theo, learning.cast.ruth], now=NOW,
    )  # fmt: skip
    shown = conversations.send_message(actor=learning.cast.theo, conversation=talk, text="My week", now=NOW)
    assert not isinstance(shown, Kept)


def insert_behind_the_back(learning: Learning, name: str = NAME) -> None:
    """A path that knows no gate writes a message."""
    key = sealing.key_of_both(sealing.CONVERSATION, learning.talk.pk, sealing.PERSON, learning.cast.theo.pk)
    newest = Message.objects.latest("seq").seq + 1
    with transaction.atomic():
        Message.objects.create(
            id=newest, seq=newest, conversation=learning.talk, author=learning.cast.theo, client_id=name,
            sealed=sealing.seal_facts(key, {"text": "x"}, place_of(learning.cast.theo.pk, name)), sent_at=NOW,
        )  # fmt: skip


def test_the_database_itself_takes_no_unread_reply(learning: Learning) -> None:
    with pytest.raises(IntegrityError, match="has not released"):
        insert_behind_the_back(learning)
    held = learning.holds("Hello", client_id=NAME)
    with pytest.raises(IntegrityError, match="has not released"):
        insert_behind_the_back(learning)
    learning.is_at(Stage.SAMPLED)
    with pytest.raises(IntegrityError, match="has not released"):
        insert_behind_the_back(learning, "another-name")
    learning.gives_back(held)
    with pytest.raises(IntegrityError, match="has not released"):
        insert_behind_the_back(learning)
    insert_behind_the_back(learning, "another-name")


def test_the_database_itself_takes_no_other_words_afterwards(learning: Learning) -> None:
    sent = Message.objects.get(pk=learning.lets_go(learning.holds("Hello")))
    with pytest.raises(IntegrityError, match="has not released"), transaction.atomic():
        Message.objects.filter(pk=sent.pk).update(sealed=b"other", changed_at=NOW)
    Message.objects.filter(pk=sent.pk).update(sealed=b"", changed_at=NOW)


def test_a_process_that_knows_of_no_trainee_is_stopped(
    learning: Learning, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seeded: what the process remembers is older than the traineeship."""
    trainees.among(learning.cast.programme.pk, frozenset())
    monkeypatch.setattr(trainees, "_kept", (float("inf"), frozenset()))
    places.forget_all()
    assert places.gated_in(learning.talk.pk) == frozenset()
    assert isinstance(learning.says("Hello"), Kept), "the wall refuses, and the gate is asked"
    assert by_theo(learning) == []


def test_no_question_is_asked_of_who_learns_nothing(
    learning: Learning, django_assert_num_queries: object
) -> None:
    trainees.among(learning.cast.programme.pk, frozenset())
    assert places.gated_in(learning.talk.pk) == {learning.cast.theo.pk}
    with django_assert_num_queries(0):  # type: ignore[operator]
        places.gated_in(learning.talk.pk)


def test_a_seeded_gate_that_lets_all_pass_meets_the_database(
    learning: Learning, monkeypatch: pytest.MonkeyPatch
) -> None:
    asleep = Gate(**{name: getattr(GATE, name) for name in Gate.__slots__} | {"decide": lambda _deed: None})
    monkeypatch.setattr(gates, "_gates", [asleep])
    with pytest.raises(IntegrityError, match="has not released"), transaction.atomic():
        learning.says("Hello")


def test_learning_is_said_to_both_and_each_time(learning: Learning) -> None:
    lines = [
        each.facts["line"] for each in conversation_queries.messages_of(learning.talk) if not each.author_id
    ]
    assert lines == ["opened", "mentor_every"]
    later = conversations.open_conversation(
        actor=learning.cast.sam_the_stranger, programme=learning.cast.programme,
        people=[learning.cast.theo, learning.cast.sam_the_stranger], now=NOW,
    )  # fmt: skip
    services.open_thread(actor=None, conversation_id=later.pk, now=NOW)
    services.open_thread(actor=None, conversation_id=later.pk, now=NOW + timedelta(minutes=1))
    lines = [each.facts["line"] for each in conversation_queries.messages_of(later) if not each.author_id]
    assert lines == ["opened", "mentor_every"]
