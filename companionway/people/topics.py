"""The topics people choose from, with their plain words in the language of the page. Keys live in `reasoning`."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext

from companionway.people.models import ItemKind
from companionway.reasoning import topics
from companionway.reasoning.vocabulary import Vocabulary

OF_KIND: Final[dict[str, Vocabulary]] = {
    ItemKind.EXPERIENCE: topics.TOPICS,
    ItemKind.GOAL: topics.GOALS,
    ItemKind.IDENTITY: topics.IDENTITY,
}


def label_of(kind: str, key: str) -> str:
    """The topic's plain words, or nothing for own words and for a key that is no longer listed."""
    words = OF_KIND[kind].labels.get(key, "") if kind in OF_KIND else ""
    return gettext(words) if words else ""


def choices_of(kind: str) -> list[tuple[str, str]]:
    """(key, words) pairs of one kind, in the vocabulary's order."""
    return [(key, gettext(words)) for key, words in OF_KIND[kind].labels.items()]
