"""The pages, as a browser without scripts meets them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from companionway.meetings import queries, services
from companionway.meetings.models import Change, Cover, Holds, Meeting, Series
from companionway.meetings.states import FACILITATOR, WELCOMER, MeetingState
from companionway.people.models import Person
from companionway.people.practice_models import data_of
from tests.cast import Cast
from tests.rooms.meetings.conftest import tuesdays

ComeIn = Callable[[Person], Client]


def soon(cast: Cast, **also: Any) -> Series:
    """Begun now: pages read the real clock."""
    now = timezone.now()
    details = tuesdays(**{"starts_on": now.date(), "rule": "FREQ=DAILY", **also})
    return services.begin_series(actor=cast.cora, programme=cast.programme, details=details, now=now)


def tomorrow(series: Series) -> Meeting:
    after = timezone.now() + timedelta(hours=25)
    return series.meetings.filter(starts_at__gt=after).order_by("starts_at")[0]


def page(client: Client, name: str, *args: str, status: int = 200) -> str:
    response = client.get(reverse(f"meetings:{name}", args=args))
    assert response.status_code == status, response.status_code
    return response.content.decode()


def test_what_is_on_shows_what_one_may_find_and_filters(cast: Cast, come_in: ComeIn) -> None:
    soon(cast)
    soon(cast, name="At the library", way="in_person", place_name="Library")
    browser = come_in(cast.mina)
    assert "Evening at the harbour" in page(browser, "list")
    filtered = browser.get(reverse("meetings:list") + "?way=in_person").content.decode()
    assert "At the library" in filtered and "Evening at the harbour" not in filtered
    assert browser.get(reverse("meetings:list") + "?way=%00&programme=%27").status_code == 200


def test_strangers_and_their_addresses_meet_nothing(cast: Cast, come_in: ComeIn) -> None:
    series = soon(cast)
    one = tomorrow(series)
    browser = come_in(cast.sam_the_stranger)
    assert "harbour" not in page(browser, "list")
    for name, what in (
        ("series", series), ("meeting", one), ("who", series), ("change", series), ("extra", series), ("door", series),
        ("cancel", one), ("move", one), ("public_one", series),
    ):  # fmt: skip
        page(browser, name, what.public_id, status=404)
    for name, what in (
        ("remind_me", series), ("hold", series), ("give", series), ("end", series), ("step_down", series),
        ("cannot", one), ("can", one), ("put_back", one),
    ):  # fmt: skip
        assert browser.post(reverse(f"meetings:{name}", args=[what.public_id])).status_code == 404
    assert Series.objects.get().ended_at is None and not Holds.objects.exists()


def test_a_member_who_holds_nothing_does_not_reach_the_forms(cast: Cast, come_in: ComeIn) -> None:
    series = soon(cast)
    browser = come_in(cast.mina)
    for name, what in (
        ("change", series),
        ("extra", series),
        ("cancel", tomorrow(series)),
        ("move", tomorrow(series)),
    ):
        page(browser, name, what.public_id, status=404)
    assert "For those who hold" not in page(browser, "series", series.public_id)


def test_titles_say_nothing(cast: Cast, come_in: ComeIn) -> None:
    series = soon(cast, name="Voices on Tuesday", is_public=True)
    services.hold(actor=cast.cora, series=series, person=cast.theo, role=FACILITATOR, now=timezone.now())
    browser = come_in(cast.theo)
    one = tomorrow(series)
    for name, what in (
        ("series", series), ("who", series), ("change", series), ("extra", series), ("meeting", one), ("cancel", one),
        ("move", one), ("public_one", series),
    ):  # fmt: skip
        title = re.search(r"<title>(.*?)</title>", page(browser, name, what.public_id), re.S)
        assert title and "Voices" not in title[1]


def test_begin_by_the_form_then_put_somebody_there(cast: Cast, come_in: ComeIn) -> None:
    browser = come_in(cast.cora)
    address = reverse("meetings:begin", args=[cast.programme.public_id])
    assert browser.get(address).status_code == 200
    said = {
        "name": "Kettle", "way": "room", "starts_on": "2027-01-12", "begins": "18:30", "minutes": "60",
        "zone": "Europe/London", "again": "nth", "about": "Tea.",
    }  # fmt: skip
    refused = browser.post(address, {**said, "starts_on": "soon", "about": "Kept words"})
    assert refused.status_code == 200 and "Kept words" in refused.content.decode()
    made = browser.post(address, said)
    series = Series.objects.get()
    assert made["Location"] == reverse("meetings:who", args=[series.public_id])
    assert series.rule == "FREQ=MONTHLY;BYDAY=2TU"
    browser.post(
        reverse("meetings:give", args=[series.public_id]),
        {"person": cast.theo.public_id, "role": FACILITATOR},
    )
    assert Holds.objects.get().person_id == cast.theo.pk
    assert "Theo" in page(browser, "who", series.public_id)


def test_change_cancel_move_and_put_back_by_the_forms(cast: Cast, come_in: ComeIn) -> None:
    series = soon(cast)
    browser, one = come_in(cast.cora), tomorrow(series)
    assert "harbour" in page(browser, "change", series.public_id)
    browser.post(
        reverse("meetings:change", args=[series.public_id]),
        {"name": "Kettle", "way": "room", "starts_on": str(series.starts_on), "begins": "18:30", "minutes": "60",
         "zone": "Europe/London", "again": "keep"},
    )  # fmt: skip
    series.refresh_from_db()
    assert (series.name, series.rule, series.minutes) == ("Kettle", "FREQ=DAILY", 60)
    browser.post(reverse("meetings:cancel", args=[one.public_id]), {"instead": "The kettle is on next door."})
    seen = page(come_in(cast.mina), "meeting", one.public_id)
    assert "does not take place" in seen and "next door" in seen
    browser = come_in(cast.cora)
    browser.post(reverse("meetings:put_back", args=[one.public_id]))
    assert not Change.objects.exists()
    day = (one.starts_at + timedelta(days=20)).date().isoformat()
    browser.post(
        reverse("meetings:move", args=[one.public_id]), {"day": day, "begins": "11:15", "minutes": "30"}
    )
    assert Change.objects.get().starts_at.isoformat().startswith(day)
    browser.post(reverse("meetings:extra", args=[series.public_id]), {"day": day, "begins": "13:00"})
    assert Change.objects.filter(kind="extra").count() == 1
    wrong = browser.post(
        reverse("meetings:move", args=[one.public_id]), {"day": "2001-01-01", "begins": "11:00"}
    )
    assert wrong.status_code == 200 and "from now on" in wrong.content.decode()


def test_a_cancelled_meeting_shows_what_else_one_may_come_to(cast: Cast, come_in: ComeIn) -> None:
    series = soon(cast)
    soon(cast, name="The later one", begins=tuesdays().begins.replace(hour=20))
    soon(cast, name="Let in only", begins=tuesdays().begins.replace(hour=20), is_closed=True)
    one = tomorrow(series)
    services.cancel_meeting(actor=cast.cora, meeting=one, instead="", now=timezone.now())
    seen = page(come_in(cast.mina), "meeting", one.public_id)
    assert "The later one" in seen and "Let in only" not in seen


def test_remind_me_and_stop(cast: Cast, come_in: ComeIn) -> None:
    series = soon(cast)
    browser = come_in(cast.mina)
    browser.post(reverse("meetings:remind_me", args=[series.public_id]))
    assert queries.chosen_by(cast.mina) == [series.public_id]
    assert "You are reminded of these" in page(browser, "list")
    for other in (cast.cora, cast.theo):
        for name in ("series", "who"):
            assert "Mina" not in page(come_in(other), name, series.public_id)
    browser = come_in(cast.mina)
    browser.post(reverse("meetings:forget", args=[series.public_id]))
    assert queries.chosen_by(cast.mina) == []


def test_cover_is_asked_for_taken_and_given_back_on_pages(cast: Cast, come_in: ComeIn) -> None:
    series = soon(cast)
    services.hold(actor=cast.cora, series=series, person=cast.theo, role=FACILITATOR, now=timezone.now())
    one = tomorrow(series)
    browser = come_in(cast.theo)
    assert "I cannot this time" in page(browser, "meeting", one.public_id)
    browser.post(reverse("meetings:cannot", args=[one.public_id]))
    cover = Cover.objects.get()
    assert "Nobody is looked for" in page(come_in(cast.mina), "cover"), "not of standing"
    browser = come_in(cast.ruth)
    seen = page(browser, "cover")
    assert "harbour" in seen and "Theo" not in seen
    browser.post(reverse("meetings:take", args=[cover.public_id]))
    assert Cover.objects.get().taken_by_id == cast.ruth.pk
    assert come_in(cast.mina).post(reverse("meetings:give_back", args=[cover.public_id])).status_code == 404
    browser = come_in(cast.ruth)
    browser.post(reverse("meetings:give_back", args=[cover.public_id]))
    browser = come_in(cast.theo)
    browser.post(reverse("meetings:can", args=[one.public_id]))
    assert not Cover.objects.exists()


def test_the_welcomer_writes_one_sentence_that_newcomers_read(cast: Cast, come_in: ComeIn) -> None:
    series = soon(cast)
    services.hold(actor=cast.cora, series=series, person=cast.ruth, role=WELCOMER, now=timezone.now())
    browser = come_in(cast.ruth)
    browser.post(reverse("meetings:door", args=[series.public_id]), {"words": "I wear a green scarf."})
    assert "green scarf" in page(come_in(cast.mina), "meeting", tomorrow(series).public_id)
    browser = come_in(cast.ruth)
    holds = Holds.objects.get()
    assert browser.post(
        reverse("meetings:step_down", args=[series.public_id]), {"holds": "1e9"}
    ).status_code == 404  # fmt: skip
    browser.post(reverse("meetings:step_down", args=[series.public_id]), {"holds": str(holds.pk)})
    assert "green scarf" not in page(come_in(cast.mina), "meeting", tomorrow(series).public_id)


def test_a_position_whose_time_is_over_is_shown_kindly(cast: Cast, come_in: ComeIn) -> None:
    cast.programme.model_data = {
        **cast.programme.model_data,
        "groups": data_of("twelve_step_groups")["groups"],
    }
    cast.programme.save()
    series = soon(cast)
    services.hold(actor=cast.cora, series=series, person=cast.theo, role="chair", now=timezone.now())
    assert "goes round" not in page(come_in(cast.mina), "who", series.public_id)
    Holds.objects.update(since_at=timezone.now() - timedelta(days=91))
    assert "goes round" in page(come_in(cast.mina), "who", series.public_id)


def test_look_before_you_leap_is_minute_by_minute(cast: Cast, come_in: ComeIn) -> None:
    cast.programme.model_data = {
        **cast.programme.model_data,
        "groups": data_of("twelve_step_groups")["groups"],
    }
    cast.programme.save()
    seen = page(come_in(cast.mina), "series", soon(cast).public_id)
    assert "Look before you leap" in seen and "Minute 0" in seen and "You may pass" in seen


def test_a_hidden_place_is_hidden_from_all_who_may_not_come(
    cast: Cast, come_in: ComeIn, client: Client
) -> None:
    groups = {**data_of("twelve_step_groups")["groups"], "hides_place": True}
    cast.programme.model_data = {**cast.programme.model_data, "groups": groups}
    cast.programme.save()
    series = soon(
        cast, way="in_person", place_name="Quiet House", place_address="1 Hidden Lane", is_public=True,
        travel_notes="Behind the mill.",
    )  # fmt: skip
    for name, args in (("public", ()), ("public_one", (series.public_id,))):
        seen = page(client, name, *args)
        assert "Evening at the harbour" in seen
        assert "Quiet House" not in seen and "Hidden Lane" not in seen and "the mill" not in seen
    assert "Quiet House" in page(come_in(cast.mina), "meeting", tomorrow(series).public_id)


def test_public_pages_show_only_what_is_public_and_say_it_for_machines(cast: Cast, client: Client) -> None:
    soon(cast, name="Not for all")
    public = soon(cast, name="Tea </script> & cake", is_public=True, way="in_person", place_name="Hall")
    one = tomorrow(public)
    services.cancel_meeting(actor=cast.cora, meeting=one, instead="", now=timezone.now())
    assert "Not for all" not in page(client, "public")
    seen = page(client, "public_one", public.public_id)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', seen, re.S)
    assert block
    events = json.loads(block[1])
    by_start = {each["startDate"]: each for each in events}
    off = by_start[one.starts_at.astimezone(public.tz).isoformat()]
    assert off["name"] == "Tea </script> & cake" and off["eventStatus"].endswith("EventCancelled")
    assert {each["@type"] for each in events} == {"Event"} and off["location"]["name"] == "Hall"


def test_a_list_asks_the_same_number_of_questions_for_three_as_for_one(
    cast: Cast, come_in: ComeIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    once = {"rule": "", "starts_on": (timezone.now() + timedelta(days=2)).date()}
    browser = come_in(cast.mina)
    soon(cast, **once)
    browser.get(reverse("meetings:list"))
    for more in (0, 2):
        for _each in range(more):
            soon(cast, **once)
        with django_assert_max_num_queries(60) as asked:
            browser.get(reverse("meetings:list"))
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_an_open_meeting_stays_when_its_series_ends(cast: Cast) -> None:
    series = soon(cast)
    one = series.meetings.order_by("starts_at")[0]
    Meeting.objects.filter(pk=one.pk).update(state=MeetingState.OPEN, opened_at=datetime.now(UTC))
    services.end_series(actor=cast.cora, series=series, now=timezone.now())
    assert list(series.meetings.values_list("pk", flat=True)) == [one.pk]
