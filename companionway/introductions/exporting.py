"""This room's part of what a person downloads: their requests, introductions, and every time they were passed over."""

from __future__ import annotations

from typing import Any

from companionway.foundation.sealing import PERSON, key_of
from companionway.introductions import queries
from companionway.introductions.models import PASSED_OVER_WORDS, Introduction, PassedOver, Request
from companionway.introductions.states import Answer, Door, IntroductionState, PassingReason, RequestState
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    return {
        "requests": [
            _request(row, person) for row in Request.objects.filter(member=person).order_by("asked_at")
        ],
        "as_supporter": [
            _introduction(row, person)
            for row in Introduction.objects.filter(supporter=person)
            .select_related("request")
            .order_by("began_at")
        ],
    }


def _request(row: Request, person: Person) -> dict[str, Any]:
    introductions = row.introductions.exclude(door=Door.OFFER, member_answer=Answer.WAITING).select_related(
        "request"
    )
    return {
        "state": str(RequestState(row.state).label),
        "asked_at": row.asked_at.isoformat(),
        "met_at": row.met_at.isoformat() if row.met_at else None,
        "welcomes_offers": row.welcomes_offers,
        "wishes": queries.wishes_of(row).facts(),
        "introductions": [_introduction(each, person) for each in introductions.order_by("began_at")],
        "passed_over": [_passed_over(each) for each in row.passed_over.order_by("happened_at")],
    }


def _introduction(row: Introduction, person: Person) -> dict[str, Any]:
    """One's own answer and the reasons; never how the other answered, nor who they were before both said yes."""
    return {
        "how": str(Door(row.door).label),
        "began_at": row.began_at.isoformat(),
        "my_answer": str(row.answer_of(person.pk).label),
        "both_said_yes": row.state == IntroductionState.MET,
        "reasons": queries.reasons_of(row) if person.pk == row.request.member_id else [],
    }


def _passed_over(row: PassedOver) -> dict[str, Any]:
    words = key_of(PERSON, row.request.member_id).open(row.sealed_words, PASSED_OVER_WORDS)
    return {
        "at": row.happened_at.isoformat(),
        "reason": str(PassingReason(row.reason).label),
        "words": words,
    }
