"""The sentence that says who is here: true, in the service's own time, its place named where clocks differ."""

from __future__ import annotations

import time_machine
from django.test import Client
from django.utils import timezone

from companionway.conversations import services as conversations
from companionway.introductions import services as introductions
from companionway.oncall import queries, services
from companionway.people.models import Organisation
from companionway.safety import outage
from tests.cast import NOW, Cast
from tests.rooms.oncall.conftest import at

ALL_WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), [["09:00", "17:00"]])
NIGHT, DAY = at("2026-11-23T23:30"), at("2026-11-23T11:00")


def open_on(cast: Cast, hours: dict) -> Organisation:
    cast.organisation.opening_hours = hours
    cast.organisation.save()
    return cast.organisation


def said(here: Organisation, now, zone: str = "Europe/London", **more) -> str:
    with timezone.override(zone):
        return queries.who_is_here(now, here, **more).words


def test_at_night_the_time_alone_says_until_when(cast: Cast):
    here = open_on(cast, ALL_WEEK)
    assert said(here, NIGHT) == "Nobody from the team is here until 9:00 am."
    assert said(here, DAY) == "Somebody from the team is here now, until 5:00 pm."


def test_further_away_the_day_is_said_too(cast: Cast):
    here = open_on(cast, {"mon": [["09:00", "17:00"]]})
    assert said(here, NIGHT) == "Nobody from the team is here until Monday 30 November, 9:00 am."


def test_where_clocks_differ_the_place_is_named(cast: Cast):
    here = open_on(cast, ALL_WEEK)
    for zone in ("Europe/Paris", "America/New_York"):
        assert said(here, NIGHT, zone) == "Nobody from the team is here until 9:00 am (time in London)."
    # The same clock under another name is the same clock.
    assert said(here, NIGHT, "Europe/Dublin") == "Nobody from the team is here until 9:00 am."
    assert said(here, NIGHT, from_afar=True).endswith("9:00 am (time in London).")


def test_it_is_the_clock_of_that_moment_that_counts(cast: Cast):
    """Reykjavik and London show the same time in winter, and differ in summer."""
    here = open_on(cast, ALL_WEEK)
    assert "London" not in said(here, at("2026-01-12T23:00"), "Atlantic/Reykjavik")
    assert "London" in said(here, at("2026-07-13T23:00"), "Atlantic/Reykjavik")
    # On the evening before clocks go forward, the next opening is on the new time.
    assert "London" in said(here, at("2026-03-28T23:00"), "Atlantic/Reykjavik")


def test_when_nobody_can_say_it_is_not_promised(cast: Cast, oona, turn_of):
    here = open_on(cast, ALL_WEEK)
    turn_of(oona, begins=NOW, hours=1)
    away = queries.who_is_here(NIGHT, here)
    assert not away.is_here and not away.knows_when
    assert away.words == "Nobody from the team is here, and we cannot say when somebody will be."


def page(client: Client, address: str, now) -> str:
    with time_machine.travel(now, tick=False):
        response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def talk_of(cast: Cast) -> str:
    talk = conversations.open_conversation(
        actor=cast.cora, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
    )
    return f"/messages/{talk.public_id}/"


def test_a_member_at_night_reads_it_before_anything_is_sent(cast: Cast, client: Client):
    open_on(cast, ALL_WEEK)
    asking = introductions.ask(actor=cast.mina, programme=cast.programme, agrees_to_matching=True, now=NOW)
    words_of_it = f"/find/{asking.public_id}/questions/8/"
    for address in (talk_of(cast), f"/report/?about=person:{cast.theo.public_id}", words_of_it):
        with time_machine.travel(NIGHT, tick=False):
            client.force_login(cast.mina)
        night = page(client, address, NIGHT)
        assert "Nobody from the team is here until 9:00 am." in night, address
        told, written = night.index('id="who_is_here"'), night.index("<form method", night.index("<h1"))
        assert told < night.rindex('type="submit"') and "/help-now/" in night[told : told + 900]
        assert address.startswith("/messages") or told < written
        with time_machine.travel(DAY, tick=False):
            client.force_login(cast.mina)
        assert 'id="who_is_here"' not in page(client, address, DAY), address


def test_the_first_page_says_it_in_short_and_asks_nothing_more(cast: Cast, client: Client, oona, turn_of):
    open_on(cast, ALL_WEEK)
    with time_machine.travel(DAY, tick=False):
        client.force_login(cast.mina)
    assert "Somebody from the team is here now." in page(client, "/", DAY)
    assert "Nobody from the team is here now." in page(client, "/", DAY.replace(hour=20))
    turn = turn_of(oona, begins=at("2026-11-23T10:00"), hours=4)
    assert "Somebody from the team is here now." in page(client, "/", DAY)
    services.end_turn(actor=oona, turn=turn, now=NOW)
    assert "Nobody from the team is here now." in page(client, "/", DAY)


def test_open_hours_without_anybody_on_the_rota_are_told_too(cast: Cast, client: Client, oona, turn_of):
    open_on(cast, ALL_WEEK)
    turn_of(oona, begins=at("2026-11-24T10:00"), hours=4)
    with time_machine.travel(DAY, tick=False):
        client.force_login(cast.mina)
    assert "Nobody from the team is here until Tuesday 24 November, 10:00 am." in page(
        client, talk_of(cast), DAY
    )


def test_help_now_says_who_is_here_and_what_is_kept_on_a_device_says_that_it_cannot_know(cast: Cast, client):
    open_on(cast, ALL_WEEK)
    assert "Somebody from the team is here now, until 5:00 pm." in page(client, "/help-now/", DAY)
    night = page(client, "/help-now/", NIGHT)
    assert "Nobody from the team is here until 9:00 am." in night and "Messages wait until then." in night
    assert "(time in London)" in page(client, "/help-now/?in=other", NIGHT)
    kept = page(client, "/help-now/?kept=1", DAY)
    assert "Somebody from the team is here" not in kept
    assert "It cannot know who from the team is here now." in kept
    outage.write(DAY)
    assert "This page cannot know who is here then." in str(outage.read("en", "", DAY.date()))


def test_the_service_worker_keeps_the_copy_that_does_not_claim_to_know(client: Client, db):
    worker = client.get("/sw.js").content.decode()
    assert 'HELP_KEPT = HELP + "?kept=1"' in worker and "keep(HELP)" not in worker
