"""Reasons in words: kept as keys, said in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from companionway.foundation.sealing import PERSON, key_of, open_facts
from companionway.introductions.models import REASONS, Introduction
from companionway.people.topics import reason_in_words
from companionway.reasoning.matching import Why


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason as it is kept: a template's key and the keys of what it names."""

    key: str
    shared: tuple[str, ...]

    @property
    def words(self) -> str:
        return reason_in_words(self.key, self.shared)


def worth_saying(why: Iterable[Why]) -> list[Reason]:
    """The reasons that count in somebody's favour, best first."""
    return [Reason(each.key, tuple(each.shared)) for each in why if each.points > 0]


def facts_of(reasons: Sequence[Reason]) -> list[list[str]]:
    return [[reason.key, *reason.shared] for reason in reasons]


def kept_reasons(introduction: Introduction) -> list[list[str]]:
    """Why the two were brought together, as keys: whoever shows them says them in the reader's language."""
    if not introduction.sealed_reasons:
        return []
    key = key_of(PERSON, introduction.request.member_id)
    return open_facts(key, introduction.sealed_reasons, REASONS) or []


def reasons_of(introduction: Introduction) -> list[str]:
    """Why the two were brought together, in words that both may read."""
    return [reason_in_words(each[0], each[1:]) for each in kept_reasons(introduction)]
