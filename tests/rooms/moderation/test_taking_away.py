"""A reported message is taken away: for both, in every place, with a statement to its writer; appeals put it back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from companionway.conversations import queries as talks
from companionway.conversations import services as conversations
from companionway.conversations.changes import Changing
from companionway.conversations.models import Conversation, Message
from companionway.conversations.states import MessageState
from companionway.conversations.writing import WRITER
from companionway.foundation import parts, sealing
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.moderation import policy, queries, services
from companionway.moderation.models import Decision, Seat
from companionway.moderation.states import Finding, Outcome, State
from companionway.people import roles
from tests.cast import NOW, enters, give
from tests.rooms.moderation.conftest import Fair, fresh

DAY = timedelta(days=1)
WORDS = "Lend me forty, or I will tell them all about your sister."
NOTE = "money and family"
LINE = "A message was taken away by the team."


def talk_of(fair: Fair) -> Conversation:
    return Conversation.objects.get(pk=fair.walk.conversation_id)


def said(fair: Fair, words: str = WORDS, at: object = NOW) -> Message:
    shown = conversations.send_message(
        actor=fresh(fair.cast.theo),
        conversation=talk_of(fair),
        text=words,
        note=NOTE,
        now=at,  # type: ignore[arg-type]
    )
    return Message.objects.get(pk=shown.id)  # type: ignore[union-attr]


def takes_away(fair: Fair, message: Message, **more: object) -> Decision:
    facts = {"outcome": Outcome.REMOVAL, "days": None, **more}
    return fair.decide(fair.report(message=message.pk), **facts)  # type: ignore[arg-type]


def everywhere(fair: Fair, client: Client, message: Message) -> dict[str, str]:
    """Everything that both, and who looks inside, are given of the conversation."""
    talk, found = talk_of(fair), {}
    for person in (fair.cast.mina, fair.cast.theo):
        door = enters(client, fresh(person))
        for name in ("talk", "about"):
            page = door.get(reverse(f"conversations:{name}", args=[talk.public_id]))
            found[f"{name} of {person.name}"] = page.content.decode()
        one = door.get(reverse("conversations:message", args=[talk.public_id, message.pk]))
        found[f"message of {person.name}"] = one.content.decode()
        found[f"report of {person.name}"] = door.get(
            reverse("safety:report") + f"?about=message:{message.pk}"
        ).content.decode()
        for each in talks.changed_since(person.pk, 0, 100) + talks.messages_of(talk):
            found[f"{each.id} for {person.name}"] = json.dumps(each.facts)
        export = parts.export_of(fresh(person))["conversations"]
        found[f"export of {person.name}"] = json.dumps(export, default=str)
    found["row"] = str(bytes(Message.objects.get(pk=message.pk).sealed))
    return found


def test_it_reads_as_a_line_for_both_and_its_words_are_nowhere_there(fair: Fair, client: Client) -> None:
    message = said(fair)
    before = everywhere(fair, client, message)
    assert WORDS in before["talk of Mina"] and WORDS in before["export of Theo"], "they could leak"
    made = takes_away(fair, message)
    assert made.state == State.STANDS and made.taken_away_at == NOW
    after = everywhere(fair, client, message)
    for place, shown in after.items():
        assert WORDS not in shown and NOTE not in shown, place
    assert LINE in after["talk of Mina"] and LINE in after["talk of Theo"]
    assert after["row"] == "b''", "there is nothing left to open"


def test_it_is_news_for_both_live_and_new_for_nobody(fair: Fair) -> None:
    message, mina = said(fair), fair.cast.mina
    clock = talks.clock()
    assert talks.unread_count(mina) == 1
    takes_away(fair, message)
    for person in (mina, fair.cast.theo):
        (changed,) = talks.changed_since(person.pk, clock, 10)
        assert (changed.id, changed.state, changed.facts) == (message.pk, MessageState.TAKEN_AWAY, {})
    assert talks.unread_count(mina) == 0


def test_the_writer_reads_their_own_words_why_and_how_to_appeal(fair: Fair, client: Client) -> None:
    made = takes_away(fair, said(fair))
    page = enters(client, fresh(fair.cast.theo)).get(reverse("moderation:statement", args=[made.public_id]))
    html = page.content.decode()
    assert WORDS in html and NOTE in html and "Asking for or offering money" in html
    shown = parts.export_of(fair.cast.theo)["moderation"]["statements"][0]
    assert shown["my_message"] == {"text": WORDS, "note": NOTE} and shown["my_message_taken_away"]
    assert WORDS.encode() not in bytes(made.sealed_message or b"")
    for other in (fair.cast.mina, fair.cast.ruth, fair.cast.adil):
        door = enters(client, fresh(other))
        assert door.get(reverse("moderation:statement", args=[made.public_id])).status_code == 404
        assert WORDS not in json.dumps(parts.export_of(other), default=str)


def test_an_appeal_puts_it_back_as_it_was(fair: Fair, client: Client) -> None:
    message = said(fair)
    conversations.edit_message(
        actor=fair.cast.theo, message=message, text=WORDS, note=NOTE, now=NOW + timedelta(minutes=1)
    )
    message.refresh_from_db()
    before = talks.shown_of(message)
    made = takes_away(fair, message)
    fair.appeals(made)
    seat = Seat.objects.earliest("pk")
    assert queries.panel_shown(seat).message["text"] == WORDS, "a panel reads what it is about"
    fair.views(Finding.OVERTURNED, Finding.OVERTURNED, Finding.UPHELD)
    made.refresh_from_db()
    label, message = message.noticed, Message.objects.get(pk=message.pk)
    after = talks.shown_of(message)
    assert after._replace(seq=0) == before._replace(seq=0) and after.seq > before.seq
    assert message.noticed == label and made.put_back_at == NOW
    assert WORDS in everywhere(fair, client, message)["talk of Mina"]
    names = (
        Record.objects.filter(subject=f"message:{message.pk}").order_by("pk").values_list("name", flat=True)
    )
    assert list(names)[-2:] == ["conversations.message_taken_away", "conversations.message_put_back"]


def test_upheld_it_stays_away_and_there_is_no_sooner(fair: Fair) -> None:
    message = said(fair)
    fair.appeals(takes_away(fair, message))
    seat = Seat.objects.earliest("pk")
    with pytest.raises(Refused):
        services.write_view(actor=seat.person, seat=seat, finding=Finding.CHANGED, words="Less.", now=NOW)
    fair.views(Finding.UPHELD, Finding.OVERTURNED, Finding.UPHELD)
    message.refresh_from_db()
    assert message.state == MessageState.TAKEN_AWAY


def test_with_something_longer_it_waits_for_the_second_who_reads_the_words(fair: Fair) -> None:
    message = said(fair)
    waits = takes_away(fair, message, outcome=Outcome.EXCLUSION, takes_away=True)
    message.refresh_from_db()
    assert (waits.state, message.state) == (State.WAITING, MessageState.HERE)
    assert services.open_decision(actor=fresh(fair.dara), decision=waits, now=NOW)[2]["text"] == WORDS
    services.agree(actor=fresh(fair.dara), decision=waits, now=NOW)
    message.refresh_from_db()
    assert message.state == MessageState.TAKEN_AWAY


def test_handed_back_it_stays_and_no_copy_is_kept(fair: Fair) -> None:
    message = said(fair)
    waits = takes_away(fair, message, outcome=Outcome.EXCLUSION, takes_away=True)
    services.hand_back(actor=fresh(fair.dara), decision=waits, words="Not this one.", now=NOW)
    waits.refresh_from_db()
    message.refresh_from_db()
    assert message.state == MessageState.HERE and waits.sealed_message is None


def test_a_second_message_taken_away_by_one_alone_within_a_month_needs_two(fair: Fair) -> None:
    takes_away(fair, said(fair))
    other = said(fair, "And another.")
    waits = takes_away(fair, other)
    other.refresh_from_db()
    assert waits.state == State.WAITING and other.state == MessageState.HERE
    services.agree(actor=fresh(fair.dara), decision=waits, now=NOW)
    later = takes_away(fair, said(fair, "Much later."), now=NOW + 31 * DAY)
    assert later.state == State.STANDS


def test_nobody_of_the_conversation_decides_and_nobody_near(fair: Fair) -> None:
    message, mina = said(fair), fair.cast.mina
    give(mina, roles.COORDINATOR, fair.cast.programme)
    for inside in (mina, fair.cast.theo):
        where = (fair.cast.theo, fair.cast.programme, message.pk)
        assert not policy.may_take_away(fresh(inside), *where)
        with pytest.raises(Refused):
            conversations.take_away_message(actor=fresh(inside), message=message, now=NOW)
    other = fair.report(reporter=fair.cast.ruth, message=message.pk)
    with pytest.raises(Refused):
        services.decide(
            actor=fresh(mina), report=other, said=services.Said(Outcome.REMOVAL, "money", "Facts."), now=NOW
        )
    message.refresh_from_db()
    assert message.state == MessageState.HERE


@pytest.mark.parametrize("subject", ["person", "somebody elses", "another programme", "nothing", "odd"])
def test_only_the_message_that_was_told_of(fair: Fair, subject: str) -> None:
    mine = conversations.send_message(
        actor=fair.cast.mina, conversation=talk_of(fair), text="Hello.", now=NOW
    )
    report = fair.report(message=said(fair).pk)
    if subject == "another programme":
        type(report).objects.filter(pk=report.pk).update(programme=fair.cast.other_programme)
        give(fair.cast.cora, roles.COORDINATOR, fair.cast.other_programme)
    else:
        told = {"person": f"person:{fair.cast.theo.public_id}", "somebody elses": f"message:{mine.id}",
                "nothing": "message:987654", "odd": "message:٣"}[subject]  # type: ignore[union-attr]  # fmt: skip
        type(report).objects.filter(pk=report.pk).update(subject=told)
    report.refresh_from_db()
    with pytest.raises(Refused):
        fair.decide(report, outcome=Outcome.REMOVAL, days=None)
    assert not Message.objects.filter(state=MessageState.TAKEN_AWAY).exists()


def test_nothing_wrong_takes_nothing_away(fair: Fair) -> None:
    with pytest.raises(Refused):
        takes_away(fair, said(fair), outcome=Outcome.NOTHING, takes_away=True)
    made = takes_away(fair, said(fair))
    for forged in (
        {"outcome": Outcome.NOTHING},
        {"message_id": None},
        {"put_back_at": NOW},
        {"state": "waiting"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=made.pk).update(**forged)


def test_what_its_writer_took_back_meanwhile_is_gone_and_does_not_come_back(fair: Fair) -> None:
    message = said(fair)
    waits = takes_away(fair, message, outcome=Outcome.EXCLUSION, takes_away=True)
    conversations.withdraw_message(actor=fair.cast.theo, message=message, now=NOW)
    services.agree(actor=fresh(fair.dara), decision=waits, now=NOW)
    waits.refresh_from_db()
    assert waits.state == State.STANDS and waits.taken_away_at is None
    fair.appeals(waits)
    fair.views(Finding.OVERTURNED, Finding.OVERTURNED, Finding.OVERTURNED)
    message.refresh_from_db()
    assert message.state == MessageState.TAKEN_BACK and not message.sealed


def test_what_its_writer_changed_while_it_waited_comes_back_as_changed(fair: Fair) -> None:
    message = said(fair)
    waits = takes_away(fair, message, outcome=Outcome.EXCLUSION, takes_away=True)
    conversations.edit_message(actor=fresh(fair.cast.theo), message=message, text="Said otherwise.", now=NOW)
    services.agree(actor=fresh(fair.dara), decision=waits, now=NOW)
    fair.appeals(waits)
    fair.views(Finding.OVERTURNED, Finding.OVERTURNED, Finding.OVERTURNED)
    message.refresh_from_db()
    assert talks.shown_of(message).facts == {"text": "Said otherwise."}


def test_its_writer_neither_changes_nor_takes_back_what_is_away(fair: Fair) -> None:
    message = said(fair)
    takes_away(fair, message)
    message.refresh_from_db()
    for deed in (conversations.undo_message, conversations.withdraw_message):
        with pytest.raises(Refused, match="team took"):
            deed(actor=fair.cast.theo, message=message, now=NOW)
    with pytest.raises(Refused, match="team took"):
        conversations.edit_message(actor=fair.cast.theo, message=message, text="Other.", now=NOW)


def test_the_lane_takes_no_other_words_for_what_is_away_whatever_was_remembered(fair: Fair) -> None:
    """As when the change was allowed, and the decision came in between: the row is asked inside the writing."""
    message = said(fair)
    key = sealing.key_of_both(
        sealing.CONVERSATION, message.conversation_id, sealing.PERSON, fair.cast.theo.pk
    )
    sealed = sealing.seal_facts(key, {"text": "Other."}, message.place)
    takes_away(fair, message)
    for to, words in ((MessageState.HERE, {"text": "Other."}), (MessageState.TAKEN_BACK, {})):
        deed = Changing(message.pk, fair.cast.theo.pk, to, sealed if words else b"", words, NOW)
        with transaction.atomic():
            (outcome,) = WRITER.write([deed])
        assert isinstance(outcome, Refused)
    message.refresh_from_db()
    assert message.state == MessageState.TAKEN_AWAY and not message.sealed


def test_two_decisions_about_one_message_and_it_is_back_when_neither_holds_it(fair: Fair) -> None:
    message = said(fair)
    waits = takes_away(fair, message, outcome=Outcome.EXCLUSION, takes_away=True)
    first = takes_away(fair, message)
    services.agree(actor=fresh(fair.dara), decision=waits, now=NOW)
    for decision, state in ((first, MessageState.TAKEN_AWAY), (waits, MessageState.HERE)):
        fair.appeals(decision)
        for seat in Seat.objects.filter(decision=decision):
            services.write_view(
                actor=seat.person, seat=seat, finding=Finding.OVERTURNED, words="No.", now=NOW
            )
        message.refresh_from_db()
        assert message.state == state
    assert talks.shown_of(message).facts["text"] == WORDS
