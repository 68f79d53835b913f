"""How a group decides: a stand-in with the signature that another part of issue 5 writes; it goes when that comes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Votes:
    """How many said what; `eligible` is how many might have."""

    yes: int
    no: int
    aside: int
    eligible: int


@dataclass(frozen=True, slots=True)
class Decision:
    passes: bool


def decide(rule: str, votes: Votes) -> Decision:
    """Whether a proposal passes. Raises KeyError for a rule that nobody knows."""
    said = votes.yes + votes.no
    return Decision(
        {
            "majority": votes.yes > votes.no,
            "two_thirds": votes.yes > 0 and votes.yes * 3 >= said * 2,
            "consensus": votes.yes > 0 and votes.no == 0,
            "conscience": votes.yes > 0 and votes.yes * 3 >= said * 2,
        }[rule]
    )
