"""This room's part of what a person downloads about themselves."""

from __future__ import annotations

from typing import Any

from companionway.people.models import Person
from companionway.safety.models import Block, KeepApartWish, KeptApart, Report
from companionway.safety.opening import open_report, open_wish


def part(person: Person) -> dict[str, Any]:
    """My blocks, my wishes and pairs I asked for, my reports with their answers. Nothing that others said of me."""
    return {
        "blocks": [
            {
                "person": block.blocked.name,
                "since": block.blocked_at.isoformat(),
                "lifted": _iso(block.lifted_at),
            }
            for block in Block.objects.filter(blocker=person, is_extended=False)
            .select_related("blocked")
            .order_by("pk")
        ],
        "kept_apart_in_my_words": [
            {"words": open_wish(wish), "said": wish.said_at.isoformat(), "state": wish.state}
            for wish in KeepApartWish.objects.filter(person=person).order_by("pk")
        ],
        "kept_apart_at_my_wish": [
            {
                "person": str(_the_other(pair, person)),
                "since": pair.began_at.isoformat(),
                "ended": _iso(pair.ended_at),
            }
            for pair in KeptApart.objects.filter(asked_by=person)
            .select_related("one", "other")
            .order_by("pk")
        ],
        "reports": [_report(report) for report in Report.objects.filter(reporter=person).order_by("pk")],
    }


def _report(report: Report) -> dict[str, Any]:
    opened = open_report(report)
    return {
        "words": opened.words,
        "message": opened.extract,
        "answer": opened.answer,
        "reason": report.reason,
        "state": report.state,
        "reported": report.reported_at.isoformat(),
        "answered": _iso(report.answered_at),
    }


def _the_other(pair: KeptApart, person: Person) -> str:
    return pair.other.name if pair.one_id == person.pk else pair.one.name


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
