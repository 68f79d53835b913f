"""The topics people choose from, with their plain words in the language of the page. Keys live in `reasoning`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext

from companionway.people.models import ItemKind
from companionway.reasoning import topics
from companionway.reasoning.matching import TEMPLATES
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


_NAMED_IN: Final = {
    "experience": topics.TOPICS,
    "supporter_interest": topics.TOPICS,
    "availability": topics.WEEK,
    "goals": topics.GOALS,
    "identity": topics.IDENTITY,
}


def reason_in_words(key: str, shared: Sequence[str]) -> str:
    """Why two people were thought of together, said in the language of the page from the keys that are kept."""
    vocabulary = _NAMED_IN.get(key.partition(".")[0])
    labels = vocabulary.labels if vocabulary else {}
    named = ", ".join(gettext(labels[each]) for each in shared if each in labels)
    return gettext(TEMPLATES[key]).format(shared=named) if key in TEMPLATES else ""
