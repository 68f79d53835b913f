"""This room's part of what a person downloads about themselves."""

from __future__ import annotations

from typing import Any

from companionway.concerns import outcomes, policy
from companionway.concerns.models import Concern, Voice
from companionway.concerns.opening import open_decision, open_voice
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    """My own words in what I raised; and of a concern about me that I was shown, what was decided."""
    voices = Voice.objects.filter(person=person).select_related("concern").order_by("pk")
    return {
        "raised": [
            {
                "words": open_voice(voice).words,
                "said": voice.said_at.isoformat(),
                "drill": voice.concern.is_drill,
                **_facts(voice.concern),
            }
            for voice in voices
        ],
        "about_me": [
            {
                **_facts(concern),
                "decided": [
                    open_decision(each).words
                    for each in concern.decisions.filter(is_shown=True).order_by("pk")
                ],
            }
            for concern in policy.about_me(person).order_by("pk")
        ],
    }


def _facts(concern: Concern) -> dict[str, Any]:
    return {
        "state": concern.state,
        "raised": concern.raised_at.isoformat(),
        "ended": concern.over_at.isoformat() if concern.over_at else None,
        "outcome": outcomes.words_of(concern.outcome),
    }
