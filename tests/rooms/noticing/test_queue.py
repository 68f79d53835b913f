"""What waits, for whom, in which order; nothing is dropped, and nothing orders people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companionway.conversations import services as conversations
from companionway.conversations.models import Message
from companionway.foundation import events
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.noticing import policy, queries, services
from companionway.noticing.models import Answer, Noticed
from companionway.noticing.states import Deed, Label, Side
from companionway.people import roles
from companionway.people.models import Person
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.noticing.conftest import (
    CROSSING_WORDS,
    LATER_WORDS,
    NOW_WORDS,
    QUIET_WORDS,
    SOON_WORDS,
    Talk,
    talk_between,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def labels(person: Person) -> list[Label]:
    return [each.label for each in queries.waiting(person, NOW)]


def test_highest_first_then_who_waits_longest_one_line_for_a_conversation(cast: Cast, noor: Person) -> None:
    first, second, third = (talk_between(cast, cast.mina, cast.theo) for _ in range(3))
    first.says(cast.mina, LATER_WORDS, now=NOW - 5 * MINUTE)
    second.says(cast.mina, NOW_WORDS, now=NOW - 2 * MINUTE)
    third.says(cast.mina, NOW_WORDS, now=NOW - 3 * MINUTE)
    third.says(cast.mina, SOON_WORDS, now=NOW - MINUTE)
    third.says(cast.mina, QUIET_WORDS)
    found = queries.waiting(noor, NOW)
    expected = [third.conversation.pk, second.conversation.pk, first.conversation.pk]
    assert [each.conversation_id for each in found] == expected
    assert [each.messages for each in found] == [2, 1, 1]


def test_soon_again_and_again_within_a_day_stands_with_now(cast: Cast, noor: Person, talk: Talk) -> None:
    for hours in (30, 20, 10):
        talk.says(cast.mina, SOON_WORDS, now=NOW - timedelta(hours=hours))
    assert labels(noor) == [Label.SOON]
    talk.says(cast.mina, SOON_WORDS)
    assert labels(noor) == [Label.NOW]
    assert set(Noticed.objects.values_list("label", flat=True)) == {Label.SOON}  # worked out, not kept


def test_the_budget_drops_nothing(cast: Cast, noor: Person) -> None:
    """Ten times what two people carry: every line is there, the oldest in full."""
    surge = 10 * queries.SHOWN_NOW * 2
    for minutes in range(surge):
        talk_between(cast, cast.mina, cast.theo).says(cast.mina, NOW_WORDS, now=NOW - minutes * MINUTE)
    talk_between(cast, cast.mina, cast.theo).says(cast.mina, SOON_WORDS)
    found = queries.queue(noor, lambda: 2, NOW)
    assert len(found.shown) == 2 * queries.SHOWN_NOW
    assert (found.total, len(found.later)) == (surge + 1, 1)
    everything = [*found.shown, *found.more, *found.later]
    assert len({each.conversation_id for each in everything}) == surge + 1
    assert found.shown[0].first_at == NOW - (surge - 1) * MINUTE
    with CaptureQueriesContext(connection) as asked:
        queries.queue(noor, lambda: 0, NOW)
    assert len(asked) < 12


def test_who_sees_which_side(cast: Cast, noor: Person, talk: Talk) -> None:
    talk.says(cast.theo, CROSSING_WORDS)
    talk.says(cast.mina, SOON_WORDS)
    sides = {name: {each.side for each in queries.waiting(who, NOW)} for name, who in who_asks(cast, noor)}
    assert sides == {
        "noor": {Side.CARE}, "cora": {Side.CARE, Side.CONDUCT}, "mina": set(), "theo": set(), "sam": set(),
        "adil": set(),
    }  # fmt: skip


def who_asks(cast: Cast, noor: Person) -> list[tuple[str, Person]]:
    return [
        ("noor", noor), ("cora", cast.cora), ("mina", cast.mina), ("theo", cast.theo),
        ("sam", cast.sam_the_stranger), ("adil", cast.adil),
    ]  # fmt: skip


def test_nobody_is_asked_about_themselves(cast: Cast, talk: Talk) -> None:
    """A supporter who also stands on the rota, and coordinates: not their own words, not conduct where they talk."""
    give(cast.theo, roles.COORDINATOR, cast.programme)
    talk.says(cast.theo, CROSSING_WORDS)
    talk.says(cast.mina, CROSSING_WORDS)
    talk.says(cast.theo, SOON_WORDS)
    assert queries.waiting(cast.theo, NOW) == []
    talk.says(cast.mina, NOW_WORDS)
    assert labels(cast.theo) == [Label.NOW]


def test_where_staff_may_know_of_no_conversation_nobody_is_told(cast: Cast, noor: Person, talk: Talk) -> None:
    cast.programme.coordinator_sees = False
    cast.programme.save()
    talk.says(cast.mina, NOW_WORDS)
    assert queries.waiting(noor, NOW) == queries.waiting(cast.cora, NOW) == []
    assert policy.own_cards(cast.mina).count() == 1


def test_an_answer_takes_what_was_seen_and_leaves_what_came_after(
    cast: Cast, noor: Person, talk: Talk
) -> None:
    talk.says(cast.mina, NOW_WORDS)
    seen = Noticed.objects.get()
    talk.says(cast.mina, SOON_WORDS)
    services.answer_noticed(actor=noor, noticed=seen, deed=Deed.TALK, up_to=seen.pk, now=NOW)
    assert labels(noor) == [Label.SOON]
    (told,) = Record.objects.filter(name="noticing.answered")
    assert (told.actor_id, told.about_id) == (noor.pk, None)


def test_new_words_after_an_answer_wait_anew(cast: Cast, noor: Person, talk: Talk) -> None:
    sent = talk.says(cast.mina, SOON_WORDS)
    services.answer_noticed(actor=noor, noticed=Noticed.objects.get(), deed=Deed.TALK, now=NOW)
    found = Message.objects.get(pk=sent.id)
    conversations.edit_message(actor=cast.mina, message=found, text=NOW_WORDS, now=NOW)
    assert labels(noor) == [Label.NOW]


def test_not_a_concern_needs_a_reason_which_is_kept_sealed(cast: Cast, noor: Person, talk: Talk) -> None:
    talk.says(cast.mina, NOW_WORDS)
    noticed = Noticed.objects.get()
    with pytest.raises(Refused, match="why not"):
        services.answer_noticed(actor=noor, noticed=noticed, deed=Deed.FINE, reason=" ", now=NOW)
    services.answer_noticed(actor=noor, noticed=noticed, deed=Deed.FINE, reason="It was about tea", now=NOW)
    assert b"tea" not in bytes(Answer.objects.get().sealed_reason)
    assert labels(noor) == []


@pytest.mark.parametrize("who", ["mina", "theo", "sam_the_stranger", "adil"])
def test_only_those_on_call_answer(cast: Cast, noor: Person, talk: Talk, who: str) -> None:
    talk.says(cast.mina, NOW_WORDS)
    with pytest.raises(Refused):
        services.answer_noticed(
            actor=getattr(cast, who), noticed=Noticed.objects.get(), deed=Deed.TALK, now=NOW
        )


def test_the_card_is_the_writers_alone_and_changes_nothing_that_waits(
    cast: Cast, noor: Person, talk: Talk
) -> None:
    talk.says(cast.mina, NOW_WORDS)
    noticed = Noticed.objects.get()
    for other in (cast.theo, noor, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.answer_card(actor=other, noticed=noticed, answer="not_meant", now=NOW)
    services.answer_card(actor=cast.mina, noticed=noticed, answer="not_meant", now=NOW)
    noticed.refresh_from_db()
    assert (noticed.card, labels(noor)) == ("not_meant", [Label.NOW])
    told = Record.objects.get(name="noticing.card_answered")
    assert (told.actor_id, told.about_id) == (None, None)


def test_only_an_administrator_switches(cast: Cast, noor: Person) -> None:
    for other in (noor, cast.cora, cast.mina):
        with pytest.raises(Refused):
            services.switch(actor=other, programme=cast.programme, is_on=False, now=NOW)


def test_a_minute_of_messages_is_one_discreet_fact(cast: Cast, noor: Person) -> None:
    for _ in range(5):
        talk_between(cast, cast.mina, cast.theo).says(cast.mina, NOW_WORDS)
    assert services.tell_what_waits(actor=None, now=NOW) == 5
    assert services.tell_what_waits(actor=None, now=NOW + MINUTE) == 0
    (told,) = Record.objects.filter(name="noticing.something_waits")
    assert (told.actor_id, told.about_id, told.subject) == (None, None, f"programme:{cast.programme.pk}")
    events.deliver()


def test_another_organisations_queue_is_not_ours(cast: Cast, talk: Talk) -> None:
    other = type(cast.organisation).objects.create(name="Elsewhere", short_name="E", host="e.example")
    stranger = make_person("Stranger", organisation=other)
    give(stranger, roles.SAFEGUARDING_LEAD, None)
    talk.says(cast.mina, NOW_WORDS)
    assert queries.waiting(stranger, NOW) == []
