"""The clock of the promise, with moved time: everybody who could read is told, then the member. Never silence."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from companionway.conversations import queries as conversation_queries
from companionway.conversations.bubbles import Look, line_words
from companionway.foundation import duties
from companionway.foundation.events import deliver
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.notices.models import Notice
from companionway.people.models import Person
from companionway.release import events, policy, services
from companionway.release.models import HeldReply
from companionway.safety import services as safety
from tests.cast import NOW
from tests.rooms.release.conftest import HOUR, Learning


def lines(learning: Learning) -> list[dict[str, str]]:
    shown = conversation_queries.messages_of(learning.talk)
    return [each.facts for each in shown if each.facts.get("line") == "still_reading"]


def told(name: str) -> int:
    return Record.objects.filter(name=name).count()


def noticed(person: Person) -> set[str]:
    return set(Notice.objects.filter(person=person).values_list("kind", flat=True))


def test_at_a_day_everybody_who_could_is_told_once(learning: Learning) -> None:
    learning.holds("Hello")
    assert services.keep_promises(actor=None, now=NOW + 23 * HOUR) == 0
    assert services.keep_promises(actor=None, now=NOW + 24 * HOUR) == 1
    assert services.keep_promises(actor=None, now=NOW + 25 * HOUR) == 0
    assert told(events.ReplyWaitsLong.name) == 1
    assert lines(learning) == []
    while deliver():
        pass
    for person in (learning.hanna, learning.milo, learning.cast.cora):
        assert "reply_late" in noticed(person)
    assert noticed(learning.cast.mina) == set()


def test_after_two_days_the_member_hears_when(learning: Learning) -> None:
    held = learning.holds("Hello")
    services.keep_promises(actor=None, now=NOW + 48 * HOUR)
    (line,) = lines(learning)
    assert line["until"] == (NOW + 72 * HOUR).isoformat()
    held.refresh_from_db()
    assert held.is_waiting
    services.keep_promises(actor=None, now=NOW + 49 * HOUR)
    assert len(lines(learning)) == 1
    services.keep_promises(actor=None, now=NOW + 72 * HOUR)
    assert len(lines(learning)) == 2, "never silence: a second promise that passed has a word of its own"


def test_the_word_is_in_the_members_language_and_time(learning: Learning) -> None:
    learning.holds("Hello")
    services.keep_promises(actor=None, now=NOW + 48 * HOUR)
    (line,) = lines(learning)
    words = line_words(line, Look("en", "Asia/Kolkata"))
    local = (NOW + 72 * HOUR).astimezone(ZoneInfo("Asia/Kolkata"))
    assert words.startswith("Somebody is reading what your supporter wrote.")
    assert f"{local:%A} {local.day}" in words
    assert local.strftime("%I:%M").lstrip("0") in words
    assert "Hello" not in words


def test_several_that_wait_are_one_word(learning: Learning) -> None:
    for each in range(3):
        learning.holds(f"Reply {each}", now=NOW + timedelta(minutes=each))
    services.keep_promises(actor=None, now=NOW + 49 * HOUR)
    assert len(lines(learning)) == 1


def test_a_worker_that_slept_for_days_says_all_that_is_due(learning: Learning) -> None:
    """Off from Friday to Tuesday, or killed: the times stand in the rows."""
    learning.holds("Hello")
    duties.run_due(NOW + 100 * HOUR)
    assert told(events.ReplyWaitsLong.name) == told(events.PromisePassed.name) == 1
    assert len(lines(learning)) == 1
    duties.run_due(NOW + 100 * HOUR)
    assert len(lines(learning)) == 1


def test_a_clock_put_back_says_nothing_twice(learning: Learning) -> None:
    learning.holds("Hello")
    services.keep_promises(actor=None, now=NOW + 48 * HOUR)
    services.keep_promises(actor=None, now=NOW + 40 * HOUR)
    services.keep_promises(actor=None, now=NOW + 48 * HOUR)
    assert len(lines(learning)) == 1


@pytest.mark.parametrize("how", ["let go", "given back", "withdrawn"])
def test_what_was_decided_has_no_clock(learning: Learning, how: str) -> None:
    held = learning.holds("Hello")
    match how:
        case "let go":
            learning.lets_go(held)
        case "given back":
            learning.gives_back(held)
        case _:
            services.withdraw_reply(actor=learning.cast.theo, held=held, now=NOW)
    assert services.keep_promises(actor=None, now=NOW + 100 * HOUR) == 0
    assert lines(learning) == []


def test_other_words_do_not_stop_the_clock(learning: Learning) -> None:
    held = learning.holds("Hello")
    services.change_reply(actor=learning.cast.theo, held=held, text="Good day", now=NOW + 47 * HOUR)
    services.keep_promises(actor=None, now=NOW + 48 * HOUR)
    assert len(lines(learning)) == 1


def test_a_coordinator_may_decide_once_the_promise_has_passed(learning: Learning) -> None:
    held, cora = learning.holds("Hello"), learning.cast.cora
    assert not policy.readable_by(cora, NOW + 47 * HOUR).exists()
    with pytest.raises(Refused):
        services.open_reply(actor=cora, held=held, now=NOW + 47 * HOUR)
    assert learning.lets_go(held, by=cora, now=NOW + 48 * HOUR)


def test_still_open_to_the_coordinator_after_the_word_was_said(learning: Learning) -> None:
    """The promise moves on when the member was told; whoever may help still may."""
    learning.holds("Hello")
    services.keep_promises(actor=None, now=NOW + 48 * HOUR)
    assert policy.readable_by(learning.cast.cora, NOW + 49 * HOUR).exists()


def test_a_mentor_away_is_no_obstacle(learning: Learning) -> None:
    held = learning.holds("Hello")
    services.open_reply(actor=learning.hanna, held=held, now=NOW)
    learning.lets_go(held, by=learning.milo, now=NOW + HOUR)
    assert HeldReply.objects.waiting().count() == 0


def test_a_closed_conversation_hears_no_holding_word(learning: Learning) -> None:
    """What waits is closed by the news of the end; a clock that comes first says nothing wrong."""
    learning.holds("Hello")
    services.close_what_waits(actor=None, conversation_id=learning.talk.pk, now=NOW + HOUR)
    assert services.keep_promises(actor=None, now=NOW + 48 * HOUR) == 0


def test_where_one_blocked_the_other_nothing_is_promised(learning: Learning) -> None:
    held = learning.holds("Hello")
    safety.block_person(actor=learning.cast.mina, person=learning.cast.theo, now=NOW)
    services.keep_promises(actor=None, now=NOW + 48 * HOUR)
    held.refresh_from_db()
    assert held.state == "closed"
    assert lines(learning) == []


def test_the_member_is_told_by_the_ways_they_chose(learning: Learning) -> None:
    learning.holds("Hello")
    services.keep_promises(actor=None, now=NOW + 48 * HOUR)
    while deliver():
        pass
    assert noticed(learning.cast.mina) == {"note"}
