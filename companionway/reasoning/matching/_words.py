"""Reasons in plain words, each a template with a stable key, so that a page can say it in any language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

TEMPLATES: Final = {
    "experience.named": "You have both been through: {shared}",
    "experience.some": "You have been through some of the same things",
    "experience.none": "Not the same experiences",
    "availability.named": "You are both free on {shared}",
    "availability.more": "You are both free on {shared}, and at other times",
    "availability.some": "You have free times in common",
    "goals.named": "You both care about: {shared}",
    "goals.some": "You care about some of the same things",
    "goals.none": "Not the same hopes for now",
    "identity.named": "You both said: {shared}",
    "identity.some": "You have something in common in who you are",
    "identity.none": "Not alike in who you said you are",
    "age.close": "You are about the same age",
    "age.some": "You are not far apart in age",
    "age.none": "Not close in age",
    "nearness.close": "You live close to each other",
    "nearness.some": "You live near enough to meet",
    "nearness.none": "You would talk from a distance",
    "supporter_interest.named": "They would like to talk about: {shared}",
    "supporter_interest.some": "They would like to talk about what you named",
    "supporter_interest.none": "They are open to other things too",
    "further_along.some": "Someone further along",
    "further_along.none": "Someone on the same stretch of the road",
}
"""Template key to plain English. `{shared}` is a list of labels; pages translate both."""


def sentence(key: str, labels: Sequence[str]) -> str:
    """The template in English with the labels put in, separated by commas."""
    return TEMPLATES[key].format(shared=", ".join(labels))
