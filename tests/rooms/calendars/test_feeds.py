"""Feeds over HTTP: public ones, private ones, what they say and what they must not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from companionway.calendars import services
from companionway.calendars.models import Feed
from companionway.foundation.models import Record
from companionway.meetings import services as meetings
from companionway.meetings.models import Series
from companionway.people.models import Person
from companionway.people.practice_models import data_of
from tests.cast import NOW, Cast
from tests.rooms.calendars.reading import by_khal, by_vdirsyncer
from tests.rooms.meetings.conftest import begun

ComeIn = Callable[[Person], Client]
TUESDAY = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)


def public_series(cast: Cast, **also: Any) -> Series:
    return begun(cast, **{"is_public": True, "name": "Voices; tea, \\ & cake\u2028" + "é" * 60, **also})


def read(client: Client, name: str, *args: str, **headers: str) -> Any:
    return client.get(reverse(f"calendars:{name}", args=args), headers=headers)


def events(response: Any) -> list[Any]:
    assert response.status_code == 200
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def private(cast: Cast, person: Person, **also: Any) -> str:
    said = {"label": "my phone", "title": "", "shows_place": False, **also}
    return services.make_feed(actor=person, now=NOW, **said)[1]


def test_a_public_feed_says_what_is_public_and_keeps_what_is_cancelled(cast: Cast, client: Client) -> None:
    begun(cast, name="Not for all")
    series = public_series(cast, way="in_person", place_name="Hall")
    one, two = series.meetings.order_by("starts_at")[:2]
    meetings.cancel_meeting(actor=cast.cora, meeting=one, instead="Next week.", now=NOW)
    meetings.move_meeting(actor=cast.cora, meeting=two, starts_at=two.starts_at + timedelta(hours=1), now=NOW)
    for name, args in (
        ("public", ()), ("series", (series.public_id,)), ("programme", (cast.programme.public_id,)),
    ):  # fmt: skip
        response = read(client, name, *args)
        found = {
            str(each.get("RECURRENCE-ID") and each["RECURRENCE-ID"].dt): each for each in events(response)
        }
        assert len(found) == 3 and b"Not for all" not in response.content
        off = found[str(one.original.astimezone(series.tz))]
        assert (off["STATUS"], off["SEQUENCE"]) == ("CANCELLED", 1)
        assert len({str(each["UID"]) for each in found.values()}) == 1
        master = found["None"]
        assert str(master["SUMMARY"]).startswith("Voices; tea, \\ & cake") and master["LOCATION"] == "Hall"
        assert master["SEQUENCE"] == 2 and b"EXDATE" not in response.content
        whole = Calendar.from_ical(response.content)
        assert whole["METHOD"] == "PUBLISH" and "REFRESH-INTERVAL" in whole
        assert max(map(len, response.content.split(b"\r\n"))) <= 75


def test_a_program_that_has_it_already_gets_nothing_again(cast: Cast, client: Client) -> None:
    series = public_series(cast)
    first = read(client, "series", series.public_id)
    assert read(client, "series", series.public_id).content == first.content
    known = {"If-None-Match": first["ETag"]}
    assert read(client, "series", series.public_id, **known).status_code == 304
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert read(client, "series", series.public_id, **since).status_code == 304
    later = NOW + timedelta(hours=2)
    meetings.end_series(actor=cast.cora, series=series, now=later)
    assert read(client, "series", series.public_id, **known).status_code == 200
    changed = read(client, "series", series.public_id, **since)
    assert changed.status_code == 200 and events(changed)[0]["STATUS"] == "CANCELLED"


def test_a_private_feed_is_neutral_and_only_what_one_chose_or_holds(cast: Cast, client: Client) -> None:
    chosen = public_series(cast, way="in_person", place_name="Quiet House", about="About voices.")
    other = begun(cast, name="Another group")
    meetings.remind_me(actor=cast.mina, series=chosen, now=NOW)
    token = private(cast, cast.mina)
    response = read(client, "private", token)
    (event,) = events(response)
    assert event["SUMMARY"] == "Harbour Street"
    for word in (
        b"Voices",
        b"voices",
        b"Quiet",
        b"Another",
        chosen.public_id.encode(),
        other.public_id.encode(),
    ):
        assert word not in response.content
    public = events(read(client, "series", chosen.public_id))[0]
    assert public["UID"] != event["UID"], "nobody can lay a private calendar beside a public one"
    assert events(read(client, "private", token))[0]["UID"] == event["UID"]
    assert "no-cache" in response["Cache-Control"] and "private" in response["Cache-Control"]
    meetings.hold(actor=cast.cora, series=other, person=cast.theo, role="facilitator", now=NOW)
    named = private(cast, cast.theo, title="Choir", shows_place=True)
    assert {str(each["SUMMARY"]) for each in events(read(client, "private", named))} == {"Choir"}
    shown = private(cast, cast.mina, shows_place=True)
    assert events(read(client, "private", shown))[0]["LOCATION"] == "Quiet House"
    meetings.forget(actor=cast.mina, public_id=chosen.public_id, now=NOW)
    assert events(read(client, "private", token)) == []


def test_a_private_address_is_kept_as_a_hash_and_ends_when_taken_back(cast: Cast, client: Client) -> None:
    token = private(cast, cast.mina)
    feed = Feed.objects.get()
    assert token not in feed.token_hash and b"phone" not in bytes(feed.sealed)
    assert token not in str(list(Record.objects.values_list("payload", flat=True)))
    services.take_back(actor=cast.theo, feed=feed, now=NOW)
    assert read(client, "private", token).status_code == 200, "nobody else can take it back"
    services.take_back(actor=cast.mina, feed=feed, now=NOW)
    assert read(client, "private", token).status_code == 404
    assert read(client, "private", "x" * 43).status_code == 404
    other = private(cast, cast.mina)
    Person.objects.filter(pk=cast.mina.pk).update(is_active=False)
    assert read(client, "private", other).status_code == 404


def test_the_page_shows_an_address_once(cast: Cast, come_in: ComeIn) -> None:
    browser = come_in(cast.mina)
    made = browser.post(reverse("calendars:mine"), {"label": "My phone", "title": "Choir"})
    assert "/calendars/private/" in made.content.decode()
    seen = browser.get(reverse("calendars:mine")).content.decode()
    assert "My phone" in seen and "/calendars/private/" not in seen
    feed = Feed.objects.get()
    assert come_in(cast.theo).post(
        reverse("calendars:take_back", args=[feed.public_id])
    ).status_code == 404  # fmt: skip
    come_in(cast.mina).post(reverse("calendars:take_back", args=[feed.public_id]))
    assert not Feed.objects.exists()


def test_an_invitation_and_its_cancellation(cast: Cast, come_in: ComeIn) -> None:
    series = begun(cast, name="Voices")
    one = series.meetings.order_by("starts_at")[0]
    asked = read(come_in(cast.mina), "invitation", one.public_id)
    (event,) = events(asked)
    assert Calendar.from_ical(asked.content)["METHOD"] == "REQUEST" and b"Voices" not in asked.content
    meetings.cancel_meeting(actor=cast.cora, meeting=one, instead="", now=NOW)
    off = read(come_in(cast.mina), "invitation", one.public_id)
    (cancelled,) = events(off)
    assert Calendar.from_ical(off.content)["METHOD"] == "CANCEL"
    assert cancelled["UID"] == event["UID"] and cancelled["SEQUENCE"] > event["SEQUENCE"]
    assert read(come_in(cast.sam_the_stranger), "invitation", one.public_id).status_code == 404


def test_a_hidden_place_is_in_no_public_feed(cast: Cast, client: Client) -> None:
    groups = {**data_of("twelve_step_groups")["groups"], "hides_place": True}
    cast.programme.model_data = {**cast.programme.model_data, "groups": groups}
    cast.programme.save()
    series = public_series(cast, way="in_person", place_name="Quiet House")
    for name, args in (("public", ()), ("series", (series.public_id,))):
        assert b"Quiet House" not in read(client, name, *args).content


@contextmanager
def served(body: bytes) -> Iterator[str]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/feed.ics"
    finally:
        server.shutdown()


def test_vdirsyncer_brings_our_feed_to_khal(cast: Cast, client: Client, tmp_path: Path) -> None:
    series = public_series(cast, name="Meeting")
    one, two, three = series.meetings.order_by("starts_at")[:3]
    meetings.cancel_meeting(actor=cast.cora, meeting=one, instead="", now=NOW)
    meetings.move_meeting(actor=cast.cora, meeting=two, starts_at=two.starts_at + timedelta(hours=1), now=NOW)
    extra = meetings.add_extra(
        actor=cast.cora, series=series, starts_at=datetime(2026, 12, 24, 11, 0, tzinfo=UTC), now=NOW
    )
    with served(read(client, "public").content) as url:
        folder = by_vdirsyncer(url, tmp_path)
    found = {at for _title, at in by_khal(folder, NOW.replace(hour=0), datetime(2026, 12, 31, tzinfo=UTC))}
    assert {two.starts_at + timedelta(hours=1), three.starts_at, extra.starts_at} <= found
    assert two.starts_at not in found and TUESDAY in found, "what is cancelled stays, and says so"


@pytest.mark.parametrize("name", ["series", "programme", "private", "invitation"])
def test_what_is_not_there_is_not_there(cast: Cast, come_in: ComeIn, name: str) -> None:
    assert read(come_in(cast.mina), name, "notthere1234").status_code == 404
