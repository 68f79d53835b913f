"""This room's part of what a person downloads: what they offer, in full, and their times away."""

from __future__ import annotations

from typing import Any

from companionway.people.models import Person
from companionway.practice import queries
from companionway.practice.models import Cover, SupporterPractice
from companionway.practice.states import CoverState
from companionway.reasoning.topics import WEEK


def part(person: Person) -> dict[str, Any]:
    return {
        "offered": [_practice(each) for each in queries.my_practices(person)],
        "covering_for": [
            {"for": each.practice.person.name, "state": str(CoverState(each.state).label)}
            for each in Cover.objects.filter(person=person).select_related("practice__person").order_by("pk")
        ],
    }


def _practice(row: SupporterPractice) -> dict[str, Any]:
    return {
        "programme": row.programme.name,
        "welcomes_somebody_new": row.accepting,
        "limits": queries.limits_words(row),
        "hours": list(WEEK.keys_of(row.hours_mask or 0)),
        "training_level": row.level,
        "about_me": queries.about_of(row),
        "offer": queries.offer_of(row).facts(),
        "words_for_when_i_am_not_well": queries.away_words_of(row),
        "times_away": [
            {"from": each.began_at.isoformat(), "until": each.ended_at.isoformat() if each.ended_at else None}
            for each in row.times_away.order_by("began_at")
        ],
    }
