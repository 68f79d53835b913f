"""Parting well: a planned ending with letters, an end at once, somebody else, and the door back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of
from companionway.people.models import Person
from companionway.safety import services as safety
from companionway.support import policy, talk
from companionway.support.closing import close, give_letters
from companionway.support.events import EndingStarted, EndingTakenBack, GoodbyeLeft
from companionway.support.kinds import SOMEONE_ELSE, kinds_of
from companionway.support.models import Goodbye, Relationship
from companionway.support.moving import OutOfDate, move, taken, whom
from companionway.support.states import Spacing, State


@transaction.atomic
def start_ending(
    *,
    actor: Person,
    relationship: Relationship,
    last_meeting_on: date | None,
    spacing: str = "",
    now: datetime,
) -> Relationship:
    """Begin to part: a day for the last meeting, and how the meetings thin out until then."""
    locked = taken(actor, relationship)
    require(policy.may_start_ending(actor, locked))
    if last_meeting_on and last_meeting_on < now.date():
        raise Refused(_("Please choose a day that is still to come."))
    if spacing and spacing not in Spacing.values:
        raise Refused(_("Please choose one of the answers listed."))
    return begin_to_part(actor, locked, now, last_meeting_on, spacing)


def begin_to_part(
    actor: Person, locked: Relationship, now: datetime, last_meeting_on: date | None = None, spacing: str = ""
) -> Relationship:
    """Inside a deed: one of the two, or a coordinator where their ages no longer fit."""
    locked.ending_at, locked.last_meeting_on, locked.spacing = now, last_meeting_on, spacing
    locked.paused_at = locked.paused_until = locked.sealed_pause = None
    move(
        locked,
        State.ENDING,
        "ending_at",
        "last_meeting_on",
        "spacing",
        "paused_at",
        "paused_until",
        "sealed_pause",
    )
    talk.say(locked, locked.member, "ending", now)
    announce(EndingStarted(**whom(locked, actor)), at=now)
    return locked


@transaction.atomic
def take_ending_back(*, actor: Person, relationship: Relationship, now: datetime) -> Relationship:
    """It is not time yet: go on as before. Letters stay with their writers."""
    locked = taken(actor, relationship)
    require(policy.may_take_ending_back(actor, locked))
    locked.ending_at = locked.last_meeting_on = None
    locked.spacing = ""
    move(locked, locked.where_we_were, "ending_at", "last_meeting_on", "spacing")
    talk.go_on(locked, actor, now)
    announce(EndingTakenBack(**whom(locked, actor)), at=now)
    return locked


@transaction.atomic
def say_goodbye(
    *,
    actor: Person,
    relationship: Relationship,
    words: str,
    is_ready: bool,
    after: int | None = None,
    now: datetime,
) -> Goodbye:
    """Write one's letter. Ready letters are given when both are ready, or at the planned end; others stay one's own.

    `after` is the version the writer had seen (None asks nothing); raises OutOfDate when there is a later one. The
    same letter sent twice is kept once.
    """
    locked = taken(actor, relationship)
    require(policy.may_say_goodbye(actor, locked))
    if not words.strip():
        raise Refused(_("Please write a few words first."))
    letter = locked.goodbyes.filter(writer=actor).first()
    if letter and letter.delivered_at:
        raise Refused(_("Your letter has been given. It stays as it is."))
    key = key_of(PERSON, actor.pk)
    if after is not None and after != (letter.version if letter else 0):
        if letter and (key.open(letter.sealed, letter.context), bool(letter.ready_at)) == (words, is_ready):
            return letter
        raise OutOfDate(
            _("You changed your letter meanwhile, perhaps on another device. What you typed is here.")
        )
    letter = letter or Goodbye(relationship=locked, writer=actor, version=0)
    letter.version, letter.written_at, letter.ready_at = letter.version + 1, now, now if is_ready else None
    letter.sealed = key.seal(words, letter.context)
    letter.save()
    if locked.state == State.ENDING and locked.goodbyes.exclude(ready_at=None).count() == 2:
        give_letters(locked, now)
    announce(GoodbyeLeft(**whom(locked, actor)), at=now)
    return letter


@transaction.atomic
def end_relationship(
    *, actor: Person, relationship: Relationship, kind: str = "", now: datetime
) -> Relationship:
    """End it, at once and without a reason. `kind` is one of the practice model's, and kept only where it keeps them.

    After a planned ending, ready letters are given; after a sudden one they stay with their writers.
    """
    locked = taken(actor, relationship)
    require(policy.may_end(actor, locked))
    if kind and kind not in dict(kinds_of(locked.programme)):
        raise Refused(_("Please choose one of the answers listed."))
    return close(locked, actor, kind=kind, now=now)


@transaction.atomic
def ask_for_someone_else(
    *, actor: Person, relationship: Relationship, never_again: bool = False, now: datetime
) -> Relationship:
    """No fault and no reason: this ends kindly, and the search for somebody else begins."""
    locked = taken(actor, relationship)
    require(policy.may_ask_for_someone_else(actor, locked))
    ended = close(locked, actor, kind=SOMEONE_ELSE, wants_someone_else=True, now=now)
    if never_again:
        other = locked.other_of(actor)
        safety.keep_apart(actor=actor, programme=locked.programme, one=actor, other=other, words="", now=now)
    return ended
