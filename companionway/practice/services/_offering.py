"""A peer supporter sets up and changes what they offer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of, seal_facts
from companionway.people import policy as people
from companionway.people.models import Person, Programme
from companionway.practice import policy
from companionway.practice.events import AboutWritten, LimitsChanged, SupportOffered
from companionway.practice.models import ABOUT, AWAY_WORDS, OFFER, SupporterPractice
from companionway.practice.queries import Offer
from companionway.practice.services._keeping import facts, mine
from companionway.reasoning.topics import WEEK


@transaction.atomic
def offer_support(*, actor: Person, programme: Programme, now: datetime) -> SupporterPractice:
    """Begin to offer support in a programme, asking for nobody yet. Doing it twice gives the same practice."""
    require(policy.may_offer(actor, programme))
    practice, is_new = SupporterPractice.objects.get_or_create(
        person=actor,
        programme=programme,
        defaults={"began_at": now, "changed_at": now, "supports_band": actor.age_band},
    )
    if is_new:
        announce(SupportOffered(**facts(actor, practice)), at=now)
    return practice


@transaction.atomic
def set_limits(
    *,
    actor: Person,
    practice: SupporterPractice,
    accepting: bool,
    places: int,
    weekly_minutes: int,
    minutes_each: int,
    weight_limit: int | None = None,
    now: datetime,
) -> SupporterPractice:
    """Say how many people, how much time, and whether somebody new is welcome.

    Fewer places than people walked with now is fine: nobody is sent away, nobody new comes.
    """
    locked = mine(actor, practice)
    locked.accepting, locked.places, locked.weekly_minutes = accepting, places, weekly_minutes
    locked.minutes_each, locked.weight_limit = minutes_each, weight_limit
    return _changed(
        actor, locked, now, "accepting", "places", "weekly_minutes", "minutes_each", "weight_limit"
    )


@transaction.atomic
def set_hours(
    *, actor: Person, practice: SupporterPractice, hours: Collection[str], now: datetime
) -> SupporterPractice:
    """Say which three-hour blocks of the week are free, as keys of `WEEK`; none at all means "ask me"."""
    locked = mine(actor, practice)
    locked.hours_mask = WEEK.mask(hours) or None
    return _changed(actor, locked, now, "hours_mask")


@transaction.atomic
def describe_offer(
    *, actor: Person, practice: SupporterPractice, offer: Offer, now: datetime
) -> SupporterPractice:
    """Say in which languages and ways, what they would like to talk about, and what they would rather not.

    Kept sealed; nobody reads the list of topics they would rather not support, and no reason is kept.
    """
    locked = mine(actor, practice)
    wanted = [topic for topic in offer.wish_topics if topic not in offer.cannot_topics]
    kept = replace(offer, wish_topics=wanted).facts()
    locked.sealed_offer = seal_facts(key_of(PERSON, actor.pk), kept, OFFER)
    return _changed(actor, locked, now, "sealed_offer")


@transaction.atomic
def write_about(
    *, actor: Person, practice: SupporterPractice, words: str, now: datetime
) -> SupporterPractice:
    """Write the few words that members read who look for somebody; empty takes them away."""
    locked = mine(actor, practice)
    locked.sealed_about = key_of(PERSON, actor.pk).seal(words, ABOUT) if words else None
    return _written(actor, locked, now, "sealed_about")


@transaction.atomic
def write_away_words(
    *, actor: Person, practice: SupporterPractice, words: str, now: datetime
) -> SupporterPractice:
    """Keep words ready, written in a good hour, for the people they walk with; empty takes them away."""
    locked = mine(actor, practice)
    locked.sealed_away_words = key_of(PERSON, actor.pk).seal(words, AWAY_WORDS) if words else None
    return _written(actor, locked, now, "sealed_away_words")


@transaction.atomic
def set_training(
    *, actor: Person, practice: SupporterPractice, level: int, supports_band: str, now: datetime
) -> SupporterPractice:
    """Record the training a supporter has reached and the age band it is for (coordinators)."""
    locked = policy.visible_to(actor).select_for_update(of=("self",)).get(pk=practice.pk)
    require(policy.may_set_training(actor, locked))
    if supports_band not in (people.ADULT, people.YOUNG):
        raise Refused(_("Please choose one of the answers listed."))
    locked.level, locked.supports_band = level, supports_band
    return _changed(actor, locked, now, "level", "supports_band")


def _changed(actor: Person, practice: SupporterPractice, now: datetime, *names: str) -> SupporterPractice:
    practice.changed_at = now
    practice.save(update_fields=[*names, "changed_at"])
    announce(LimitsChanged(**facts(actor, practice, _other(actor, practice))), at=now)
    return practice


def _written(actor: Person, practice: SupporterPractice, now: datetime, name: str) -> SupporterPractice:
    practice.changed_at = now
    practice.save(update_fields=[name, "changed_at"])
    announce(AboutWritten(**facts(actor, practice)), at=now)
    return practice


def _other(actor: Person, practice: SupporterPractice) -> int | None:
    return practice.person_id if practice.person_id != actor.pk else None
