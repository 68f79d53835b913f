"""What people do in a conversation, and what must never come of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from companionway.conversations import erasing, exporting, places, policy, queries, services
from companionway.conversations.models import Conversation, Message, Participant
from companionway.conversations.states import MessageState
from companionway.conversations.talk_page import TalkPage, talk_page
from companionway.conversations.words import Unfit
from companionway.foundation import sealing
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people.models import Person
from companionway.safety import services as safety
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(seconds=5)


def say(who: Person, where: Conversation, text: str, **more: object) -> Message:
    shown = services.send_message(actor=who, conversation=where, text=text, now=NOW, **more)  # type: ignore[arg-type]
    return Message.objects.select_related("conversation").get(pk=shown.id)


def read_by(who: Person, where: Conversation) -> list[str]:
    assert policy.may_read(who, where)
    return [each.facts["text"] for each in queries.messages_of(where) if "text" in each.facts]


def test_numbers_have_no_gap_and_follow_the_order(cast: Cast, pair: Conversation) -> None:
    for number in range(5):
        say(cast.mina if number % 2 else cast.theo, pair, f"word {number}")
    ids = list(Message.objects.order_by("id").values_list("id", flat=True))
    assert ids == list(range(1, 7))  # the opening line is the first
    assert read_by(cast.theo, pair) == [f"word {number}" for number in range(5)]


def test_a_record_is_written_with_the_message_and_holds_no_words(cast: Cast, pair: Conversation) -> None:
    sent = say(cast.mina, pair, "canary in words")
    record = Record.objects.get(name="conversations.message_sent")
    assert (record.actor_id, record.subject) == (cast.mina.pk, f"message:{sent.pk}")
    assert "canary" not in str(record.payload)
    with pytest.raises(RuntimeError), transaction.atomic():
        say(cast.mina, pair, "rolled back")
        raise RuntimeError
    assert Record.objects.filter(name="conversations.message_sent").count() == 1


def test_only_the_first_of_several_waiting_messages_asks_for_a_notice(cast: Cast, pair: Conversation) -> None:
    def waiting() -> int:
        return Record.objects.waiting().filter(name="conversations.message_sent").count()

    say(cast.mina, pair, "one")
    say(cast.mina, pair, "two")
    assert waiting() == 1
    last = say(cast.mina, pair, "three")
    services.mark_read(actor=cast.theo, conversation=pair, up_to=last.pk, now=NOW)
    say(cast.mina, pair, "four")
    assert waiting() == 2


@pytest.mark.parametrize("text", ["", "   \n ", "\x00\x07", "\u200b".strip("\u200b")])
def test_nothing_to_send_is_said_kindly(cast: Cast, pair: Conversation, text: str) -> None:
    with pytest.raises(Unfit, match="nothing to send yet"):
        say(cast.mina, pair, text)


def test_what_is_too_long_is_said_with_by_how_much(cast: Cast, pair: Conversation) -> None:
    say(cast.mina, pair, "ä" * 5000)
    with pytest.raises(Unfit, match="7 characters longer"):
        say(cast.mina, pair, "ä" * 5007)
    assert len(read_by(cast.theo, pair)) == 1


def test_odd_characters_arrive_as_they_are_and_control_characters_do_not(
    cast: Cast, pair: Conversation
) -> None:
    say(cast.mina, pair, "👩‍👩‍👧 שלום\r\nline\x00two <script>")
    assert read_by(cast.theo, pair) == ["👩‍👩‍👧 שלום\nlinetwo <script>"]


def test_a_stranger_can_do_nothing(cast: Cast, pair: Conversation) -> None:
    sent, sam = say(cast.mina, pair, "between us"), cast.sam_the_stranger
    assert not policy.visible_to(sam).exists()
    with pytest.raises(Refused):
        say(sam, pair, "let me in")
    for deed in (services.undo_message, services.withdraw_message):
        with pytest.raises(Refused):
            deed(actor=sam, message=sent, now=SOON)
    with pytest.raises(Refused):
        services.edit_message(actor=sam, message=sent, text="x", now=SOON)
    with pytest.raises(Refused):
        services.mark_read(actor=sam, conversation=pair, up_to=sent.pk, now=SOON)
    with pytest.raises(Refused):
        services.keep_draft(actor=sam, conversation=pair, text="x", now=SOON)
    with pytest.raises(Refused):
        services.look_inside(actor=sam, conversation=pair, reason="I would like to know", now=SOON)


def test_the_other_person_cannot_change_my_words(cast: Cast, pair: Conversation) -> None:
    sent = say(cast.mina, pair, "mine")
    with pytest.raises(Refused):
        services.edit_message(actor=cast.theo, message=sent, text="not yours", now=SOON)
    with pytest.raises(Refused):
        services.withdraw_message(actor=cast.theo, message=sent, now=SOON)
    assert read_by(cast.mina, pair) == ["mine"]


def test_undo_gives_the_words_back_and_leaves_no_trace(cast: Cast, pair: Conversation) -> None:
    sent = say(cast.mina, pair, "too fast", note="work")
    words = services.undo_message(actor=cast.mina, message=sent, now=SOON)
    assert words == {"text": "too fast", "note": "work"}
    assert read_by(cast.theo, pair) == []
    assert queries.unread_count(cast.theo) == 0
    sent.refresh_from_db()
    assert (sent.state, bytes(sent.sealed)) == (MessageState.UNDONE, b"")
    assert queries.draft_of(cast.mina, pair)["text"] == "too fast"
    assert [each.is_gone for each in queries.changed_in(pair.pk, sent.pk, 10)] == [True]


def test_undo_is_for_seconds_edit_for_minutes_taking_back_for_ever(cast: Cast, pair: Conversation) -> None:
    sent = say(cast.mina, pair, "first")
    with pytest.raises(Refused, match="moment for undoing"):
        services.undo_message(actor=cast.mina, message=sent, now=NOW + timedelta(seconds=16))
    edited = services.edit_message(
        actor=cast.mina, message=sent, text="better", now=NOW + timedelta(minutes=14)
    )
    assert (edited.id, edited.seq) == (sent.pk, sent.pk + 1)
    assert edited.changed_at is not None
    with pytest.raises(Refused, match="fifteen minutes"):
        services.edit_message(actor=cast.mina, message=sent, text="late", now=NOW + timedelta(minutes=16))
    services.withdraw_message(actor=cast.mina, message=sent, now=NOW + timedelta(days=400))
    sent.refresh_from_db()
    assert (sent.state, bytes(sent.sealed)) == (MessageState.TAKEN_BACK, b"")
    with pytest.raises(Refused):
        services.edit_message(actor=cast.mina, message=sent, text="again", now=SOON)


def test_closed_is_readable_and_not_writable(cast: Cast, pair: Conversation) -> None:
    say(cast.mina, pair, "before")
    services.close_conversation(actor=cast.theo, conversation=pair, now=SOON)
    with pytest.raises(Refused, match="has ended"):
        say(cast.mina, pair, "after")
    assert read_by(cast.mina, pair) == ["before"]
    last = queries.messages_of(pair)[-1]
    assert (last.author_id, last.facts["line"]) == (None, "ended")
    services.reopen_conversation(actor=cast.theo, conversation=pair, now=SOON)
    say(cast.mina, pair, "again")
    assert read_by(cast.theo, pair) == ["before", "again"]


def test_closing_wins_over_a_sending_that_was_prepared_before(cast: Cast, pair: Conversation) -> None:
    Conversation.objects.filter(pk=pair.pk).update(closed_at=NOW)  # another process closed it meanwhile
    with pytest.raises(Refused, match="has ended"):
        say(cast.mina, pair, "too late")
    assert queries.clock() == 1  # the number that was taken is given back


def test_a_block_stops_words_in_both_directions(cast: Cast, pair: Conversation) -> None:
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    for who in (cast.theo, cast.mina):
        with pytest.raises(Refused):
            say(who, pair, "hello?")
    assert read_by(cast.mina, pair) == []


def test_reading_and_coming_back_to_it_later(cast: Cast, pair: Conversation) -> None:
    first = say(cast.mina, pair, "one")
    second = say(cast.mina, pair, "two")
    assert queries.unread_count(cast.theo) == 2
    assert queries.next_unread_id(pair, cast.theo) == first.pk
    services.mark_read(actor=cast.theo, conversation=pair, up_to=10**15, now=SOON)
    assert queries.unread_count(cast.theo) == 0
    services.mark_unread(actor=cast.theo, message=second, now=SOON)
    assert queries.unread_count(cast.theo) == 1
    assert queries.unread_count(cast.mina) == 0


def test_first_words_are_missing_until_the_supporter_writes(cast: Cast, pair: Conversation) -> None:
    say(cast.mina, pair, "hello?")
    assert queries.first_words_missing([pair.pk]) == {pair.pk}
    say(cast.theo, pair, "hello!")
    assert queries.first_words_missing([pair.pk]) == set()
    assert queries.last_activity([pair.pk]) == {pair.pk: NOW}


def test_a_draft_is_its_writers_alone_and_goes_when_it_was_sent(cast: Cast, pair: Conversation) -> None:
    services.keep_draft(
        actor=cast.mina, conversation=pair, text="half a thou", client_id="device-0002", now=NOW
    )
    assert queries.draft_of(cast.mina, pair)["text"] == "half a thou"
    assert queries.draft_of(cast.theo, pair) == {}
    say(cast.mina, pair, "half a thought", client_id="device-0002")
    assert queries.draft_of(cast.mina, pair) == {}
    services.keep_draft(actor=cast.mina, conversation=pair, text="  ", now=NOW)
    assert queries.draft_of(cast.mina, pair) == {}


def page_of(who: Person, where: Conversation) -> TalkPage:
    places.forget_all()
    mine = queries.own_side(who, where.public_id)
    return talk_page(person=who, conversation=mine, before_id=None, now=SOON)


def test_seen_is_shown_only_when_both_want_it(cast: Cast, pair: Conversation) -> None:
    sent = say(cast.mina, pair, "did you see?")
    services.mark_read(actor=cast.theo, conversation=pair, up_to=sent.pk, now=SOON)
    assert not page_of(cast.mina, pair).is_seen
    for who in (cast.mina, cast.theo):
        services.choose_signals(actor=who, conversation=pair, seen=True, typing=False, now=SOON)
    assert page_of(cast.mina, pair).is_seen
    say(cast.mina, pair, "and this?")
    assert not page_of(cast.mina, pair).is_seen


def test_moved_words_do_not_open(cast: Cast, pair: Conversation) -> None:
    mine, theirs = say(cast.mina, pair, "mine"), say(cast.theo, pair, "theirs")
    Message.objects.filter(pk=theirs.pk).update(sealed=mine.sealed)
    assert read_by(cast.theo, pair) == ["mine"]  # theirs shows nothing rather than my words under their name
    other = services.open_conversation(
        actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.ruth], now=NOW
    )
    Message.objects.filter(pk=mine.pk).update(conversation=other)
    assert read_by(cast.mina, other) == []


def test_people_who_left_read_no_more(cast: Cast, pair: Conversation) -> None:
    say(cast.mina, pair, "hello")
    Participant.objects.filter(person=cast.theo).update(left_at=NOW)
    assert not policy.may_read(cast.theo, pair)
    assert queries.unread_count(cast.theo) == 0
    assert queries.changed_since(cast.theo.pk, 0, 10) == []


def test_lists_ask_the_same_questions_for_one_and_for_three(
    cast: Cast, pair: Conversation, django_assert_num_queries: object
) -> None:
    def count() -> int:
        with django_assert_num_queries(3) as asked:  # type: ignore[operator]
            queries.my_conversations(cast.mina)
        return len(asked)

    say(cast.theo, pair, "hello")
    one = count()
    for other in (cast.ruth, cast.cora):
        where = services.open_conversation(
            actor=cast.mina, programme=cast.programme, people=[cast.mina, other], now=NOW
        )
        say(other, where, "hello")
    assert count() == one
    assert sum(each.unread for each in queries.my_conversations(cast.mina)) == 3


def test_after_erasing_the_other_keeps_their_own_words_and_a_line(cast: Cast, pair: Conversation) -> None:
    say(cast.mina, pair, "gone for good")
    say(cast.theo, pair, "still mine")
    services.keep_draft(actor=cast.mina, conversation=pair, text="not sent", now=NOW)
    exported = exporting.part(cast.mina)
    assert exported[0]["my_messages"][0]["text"] == "gone for good"
    assert exported[0]["my_draft"] == "not sent"
    assert "still mine" not in str(exported)
    with transaction.atomic():
        erasing.part(cast.mina, SOON)
    assert read_by(cast.theo, pair) == ["still mine"]
    states = [each.state for each in queries.messages_of(pair) if each.author_id == cast.mina.pk]
    assert states == [MessageState.ERASED]
    assert not policy.may_read(cast.mina, pair)
    assert not Message.objects.filter(author=cast.mina).exclude(sealed=b"").exists()
    with transaction.atomic():
        erasing.part(cast.theo, SOON)
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of(sealing.CONVERSATION, pair.pk)
