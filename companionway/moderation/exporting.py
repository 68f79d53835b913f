"""This room's part of what a person downloads: statements about them, their appeals, and what they wrote on panels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from companionway.moderation import queries
from companionway.moderation.models import Decision, PanelYes, Seat
from companionway.moderation.opening import open_view
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    """What they decided about others is others' affair: only how often."""
    seats = Seat.objects.filter(person=person, viewed_at__isnull=False).order_by("pk")
    told = (
        Decision.objects.told()
        .filter(about=person)
        .select_related("programme", "group", "left_out")
        .order_by("pk")
    )
    return {
        "statements": [_statement(each) for each in told],
        "decided_by_me": Decision.objects.filter(made_by=person).count(),
        "sits_on_panels": PanelYes.objects.filter(person=person).exists(),
        "my_views_on_panels": [
            {
                "at": each.viewed_at.isoformat() if each.viewed_at else "",
                "finding": each.finding,
                "words": open_view(each),
            }
            for each in seats
        ],
    }


def _statement(decision: Decision) -> dict[str, Any]:
    shown = queries.statement_of(decision)
    return {
        "what": str(decision.get_outcome_display()),
        "why": str(decision.get_reason_display()),
        "facts": shown.facts,
        "where": "" if decision.is_everywhere else decision.programme.name,
        "since": decision.holds_at.isoformat() if decision.holds_at else "",
        "group": decision.group.name if decision.group else "",
        "days": decision.days,
        "state": decision.state,
        "my_message": shown.message,
        "my_message_taken_away": _day(decision.taken_away_at),
        "my_message_put_back": _day(decision.put_back_at),
        "appeal": shown.appeal_words,
        "finding": shown.appeal.finding if shown.appeal else "",
        "views": [words for _finding, words in shown.views],
    }


def _day(at: datetime | None) -> str:
    return at.isoformat() if at else ""
