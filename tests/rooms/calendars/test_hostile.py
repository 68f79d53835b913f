"""The plan of a room, whatever is in it: agreed with ical.js where it can be used, refused in words where not."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from companionway.calendars import plans, taming
from tests.rooms.calendars import hostile
from tests.rooms.calendars.hostile import AFTER, BEFORE, OUTLOOK, UTC_START, event, own_zone, whole
from tests.rooms.calendars.reading import ask_ical_js

SINCE, UNTIL = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 27, tzinfo=UTC)
LONDON, NO_ZONE = ZoneInfo("Europe/London"), ZoneInfo("UTC")
WITHIN_SECONDS = 10
Times = Counter[tuple[int, int]]


def times_in(plan: plans.Plan) -> Times:
    found = [each for each in plan.taken if SINCE <= each.starts_at < UNTIL]
    return Counter((int(each.starts_at.timestamp()), int(each.ends_at.timestamp())) for each in found)


def test_ordinary_calendars_say_what_ical_js_says() -> None:
    """Beginnings and ends. A time without a zone is UTC there, so it is here."""
    named = list(hostile.ordinary())
    assert len(named) > 80
    answers = ask_ical_js((content for _name, content in named), SINCE, UNTIL)
    count = 0
    for (name, content), answer in zip(named, answers, strict=True):
        theirs = [each for each in answer["found"] if each[1] != "CANCELLED"]
        if name.startswith("later"):
            # It shows the replaced version as well; the standard asks for the newer one only.
            old = Counter(
                (starts, ends) for starts, _state, uid, ends in theirs if uid == "a" and ends - starts == 3600
            )
            theirs = [each for each in theirs if (each[0], each[3]) not in old or each[2] != "a"]
        plan = plans.read(content, NO_ZONE, SINCE, UNTIL)
        assert plan.problems == [], name
        assert times_in(plan) == Counter((starts, ends) for starts, _state, _uid, ends in theirs), name
        count += len(theirs)
    assert count > 700


@pytest.mark.parametrize("name", [*hostile.ENTRIES, *hostile.PARTS])
def test_a_hostile_entry_takes_nothing_else_with_it(name: str) -> None:
    """In time, never a fault, a sentence for what is left out; the entries beside it are there, or the file is refused
    as a whole because it is not one."""
    content = whole((hostile.ENTRIES | hostile.PARTS)[name])
    began = time.process_time()
    try:
        plan = plans.read(content, LONDON, SINCE, UNTIL)
    except plans.Unreadable as refusal:
        assert str(refusal) and name in REFUSED
    else:
        names = [each.name for each in plan.taken]
        assert names.count(BEFORE) == names.count(AFTER) == 1 and name not in REFUSED
        assert all(problem and len(problem) < 200 for problem in plan.problems)
        assert len(plan.taken) < 60
    assert time.process_time() - began < WITHIN_SECONDS


# What opens and never closes is no calendar any more.
REFUSED = {"a zone that never closes", "a zone inside a zone"}


def test_there_are_enough_of_them() -> None:
    assert len(hostile.ENTRIES) + len(hostile.PARTS) + len(hostile.WRITTEN_ODDLY) >= 47


@pytest.mark.parametrize("name", hostile.WRITTEN_ODDLY)
def test_what_is_written_oddly_is_read(name: str) -> None:
    plan = plans.read(hostile.WRITTEN_ODDLY[name], LONDON, SINCE, UNTIL)
    found = Counter(each.name for each in plan.taken)
    twice = 2 if name == "two calendars in one file" else 1
    assert plan.problems == [] and found[BEFORE] == found[AFTER] == twice and sum(found.values()) == 3 * twice
    assert "Café" in found or name == "bytes that are no letters"


UNREADABLE = {
    "ten megabytes": whole(event(UTC_START, "SUMMARY:" + "x" * 10_000_000)),
    "too many lines": whole(*[event(UTC_START, uid=str(number)) for number in range(5000)]),
    "too many entries": whole(*[event(UTC_START, uid=str(number)) for number in range(2500)]),
    "nested": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 900 + b"END:VEVENT\r\n" * 100,
    "half": whole(event(UTC_START))[:150],
    "a card": b"BEGIN:VCARD\r\nEND:VCARD\r\n",
    "an ending only": b"END:VCALENDAR\r\n",
    "noughts": b"\x00" * 5000,
    "one line of a megabyte": b"BEGIN:VCALENDAR" + b"x" * 1_000_000,
    "a page": b"<!doctype html><p>Please sign in</p>",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_used_is_refused_in_words_and_in_time(name: str) -> None:
    began = time.process_time()
    with pytest.raises(plans.Unreadable) as refusal:
        plans.read(UNREADABLE[name], LONDON, SINCE, UNTIL)
    assert str(refusal.value) and time.process_time() - began < WITHIN_SECONDS


def starts(content: bytes, name: str = "Without a name") -> list[datetime]:
    plan = plans.read(content, LONDON, SINCE, UNTIL)
    return [each.starts_at for each in plan.taken if each.name == name]


def test_zones_by_the_names_that_programs_give_them() -> None:
    """Outlook's names with and without their own rules; names nobody knows are taken as times of the room."""
    six = "20261124T180000"
    for zone, hour in (
        ("GMT Standard Time", 18), ("Eastern Standard Time", 23), ("W. Europe Standard Time", 17), ("Europe/Paris", 17),
        ("/softwarestudio.org/Olson/America/New_York", 23), ("Nowhere/At All", 18), ("", 18),
    ):  # fmt: skip
        content = whole(event(f"DTSTART;TZID={zone}:{six}", "DURATION:PT1H"))
        assert starts(content) == [datetime(2026, 11, 24, hour, tzinfo=UTC)], zone
    summer = whole(
        OUTLOOK,
        event("DTSTART;TZID=GMT Standard Time:20260624T180000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY"),
    )
    assert starts(summer) == [datetime(2026, 11, 24, 18, tzinfo=UTC), datetime(2026, 12, 24, 18, tzinfo=UTC)]


