"""Urgent words that wait to be read do not wait unseen: they are in the queue of those on call at once."""

from __future__ import annotations

import pytest

from companionway.conversations import places
from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation, Message
from companionway.conversations.noticed_page import page_of
from companionway.noticing import policy as noticing
from companionway.noticing import queries as noticing_queries
from companionway.noticing import services as noticing_services
from companionway.noticing.models import Noticed
from companionway.people import roles
from companionway.people.models import Person
from companionway.release import services
from companionway.release.models import HeldReply
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.release.places import URGENT, holds, lets_go, says, switch


def noticed_by(who: Person) -> list[Noticed]:
    return list(noticing.visible_to(who).waiting())


@pytest.mark.parametrize("by", ["place", "learning"])
def test_urgent_words_do_not_wait_unseen(cast: Cast, talk: Conversation, by: str) -> None:
    if by == "place":
        switch(cast)
    else:
        services.begin_learning(actor=cast.cora, person=cast.theo, programme=cast.programme, now=NOW)
        places.forget_all()
    waiting = holds(cast.theo, talk, URGENT)
    (row,) = noticed_by(cast.cora)
    assert (row.label, row.message_id) == (3, waiting.number)
    assert "kill" in str([each.words for each in page_of(cast.cora, row, NOW)["turns"]])
    noticing_services.answer_noticed(actor=cast.cora, noticed=row, deed="talk", now=NOW)
    hanna = make_person("Hanna")
    give(hanna, roles.MENTOR, cast.programme)
    message_id = lets_go(hanna, waiting)
    row = Noticed.objects.get()
    assert row.message_id == message_id and row.answer is not None, (
        "nobody is asked twice about the same words"
    )


def test_other_words_in_what_waits_are_looked_at(cast: Cast, held: Conversation) -> None:
    waiting = holds(cast.mina, held, "A quiet day")
    assert noticed_by(cast.cora) == []
    services.change_reply(actor=cast.mina, held=waiting, text=URGENT, now=NOW)
    (row,) = noticed_by(cast.cora)
    services.withdraw_reply(actor=cast.mina, held=waiting, now=NOW)
    assert noticed_by(cast.cora) == [row], "that it was there goes on waiting for a human"
    assert Noticed.objects.get().sealed == b""


def test_a_change_with_urgent_words_is_seen_while_it_waits(cast: Cast, talk: Conversation) -> None:
    says(cast.mina, talk, "A quiet day")
    switch(cast)
    conversations.edit_message(
        actor=cast.mina, message=Message.objects.get(author=cast.mina), text=URGENT, now=NOW
    )
    (row,) = noticed_by(cast.cora)
    assert "kill" in str([each.words for each in page_of(cast.cora, row, NOW)["turns"] if each.reasons])
    lets_go(cast.cora, HeldReply.objects.get())
    (row,) = noticed_by(cast.cora)
    assert row.message_id > 0


def test_nobody_is_asked_about_their_own_held_words(cast: Cast, held: Conversation) -> None:
    give(cast.theo, roles.ON_CALL, cast.programme)
    holds(cast.theo, held, URGENT)
    assert noticed_by(cast.theo) == [] and len(noticing_queries.waiting(cast.cora, NOW)) == 1
