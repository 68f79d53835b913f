"""This room's part of what a person downloads: everything of their own book, and what they asked for themselves."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from companionway.people.models import Person
from companionway.steps import policy, queries
from companionway.steps.states import Outside, State


def part(person: Person) -> dict[str, Any]:
    """Whoever asked somebody to be alongside gets their own words; the one who was asked, when it was, and no more."""
    pages = queries.own_book(person)
    links = queries.links_of(person, pages.steps)
    rows = list(policy.companies_of(person).select_related("member", "companion").order_by("pk"))
    words = queries.words_of(each for each in rows if each.member_id == person.pk)
    return {
        "ladder": [
            {
                "step": step.words,
                "place": step.place,
                "meeting": links[step.series].name if step.series in links else "",
                "tries": [_dated(asdict(each)) for each in step.tries],
            }
            for step in pages.steps
        ],
        "steps_in_the_copy_of_my_device": pages.on_device,
        "outside": [
            _dated({**asdict(each), "kind": str(Outside(each.kind).label)}) for each in pages.outside
        ],
        "alongside": [
            {
                "with": each.other_of(person).name,
                "i_asked": each.member_id == person.pk,
                "from": each.starts_at.isoformat(),
                "until": each.until.isoformat(),
                "state": str(State(each.state).label),
                **words.get(each.pk, {}),
            }
            for each in rows
        ],
    }


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in row.items() if key != "key"}
    return {**kept, "on": row["on"].isoformat() if row["on"] else None}
