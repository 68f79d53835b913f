"""What was taken away, later: deleting everything, how long it is kept, the log, and the pages that offer it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from companionway.conversations import services as conversations
from companionway.conversations.models import Message
from companionway.conversations.states import MessageState
from companionway.foundation import sealing
from companionway.foundation.events import deliver
from companionway.foundation.models import Record
from companionway.moderation import keeping, queries
from companionway.moderation.models import Decision, Seat
from companionway.moderation.states import Finding, State
from companionway.people import services as people
from companionway.people.models import Person
from tests.cast import NOW, enters, make_person
from tests.rooms.moderation.conftest import Fair, fresh
from tests.rooms.moderation.test_taking_away import WORDS, said, takes_away, talk_of

DAY = timedelta(days=1)


def test_deleting_everything_takes_the_words_also_from_the_decision(fair: Fair) -> None:
    message = said(fair)
    made = takes_away(fair, message)
    people.delete_everything(actor=fresh(fair.cast.theo), now=NOW)
    made.refresh_from_db()
    message.refresh_from_db()
    assert made.sealed_message is None and message.state == MessageState.ERASED
    assert queries.statement_of(made).message == {}


@pytest.mark.parametrize("how", ["erased", "kept long enough"])
def test_where_the_conversation_is_gone_nothing_comes_back_and_the_appeal_is_answered(
    fair: Fair, how: str
) -> None:
    message, talk = said(fair), talk_of(fair)
    made = takes_away(fair, message)
    fair.appeals(made)
    if how == "erased":
        conversations.erase_conversation(actor=None, conversation=talk, now=NOW)
    else:
        sealing.destroy_key(sealing.CONVERSATION, talk.pk, now=NOW)
        Message.objects.filter(conversation=talk).delete()
    fair.views(Finding.OVERTURNED, Finding.OVERTURNED, Finding.OVERTURNED)
    made.refresh_from_db()
    assert made.state == State.OVERTURNED and made.put_back_at is None
    assert not Message.objects.filter(pk=message.pk).exclude(state=MessageState.ERASED).exists()


def test_the_evidence_goes_with_the_decision_and_the_message_stays_away(fair: Fair) -> None:
    message = said(fair)
    made = takes_away(fair, message)
    keeping._decisions(NOW + DAY, NOW + DAY)
    assert not Decision.objects.filter(pk=made.pk).exists()
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of("decision", made.pk)
    message.refresh_from_db()
    assert message.state == MessageState.TAKEN_AWAY and not message.sealed


def test_the_log_counts_it_and_the_record_has_ids_only(fair: Fair) -> None:
    message = said(fair)
    takes_away(fair, message)
    (row,) = queries.log(fresh(fair.cast.adil))
    assert row.messages_away == 1 and "messages_taken_away" in queries.log_csv(fresh(fair.cast.adil))
    record = Record.objects.get(name="conversations.message_taken_away")
    assert record.actor_id == fair.cast.cora.pk
    told = {"actor_id", "about_id", "subject", "conversation_id", "message_id"}
    assert set(record.payload) == told and record.payload["message_id"] == message.pk
    deliver()


def test_the_pages_offer_it_where_a_message_was_told_of(fair: Fair, client: Client) -> None:
    message = said(fair)
    told, of_person = fair.report(message=message.pk), fair.report()
    door = enters(client, fresh(fair.cast.cora))
    assert (
        b"A message is taken away"
        not in door.get(reverse("moderation:decide", args=[of_person.public_id])).content
    )
    where = reverse("moderation:decide", args=[told.public_id])
    assert b"A message is taken away" in door.get(where).content
    typed = {"outcome": "removal", "reason": "money", "facts": "You asked for money.", "answer": "Thank you."}
    wrong = door.post(where, {**typed, "outcome": "nothing", "takes_away": "on"})
    assert wrong.status_code == 422
    assert door.post(where, typed).status_code == 302
    made = Decision.objects.get()
    assert WORDS in door.get(reverse("moderation:decision", args=[made.public_id])).content.decode()
    fair.appeals(made)
    seat = Seat.objects.earliest("pk")
    page = enters(client, fresh(seat.person)).get(reverse("moderation:seat", args=[seat.public_id]))
    assert WORDS in page.content.decode() and b"end sooner" not in page.content


def test_a_stranger_sees_none_of_it(fair: Fair, client: Client) -> None:
    made = takes_away(fair, said(fair))
    sam: Person = make_person("Sam B")
    door = enters(client, fresh(sam))
    for name in ("decision", "statement", "appeal"):
        assert door.get(reverse(f"moderation:{name}", args=[made.public_id])).status_code == 404
