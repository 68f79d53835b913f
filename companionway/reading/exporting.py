"""This room's part of what a person downloads: which pages were read, by whom, and what was written to them."""

from __future__ import annotations

from typing import Any

from companionway.people.models import Person
from companionway.reading import policy, queries
from companionway.reading.models import PageReading
from companionway.reading.states import ReadingState
from companionway.support.pages import RemarkShown


def part(person: Person) -> dict[str, Any]:
    mine = policy.of_the_two(person).select_related("note__relationship", "supervision__supervisor")
    return {
        "my_pages": [_page(each, person) for each in mine.order_by("pk")],
        "what_i_wrote_to_pages": [
            {
                "practice_of": reading.supervision.supporter.name,
                "remarks": [_remark(each) for each in remarks],
            }
            for reading, remarks in queries.written_by(person)
        ],
    }


def _page(reading: PageReading, person: Person) -> dict[str, Any]:
    walk = reading.note.relationship
    return {
        "with": walk.other_of(person).name,
        "page_begun_at": reading.note.begun_at.isoformat(),
        "reader": reading.supervision.supervisor.name,
        "state": str(ReadingState(reading.state).label),
        "asked_at": reading.asked_at.isoformat(),
        "i_said_yes": reading.yes_of(person),
        "signed_at": reading.signed_at.isoformat() if reading.signed_at else None,
        "opened": [
            {"by": each.reader.name, "at": each.opened_at.isoformat()}
            for each in reading.openings.select_related("reader")
        ],
        "remarks": [_remark(each) for each in queries.remarks_of(reading, walk.pk)],
    }


def _remark(shown: RemarkShown) -> dict[str, Any]:
    return {
        "by": shown.by.name,
        "at": shown.at.isoformat(),
        "words": shown.words,
        "asks_for_change": shown.asks_for_change,
    }
