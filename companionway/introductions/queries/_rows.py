"""From what people said to the whole numbers that `reasoning.matching` compares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from companionway.foundation.sealing import PERSON, preload
from companionway.introductions.models import Request
from companionway.introductions.queries._shared import Counted, counted
from companionway.introductions.queries._wishes import Wishes, wishes_of
from companionway.people.models import Person, Programme, Purpose, RoleHeld
from companionway.people.policy import band_served
from companionway.people.practice_models import PracticeModel
from companionway.people.queries import Needs, consenting, needs_of
from companionway.people.roles import roles_granting
from companionway.practice.queries import Offered
from companionway.reasoning.matching import (
    ANY_GENDER,
    DEFAULT_WEIGHTS,
    EVERY_MODE,
    REASONS,
    MemberRow,
    SupporterRow,
)
from companionway.reasoning.topics import CONTACT_MODES, GOALS, IDENTITY, LANGUAGES, STAGES, TOPICS, WEEK
from companionway.reasoning.vocabulary import Vocabulary

GENDERS: Final = ("woman", "man", "non_binary")
"""Place in this row is the number that matching knows; the number after the last one is "not said"."""
NOT_SAID: Final = len(GENDERS)
BANDS: Final = {"adult": 0, "young": 1}
NOBODYS: Final = 8
NO_ONE: Final = 9
"""Bands that meet none: of a member of no known age, of a supporter who is there for nobody."""
ALL_WEEK: Final = WEEK.mask(WEEK.keys)
# What somebody asked never to be done to them, and the way of talking that it rules out.
RULED_OUT: Final = {"phone_me": "phone", "video_me": "video"}


def member_rows(requests: Sequence[Request]) -> list[MemberRow]:
    """One row for each open request (with `member` loaded). A handful of queries, however many there are."""
    ids = [request.member_id for request in requests]
    preload(PERSON, ids)
    agreed, said = consenting(ids, Purpose.MATCHING), counted(ids)
    return [_member_row(each, said[each.member_id], each.member_id in agreed) for each in requests]


def supporter_rows(offered: Sequence[Offered], programme: Programme) -> list[SupporterRow]:
    """One row for each practice; whoever may not be asked (no role, no consent, at rest) has `paused` set."""
    ids = [each.person.pk for each in offered]
    preload(PERSON, ids)
    agreed, said = consenting(ids, Purpose.MATCHING), counted(ids)
    able = _with_the_role(ids, programme)
    return [
        _supporter_row(
            each, programme, said[each.person.pk], each.person.pk in agreed, each.person.pk in able
        )
        for each in offered
    ]


def _member_row(request: Request, said: Counted, consents: bool) -> MemberRow:
    wishes, needs, person = wishes_of(request), needs_of(request.member), request.member
    topics = _mask(TOPICS, said.topics)
    return MemberRow(
        id=request.pk,
        person=request.member_id,
        langs=_mask(LANGUAGES, wishes.languages or _languages(needs, person)),
        avail=_mask(WEEK, wishes.hours) or ALL_WEEK,
        modes=_mask(CONTACT_MODES, wishes.modes or needs.modes) or EVERY_MODE,
        safe_modes=EVERY_MODE & ~_ruled_out(needs),
        topics=topics,
        key_topics=_mask(TOPICS, wishes.key_topics) & topics,
        open_topics=_mask(TOPICS, said.open_topics),
        goals=_mask(GOALS, said.open_goals),
        identity=_mask(IDENTITY, said.identity),
        open_identity=_mask(IDENTITY, said.open_identity),
        gender=_gender(said.identity),
        accept_gender=_accepted(wishes.accepts),
        need_level=request.need_level,
        stage=_stage(wishes.stage),
        weights=_weights(wishes),
        consents=consents and person.paused_at is None and person.erased_at is None,
        age_band=BANDS.get(person.age_band, NOBODYS),
    )


def _supporter_row(
    offered: Offered, programme: Programme, said: Counted, consents: bool, is_able: bool
) -> SupporterRow:
    practice, offer, person = offered.practice, offered.offer, offered.person
    needs = needs_of(person)
    modes = _mask(CONTACT_MODES, offer.modes or needs.modes) or EVERY_MODE
    return SupporterRow(
        id=practice.pk,
        person=person.pk,
        langs=_mask(LANGUAGES, offer.languages or _languages(needs, person)),
        avail=practice.hours_mask or ALL_WEEK,
        modes=modes & ~_ruled_out(needs),
        topics=_mask(TOPICS, said.topics),
        open_topics=_mask(TOPICS, said.open_topics),
        wish_topics=_mask(TOPICS, offer.wish_topics),
        cannot=_mask(TOPICS, offer.cannot_topics),
        goals=_mask(GOALS, said.open_goals),
        identity=_mask(IDENTITY, said.identity),
        open_identity=_mask(IDENTITY, said.open_identity),
        gender=_gender(said.identity),
        accept_gender=_accepted(offer.accepts),
        level=practice.level,
        stage=_stage(offer.stage),
        free=offered.room,
        paused=not (is_able and practice.accepting and practice.is_well) or person.paused_at is not None,
        consents=consents,
        age_band=BANDS.get(band_served(programme, person, practice.supports_band), NO_ONE),
    )


def _with_the_role(person_ids: Collection[int], programme: Programme) -> set[int]:
    granting = roles_granting("support.accompany")
    if PracticeModel.of(programme).mutual:
        granting = [*granting, *roles_granting("support.ask")]
    held = RoleHeld.objects.filter(
        person__in=person_ids, programme=programme, role__in=granting, until_at=None
    )
    return set(held.values_list("person_id", flat=True))


def _mask(vocabulary: Vocabulary, keys: Iterable[str]) -> int:
    """Words that were taken off the list since count for nothing."""
    return vocabulary.mask(set(keys) & set(vocabulary.keys))


def _languages(needs: Needs, person: Person) -> list[str]:
    return needs.languages or [person.language or "en"]


def _ruled_out(needs: Needs) -> int:
    return _mask(CONTACT_MODES, {RULED_OUT[key] for key in needs.never if key in RULED_OUT})


def _gender(identity: set[str]) -> int:
    said = [place for place, key in enumerate(GENDERS) if key in identity]
    return said[0] if len(said) == 1 else NOT_SAID


def _accepted(keys: Sequence[str]) -> int:
    return sum(1 << GENDERS.index(key) for key in set(keys) if key in GENDERS) or ANY_GENDER


def _stage(key: str) -> int:
    return STAGES.keys.index(key) if key in STAGES.keys else 0


def _weights(wishes: Wishes) -> tuple[int, ...]:
    usual = dict(zip(REASONS, DEFAULT_WEIGHTS, strict=True))
    return tuple(int(wishes.weights.get(reason, usual[reason])) for reason in REASONS)
