"""Not being well, and being there for somebody who is not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person
from companionway.practice import policy
from companionway.practice.events import CoverAnswered, CoverAsked, NotWell, WellAgain
from companionway.practice.models import Cover, SupporterPractice, TimeAway
from companionway.practice.queries import cover_choices, cover_of
from companionway.practice.services._keeping import facts, mine
from companionway.practice.states import CoverState


@transaction.atomic
def say_not_well(*, actor: Person, practice: SupporterPractice, now: datetime) -> SupporterPractice:
    """Step back at once, with nothing to explain: the words kept ready speak, and the cover is told.

    Nobody new is introduced meanwhile. Saying it twice changes nothing.
    """
    locked = mine(actor, practice)
    if not locked.is_well:
        return locked
    cover = cover_of(locked)
    locked.not_well_since = now
    locked.save(update_fields=["not_well_since"])
    TimeAway.objects.create(practice=locked, cover=cover, began_at=now)
    cover_id = cover.person_id if cover else None
    announce(NotWell(**facts(actor, locked, cover_id), cover_id=cover_id), at=now)
    return locked


@transaction.atomic
def say_well_again(*, actor: Person, practice: SupporterPractice, now: datetime) -> SupporterPractice:
    """Come back, as before: limits and hours are as they were. Saying it twice changes nothing."""
    locked = mine(actor, practice)
    if locked.is_well:
        return locked
    locked.not_well_since = None
    locked.save(update_fields=["not_well_since"])
    TimeAway.objects.filter(practice=locked, ended_at=None).update(ended_at=now)
    cover = cover_of(locked)
    announce(WellAgain(**facts(actor, locked, cover.person_id if cover else None)), at=now)
    return locked


@transaction.atomic
def name_cover(*, actor: Person, practice: SupporterPractice, person: Person, now: datetime) -> Cover:
    """Ask a fellow supporter to be there when one is not well. It holds once they have said yes."""
    locked = mine(actor, practice)
    if not cover_choices(locked).filter(pk=person.pk).exists():
        raise Refused(_("They are not able to cover just now. Perhaps somebody else?"))
    Cover.objects.filter(practice=locked).exclude(state=CoverState.ENDED).update(
        state=CoverState.ENDED, ended_at=now
    )
    cover = Cover.objects.create(practice=locked, person=person, asked_at=now)
    announce(CoverAsked(**facts(actor, locked, person.pk)), at=now)
    return cover


@transaction.atomic
def answer_cover(*, actor: Person, cover: Cover, says_yes: bool, now: datetime) -> Cover:
    """Say whether one can be there for this fellow supporter's people. No reason is asked for a no."""
    locked = policy.covers_visible_to(actor).select_for_update(of=("self",)).get(pk=cover.pk)
    require(policy.may_answer_cover(actor, locked))
    locked.state = CoverState.YES if says_yes else CoverState.ENDED
    locked.answered_at, locked.ended_at = now, None if says_yes else now
    locked.save(update_fields=["state", "answered_at", "ended_at"])
    announce(
        CoverAnswered(**facts(actor, locked.practice, locked.practice.person_id), said_yes=says_yes), at=now
    )
    return locked


@transaction.atomic
def end_cover(*, actor: Person, cover: Cover, now: datetime) -> Cover:
    """Stop covering, or stop being covered: either may, at any time."""
    locked = policy.covers_visible_to(actor).select_for_update(of=("self",)).get(pk=cover.pk)
    require(policy.may_end_cover(actor, locked))
    locked.state, locked.ended_at = CoverState.ENDED, now
    locked.save(update_fields=["state", "ended_at"])
    practice = locked.practice
    other = practice.person_id if actor.pk == locked.person_id else locked.person_id
    announce(CoverAnswered(**facts(actor, practice, other), said_yes=False), at=now)
    return locked
