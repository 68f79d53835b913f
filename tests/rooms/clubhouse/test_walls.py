"""What the database itself refuses, whatever the code above it forgets."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from companionway.clubhouse import services
from companionway.clubhouse.models import (
    Hand,
    Here,
    Holding,
    House,
    HouseMeeting,
    HouseRecord,
    Interest,
    InUnit,
    Minutes,
    Missed,
    Placement,
    ReachBy,
    ReachWish,
    RecordVersion,
    WorkDay,
)
from companionway.clubhouse.services import Wish
from companionway.meetings.models import Series
from companionway.people.models import Organisation, Programme
from tests.cast import NOW, make_person
from tests.rooms.clubhouse.conftest import (
    MONDAY,
    TODAY,
    Home,
    decided,
    draft,
    keep_apart,
    meeting,
    place,
    signed,
    task,
    working,
)
from tests.rooms.clubhouse.test_meeting import series


def refused(says: str, deed: Any) -> None:
    with pytest.raises((DatabaseError, IntegrityError), match=re.escape(says)), transaction.atomic():
        deed()


def test_two_who_must_not_meet_are_never_side_by_side(home: Home) -> None:
    row = task(home, hands=3)
    Hand.objects.create(task=row, person=home.nils, since_at=NOW)
    keep_apart(home.mina, home.nils)
    refused("not free just now", lambda: Hand.objects.create(task=row, person=home.mina, since_at=NOW))
    Hand.objects.filter(person=home.nils).update(until_at=NOW)
    Hand.objects.create(task=row, person=home.mina, since_at=NOW)
    refused("not free just now", lambda: Hand.objects.filter(person=home.nils).update(until_at=None))


def test_two_who_must_not_meet_are_never_on_one_cover(home: Home) -> None:
    where = working(home)
    keep_apart(home.nils, home.olive)
    days = WorkDay.objects.filter(placement=where, day=MONDAY)
    refused("not free just now", lambda: days.update(person=home.olive))
    days.update(person=home.mina)


def test_a_day_of_work_has_a_person_or_a_question(home: Home) -> None:
    where = working(home)
    days = WorkDay.objects.filter(placement=where, day=MONDAY)
    refused("clubhouse_somebody_or_asked", lambda: days.update(person=None))
    refused("clubhouse_somebody_or_asked", lambda: days.update(asked_at=NOW))
    refused("clubhouse_staff_asked_when_open", lambda: days.update(staff_asked_at=NOW))


def test_the_house_meeting_is_never_closed(home: Home) -> None:
    open_one, closed = series(home), series(home, is_closed=True)
    elsewhere = series(home, programme=home.elsewhere)
    says = "open to everybody who belongs"
    refused(says, lambda: House.objects.create(programme=home.programme, series=closed))
    refused(says, lambda: House.objects.create(programme=home.programme, series=elsewhere))
    House.objects.create(programme=home.programme, series=open_one)
    refused(says, lambda: Series.objects.filter(pk=open_one.pk).update(is_closed=True))


def test_what_both_signed_stays(home: Home) -> None:
    record = signed(home)
    rows = HouseRecord.objects.filter(pk=record.pk)
    for changed in (
        {"state": "draft", "signed_at": None},
        {"version": 2, "member_signed": 2, "other_signed": 2},
        {"other": home.cora},
        {"kind": "talk"},
    ):
        refused("What both signed is not changed", lambda changed=changed: rows.update(**changed))
    refused("What was written stays", lambda: RecordVersion.objects.update(sealed=b"x"))
    refused("What was written stays", lambda: RecordVersion.objects.all().delete())
    refused("What was written stays", lambda: rows.delete())
    more = {"record": record, "author": home.mina, "sealed": b"x", "written_at": NOW}
    refused("before both signed", lambda: RecordVersion.objects.create(number=2, **more))


def test_a_draft_may_go_but_not_change(home: Home) -> None:
    record = draft(home)
    refused("What was written stays", lambda: RecordVersion.objects.update(sealed=b"x"))
    more = {"record": record, "number": 2, "sealed": b"x", "written_at": NOW}
    refused("Only the two write here", lambda: RecordVersion.objects.create(author=home.cora, **more))
    HouseRecord.objects.all().delete()


def test_a_signature_is_one_to_the_newest_version(home: Home) -> None:
    rows = HouseRecord.objects.filter(pk=draft(home).pk)
    refused("clubhouse_signed_is_newest", lambda: rows.update(member_signed=2))
    refused("clubhouse_signed_by_both", lambda: rows.update(state="signed", member_signed=1))
    refused("clubhouse_signed_by_both", lambda: rows.update(state="signed", member_signed=1, other_signed=1))
    refused("clubhouse_record_of_two", lambda: rows.update(other=home.mina))


def test_nothing_is_written_where_somebody_was_only_asked(home: Home) -> None:
    asked = services.ask_for_record(
        actor=home.mina, programme=home.programme, member=home.mina, other=home.theo, kind="goal", now=NOW
    )
    more = {"record": asked, "number": 1, "author": home.theo, "sealed": b"x", "written_at": NOW}
    refused("after both said yes", lambda: RecordVersion.objects.create(**more))
    refused("clubhouse_asked_has_no_words", lambda: HouseRecord.objects.update(version=1))


def test_a_programme_that_keeps_nothing(home: Home) -> None:
    Programme.objects.filter(pk=home.programme.pk).update(keeps_notes=False, keeps_attendance=False)
    row = {"programme": home.programme, "person": home.mina, "day": TODAY, "said_at": NOW}
    refused("never keeps who was there", lambda: Here.objects.create(**row))
    row = {
        "programme": home.programme, "member": home.mina, "other": home.theo, "asked_by": home.mina, "kind": "goal",
        "begun_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    refused("never keeps notes", lambda: HouseRecord.objects.create(**row))


def test_agreed_minutes_stand(home: Home) -> None:
    first = meeting(home)
    services.write_minutes(actor=home.mina, meeting=first, words="We met.", after=0, now=NOW)
    other = HouseMeeting.objects.create(programme=home.programme, on=MONDAY)
    refused("clubhouse_agreed_later", lambda: HouseMeeting.objects.filter(pk=first.pk).update(state="agreed"))
    HouseMeeting.objects.filter(pk=first.pk).update(state="agreed", agreed_in=other, agreed_at=NOW)
    refused("These minutes are agreed", lambda: Minutes.objects.update(sealed=b"x"))
    more = {"meeting": first, "number": 2, "sealed": b"x", "written_at": NOW}
    refused("These minutes are agreed", lambda: Minutes.objects.create(**more))


def test_work_is_paid_and_given_by_the_house(home: Home) -> None:
    where = place(home)
    rows = Placement.objects.filter(pk=where.pk)
    refused("clubhouse_wage_at_least_usual", lambda: rows.update(wage_pence=1249))
    refused("clubhouse_transitional_passes_on", lambda: rows.update(minutes_a_week=21 * 60))
    refused("clubhouse_transitional_passes_on", lambda: rows.update(longest_days=None))
    given = {"placement": where, "person": home.nils, "chosen_at": NOW}
    refused("given by the house", lambda: Holding.objects.create(**given))
    decision = decided(home)
    refused(
        "given by the house",
        lambda: Holding.objects.create(decision=decision, from_on=TODAY, advice_at=NOW, **given),
    )
    refused(
        "clubhouse_advice_before_pay",
        lambda: Holding.objects.create(decision=decision, from_on=TODAY, until_on=MONDAY, **given),
    )
    Holding.objects.create(decision=decision, **given)
    refused("clubhouse_", lambda: Holding.objects.create(decision=decision, **given))


def test_one_wish_and_one_place_on_the_list(home: Home) -> None:
    chosen = Wish(days=5, way="letter", named=[home.nils])
    row = services.choose_reach(actor=home.mina, programme=home.programme, wish=chosen, now=NOW)
    again = {"programme": home.programme, "person": home.mina, "days": 5, "due_at": NOW, "chosen_at": NOW}
    refused("clubhouse_", lambda: ReachWish.objects.create(**again))
    Missed.objects.create(wish=row, since_at=NOW)
    refused("clubhouse_", lambda: Missed.objects.create(wish=row, since_at=NOW))


def test_between_two_organisations_there_is_a_wall(home: Home) -> None:
    far = Organisation.objects.create(name="Far", short_name="Far", host="far.example")
    vera, says = make_person("Vera", organisation=far), "different organisations"
    row, where, made = task(home), place(home), meeting(home)
    wish = services.choose_reach(
        actor=home.mina, programme=home.programme, wish=Wish(days=5, way="letter", named=[home.nils]), now=NOW
    )
    record, missed = draft(home), Missed.objects.create(wish=wish, since_at=NOW)
    of_house = {"programme": home.programme, "person": vera}
    for deed in (
        lambda: Hand.objects.create(task=row, person=vera, since_at=NOW),
        lambda: Here.objects.create(day=TODAY, said_at=NOW, **of_house),
        lambda: InUnit.objects.create(unit=home.kitchen, person=vera, since_at=NOW),
        lambda: Interest.objects.create(placement=where, person=vera, said_at=NOW),
        lambda: ReachBy.objects.create(wish=wish, person=vera),
        lambda: Missed.objects.filter(pk=missed.pk).update(taken_by=vera),
        lambda: HouseRecord.objects.filter(pk=record.pk).update(other=vera),
        lambda: Minutes.objects.create(meeting=made, number=1, sealed=b"", written_by=vera, written_at=NOW),
        lambda: WorkDay.objects.create(placement=where, day=TODAY, person=vera),
    ):
        refused(says, deed)
