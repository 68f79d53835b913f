"""A talk of three: invite to it, say yes or rather not, and be done with it without anything being kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.conversations import services as conversations
from companionway.foundation.policy import Refused, require
from companionway.groups import policy
from companionway.groups.events import TalkAsked, TalkOver
from companionway.groups.models import Group, TalkOfThree
from companionway.groups.moving import held, named, taken, tell
from companionway.people.models import Person


@transaction.atomic
def invite_to_talk(
    *, actor: Person, group: Group, third: Person, one: Person, other: Person, now: datetime
) -> TalkOfThree:
    """Invite two of the group to a talk with a third who holds it. Whoever invites has said yes by that.

    The other is asked when the third would be there. Source: journeys.md J5, restorative talk. Raises Refused.
    """
    locked = taken(actor, group)
    require(policy.may_invite_to_talk(actor, third, one, other, locked, now))
    row = TalkOfThree.objects.create(group=locked, third=third, one=one, other=other, asked_at=now)
    return _yes(actor, locked, row, now)


@transaction.atomic
def say_to_talk(*, actor: Person, row: TalkOfThree, is_yes: bool, now: datetime) -> TalkOfThree | None:
    """Yes; or rather not, and then it does not take place and nobody reads who said so. Raises Refused."""
    group = held(row.group)
    locked = TalkOfThree.objects.select_related("group").filter(pk=row.pk).first()
    if locked is None:
        raise Refused(_("This talk is not offered any more."))
    require(policy.may_say_to_talk(actor, locked))
    if not is_yes:
        locked.delete()
        tell(TalkOver, group, now=now)
        return None
    return _yes(actor, group, locked, now)


def _yes(actor: Person, group: Group, row: TalkOfThree, now: datetime) -> TalkOfThree:
    setattr(row, f"{row.side_of(actor.pk)}_yes", True)
    said = {row.third_id: row.third_yes, row.one_id: row.one_yes, row.other_id: row.other_yes}
    if all(said.values()):
        _begin(actor, group, row, now)
    row.save()
    for person in (row.third, row.one, row.other):
        if not said[person.pk] and (row.third_yes or person.pk == row.third_id):
            tell(TalkAsked, group, about=named(group, person), now=now)
    return row


def _begin(actor: Person, group: Group, row: TalkOfThree, now: datetime) -> None:
    row.conversation = conversations.open_space(
        actor=actor, programme=group.programme, heading=_("A talk of three"), now=now
    )
    for person in (row.third, row.one, row.other):
        conversations.come_in(actor=person, conversation=row.conversation, sees_before=True, now=now)


@transaction.atomic
def end_talk_of_three(*, actor: Person, row: TalkOfThree, now: datetime) -> None:
    """They have talked, or one of them would rather not any more: the words go, and that it was. Twice is once."""
    group = held(row.group)
    locked = policy.talks_of_three_visible_to(actor).filter(pk=row.pk).select_related("conversation").first()
    if locked is None:
        return
    forget_talk(locked, now)
    tell(TalkOver, group, now=now)


def forget_talk(row: TalkOfThree, now: datetime) -> None:
    """Words, and who was there: nothing stays."""
    talk = row.conversation
    row.delete()
    if talk is not None:
        conversations.erase_conversation(actor=None, conversation=talk, now=now)
        for each in talk.participants.select_related("person"):
            conversations.leave_space(actor=each.person, conversation=talk, now=now)
