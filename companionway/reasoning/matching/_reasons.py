"""Why this person: the terms of the score, best first, in words that the two may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from companionway.reasoning.matching._rows import AGE_SPAN, NEARNESS_BANDS, REASONS, MemberRow, SupporterRow
from companionway.reasoning.matching._scores import coefficients, most, nums
from companionway.reasoning.matching._words import sentence
from companionway.reasoning.topics import GOALS, IDENTITY, TOPICS, WEEK
from companionway.reasoning.vocabulary import Vocabulary

Reader = Literal["member", "supporter", "both"]

_TIMES_NAMED: Final = 3
_CLOSE: Final = {"age": AGE_SPAN - 5, "nearness": NEARNESS_BANDS}


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabularies that a programme's masks were made with."""

    topics: Vocabulary = TOPICS
    goals: Vocabulary = GOALS
    identity: Vocabulary = IDENTITY
    week: Vocabulary = WEEK


SHIPPED_WORDS: Final = Words()


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: how many points of the 1000 it gives, the most it could, and how to say it.

    `key` is the template in `TEMPLATES` and `shared` the vocabulary keys named in it, for a page that
    translates; `text` is the same in plain English.
    """

    reason: str
    points: int
    most: int
    key: str
    shared: tuple[str, ...]
    text: str


def explain(
    member: MemberRow,
    supporter: SupporterRow,
    *,
    reader: Reader = "member",
    words: Words = SHIPPED_WORDS,
) -> tuple[Why, ...]:
    """Every reason that counts for this member, most points first; a reason worth 0 says so.

    Names only what its owner lets the reader see before the two have met: a member reads what the supporter
    has opened, a supporter what the member has opened, and "both" what both have. A hidden item still
    counts towards the points, and is never named.
    """
    rows = []
    terms = zip(REASONS, nums(member, supporter), coefficients(member), most(member), strict=True)
    for reason, num, worth, top in terms:
        if not worth:
            continue
        vocabulary, mask = _in_common(reason, member, supporter, reader, words)
        keys = _keys(vocabulary, mask, member.key_topics if reason == "experience" else 0)
        template, shared = _template(reason, num, keys)
        labels = [vocabulary.label(key) for key in shared]
        text = sentence(template, labels)
        rows.append(Why(reason, num * worth >> 16, top * worth >> 16, template, shared, text))
    return tuple(sorted(rows, key=lambda why: -why.points))


def _in_common(
    reason: str, member: MemberRow, supporter: SupporterRow, reader: Reader, words: Words
) -> tuple[Vocabulary, int]:
    """What the two share for this reason and may be named to the reader, with the words it is said in."""
    match reason:
        case "experience":
            may_name = _open(reader, member.open_topics, supporter.open_topics)
            return words.topics, member.topics & supporter.topics & may_name
        case "supporter_interest":
            may_name = _open(reader, member.open_topics, supporter.open_topics)
            return words.topics, member.topics & supporter.wish_topics & may_name
        case "identity":
            may_name = _open(reader, member.open_identity, supporter.open_identity)
            return words.identity, member.identity & supporter.identity & may_name
        case "goals":
            return words.goals, member.goals & supporter.goals
        case "availability":
            return words.week, member.avail & supporter.avail
    return words.topics, 0


def _open(reader: Reader, of_member: int, of_supporter: int) -> int:
    if reader == "both":
        return of_member & of_supporter
    return of_supporter if reader == "member" else of_member


def _keys(vocabulary: Vocabulary, mask: int, first: int) -> tuple[str, ...]:
    """The keys in the mask, those that matter most to the member first."""
    return vocabulary.keys_of(mask & first) + vocabulary.keys_of(mask & ~first)


def _template(reason: str, num: int, keys: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """How to say it: by name where something may be named, else how close, else that it is not so."""
    if reason == "availability" and len(keys) > _TIMES_NAMED:
        return "availability.more", keys[:_TIMES_NAMED]
    if keys:
        return f"{reason}.named", keys
    if not num and reason != "availability":
        return f"{reason}.none", ()
    close = _CLOSE.get(reason)
    return f"{reason}.{'close' if close is not None and num >= close else 'some'}", ()
