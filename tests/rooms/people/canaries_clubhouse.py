"""Words in a clubhouse. Its own book (decisions, what to do, minutes) is the house's: that is written here by Theo."""

from __future__ import annotations

from datetime import timedelta

from companionway.clubhouse.models import (
    HOUSE,
    AgendaItem,
    Hand,
    Here,
    HouseAction,
    HouseDecision,
    HouseMeeting,
    Minutes,
    Task,
    Thanks,
    Unit,
)
from companionway.foundation.sealing import PERSON, key_of, key_of_both
from companionway.jointrecords.models import JointRecord, RecordLook, RecordVersion
from companionway.people import roles
from companionway.people.models import Programme
from companionway.people.services import create_programme
from companionway.placements.models import Employer, Placement, WorkDay
from companionway.reachout.models import Missed, ReachBy, ReachWish
from tests.cast import NOW, Cast, give
from tests.rooms.people.canary import words

THEIRS = "words of the house"


def housed(cast: Cast) -> None:
    programme = create_programme(
        actor=None, organisation=cast.organisation, name="House", practice_model="clubhouse", now=NOW
    )
    for person in (cast.mina, cast.theo):
        give(person, roles.MEMBER, programme)
    _day(cast, programme)
    _house_meeting(cast, programme)
    _record_of_two(cast, programme)
    _asked_after(cast, programme)
    _at_work(cast, programme)


def _day(cast: Cast, programme: Programme) -> None:
    unit = Unit.objects.create(programme=programme, name="Kitchen", begun_at=NOW)
    task = Task.objects.create(unit=unit, title="Soup", day=NOW.date(), begun_by=cast.mina)
    Hand.objects.create(task=task, person=cast.mina, since_at=NOW)
    Thanks.objects.create(task=task, person=cast.mina, said_at=NOW)
    Here.objects.create(programme=programme, person=cast.mina, day=NOW.date(), said_at=NOW)


def _house_meeting(cast: Cast, programme: Programme) -> None:
    meeting = HouseMeeting.objects.create(programme=programme, on=NOW.date())
    item = AgendaItem(meeting=meeting, author=cast.mina, said_at=NOW)
    item.sealed = key_of_both(HOUSE, programme.pk, PERSON, cast.mina.pk).seal(words("item"), item.context)
    item.save()
    house = key_of(HOUSE, programme.pk)
    theirs = {"meeting": meeting, "written_at": NOW}
    for row in (
        HouseDecision(how="vote", written_by=cast.theo, **theirs),
        HouseAction(carer=cast.theo, **theirs),
        Minutes(number=1, written_by=cast.theo, **theirs),
    ):
        row.sealed = house.seal(THEIRS, row.context)
        row.save()


def _record_of_two(cast: Cast, programme: Programme) -> None:
    mina, theo = cast.mina, cast.theo
    record = JointRecord.objects.create(
        programme=programme, member=mina, other=theo, asked_by=mina, kind="talk", state="draft", version=1,
        begun_at=NOW, changed_at=NOW,
    )  # fmt: skip
    version = RecordVersion(record=record, number=1, author=mina, written_at=NOW)
    both = key_of_both(PERSON, mina.pk, PERSON, theo.pk)
    version.sealed = both.seal(words("record"), version.context)
    version.save()
    RecordLook.objects.create(record=record, reader=theo, looked_at=NOW)


def _asked_after(cast: Cast, programme: Programme) -> None:
    wish = ReachWish(programme=programme, person=cast.mina, days=14, way="letter", due_at=NOW, chosen_at=NOW)
    wish.sealed = key_of(PERSON, cast.mina.pk).seal(words("address"), wish.context)
    wish.save()
    ReachBy.objects.create(wish=wish, person=cast.theo)
    Missed.objects.create(wish=wish, since_at=NOW)


def _at_work(cast: Cast, programme: Programme) -> None:
    employer = Employer.objects.create(programme=programme, name="Bakery", place="Quay", begun_at=NOW)
    placement = Placement.objects.create(
        programme=programme, employer=employer, kind="transitional", title="Packing", minutes_a_week=600,
        wage_pence=1300, prevailing_pence=1300, longest_days=180, weekdays=[0], begins="09:00", ends="11:00",
        begun_at=NOW,
    )  # fmt: skip
    WorkDay.objects.create(placement=placement, day=NOW.date() - timedelta(days=1), person=cast.mina)
