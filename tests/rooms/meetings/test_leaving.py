"""What somebody takes along, what goes with them, and what nobody can find out of what stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from companionway.calendars import services as calendars
from companionway.calendars.models import Feed
from companionway.foundation import parts
from companionway.foundation.models import Record
from companionway.meetings import nearing, services
from companionway.meetings.models import Chosen, Cover, Holds, Meeting, Series
from companionway.meetings.states import FACILITATOR, WELCOMER
from companionway.notices.models import Notice
from companionway.people.models import Organisation, Person
from tests.cast import NOW, Cast, make_person
from tests.rooms.meetings.conftest import tell


def _lived(cast: Cast, series: Series) -> None:
    services.remind_me(actor=cast.mina, series=series, now=NOW)
    holds = services.hold(actor=cast.cora, series=series, person=cast.mina, role=WELCOMER, now=NOW)
    services.say_at_the_door(actor=cast.mina, holds=holds, words="Green scarf.", now=NOW)
    nearing.look_after(NOW + timedelta(days=1))
    services.take_cover(actor=cast.mina, cover=Cover.objects.get(), now=NOW + timedelta(days=1))
    calendars.make_feed(actor=cast.mina, label="phone", title="Choir", shows_place=False, now=NOW)


def test_what_one_takes_along(cast: Cast, series: Series) -> None:
    _lived(cast, series)
    told = parts.export_of(cast.mina)
    assert told["meetings"]["positions"][0]["what_i_say_at_the_door"] == "Green scarf."
    assert told["meetings"]["i_am_reminded_of"] == ["Evening at the harbour"]
    assert len(told["meetings"]["meetings_i_stand_in_at"]) == 1
    assert told["calendar_addresses"][0]["title_of_entries"] == "Choir"
    assert "Green scarf" not in str(parts.export_of(cast.theo))


def test_deleting_everything_takes_all_of_it(cast: Cast, series: Series) -> None:
    _lived(cast, series)
    with transaction.atomic():
        counts = parts.erase(cast.mina, NOW)
    assert counts["positions"] == 1 and counts["calendar_addresses"] == 1
    for model in (Chosen, Feed, Holds):
        assert not model.objects.filter(person=cast.mina).exists()
    assert not Cover.objects.filter(taken_by=cast.mina).exists()
    assert series.meetings.exists(), "what others come to stays"


def test_no_row_ties_a_reminded_person_to_what_they_chose(cast: Cast, series: Series) -> None:
    """Every row of every table, before and after the reminder, the cancellation, and taking it back."""
    services.remind_me(actor=cast.mina, series=series, now=NOW)
    one = series.meetings.order_by("starts_at")[0]
    services.cancel_meeting(actor=cast.cora, meeting=one, instead="", now=NOW)
    nearing.remind(NOW + timedelta(days=9))
    tell()
    kinds = set(Notice.objects.filter(person=cast.mina).values_list("kind", flat=True))
    assert {"soon", "elsewhen"} <= kinds
    for notice in Notice.objects.filter(person=cast.mina, kind__in=["soon", "elsewhen"]):
        assert notice.subject == f"person:{cast.mina.pk}"
        assert series.public_id not in notice.key and "series" not in notice.key
    for record in Record.objects.filter(subject=f"series:{series.pk}"):
        assert cast.mina.pk not in (record.actor_id, record.about_id)
    # Of these only who holds it, stands in, or means to come where that is kept (refused elsewhere, see test_places).
    tying = {"meetings_holds", "meetings_cover", "meetings_place"}
    assert _tables_that_tie("meetings_series", "meetings_meeting") == tying
    services.forget(actor=cast.mina, public_id=series.public_id, now=NOW)
    assert not Chosen.objects.exists()


def _tables_that_tie(*places: str) -> set[str]:
    """Tables of this room with a key to a person and a key to one of these."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("meetings_", "calendars_", "notices_")):
                keys = {
                    other for _column, other in connection.introspection.get_relations(cursor, table).values()
                }
                if "people_person" in keys and keys & set(places):
                    found.add(table)
    return found


def test_cover_is_asked_of_those_who_could_and_names_nothing(cast: Cast, series: Series) -> None:
    nearing.look_after(NOW + timedelta(days=1))
    tell()
    told = Notice.objects.filter(kind="stand_in", channel="page")
    assert set(told.values_list("person_id", flat=True)) == {cast.theo.pk, cast.ruth.pk, cast.cora.pk}
    assert not any("series" in each.subject or "meeting" in each.subject for each in told)


def test_whoever_is_put_somewhere_is_told(cast: Cast, series: Series) -> None:
    services.hold(actor=cast.cora, series=series, person=cast.theo, role=FACILITATOR, now=NOW)
    services.hold(actor=cast.ruth, series=series, person=cast.ruth, role=WELCOMER, now=NOW)
    tell()
    assert list(Notice.objects.filter(kind="position").values_list("person_id", flat=True)) == [cast.theo.pk]


def test_nothing_here_reaches_over_the_wall(cast: Cast, series: Series) -> None:
    other = Organisation.objects.create(
        name="Elsewhere", short_name="Elsewhere", host="elsewhere.example.org"
    )
    person = make_person("Yael", organisation=other)
    for write in (
        lambda: Holds.objects.create(series=series, person=person, role=WELCOMER, since_at=NOW),
        lambda: Cover.objects.create(
            meeting=Meeting.objects.filter(series=series)[0], asked_at=NOW, taken_by=person
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    assert Person.objects.get(pk=person.pk).organisation_id == other.pk
