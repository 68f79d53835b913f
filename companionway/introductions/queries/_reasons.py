"""Reasons in words: kept as keys, said in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from companionway.foundation.sealing import PERSON, key_of, open_facts
from companionway.introductions.models import REASONS, Introduction
from companionway.reasoning.matching import TEMPLATES, Why
from companionway.reasoning.topics import GOALS, IDENTITY, TOPICS, WEEK

_LABELS = {
    "experience": TOPICS.labels,
    "supporter_interest": TOPICS.labels,
    "availability": WEEK.labels,
    "goals": GOALS.labels,
    "identity": IDENTITY.labels,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason as it is kept: a template's key and the keys of what it names."""

    key: str
    shared: tuple[str, ...]

    @property
    def words(self) -> str:
        labels = _LABELS.get(self.key.partition(".")[0], {})
        named = ", ".join(gettext(labels[each]) for each in self.shared if each in labels)
        return gettext(TEMPLATES[self.key]).format(shared=named) if self.key in TEMPLATES else ""


def worth_saying(why: Iterable[Why]) -> list[Reason]:
    """The reasons that count in somebody's favour, best first."""
    return [Reason(each.key, tuple(each.shared)) for each in why if each.points > 0]


def facts_of(reasons: Sequence[Reason]) -> list[list[str]]:
    return [[reason.key, *reason.shared] for reason in reasons]


def reasons_of(introduction: Introduction) -> list[str]:
    """Why the two were brought together, in words that both may read."""
    if not introduction.sealed_reasons:
        return []
    key = key_of(PERSON, introduction.request.member_id)
    facts = open_facts(key, introduction.sealed_reasons, REASONS) or []
    return [Reason(each[0], tuple(each[1:])).words for each in facts]
