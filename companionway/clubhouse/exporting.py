"""This room's part of what a person downloads."""

from __future__ import annotations

from typing import Any

from companionway.clubhouse import queries
from companionway.clubhouse.models import (
    HOUSE,
    AgendaItem,
    CanCover,
    Hand,
    Here,
    Holding,
    HouseRecord,
    Interest,
    Missed,
    ReachWish,
    WorkDay,
)
from companionway.foundation.sealing import PERSON, key_of_both
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    about_me = HouseRecord.objects.filter(member=person).select_related("member", "other").order_by("pk")
    with_others = HouseRecord.objects.filter(other=person).select_related("member", "other").order_by("pk")
    here = Here.objects.filter(person=person).order_by("day")
    hands = Hand.objects.filter(person=person).select_related("task").order_by("pk")
    return {
        "days_here": [each.day.isoformat() for each in here],
        "tasks": [
            {"what": each.task.title, "day": each.task.day.isoformat(), "handed_on": each.until_at is not None}
            for each in hands
        ],
        "put_on_the_agenda": _items(person),
        "records_about_me": [_record(each, person) for each in about_me],
        "records_i_wrote_with_others": [_record(each, person) for each in with_others],
        "being_asked_after": _wishes(person),
        "work": _work(person),
    }  # fmt: skip


def _items(person: Person) -> list[dict[str, str]]:
    rows = AgendaItem.objects.filter(author=person).select_related("meeting").order_by("pk")
    return [
        {
            "meeting": each.meeting.on.isoformat(),
            "words": key_of_both(HOUSE, each.meeting.programme_id, PERSON, person.pk).open(
                each.sealed, each.context
            ),
        }
        for each in rows
    ]


def _record(record: HouseRecord, person: Person) -> dict[str, Any]:
    shown, is_mine = queries.record_of(record), record.member_id == person.pk
    # Of somebody else's record one takes along one's own words.
    versions = [each for each in shown.versions if is_mine or each.by.pk == person.pk]
    return {
        "with": record.other_of(person).name,
        "about": str(record.get_kind_display()),
        "state": str(record.get_state_display()),
        "signed_at": record.signed_at.isoformat() if record.signed_at else None,
        "versions": [
            {"by": each.by.name, "at": each.at.isoformat(), "words": each.words} for each in versions
        ],
        "opened_by": [{"by": who.name, "at": at.isoformat()} for who, at in shown.looks],
    }


def _wishes(person: Person) -> list[dict[str, Any]]:
    rows = ReachWish.objects.filter(person=person).order_by("pk")
    return [
        {
            "days": each.days,
            "way": str(each.get_way_display()),
            "words": queries.words_of(each),
            "chosen_at": each.chosen_at.isoformat(),
            "stopped_at": each.stopped_at.isoformat() if each.stopped_at else None,
            "asked_after": [
                {"since": one.since_at.isoformat(), "result": one.result}
                for one in Missed.objects.filter(wish=each).order_by("pk")
            ],
        }
        for each in rows
    ]


def _work(person: Person) -> dict[str, Any]:
    holdings = Holding.objects.filter(person=person).select_related("placement__employer").order_by("pk")
    days = WorkDay.objects.filter(person=person).select_related("placement").order_by("day")
    covers = CanCover.objects.filter(person=person).select_related("placement").order_by("pk")
    interests = Interest.objects.filter(person=person).select_related("placement")
    return {
        "places": [
            {
                "title": each.placement.title,
                "employer": each.placement.employer.name,
                "from": each.from_on.isoformat() if each.from_on else None,
                "until": each.ended_on.isoformat() if each.ended_on else None,
            }
            for each in holdings
        ],
        "days": [{"title": each.placement.title, "day": each.day.isoformat()} for each in days],
        "can_cover": [{"title": each.placement.title, "weekdays": each.weekdays} for each in covers],
        "interested_in": [each.placement.title for each in interests],
    }
