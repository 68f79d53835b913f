"""What a member wishes for, opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from companionway.foundation.sealing import PERSON, key_of, open_facts
from companionway.introductions.models import WISHES, Request


@dataclass(frozen=True, slots=True)
class Wishes:
    """Answers to the questions asked one by one; whatever is empty was skipped and decides nothing."""

    words: str = ""
    weights: dict[str, int] = field(default_factory=dict)
    key_topics: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    hours: list[str] = field(default_factory=list)
    accepts: list[str] = field(default_factory=list)
    stage: str = ""

    @classmethod
    def read(cls, facts: dict[str, Any] | None) -> Wishes:
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in (facts or {}).items() if name in known})

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}


def wishes_of(request: Request) -> Wishes:
    """The member's wishes, for their own pages and for matching; their words also for supporters they allow."""
    if not request.sealed_wishes:
        return Wishes()
    return Wishes.read(open_facts(key_of(PERSON, request.member_id), request.sealed_wishes, WISHES))


def member_ids(requests: Iterable[Request]) -> list[int]:
    return [request.member_id for request in requests]
