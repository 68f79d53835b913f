"""Each guard of this room is seen to fail: the fault is planted, and the test that should see it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from companionway.conversations import changes, writing
from companionway.conversations import policy as conversations_policy
from companionway.conversations.models import Message
from companionway.foundation.policy import YES, Refused
from companionway.moderation import policy
from companionway.moderation.models import DecisionQuerySet
from companionway.moderation.queries import _pages
from companionway.moderation.services import _appealing, _deciding, _ending, _same
from companionway.people import policy as people_policy
from companionway.people import services as people
from companionway.supervision import services as supervision
from tests.rooms.moderation import test_appeals, test_deciding, test_ending, test_taking_away, test_told
from tests.rooms.moderation.conftest import Fair

Seen = Callable[[Fair], None]


def _only_themselves(person_id: int) -> set[int]:
    return {person_id}


def _tells_the_supporter(**said: Any) -> Any:
    return _put_on_agenda(**{**said, "is_shared": True})


_put_on_agenda = supervision.put_on_agenda
FAULTS: dict[str, tuple[Any, str, Any, Seen]] = {
    "nobody second is needed": (
        people_policy, "needs_two", lambda *_: False,
        lambda fair: test_deciding.test_what_is_longer_does_nothing_until_a_second_person_agrees(fair, None),
    ),
    "short pauses are not counted together": (
        people_policy, "needs_two", lambda _person, days, _now: days is None or days > 7,
        test_deciding.test_many_short_pauses_are_one_long_one,
    ),
    "the last administrator goes": (
        people_policy, "may_stop", lambda *_: YES, test_deciding.test_the_last_administrator_is_never_put_out,
    ),
    "somebody near decides": (
        policy, "near", _only_themselves, test_deciding.test_nobody_near_decides_or_reads_it_second,
    ),
    "somebody near sits": (
        policy, "near", _only_themselves, test_appeals.test_who_decided_reported_or_is_near_never_sits,
    ),
    "the lane asks nobody": (
        writing, "_is_stopped", lambda *_: False,
        test_deciding.test_the_live_lane_refuses_words_even_when_it_remembers_an_older_state,
    ),
    "a role is given again": (
        people_policy, "may_hold_role", lambda *_: YES,
        test_deciding.test_no_role_can_be_given_while_it_holds_by_any_hand,
    ),
    "a pause never ends": (
        _deciding.people_queries, "over", lambda _now: [],
        test_deciding.test_a_short_pause_holds_at_once_and_lifts_by_itself,
    ),
    "what was overturned still holds": (
        people, "let_back", lambda **_: None, test_appeals.test_overturned_gives_the_role_back_with_reasons,
    ),
    "two make a panel": (_appealing, "PANEL", 2, test_appeals.test_two_views_decide_nothing),
    "nobody on it has lived it": (
        policy, "with_lived_experience", lambda ranked: ranked,
        test_appeals.test_without_anybody_who_has_lived_it_there_is_no_panel,
    ),
    "a second name is forgotten by blocks": (
        _same, "same_as", _only_themselves, test_ending.test_blocked_in_every_programme_and_under_every_name,
    ),
    "a second name is forgotten by stops": (
        _deciding, "same_as", _only_themselves, test_ending.test_a_stop_decided_later_holds_under_both_names,
    ),
    "nothing is kept": (
        _ending, "_as_they_stood", lambda *_: "",
        test_ending.test_one_press_ends_blocks_keeps_the_words_and_offers_a_debrief,
    ),
    "the supporter sees the line": (
        supervision, "put_on_agenda", _tells_the_supporter,
        lambda fair: test_ending.test_each_kind_of_cue_reaches_the_supervisor_without_a_word(
            fair, "give me your number", "mina"
        ),
    ),
    "the words stay in the row": (
        changes, "store", lambda deed, seq: Message.objects.filter(pk=deed.message_id).update(seq=seq, state=deed.to),
        lambda fair: test_taking_away.test_it_reads_as_a_line_for_both_and_its_words_are_nowhere_there(fair, Client()),
    ),
    "other words for what is away": (
        changes, "refusal", lambda *_: None,
        test_taking_away.test_the_lane_takes_no_other_words_for_what_is_away_whatever_was_remembered,
    ),
    "whoever is in it takes away": (
        conversations_policy, "may_take_away", lambda *_: YES,
        test_taking_away.test_nobody_of_the_conversation_decides_and_nobody_near,
    ),
    "any message is taken away": (
        policy, "may_take_away", lambda *_: YES,
        lambda fair: test_taking_away.test_only_the_message_that_was_told_of(fair, "somebody elses"),
    ),
    "one alone takes away one after the other": (
        people_policy, "LATELY", timedelta(0),
        test_taking_away.test_a_second_message_taken_away_by_one_alone_within_a_month_needs_two,
    ),
    "overturned, it stays away": (
        _appealing, "put_back", lambda *_: None,
        lambda fair: test_taking_away.test_an_appeal_puts_it_back_as_it_was(fair, Client()),
    ),
    "its writer does not read their words": (
        _pages, "message_words", lambda *_: {},
        lambda fair: test_taking_away.test_the_writer_reads_their_own_words_why_and_how_to_appeal(fair, Client()),
    ),
    "back although another decision holds it": (
        DecisionQuerySet, "keeping_away", lambda rows, _number: rows.none(),
        test_taking_away.test_two_decisions_about_one_message_and_it_is_back_when_neither_holds_it,
    ),
    "what waits is taken away by a clock": (
        test_told.keeping, "_decisions", lambda *_: test_told.Decision.objects.all().delete(),
        test_told.test_what_is_over_goes_and_what_is_open_stays,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_seen(fair: Fair, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    where, what, fault, guard = FAULTS[name]
    monkeypatch.setattr(where, what, fault)
    with pytest.raises((AssertionError, IntegrityError, Refused, pytest.fail.Exception)):
        guard(fair)