def test_a_zone_that_one_file_made_up_is_not_that_of_the_next() -> None:
    """Programs give the same name to different zones ("Customized Time Zone"); the library remembers the first."""
    named = "Customized Time Zone"
    for zone, hour in (("America/New_York", 23), ("Asia/Kolkata", 12), ("America/New_York", 23)):
        made_up = own_zone(zone).replace(f"Our {zone}", named)
        content = whole(made_up, event(f"DTSTART;TZID={named}:20261124T180000", "DURATION:PT1H"))
        assert [at.hour for at in starts(content)] == [hour]
    assert [
        at.hour for at in starts(whole(event(f"DTSTART;TZID={named}:20261124T180000", "DURATION:PT1H")))
    ] == [18]


def test_different_entries_with_one_name_are_all_there() -> None:
    one, other = event("SUMMARY:One", UTC_START), event("SUMMARY:Other", UTC_START.replace("T18", "T20"))
    names = [each.name for each in plans.read(whole(one, other), LONDON, SINCE, UNTIL).taken]
    assert sorted(names) == sorted([AFTER, BEFORE, "One", "Other"])


def test_a_change_that_cannot_be_read_leaves_the_others_where_they_are() -> None:
    plan = plans.read(whole(hostile.ENTRIES["a change without a beginning"]), LONDON, SINCE, UNTIL)
    assert len(plan.taken) == 7 and len(plan.problems) == 1


def test_an_end_before_the_beginning_takes_no_time() -> None:
    content = whole(
        event("DTSTART:20261124T180000Z", "DTEND:20251124T180000Z"),
        event(UTC_START, "DURATION:-PT9H", uid="b"),
    )
    plan = plans.read(content, LONDON, SINCE, UNTIL)
    assert all(each.starts_at <= each.ends_at for each in plan.taken)
    assert {each.name for each in plan.taken} >= {BEFORE, AFTER}


def test_nothing_hostile_is_left_in_what_a_library_reads() -> None:
    """The planted fault: without the taming this zone alone would keep a process busy for hours."""
    for part in list(hostile.PARTS.values())[:4]:
        assert "BEGIN:VTIMEZONE" not in taming.tamed(whole(part))
    assert "BEGIN:VTIMEZONE" in taming.tamed(whole(OUTLOOK)) and own_zone(
        "Africa/Cairo"
    ).strip().splitlines()[1] in (taming.tamed(whole(own_zone("Africa/Cairo"))))
