"""Whatever its writer, the team and time do to one message, in any order: what is away shows no word, and only what an
appeal undoes comes back, as it was."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companionway.conversations import queries as talks
from companionway.conversations import services as conversations
from companionway.conversations.models import Message
from companionway.conversations.states import MessageState
from companionway.foundation.policy import Refused
from companionway.moderation import services
from companionway.moderation.models import Decision, Seat
from companionway.moderation.states import Finding, Outcome, State
from tests.cast import NOW
from tests.often import times
from tests.rooms.moderation.conftest import Fair, fresh
from tests.rooms.moderation.test_taking_away import said, talk_of

STEP = timedelta(seconds=1)
# The way to an appeal that undoes it. Chance hardly ever walks it to the end, so many deeds (None) are its next step,
# and a few lives walk it each time.
WAY = [("decide", Outcome.REMOVAL), ("appeal",), ("find", Finding.OVERTURNED)]
DEEDS = st.lists(
    st.one_of(
        st.none(),
        st.tuples(st.sampled_from(["edit", "undo", "withdraw", "agree", "back", "appeal", "erase"])),
        st.tuples(st.just("decide"), st.sampled_from([Outcome.REMOVAL, Outcome.WORD, Outcome.EXCLUSION])),
        st.tuples(st.just("find"), st.sampled_from(Finding.values)),
    ),
    max_size=10,
)  # fmt: skip
REPORTS = 3


@pytest.mark.django_db
def test_in_any_order(fair: Fair) -> None:
    happened: Counter[str] = Counter()

    @settings(max_examples=times(80), deadline=None)
    @given(deeds=DEEDS)
    @example(deeds=[None, None, None])
    @example(deeds=[("edit",), None, None, ("withdraw",), None, ("edit",)])
    @example(deeds=[("undo",), None, None, None])
    def anything(deeds: list[Any]) -> None:
        with transaction.atomic():
            _live(fair, deeds, happened)
            transaction.set_rollback(True)

    anything()
    assert happened["taken away"] >= 2 and happened["back"] >= 2, f"hardly tried: {happened}"


def _live(fair: Fair, deeds: list[Any], happened: Counter[str]) -> None:
    """One message, told of before anything else happens to it."""
    message, now, words, way = said(fair), NOW, "", list(WAY)
    told = [fair.report(message=message.pk) for _ in range(REPORTS)]
    for number, drawn in enumerate(deeds):
        deed = drawn or (way.pop(0) if way else ("undo",))
        now += STEP
        was = Message.objects.get(pk=message.pk).state
        words = talks.shown_of(Message.objects.get(pk=message.pk)).facts.get("text", words)
        try:
            with transaction.atomic():
                _do(fair, message, deed, number, now, told)
        except Refused:
            pass
        _holds(message, was, deed, words, happened)


def _holds(message: Message, was: str, deed: Any, words: str, happened: Counter[str]) -> None:
    found = Message.objects.get(pk=message.pk)
    happened["taken away"] += found.state == MessageState.TAKEN_AWAY != was
    happened["back"] += found.state == MessageState.HERE != was
    shown = talks.shown_of(found)
    held = [
        each
        for each in Decision.objects.filter(taken_away_at__isnull=False)
        if each.state != State.OVERTURNED
    ]
    if found.state == MessageState.TAKEN_AWAY:
        assert not found.sealed and shown.facts == {}
        assert held, "away, and no decision holds it"
    else:
        assert found.state == MessageState.ERASED or not held, "a decision holds, and it is there"
    if was == MessageState.TAKEN_AWAY:
        assert found.state in {was, MessageState.HERE, MessageState.ERASED}
        if found.state == MessageState.HERE:
            assert deed == ("find", Finding.OVERTURNED) and shown.facts["text"] == words
    if was in {MessageState.TAKEN_BACK, MessageState.UNDONE, MessageState.ERASED}:
        assert found.state in {was, MessageState.ERASED} and shown.facts == {}


def _do(fair: Fair, message: Message, deed: Any, number: int, now: Any, told: list[Any]) -> None:
    theo, found = fresh(fair.cast.theo), Message.objects.get(pk=message.pk)
    newest = Decision.objects.order_by("pk").last()
    if deed[0] == "edit":
        conversations.edit_message(actor=theo, message=found, text=f"Other words {number}.", now=now)
    elif deed[0] == "undo":
        conversations.undo_message(actor=theo, message=found, now=now)
    elif deed[0] == "withdraw":
        conversations.withdraw_message(actor=theo, message=found, now=now)
    elif deed[0] == "erase":
        conversations.erase_conversation(actor=None, conversation=talk_of(fair), now=now)
    elif deed[0] == "decide" and told:
        fair.decide(told.pop(), outcome=deed[1], days=None, takes_away=True, now=now)
    elif newest is not None:
        _go_on(fair, newest, deed, now)


def _go_on(fair: Fair, newest: Decision, deed: Any, now: Any) -> None:
    if deed[0] == "agree":
        services.agree(actor=fresh(fair.dara), decision=newest, now=now)
    elif deed[0] == "back":
        services.hand_back(actor=fresh(fair.dara), decision=newest, words="No.", now=now)
    elif deed[0] == "appeal" and newest.state == State.STANDS:
        fair.appeals(newest, now)
    elif deed[0] == "find":
        for seat in Seat.objects.filter(decision=newest, declined_at=None):
            finding = Finding(deed[1])
            services.write_view(actor=seat.person, seat=seat, finding=finding, words="So.", now=now)
