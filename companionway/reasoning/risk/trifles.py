"""Batteries that die, printers that somebody wants to strangle, overdoses of trifle: violent words about trifles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from companionway.reasoning.risk.matching import Match

EXAGGERATED: Final = frozenset(("suicide", "self_harm", "harm_to_others"))
"""What people say of a late bus without meaning it."""

OWN_DEATH: Final = frozenset(("suicide", "self_harm"))
"""What is the writer's where it touches an `I` or a `me`, whoever is named before: `nothing you say will stop me`."""

Bits = Callable[..., int]
"""The bits of classes by their names."""
NEAR = 3
"""So many words after a violent one the thing stands that it is done to."""
FOOD_AFTER = 8
"""So many words after `an overdose of` what was eaten or watched is named."""


def of_a_thing(bits: Bits, match: Match) -> bool:
    """It is a battery or a dog that dies or jumps: the clause begins with it, and nobody comes in between."""
    if match.rule.category not in EXAGGERATED and not match.touches(bits("suicidal")):
        return False
    sentence = match.told.sentence
    start, clause = match.start, sentence.clause[match.start]
    first = next(place for place in range(start + 1) if sentence.clause[place] == clause)
    thing = sentence.first(bits("thing"), first, min(first + 3, start))
    people = bits("self_subject", "you_subject", "third_subject", "self_reflexive", "me_us")
    if not sentence.here[start] & bits("suicidal"):
        people |= bits("preposition")
    return thing >= 0 and sentence.first(people, first + 1, start) < 0


def at_a_thing(bits: Bits, match: Match) -> bool:
    """It is a printer that somebody wants to strangle: what the violent word is done to is a thing."""
    if match.rule.category != "harm_to_others":
        return False
    sentence, done = match.told.sentence, bits("kill", "violence", "hurl")
    for start, end in match.spans:
        if sentence.here[start] & done:
            thing = sentence.first(bits("thing", "trifle"), end, min(end + NEAR, len(sentence.here)))
            return thing >= 0 and sentence.first(bits("third", "him", "his", "reflexive"), end, thing) < 0
    return False


def overdone(bits: Bits, match: Match) -> bool:
    """An overdose of trifle."""
    sentence = match.told.sentence
    place = sentence.first(bits("overdone"))
    if place < 0 or match.rule.category not in EXAGGERATED:
        return False
    return sentence.first(bits("treat"), place, min(place + FOOD_AFTER, len(sentence.here))) >= 0


ALL: Final = (of_a_thing, at_a_thing, overdone)
