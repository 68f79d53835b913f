"""The house meeting: everybody adds, decisions are written in it, minutes are agreed at the next."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from companionway.clubhouse import policy, queries, services
from companionway.clubhouse.models import AgendaItem, HouseDecision, HouseMeeting, Minutes
from companionway.clubhouse.states import HOUSE_MEETING
from companionway.foundation.policy import Refused
from companionway.meetings.models import Meeting, Series
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import MONDAY, TODAY, Home, keep_apart, meeting

WORDS = "Could lunch be later on Fridays?"
NEXT = TODAY + timedelta(days=7)


def test_everybody_adds_and_reads(home: Home) -> None:
    made = services.arrange_meeting(actor=home.theo, programme=home.programme, on=NEXT, now=NOW)
    again = services.arrange_meeting(actor=home.mina, programme=home.programme, on=NEXT, now=NOW)
    assert made == again
    for who in (home.mina, home.cora):
        services.add_item(actor=who, meeting=made, words=WORDS, now=NOW)
    for who in (home.mina, home.nils, home.cora, home.theo):
        shown = queries.meeting_for(who, made)
        assert [(each.words, each.by) for each in shown.items] == [(WORDS, "Mina"), (WORDS, "Cora")]
    assert WORDS.encode() not in bytes(AgendaItem.objects.earliest("pk").sealed)
    assert not policy.meetings_visible_to(home.sam).exists()
    with pytest.raises(Refused):
        services.add_item(actor=home.sam, meeting=made, words=WORDS, now=NOW)


def test_ones_own_item_is_taken_back(home: Home) -> None:
    made = services.arrange_meeting(actor=home.theo, programme=home.programme, on=NEXT, now=NOW)
    item = services.add_item(actor=home.mina, meeting=made, words=WORDS, now=NOW)
    with pytest.raises(Refused):
        services.take_item_back(actor=home.cora, item=item, now=NOW)
    services.take_item_back(actor=home.mina, item=item, now=NOW)
    assert not AgendaItem.objects.exists()


def test_decisions_only_in_the_meeting(home: Home) -> None:
    made = services.arrange_meeting(actor=home.theo, programme=home.programme, on=TODAY, now=NOW)
    with pytest.raises(Refused):
        services.write_decision(actor=home.cora, meeting=made, words="x", how="vote", now=NOW)
    sits = services.open_meeting(actor=home.mina, meeting=made, now=NOW)
    services.write_decision(actor=home.mina, meeting=sits, words="Lunch at one", how="vote", now=NOW)
    with pytest.raises(Refused):
        services.write_decision(actor=home.mina, meeting=sits, words="x", how="by the director", now=NOW)
    services.close_meeting(actor=home.nils, meeting=sits, now=NOW)
    with pytest.raises(Refused):
        services.write_decision(actor=home.cora, meeting=sits, words="x", how="vote", now=NOW)
    (shown,) = queries.decisions_of(home.programme)
    assert (shown.words, shown.how) == ("Lunch at one", "By a show of hands")
    assert b"Lunch" not in bytes(HouseDecision.objects.get().sealed)


def test_it_begins_on_its_day_and_only_one_at_a_time(home: Home) -> None:
    later = services.arrange_meeting(actor=home.theo, programme=home.programme, on=NEXT, now=NOW)
    with pytest.raises(Refused):
        services.open_meeting(actor=home.cora, meeting=later, now=NOW)
    meeting(home)
    with pytest.raises(Refused):
        services.open_meeting(actor=home.cora, meeting=later, now=NOW + timedelta(days=7))


def test_nobody_is_given_something_to_do(home: Home) -> None:
    sits = meeting(home)
    row = services.write_action(actor=home.cora, meeting=sits, words="Ask the baker", is_mine=False, now=NOW)
    assert row.carer is None
    services.move_action(actor=home.mina, action=row, is_mine=True, now=NOW)
    with pytest.raises(Refused):
        services.move_action(actor=home.nils, action=row, is_mine=True, now=NOW)
    services.move_action(actor=home.nils, action=row, is_mine=False, now=NOW)
    (shown,) = queries.meeting_for(home.nils, sits).actions
    assert (shown.words, shown.carer) == ("Ask the baker", "Mina")
    services.move_action(actor=home.nils, action=row, is_done=True, now=NOW)
    assert queries.meeting_for(home.mina, sits).actions[0].action.done_at == NOW


def test_minutes_are_versions_agreed_at_the_next(home: Home) -> None:
    first = meeting(home)
    services.write_minutes(actor=home.mina, meeting=first, words="We met.", after=0, now=NOW)
    with pytest.raises(services.OutOfDate):
        services.write_minutes(actor=home.cora, meeting=first, words="We sat.", after=0, now=NOW)
    services.close_meeting(actor=home.nils, meeting=first, now=NOW)
    services.write_minutes(actor=home.cora, meeting=first, words="We met and ate.", after=1, now=NOW)
    with pytest.raises(Refused):
        services.agree_minutes(actor=home.mina, meeting=first, number=2, now=NOW)
    week = NOW + timedelta(days=7)
    second = services.arrange_meeting(actor=home.mina, programme=home.programme, on=NEXT, now=NOW)
    services.open_meeting(actor=home.mina, meeting=second, now=week)
    assert queries.to_agree(home.programme, second) == [first]
    with pytest.raises(services.OutOfDate):
        services.agree_minutes(actor=home.mina, meeting=first, number=1, now=week)
    services.agree_minutes(actor=home.mina, meeting=first, number=2, now=week)
    assert HouseMeeting.objects.get(pk=first.pk).agreed_in == second
    assert Minutes.objects.count() == 2
    with pytest.raises(Refused):
        services.write_minutes(actor=home.cora, meeting=first, words="No.", after=2, now=week)


def test_minutes_are_not_agreed_in_the_meeting_they_are_of(home: Home) -> None:
    first = meeting(home)
    services.write_minutes(actor=home.mina, meeting=first, words="We met.", after=0, now=NOW)
    with pytest.raises(Refused):
        services.agree_minutes(actor=home.mina, meeting=first, number=1, now=NOW)


def test_a_name_of_whom_one_must_not_meet_is_not_shown(home: Home) -> None:
    made = services.arrange_meeting(actor=home.theo, programme=home.programme, on=NEXT, now=NOW)
    services.add_item(actor=home.nils, meeting=made, words=WORDS, now=NOW)
    keep_apart(home.mina, home.nils)
    assert [each.by for each in queries.meeting_for(home.mina, made).items] == ["Somebody"]
    assert [each.by for each in queries.meeting_for(home.cora, made).items] == ["Nils"]


def series(home: Home, **also: Any) -> Series:
    """The house meets by it on the coming Monday at ten."""
    given = {"programme": home.programme, "name": "House meeting", "zone": "Europe/London", "starts_on": MONDAY,
             "begins": "10:00", "way": "in_person", "place_name": "The big table", "format_key": HOUSE_MEETING,
             "created_at": NOW, "changed_at": NOW, **also}  # fmt: skip
    made = Series.objects.create(**given)
    at = datetime.combine(MONDAY, time(10), tzinfo=UTC)
    Meeting.objects.create(
        series=made, original=at, starts_at=at, ends_at=at + timedelta(hours=1), way=made.way
    )
    return made


def test_when_the_house_meets_stands_in_the_series_of_its_meetings(home: Home) -> None:
    for other in ({"format_key": "evening"}, {"ended_at": NOW}, {"programme": home.elsewhere}):
        series(home, **other)
    assert queries.regular_meeting(home.mina, home.programme, NOW) is None
    made = series(home)
    for who in (home.mina, home.cora):
        found = queries.regular_meeting(who, home.programme, NOW)
        assert found is not None and found.place == "The big table"
        assert (found.series_public_id, found.at.date()) == (made.public_id, MONDAY)
    assert queries.regular_meeting(home.mina, home.programme, NOW, TODAY) is None
    assert queries.regular_meeting(home.sam, home.programme, NOW) is None
    Meeting.objects.filter(series=made).update(state="cancelled")
    assert queries.regular_meeting(home.mina, home.programme, NOW) is None
