"""How a group decides: one rule, the votes as numbers, and an answer with its reasons. Nobody's vote has a name here.

`conscience` asks for more than numbers: whoever was against or stood aside is asked to speak once
more before it counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RULES: Final = ("conscience", "consensus", "majority", "two_thirds")
PASSED: Final = "passed"
NOT_PASSED: Final = "not_passed"
# It would pass; first those who were against or stood aside are asked to speak once more, and all vote again.
HEAR_AGAIN: Final = "hear_again"
TOO_FEW: Final = "too_few"

# Every reason a decision can give, as a sentence for the page (translated by whoever shows it).
SENTENCES: Final[dict[str, str]] = {
    "nobody_said": "Nobody has said yes or no.",
    "too_few": "Not enough people were there to decide this.",
    "somebody_against": "Somebody is against it, and this group goes on only when nobody is.",
    "nobody_against": "Nobody is against it.",
    "stood_aside": "Some stood aside: they let it go ahead, and it is noted that they did.",
    "more_than_half": "More than half of those who said yes or no are for it.",
    "not_more_than_half": "Not more than half of those who said yes or no are for it.",
    "two_thirds": "At least two thirds of those who said yes or no are for it.",
    "not_two_thirds": "Fewer than two thirds of those who said yes or no are for it.",
    "hear_minority": "Before it counts, those who were against or stood aside are asked to speak once more.",
    "minority_heard": "Those who were against or stood aside were asked to speak once more.",
}


@dataclass(frozen=True, slots=True)
class Votes:
    """How many said yes, no, or stood aside, of how many who may say; and whether the minority was asked once more."""

    yes: int
    no: int
    aside: int
    eligible: int
    minority_heard: bool = False

    def __post_init__(self) -> None:
        if min(self.yes, self.no, self.aside) < 0 or self.said > self.eligible:
            raise ValueError("Votes are counts, and no more of them than people who may vote.")

    @property
    def said(self) -> int:
        return self.yes + self.no + self.aside


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of it (`PASSED` and so on), and why: keys of `SENTENCES`, in the order in which they are said."""

    outcome: str
    reasons: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return self.outcome == PASSED


def needed(eligible: int, quorum_percent: int) -> int:
    """How many must have said something: `quorum_percent` hundredths of those who may, rounded up; never below one.

    Own rule. Rounding up so that a quorum of half of seven is four, as associations count it.
    """
    return max(1, -(-eligible * quorum_percent // 100))


def decide(rule: str, votes: Votes, quorum_percent: int = 0) -> Decision:
    """What a vote means by the group's own rule. `quorum_percent` is 0 to 100; standing aside counts for the quorum.

    majority: more yes than no. two_thirds: yes at least twice no. Source: common rules of order (a vote is counted of
    those who say yes or no; abstentions count only for the quorum).
    consensus: nobody against, at least one for; standing aside does not stop it. Source: formal consensus as peer
    groups practise it (consent, stand aside, block).
    conscience: two thirds of yes and no, and wherever somebody was against or stood aside, they were asked to speak
    once more (`minority_heard`). Own rule, after the custom of twelve-step groups to hear the minority first.
    Raises ValueError for an unknown rule.
    """
    if rule not in RULES:
        raise ValueError(f"No group decides by {rule!r}.")
    if votes.yes + votes.no == 0:
        return Decision(TOO_FEW, ("nobody_said",))
    if votes.said < needed(votes.eligible, quorum_percent):
        return Decision(TOO_FEW, ("too_few",))
    if rule == "consensus":
        return _consensus(votes)
    if rule == "majority":
        found = votes.yes > votes.no
        return Decision(*((PASSED, ("more_than_half",)) if found else (NOT_PASSED, ("not_more_than_half",))))
    if votes.yes < 2 * votes.no:
        return Decision(NOT_PASSED, ("not_two_thirds",))
    if rule == "conscience" and votes.no + votes.aside:
        if not votes.minority_heard:
            return Decision(HEAR_AGAIN, ("two_thirds", "hear_minority"))
        return Decision(PASSED, ("two_thirds", "minority_heard"))
    return Decision(PASSED, ("two_thirds",))


def _consensus(votes: Votes) -> Decision:
    if votes.no:
        return Decision(NOT_PASSED, ("somebody_against",))
    return Decision(PASSED, ("nobody_against", "stood_aside") if votes.aside else ("nobody_against",))


@dataclass(frozen=True, slots=True)
class Election:
    """Who is elected, and between whom the members must vote again because they have equally many."""

    elected: tuple[str, ...]
    again: tuple[str, ...]


def elect(counts: Mapping[str, int], seats: int = 1) -> Election:
    """Who has most votes, for `seats` places; nobody is elected by lot. `counts`: votes of each who stands.

    Own rule: whoever is level at the last place is voted on again, and nobody without a single vote is elected.
    """
    if seats < 1 or any(count < 0 for count in counts.values()):
        raise ValueError("An election needs a place to fill, and votes are counts.")
    standing = sorted((key for key, count in counts.items() if count), key=lambda key: (-counts[key], key))
    if len(standing) <= seats:
        return Election(tuple(standing), ())
    last = counts[standing[seats - 1]]
    if counts[standing[seats]] < last:
        return Election(tuple(standing[:seats]), ())
    safe = tuple(key for key in standing if counts[key] > last)
    return Election(safe, tuple(key for key in standing if counts[key] == last))


def may_show_numbers(votes: Votes, smallest_number: int) -> bool:
    """Whether the numbers of a vote can be shown without telling how one person voted.

    Own rule, from the small-number rule of domain.md 1.2: with `smallest_number` 0 always; else only when each answer
    that anybody gave was given by at least so many, and they were not all of the same mind.
    """
    if smallest_number == 0:
        return True
    given = [count for count in (votes.yes, votes.no, votes.aside) if count]
    return len(given) > 1 and min(given) >= smallest_number
