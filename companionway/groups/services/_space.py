"""The group's own space: open it, come in, leave, pin; a pause with a reason; a private word asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.conversations import services as conversations
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.groups import opening, policy, queries, readers
from companionway.groups.events import (
    PausedInSpace,
    PauseOver,
    Pinned,
    PinTakenDown,
    SpaceOpened,
    TalkAsked,
    TalkOver,
)
from companionway.groups.models import Group, Pin, SpacePause, TalkWish
from companionway.groups.moving import held, named, taken, tell
from companionway.groups.states import MOST_PAUSE_DAYS
from companionway.people.models import Person

LEAST_REASON, MOST_WORDS = 10, 1000


@transaction.atomic
def open_space(*, actor: Person, group: Group, now: datetime) -> Group:
    """Give the group a place to write in between meetings. Where the tradition says so, `release` holds every word."""
    locked = taken(actor, group)
    require(policy.may_open_space(actor, locked, now))
    space = conversations.open_space(actor=actor, programme=locked.programme, heading=locked.name, now=now)
    locked.space = space
    locked.save(update_fields=["space"])
    tell(SpaceOpened, locked, actor=actor, now=now)
    return locked


@transaction.atomic
def enter_space(*, actor: Person, group: Group, agreed: int = 0, now: datetime) -> None:
    """Come into the space. `agreed`: what the device remembers, where nobody keeps it. Nobody is told.

    Whoever left while pausing pauses on.
    """
    locked = taken(actor, group)
    known = policy.agreed_by(actor, locked) if locked.programme.keeps_register else agreed
    require(policy.may_enter(actor, locked, known, queries.newest_number(locked)))
    assert locked.space is not None
    conversations.come_in(actor=actor, conversation=locked.space, sees_before=locked.shows_before, now=now)
    if policy.pauses_now(locked.pk, actor.pk).exists():
        conversations.pause_in_space(conversation=locked.space, person=actor, is_paused=True, now=now)


@transaction.atomic
def leave_space(*, actor: Person, group: Group, now: datetime) -> None:
    """Out of the space, and still of the group. Nobody is told."""
    locked = taken(actor, group)
    if locked.space is not None:
        conversations.leave_space(actor=actor, conversation=locked.space, now=now)


@transaction.atomic
def mute_space(*, actor: Person, group: Group, is_muted: bool, now: datetime) -> None:
    """No more word that something is new there, or again. Nobody sees the choice."""
    if group.space is None:
        raise Refused(_("This group has no place to write in."))
    conversations.mute_space(actor=actor, conversation=group.space, is_muted=is_muted, now=now)


@transaction.atomic
def pin_words(*, actor: Person, group: Group, words: str, now: datetime) -> Pin:
    """Put words at the head of the space."""
    locked = taken(actor, group)
    require(policy.may_pin(actor, locked, now))
    if not words.strip():
        raise Refused(_("Please write something here."))
    pin = Pin(group=locked, public_id=new_public_id(), pinned_by=actor, pinned_at=now)
    opening.put(pin, {"words": words.strip()[:MOST_WORDS]})
    pin.save()
    tell(Pinned, locked, actor=actor, now=now)
    return pin


@transaction.atomic
def take_down_pin(*, actor: Person, pin: Pin, now: datetime) -> None:
    """Words that stood at the head of the space go. Taken down twice, they are gone once. Raises Refused."""
    locked = taken(actor, pin.group)
    require(policy.may_pin(actor, locked, now))
    if Pin.objects.filter(pk=pin.pk).delete()[0]:
        tell(PinTakenDown, locked, actor=actor, now=now)


@transaction.atomic
def pause_in_space(
    *, actor: Person, group: Group, person: Person, days: int, reason: str, now: datetime
) -> SpacePause:
    """For up to seven days somebody reads and does not write. They read why, and who said so; nobody else does."""
    locked = taken(actor, group)
    require(policy.may_pause(actor, person, locked, now))
    if not 1 <= days <= MOST_PAUSE_DAYS:
        raise Refused(
            _("A pause here lasts between one and seven days. For more, please report it to the team.")
        )
    if len(reason.strip()) < LEAST_REASON:
        raise Refused(_("Please say why, in a sentence. They will read it."))
    assert locked.space is not None
    pause = SpacePause(
        group=locked, public_id=new_public_id(), person=person, by=actor, days=days, since_at=now
    )
    pause.until_at = now + timedelta(days=days)
    pause.sealed_reason = opening.seal_between(person.pk, actor.pk, reason.strip()[:MOST_WORDS], pause.place)
    pause.save()
    conversations.pause_in_space(conversation=locked.space, person=person, is_paused=True, now=now)
    tell(PausedInSpace, locked, actor=actor, about=named(locked, person), now=now)
    return pause


@transaction.atomic
def end_pause(*, actor: Person, pause: SpacePause, now: datetime) -> None:
    """Sooner than said: by one who holds the frame."""
    locked = taken(actor, pause.group)
    if not policy.holds_frame(actor, locked, now) or pause.person_id == actor.pk:
        raise Refused(_("Only those who hold this group can do this."))
    _over(locked, pause, now)


@transaction.atomic
def end_pauses(*, now: datetime) -> int:
    """Pauses whose days have passed are over. How many."""
    due = list(SpacePause.objects.filter(ended_at=None, until_at__lte=now).select_related("group", "person"))
    for pause in due:
        _over(held(pause.group), pause, now)
    return len(due)


def _over(group: Group, pause: SpacePause, now: datetime) -> None:
    if not SpacePause.objects.filter(pk=pause.pk, ended_at=None).update(ended_at=now):
        return
    if group.space is not None:
        conversations.pause_in_space(conversation=group.space, person=pause.person, is_paused=False, now=now)
    tell(PauseOver, group, about=named(group, pause.person), now=now)


@transaction.atomic
def ask_for_talk(*, actor: Person, group: Group, to: Person, words: str, now: datetime) -> list[TalkWish]:
    """Ask one who holds the group for a private word, because of something between two of it. Nobody else is told.

    Where adults are kept apart from young people, all who hold it are asked (`groups.readers`).
    """
    locked = taken(actor, group)
    require(policy.may_ask_for_talk(actor, to, locked, now))
    if not words.strip():
        raise Refused(_("Please write a few words, so that they know what it is about."))
    found = readers.of_talk_wish(actor, to, locked, now)
    if not found:
        raise Refused(
            _(
                "Here two people read this together, and only one holds the group now. Please tell the team instead."
            )
        )
    return [_asked(actor, locked, each, words, now) for each in found]


def _asked(actor: Person, locked: Group, to: Person, words: str, now: datetime) -> TalkWish:
    row = TalkWish.objects.filter(group=locked, person=actor, to=to).first()
    row = row or TalkWish(group=locked, public_id=new_public_id(), person=actor, to=to, asked_at=now)
    row.sealed = opening.seal_between(actor.pk, to.pk, words.strip()[:MOST_WORDS], row.place)
    row.save()
    tell(TalkAsked, locked, actor=named(locked, actor), about=to, now=now)
    return row


@transaction.atomic
def talk_is_over(*, actor: Person, wish: TalkWish, now: datetime) -> None:
    """They have talked, or it is not needed any more: the words go."""
    if actor.pk not in {wish.person_id, wish.to_id}:
        raise Refused(_("This is not open to you."))
    group = held(wish.group)
    asked = TalkWish.objects.filter(pk=wish.pk)
    if group.programme.keeps_adults_apart:
        asked = TalkWish.objects.filter(group=group, person=wish.person_id)
    if asked.delete()[0]:
        tell(TalkOver, group, now=now)
