"""What stays of a talk: the day, themes, what each will do. Both say yes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import key_of, seal_facts
from companionway.people.models import Person
from companionway.supervision import lateness, models, policy
from companionway.supervision.events import ActionTicked, TalkSigned, TalkWritten
from companionway.supervision.models import AgendaItem, Supervision, Talk
from companionway.supervision.moving import taken, whom
from companionway.supervision.states import SUPERVISION_KEY, Side, TalkState, Theme


class OutOfDate(Refused):
    """The other wrote meanwhile; the words just typed are not lost, they wait in the form."""


@dataclass(frozen=True, slots=True)
class Action:
    """What one of the two will do, and by when if they said so."""

    who: Side
    words: str
    by_on: date | None = None


@transaction.atomic
def write_talk(
    *,
    actor: Person,
    supervision: Supervision,
    held_on: date,
    themes: Sequence[str],
    words: str,
    actions: Sequence[Action],
    after: int = 0,
    now: datetime,
) -> Talk:
    """Write down what stays of a talk, and say yes to it; it counts when the other has said yes, too.

    The day, themes and actions, and a line for each other: no story of anybody who is supported, whose words are
    reached by a link only (the rule of supervision notes; N.A.P.S., ImROC 25). While it waits either may change it,
    and the other says yes anew. `after` is the version its writer had before their eyes (0: none).
    """
    locked = taken(actor, supervision)
    require(policy.may_write_talk(actor, locked))
    if held_on > timezone.localdate(now):
        raise Refused(_("Write it down when it has been."))
    talk = locked.talks.select_for_update().filter(state=TalkState.WRITTEN).first()
    if talk is not None and talk.version != after:
        raise OutOfDate(_("The other changed this meanwhile. Look at both, then keep what you want."))
    if talk is None:
        talk = Talk(public_id=new_public_id(), supervision=locked, version=0)
    talk.held_on, talk.written_by, talk.written_at, talk.version = held_on, actor, now, talk.version + 1
    side = locked.side_of(actor)
    talk.supporter_yes_at = now if side == Side.SUPPORTER else None
    talk.supervisor_yes_at = now if side == Side.SUPERVISOR else None
    key = key_of(SUPERVISION_KEY, locked.pk)
    facts = {"themes": [each for each in themes if each in Theme.values], "words": words}
    talk.sealed = seal_facts(key, facts, talk.context)
    talk.save()
    talk.actions.all().delete()
    for each in actions:
        row = models.Action(public_id=new_public_id(), talk=talk, who=each.who, by_on=each.by_on)
        row.sealed = key.seal(each.words, row.context)
        row.save()
    announce(TalkWritten(**whom(locked, actor), talk_id=talk.pk), at=now)
    return talk


@transaction.atomic
def sign_talk(*, actor: Person, talk: Talk, version: int, now: datetime) -> Talk:
    """Say yes to what the other wrote. With both it counts: what was on the agenda is done, and what held is lifted.

    `version` is the one that was read: a yes is never taken for words that came later.
    """
    rows = policy.talks_visible_to(actor).select_for_update(of=("self",))
    locked = rows.select_related("supervision__programme").get(pk=talk.pk)
    require(policy.may_sign(actor, locked))
    if locked.version != version:
        raise OutOfDate(_("The other changed this meanwhile. Please read it once more."))
    supervision = locked.supervision
    if supervision.side_of(actor) == Side.SUPPORTER:
        locked.supporter_yes_at = now
    else:
        locked.supervisor_yes_at = now
    locked.state = TalkState.SIGNED
    locked.save(update_fields=["supporter_yes_at", "supervisor_yes_at", "state"])
    talked_about = AgendaItem.objects.filter(supervision=supervision, is_shared=True, taken_up=None)
    talked_about.filter(put_at__lte=now).update(taken_up=locked)
    announce(TalkSigned(**whom(supervision, actor), talk_id=locked.pk), at=now)
    lateness.look_at(supervision.supporter_id, supervision.programme_id, actor, now)
    return locked


@transaction.atomic
def tick_action(*, actor: Person, action: models.Action, is_done: bool, now: datetime) -> models.Action:
    """Tick what is done, or untick it; either of the two may."""
    rows = models.Action.objects.filter(talk__in=policy.talks_visible_to(actor)).select_for_update(
        of=("self",)
    )
    locked = rows.select_related("talk__supervision").get(pk=action.pk)
    require(policy.may_view(actor, locked.talk.supervision))
    locked.done_at = now if is_done else None
    locked.save(update_fields=["done_at"])
    announce(ActionTicked(**whom(locked.talk.supervision, actor), action_id=locked.pk), at=now)
    return locked
