"""This room's part of what a person downloads: both sides of supervision, their weeks' facts, their circle words."""

from __future__ import annotations

from typing import Any

from companionway.people.models import Person
from companionway.supervision import policy, queries
from companionway.supervision.models import CircleWords, DriftTick, HardContact, Supervising, Supervision
from companionway.supervision.states import DebriefState, Drift, Gain, TalkState


def part(person: Person) -> dict[str, Any]:
    pairs = policy.visible_to(person).select_related("programme", "supporter", "supervisor").order_by("pk")
    return {
        "practice_supervision": [_pair(each, person) for each in pairs],
        "supervising": [
            {"programme": each.programme.name, "has_lived_it": each.has_lived_it, "for_up_to": each.most}
            for each in Supervising.objects.filter(person=person).select_related("programme")
        ],
        "hard_contacts": [
            {"on": each.happened_at.isoformat(), "debrief": str(DebriefState(each.debrief).label)}
            for each in HardContact.objects.filter(person=person)
        ],
        "asked_to_do_what_is_not_my_role": [
            {"on": each.ticked_on.isoformat(), "what": str(Drift(each.kind).label)}
            for each in DriftTick.objects.filter(person=person).order_by("pk")
        ],
        "what_supporting_gives_back": [
            {
                "at": each.said_at.isoformat(),
                "answers": dict(zip(map(str, Gain.labels), each.answers, strict=True)),
            }
            for each in queries.gains_of(person, most=10_000)
        ],
        "places_above_my_limits": [
            {"until": each.row.until_on.isoformat(), "why": each.reason}
            for each in queries.my_extra_places(person)
        ],
        "looks_for_signs_of_tiredness": queries.looks_for_signs(person),
        "circles": [_circle(each, person) for each in queries.my_circles(person)],
    }


def _pair(row: Supervision, person: Person) -> dict[str, Any]:
    return {
        "with": row.other_of(person).name,
        "programme": row.programme.name,
        "my_side": str(row.side_of(person).label),
        "began_at": row.began_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        "agenda": [
            {"at": each.item.put_at.isoformat(), "shared": each.item.is_shared, "words": each.words}
            for each in queries.agenda_of(row, person)
        ],
        "talks": [_talk(each) for each in queries.talks_shown(row, person)],
    }


def _talk(shown: queries.TalkShown) -> dict[str, Any]:
    return {
        "day": shown.talk.held_on.isoformat(),
        "state": str(TalkState(shown.talk.state).label),
        "themes": shown.themes,
        "words": shown.words,
        "actions": [
            {
                "mine": each.is_mine,
                "words": each.words,
                "by": each.action.by_on.isoformat() if each.action.by_on else None,
                "done": each.action.done_at is not None,
            }
            for each in shown.actions
        ],
    }


def _circle(shown: queries.CircleShown, person: Person) -> dict[str, Any]:
    """Only one's own words: those of the others are theirs."""
    mine = CircleWords.objects.filter(seat__person=person, circle=shown.circle).select_related("seat")
    return {
        "name": shown.name,
        "i_am_called": shown.called,
        "my_words": [{"at": each.written_at.isoformat(), "words": queries.words_said(each)} for each in mine],
    }
