"""What the database itself refuses, whatever the code above it forgets."""

from __future__ import annotations

from companionway.clubhouse import services
from companionway.clubhouse.models import (
    Hand,
    Here,
    HouseMeeting,
    InUnit,
    Minutes,
)
from companionway.people.models import Organisation, Programme
from tests.cast import NOW, make_person
from tests.rooms.clubhouse.conftest import MONDAY, TODAY, Home, keep_apart, meeting, refused, task


def test_two_who_must_not_meet_are_never_side_by_side(home: Home) -> None:
    row = task(home, hands=3)
    Hand.objects.create(task=row, person=home.nils, since_at=NOW)
    keep_apart(home.mina, home.nils)
    refused("not free just now", lambda: Hand.objects.create(task=row, person=home.mina, since_at=NOW))
    Hand.objects.filter(person=home.nils).update(until_at=NOW)
    Hand.objects.create(task=row, person=home.mina, since_at=NOW)
    refused("not free just now", lambda: Hand.objects.filter(person=home.nils).update(until_at=None))


def test_a_programme_that_keeps_nothing(home: Home) -> None:
    Programme.objects.filter(pk=home.programme.pk).update(keeps_attendance=False)
    row = {"programme": home.programme, "person": home.mina, "day": TODAY, "said_at": NOW}
    refused("never keeps who was there", lambda: Here.objects.create(**row))


def test_agreed_minutes_stand(home: Home) -> None:
    first = meeting(home)
    services.write_minutes(actor=home.mina, meeting=first, words="We met.", after=0, now=NOW)
    other = HouseMeeting.objects.create(programme=home.programme, on=MONDAY)
    refused("clubhouse_agreed_later", lambda: HouseMeeting.objects.filter(pk=first.pk).update(state="agreed"))
    HouseMeeting.objects.filter(pk=first.pk).update(state="agreed", agreed_in=other, agreed_at=NOW)
    refused("These minutes are agreed", lambda: Minutes.objects.update(sealed=b"x"))
    more = {"meeting": first, "number": 2, "sealed": b"x", "written_at": NOW}
    refused("These minutes are agreed", lambda: Minutes.objects.create(**more))


def test_between_two_organisations_there_is_a_wall(home: Home) -> None:
    far = Organisation.objects.create(name="Far", short_name="Far", host="far.example")
    vera, says = make_person("Vera", organisation=far), "different organisations"
    row, made = task(home), meeting(home)
    of_house = {"programme": home.programme, "person": vera}
    for deed in (
        lambda: Hand.objects.create(task=row, person=vera, since_at=NOW),
        lambda: Here.objects.create(day=TODAY, said_at=NOW, **of_house),
        lambda: InUnit.objects.create(unit=home.kitchen, person=vera, since_at=NOW),
        lambda: Minutes.objects.create(meeting=made, number=1, sealed=b"", written_by=vera, written_at=NOW),
    ):
        refused(says, deed)
