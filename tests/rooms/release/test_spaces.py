"""Where everybody's words are read before they go: by a switch, and always where somebody is under age."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from companionway.conversations import gates, places
from companionway.conversations import queries as conversation_queries
from companionway.conversations import services as conversations
from companionway.conversations.gates import Kept
from companionway.conversations.models import Conversation, Message, place_of
from companionway.foundation import parts, sealing
from companionway.foundation.events import deliver
from companionway.foundation.policy import Refused
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Programme
from companionway.release import policy, queries, services, spaces
from companionway.release.models import HeldReply, Reading
from companionway.release.states import ReplyState
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.conversations.conftest import signed_in
from tests.rooms.release.conftest import HOUR
from tests.rooms.release.places import NAME, holds, lets_go, says, switch, words_in


@pytest.mark.parametrize("who", ["mina", "theo"])
def test_everybodys_words_are_read_first(cast: Cast, held: Conversation, who: str) -> None:
    waiting = holds(getattr(cast, who), held, "How was Tuesday?")
    assert words_in(held) == []
    assert waiting.why == "space" and waiting.promised_at == NOW + 48 * HOUR
    lets_go(cast.cora, waiting)
    assert words_in(held) == ["How was Tuesday?"]


def test_where_it_is_off_nothing_is_held(cast: Cast, held: Conversation) -> None:
    switch(cast, is_on=False)
    says(cast.mina, held, "Hello")
    assert words_in(held) == ["Hello"]


def test_one_conversation_alone_and_both_are_told(cast: Cast, talk: Conversation) -> None:
    other = conversations.open_conversation(
        actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.ruth], now=NOW
    )
    services.hold_conversation(actor=cast.cora, conversation_id=talk.pk, is_on=True, now=NOW)
    lines = [each.facts.get("line") for each in conversation_queries.messages_of(talk)]
    assert lines[-1] == "read_first"
    holds(cast.mina, talk, "One")
    says(cast.mina, other, "Two")
    assert words_in(other) == ["Two"] and words_in(talk) == []


@pytest.mark.parametrize("who", ["mina", "theo"])
def test_with_somebody_under_age_it_is_always_on(cast: Cast, talk: Conversation, who: str) -> None:
    Person.objects.filter(pk=getattr(cast, who).pk).update(age_band="young")
    places.forget_all()
    holds(cast.theo, talk, "Hello")
    with pytest.raises(Refused, match="cannot be switched off"):
        services.hold_conversation(actor=cast.cora, conversation_id=talk.pk, is_on=False, now=NOW)


def test_a_programme_for_young_people_is_always_on(cast: Cast, talk: Conversation) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(age_bands=["young", "adult"])
    cast.programme.refresh_from_db()
    places.forget_all()
    holds(cast.mina, talk, "Hello")
    with pytest.raises(Refused, match="cannot be switched off"):
        services.hold_programme(actor=cast.cora, programme=cast.programme, is_on=False, now=NOW)


def test_where_staff_may_read_nothing_young_peoples_words_do_not_go(cast: Cast, talk: Conversation) -> None:
    Person.objects.filter(pk=cast.mina.pk).update(age_band="young")
    Programme.objects.filter(pk=cast.programme.pk).update(coordinator_sees=False)
    places.forget_all()
    with pytest.raises(Refused, match="read first"):
        says(cast.theo, talk, "Hello")


def test_a_change_waits_and_the_old_words_stand(cast: Cast, talk: Conversation) -> None:
    says(cast.mina, talk, "The old words")
    switch(cast)
    message = Message.objects.get(author=cast.mina)
    for words in ("New words", "Newer words"):
        kept = conversations.edit_message(actor=cast.mina, message=message, text=words, now=NOW)
        assert isinstance(kept, Kept)
    waiting = HeldReply.objects.get()
    assert words_in(talk) == ["The old words"] and waiting.version == 2
    lets_go(cast.cora, waiting)
    assert words_in(talk) == ["Newer words"]
    message.refresh_from_db()
    again = conversations.edit_message(
        actor=cast.mina, message=message, text="Later", written_at=NOW, now=NOW + 2 * HOUR
    )
    assert isinstance(again, Kept) and words_in(talk) == ["Newer words"]


def test_a_change_of_what_was_taken_back_goes_nowhere(cast: Cast, talk: Conversation) -> None:
    says(cast.mina, talk, "The old words")
    switch(cast)
    message = Message.objects.get(author=cast.mina)
    conversations.edit_message(actor=cast.mina, message=message, text="New words", now=NOW)
    conversations.withdraw_message(actor=cast.mina, message=message, now=NOW)
    while deliver():
        pass
    assert HeldReply.objects.get().state == ReplyState.CLOSED


def test_switched_on_while_this_process_knows_nothing_of_it(cast: Cast, talk: Conversation) -> None:
    """As when the switch is committed by another process in the moment of sending: the wall refuses, and it is held."""
    says(cast.mina, talk, "Before")
    remembered, sets = places.kept_by_id(talk.pk), spaces._kept
    switch(cast)
    assert remembered is not None
    places._by_id[talk.pk], spaces._kept = remembered, sets
    assert isinstance(says(cast.mina, talk, "After"), Kept)
    assert words_in(talk) == ["Before"]


@pytest.mark.parametrize("deed", ["insert", "other words", "the name of what waits"])
def test_the_database_takes_no_unread_words(cast: Cast, talk: Conversation, deed: str) -> None:
    says(cast.mina, talk, "Before", NAME)
    switch(cast)
    if deed == "the name of what waits":
        holds(cast.theo, talk, "Waits", NAME)
        switch(cast, is_on=False)
    key = sealing.key_of_both(sealing.CONVERSATION, talk.pk, sealing.PERSON, cast.theo.pk)
    with pytest.raises(IntegrityError, match="before it goes"), transaction.atomic():
        if deed == "other words":
            Message.objects.filter(author=cast.mina).update(sealed=b"other", changed_at=NOW)
        else:
            name = NAME if deed != "insert" else "another-name-of-it"
            Message.objects.create(
                id=999, seq=999, conversation=talk, author=cast.theo, client_id=name, sent_at=NOW,
                sealed=sealing.seal_facts(key, {"text": "x"}, place_of(cast.theo.pk, name)),
            )  # fmt: skip


def test_switched_off_what_waits_is_still_read_and_not_overtaken(cast: Cast, held: Conversation) -> None:
    first = holds(cast.theo, held, "One", NAME)
    switch(cast, is_on=False)
    again, second = says(cast.theo, held, "One", NAME), holds(cast.theo, held, "Two")
    assert isinstance(again, Kept) and second.why == "behind"
    says(cast.mina, held, "Mine goes")
    lets_go(cast.cora, first)
    lets_go(cast.cora, second)
    places.forget_all()
    spaces.forget_here()
    says(cast.theo, held, "Three")
    assert words_in(held) == ["Mine goes", "One", "Two", "Three"]


def test_who_reads(cast: Cast, held: Conversation) -> None:
    hanna = make_person("Hanna")
    give(hanna, roles.MENTOR, cast.programme)
    give(cast.theo, roles.MENTOR, cast.programme)
    waiting = holds(cast.mina, held, "Hello")
    readers = {each.name for each in Person.objects.all() if policy.may_read(each, waiting, NOW)}
    assert readers == {"Hanna", "Cora"}, "not the two themselves, and nobody without the work"
    lets_go(hanna, waiting)
    assert Reading.objects.get().mentor_id == hanna.pk


def test_who_may_switch(cast: Cast) -> None:
    able = {each.name for each in Person.objects.all() if policy.may_hold_space(each, cast.programme)}
    assert able == {"Cora", "Adil"}
    Programme.objects.filter(pk=cast.programme.pk).update(coordinator_sees=False)
    assert not policy.may_hold_space(cast.cora, cast.programme)


def test_given_back_with_words_and_only_its_author_sees_them(cast: Cast, held: Conversation) -> None:
    waiting = holds(cast.theo, held, "Move in with me.")
    services.open_reply(actor=cast.cora, held=waiting, now=NOW)
    services.send_back(
        actor=cast.cora, held=waiting, version=1, words="Please not like this. Let us talk.", now=NOW
    )
    page = reverse("conversations:talk", args=[held.public_id])
    assert "did not go" in signed_in(cast.theo).get(page).content.decode()
    hers = signed_in(cast.mina).get(page).content.decode() + str(parts.export_of(cast.mina))
    assert "Move in" not in hers and "did not go" not in hers


def test_the_writer_is_told_the_truth(cast: Cast, held: Conversation) -> None:
    client = signed_in(cast.mina)
    waiting = holds(cast.mina, held, "Are you there?")
    talk = client.get(reverse("conversations:talk", args=[held.public_id])).content.decode()
    assert (
        "Will be read before it goes" in talk and "Nobody reads it at once" in talk and "/help-now/" in talk
    )
    mine = client.get(reverse("release:mine", args=[waiting.public_id])).content.decode()
    assert (
        "Will be read before it goes" in mine and "lately" not in mine and "Nobody reads this at once" in mine
    )
    for _ in range(5):
        lets_go(cast.cora, holds(cast.theo, held, "Hello"))
    mine = client.get(reverse("release:mine", args=[waiting.public_id])).content.decode()
    assert "lately within about 1 hour" in mine


def test_when_the_promise_passes_only_the_writer_hears(cast: Cast, held: Conversation) -> None:
    waiting = holds(cast.theo, held, "Hello")
    services.keep_promises(actor=None, now=NOW + 49 * HOUR)
    assert queries.told_of(waiting.pk) == {cast.theo.pk}
    lines = [each.facts.get("line") for each in conversation_queries.messages_of(held)]
    assert "still_reading" not in lines


def test_without_a_gate_sending_asks_nothing_more(
    cast: Cast, talk: Conversation, django_assert_num_queries: object
) -> None:
    """Neither the rule nor the memory is asked at sending; `test_costs` counts the whole deed."""
    place = places.load(conversation_id=talk.pk)
    assert place is not None and place.gated == frozenset()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert places.gated_in(talk.pk) == frozenset()
        assert gates.whose(talk, []) == frozenset()


def test_the_pages_of_the_switch(cast: Cast, talk: Conversation, client: Client) -> None:
    client = signed_in(cast.cora)
    where = reverse("release:spaces")
    assert "Read everything first" in client.get(where).content.decode()
    client.post(reverse("release:hold", args=[cast.programme.public_id]), {"on": "1"})
    assert "On: everything is read first" in client.get(where).content.decode()
    client.post(reverse("release:hold_one", args=[talk.public_id]), {"on": "1"})
    assert "Mina, Theo" in client.get(where).content.decode()
    assert signed_in(cast.mina).get(where).status_code == 404
    waiting = holds(cast.mina, talk, "Hello")
    assert "everybody is read here" in client.get(reverse("release:queue")).content.decode()
    services.open_reply(actor=cast.cora, held=waiting, now=NOW)
    assert client.get(reverse("release:reply", args=[waiting.public_id])).status_code == 200


def test_where_a_programme_reads_its_groups_first_no_switch_ends_it(cast: Cast) -> None:
    programme = people.create_programme(
        actor=cast.adil,
        organisation=cast.organisation,
        name="Groups",
        practice_model="charity_groups",
        now=NOW,
    )
    give(cast.cora, roles.COORDINATOR, programme)
    space = conversations.open_space(actor=cast.cora, programme=programme, heading="Thursday lamp", now=NOW)
    two = conversations.open_conversation(
        actor=cast.mina, programme=programme, people=[cast.mina, cast.theo], now=NOW
    )
    for each in (cast.mina, cast.theo):
        give(each, roles.MEMBER, programme)
        conversations.come_in(actor=each, conversation=space, sees_before=False, now=NOW)
    says(cast.mina, space, "Before")
    people.change_groups(actor=cast.adil, programme=programme, said={"read_first": True}, now=NOW)
    # Nothing was forgotten: the database knows, whatever a process remembers.
    space.refresh_from_db()
    holds(cast.mina, space, "After")
    assert words_in(space) == ["Before"]
    with pytest.raises(Refused, match="written in a group is read first"):
        services.hold_conversation(actor=cast.cora, conversation_id=space.pk, is_on=False, now=NOW)
    says(cast.mina, two, "Only the two of us")
    assert words_in(two) == ["Only the two of us"]
    people.change_groups(actor=cast.adil, programme=programme, said={"read_first": False}, now=NOW)
    places.forget_all()
    says(cast.theo, space, "Later")
    assert words_in(space)[-1] == "Later"
