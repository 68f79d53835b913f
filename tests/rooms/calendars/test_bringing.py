"""What others bring: lists of meetings, and plans of rooms, some of them hostile."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from companionway.calendars import guide, plans
from companionway.meetings.models import Series
from companionway.meetings.nearing import write_all_ahead
from companionway.people.models import Person, Programme
from companionway.people.practice_models import data_of
from tests.cast import NOW, Cast, give
from tests.rooms.meetings.conftest import begun

ComeIn = Callable[[Person], Client]
LONDON = ZoneInfo("Europe/London")
WINDOW = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 27, tzinfo=UTC))


@pytest.fixture
def fellowship(cast: Cast) -> Programme:
    made = Programme.objects.create(
        organisation=cast.organisation, name="Fellowship", practice_model="twelve_step_groups",
        model_data=data_of("twelve_step_groups"), created_at=NOW,
    )  # fmt: skip
    give(cast.cora, "coordinator", made)
    return made


def test_what_goes_out_is_weekly_public_twelve_step_and_names_nobody(
    cast: Cast, fellowship: Programme, client: Client
) -> None:
    shown = begun(
        cast, fellowship, name="Kettle", is_public=True, rule="FREQ=WEEKLY;BYDAY=SU,TU", codes=("O", "BE"),
        way="in_person", place_name="Hall", place_address="1 Mill Lane",
    )  # fmt: skip
    begun(cast, fellowship, name="Every second", is_public=True, rule="FREQ=WEEKLY;INTERVAL=2")
    begun(cast, fellowship, name="Not public")
    begun(cast, name="Another tradition", is_public=True)
    rows = json.loads(client.get(reverse("calendars:meeting_guide")).content)
    assert [(each["name"], each["day"], each["time"]) for each in rows] == [
        ("Kettle", 2, "18:30"),
        ("Kettle", 0, "18:30"),
    ]
    assert len({each["slug"] for each in rows}) == 2 and all(shown.public_id in each["slug"] for each in rows)
    assert rows[0]["types"] == ["O", "BE"] and rows[0]["formatted_address"] == "1 Mill Lane"
    assert rows[0]["timezone"] == "Europe/London" and rows[0]["end_time"] == "20:00"


def test_what_goes_out_comes_in_again(
    cast: Cast, fellowship: Programme, client: Client, come_in: ComeIn
) -> None:
    begun(cast, fellowship, name="Kettle", is_public=True, way="link", link="https://talk.example.org/x")
    text = client.get(reverse("calendars:meeting_guide")).content.decode()
    browser = come_in(cast.cora)
    address = reverse("calendars:bring")
    looked = browser.post(
        address,
        {"programme": fellowship.public_id, "file": SimpleUploadedFile("list.json", text.encode())},
    )
    assert "Kettle" in looked.content.decode() and Series.objects.count() == 1, "looking begins nothing"
    browser.post(address, {"programme": fellowship.public_id, "text": text, "begin": "1", "line": ["1"]})
    made = Series.objects.order_by("pk").last()
    assert made is not None
    assert (made.name, made.rule, made.link) == ("Kettle", "FREQ=WEEKLY", "https://talk.example.org/x")
    assert made.meetings.exists() and made.meetings.order_by("starts_at")[0].starts_at.weekday() == 1


def test_what_was_not_understood_is_said_line_by_line() -> None:
    rows = [
        {"name": "Good", "day": 0, "time": "7:30", "types": ["O", "ZZ"], "contact_1_name": "Ann Other"},
        {"name": "No day", "time": "10:00"},
        {"name": "No time", "day": "3", "time": "25:00"},
        {"day": True, "time": None},
        "what?",
        {"name": "Bad link", "day": 6, "time": "10:00", "conference_url": "javascript:alert(1)"},
    ]
    lines = guide.read(json.dumps(rows), "Europe/London", date(2026, 11, 21))
    good = lines[0].details
    assert good is not None and good.starts_on == date(2026, 11, 22) and good.codes == ("O",)
    assert len(lines[0].problems) == 2 and "Ann" not in str(lines[0])
    assert [line.details is None for line in lines] == [False, True, True, True, True, False]
    assert lines[5].details is not None and lines[5].details.link == ""
    for text in ("", "{}", "[]", "[" * 100_000, "null", '"x"', "[" + "1," * 400 + "1]", " " * 400_000):
        with pytest.raises(guide.Unreadable):
            guide.read(text, "Europe/London", date(2026, 11, 21))


@given(some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=10),
    lambda inner: some.lists(inner, max_size=3)
    | some.dictionaries(some.sampled_from(["name", "day", "time", "types", "conference_url", "timezone"]), inner),
    max_leaves=12,
))  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_any_json_is_read_or_refused(value: object) -> None:
    try:
        guide.read(json.dumps(value), "Europe/London", date(2026, 11, 21))
    except guide.Unreadable as refusal:
        assert str(refusal)


def ics(*events: str) -> bytes:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\n" + "".join(events) + "END:VCALENDAR\r\n"
    ).encode()


def event(*lines: str, uid: str = "a") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT", ""])


def test_a_plan_of_a_room_is_read() -> None:
    plan = plans.read(
        ics(
            event("SUMMARY:Choir", "DTSTART:20261124T180000", "DTEND:20261124T190000", "RRULE:FREQ=WEEKLY"),
            event("SUMMARY:Cleaning", "DTSTART;VALUE=DATE:20261201", uid="b"),
            event("SUMMARY:Off", "DTSTART:20261124T180000Z", "STATUS:CANCELLED", uid="c"),
        ),
        LONDON, *WINDOW,
    )  # fmt: skip
    names = [each.name for each in plan.taken]
    assert names.count("Choir") == 5 and names.count("Cleaning") == 1 and "Off" not in names
    assert plan.problems == []


def test_the_page_shows_clashes_and_keeps_nothing(cast: Cast, come_in: ComeIn) -> None:
    begun(
        cast,
        name="Kettle",
        way="in_person",
        place_name="Hall",
        starts_on=timezone.localdate(),
        rule="FREQ=DAILY",
    )
    day = timezone.localdate() + timedelta(days=2)
    content = ics(event("SUMMARY:Choir", f"DTSTART:{day:%Y%m%d}T180000", f"DTEND:{day:%Y%m%d}T200000"))
    browser = come_in(cast.cora)
    Series.objects.update(created_at=NOW)
    write_all_ahead(timezone.now())
    said = {"place": "Hall", "plan": SimpleUploadedFile("room.ics", content)}
    seen = browser.post(reverse("calendars:room"), said).content.decode()
    assert "The room is taken then" in seen and "Choir" in seen and "Kettle" in seen
    wrong = browser.post(
        reverse("calendars:room"), {"place": "Hall", "plan": SimpleUploadedFile("room.ics", b"\x00\xff")}
    )
    assert wrong.status_code == 200 and "not a calendar" in wrong.content.decode()
    for actor in (cast.mina, cast.theo, cast.sam_the_stranger):
        for name in ("room", "bring"):
            assert come_in(actor).get(reverse(f"calendars:{name}")).status_code == 404
