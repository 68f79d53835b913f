"""One press: a concern that somebody on call is told of, by name, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction

from companionway.concerns import around, climbing, policy
from companionway.concerns.events import ConcernJoined, ConcernRaised, WordsAdded
from companionway.concerns.models import Concern, KeptFrom, Voice
from companionway.concerns.opening import seal_voice
from companionway.concerns.states import State
from companionway.foundation.events import announce
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import require
from companionway.people.models import Organisation, Person
from companionway.safety import queries as safety

JOINS_WITHIN: Final = timedelta(hours=1)


@transaction.atomic
def raise_concern(
    *,
    actor: Person | None,
    organisation: Organisation,
    about: Person | None,
    subject: str = "",
    words: str = "",
    is_drill: bool = False,
    is_threat: bool = False,
    not_to: Collection[int] = (),
    press: str = "",
    now: datetime,
) -> Concern:
    """Tell whoever is on call, at once. Everything but the press is optional. Raises Refused.

    Another one about the same person within the hour joins the first. `press`: a name for this press, so that the
    same one sent twice is one. `not_to`: ids of people who must not hear of it. `is_threat`: the raiser is threatened.
    """
    now = now.astimezone(UTC)
    found = safety.reportable(actor, subject) if actor and subject else None
    about = about or (found.about if found else None)
    require(policy.may_raise(actor, organisation, about, is_drill))
    if (same := _same_press(actor, press)) is not None:
        return same
    _one_at_a_time(actor, about)
    apart = _kept_from(about, not_to)
    extract = found.text if found and about and found.about.pk == about.pk else ""
    first = _joinable(actor, organisation, about, is_drill, apart, now)
    concern = first or Concern(
        organisation=organisation,
        raised_by=actor,
        about=about,
        subject=subject if found else "",
        is_drill=is_drill,
        goes_round=policy.goes_round(about) and about != actor,
        raised_at=now,
        counts_from=now,
        next_step_at=now,
        seen_at=now,
    )
    if first is None:
        concern.save()
        KeptFrom.objects.bulk_create(KeptFrom(concern=concern, person_id=each) for each in sorted(apart))
    if actor is not None:
        _speak(concern, actor, words, extract, is_threat, press, now, joined=first is not None)
    _announce(concern, actor, now, joined=first is not None)
    return concern


def _announce(concern: Concern, actor: Person | None, now: datetime, *, joined: bool) -> None:
    who, subject = actor.pk if actor else None, f"concern:{concern.pk}"
    if joined:
        told = {concern.held_by_id} if concern.held_by_id else climbing.told_ids(concern)
        announce(
            ConcernJoined(actor_id=who, subject=subject, concern_id=concern.pk, told_ids=sorted(told)), at=now
        )
    else:
        told = climbing.begin(concern, now)
        raised = ConcernRaised(
            actor_id=who,
            subject=subject,
            concern_id=concern.pk,
            is_drill=concern.is_drill,
            told_ids=sorted(told),
        )
        announce(raised, at=now)
    climbing.tell_live(concern, told)


def _same_press(actor: Person | None, press: str) -> Concern | None:
    voice = (
        Voice.objects.filter(press=press, person=actor).select_related("concern").first() if press else None
    )
    return voice.concern if voice else None


def _one_at_a_time(actor: Person | None, about: Person | None) -> None:
    """Two who press in the same moment about one person meet here, one after the other."""
    whose = about or actor
    if whose is not None:
        Person.objects.select_for_update().filter(pk=whose.pk).first()


def _kept_from(about: Person | None, not_to: Collection[int]) -> set[int]:
    apart = set(not_to)
    if about is not None and policy.goes_round(about):
        apart |= {about.pk} | around.named_by(about.pk)
    return apart


def _joinable(
    actor: Person | None,
    organisation: Organisation,
    about: Person | None,
    is_drill: bool,
    apart: set[int],
    now: datetime,
) -> Concern | None:
    """The live concern of the last hour that this one is about as well, if nobody it must not reach was told of it.

    What somebody raises for themselves never joins what another raised about them: neither may learn of the other.
    """
    if actor is None or is_drill:
        return None
    live = Concern.objects.live().real().filter(organisation=organisation, about=about)
    live = live.filter(raised_at__gte=now - JOINS_WITHIN).select_for_update()
    if about is None or about == actor:
        live = live.filter(raised_by=actor)
    else:
        live = live.exclude(raised_by=about).exclude(raised_by=None)
    for concern in live.order_by("pk"):
        knows = climbing.told_ids(concern) | {concern.held_by_id}
        never = set(concern.kept_from.values_list("person_id", flat=True))
        # Nobody joins what must be kept from them, or what would be told to whom they named.
        if actor.pk not in never | knows and not apart - never:
            return concern
    return None


def _speak(
    concern: Concern,
    actor: Person,
    words: str,
    extract: str,
    is_threat: bool,
    press: str,
    now: datetime,
    *,
    joined: bool,
) -> Voice:
    voice = Voice.objects.create(
        concern=concern, person=actor, press=press or new_public_id(), joined=joined, said_at=now
    )
    seal_voice(voice, words, extract, is_threat)
    voice.save(update_fields=["sealed", "sealed_extract"])
    return voice


@transaction.atomic
def add_words(*, actor: Person, concern: Concern, words: str, press: str = "", now: datetime) -> Concern:
    """Say more about what I raised; whoever has it, or was told, hears of it. Raises Refused."""
    locked = policy.visible_to(actor).select_for_update().get(pk=concern.pk)
    if _same_press(actor, press) is not None:
        return locked
    require(policy.may_add_words(actor, locked))
    _speak(locked, actor, words, "", False, press, now, joined=False)
    told = [locked.held_by_id] if locked.held_by_id else sorted(climbing.told_ids(locked))
    subject = f"concern:{locked.pk}"
    announce(WordsAdded(actor_id=actor.pk, subject=subject, concern_id=locked.pk, told_ids=told), at=now)
    climbing.tell_live(locked, told if locked.state in (State.OPEN, State.HELD) else [])
    return locked
