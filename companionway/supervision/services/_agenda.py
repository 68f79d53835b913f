"""The agenda grows from both sides. What is not shared is its writer's alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.models import new_public_id
from companionway.foundation.policy import Refused, require
from companionway.foundation.sealing import PERSON, key_of
from companionway.people.models import Person
from companionway.supervision import policy
from companionway.supervision.events import AgendaGrew
from companionway.supervision.models import AgendaItem, Supervision
from companionway.supervision.moving import taken, whom
from companionway.supervision.states import SUPERVISION_KEY, ItemKind
from companionway.support import policy as support_policy


@transaction.atomic
def put_on_agenda(
    *,
    actor: Person,
    supervision: Supervision,
    words: str = "",
    kind: ItemKind = ItemKind.WORDS,
    is_shared: bool = True,
    about: str = "",
    now: datetime,
) -> AgendaItem:
    """Put something on the agenda, for both or for oneself alone.

    `about` points at a walk of the writer's ("relationship:12"): a reference, never a name or a word of a member. The
    other sees that it is about somebody, and cannot follow it.
    """
    locked = taken(actor, supervision)
    require(policy.may_put_on_agenda(actor, locked))
    if kind == ItemKind.WORDS and not words.strip():
        raise Refused(_("Please write something here."))
    item = AgendaItem(
        public_id=new_public_id(),
        supervision=locked,
        author=actor,
        kind=kind,
        about=_own_walk(actor, about),
        is_shared=is_shared,
        put_at=now,
    )
    _seal(item, words)
    item.save()
    announce(AgendaGrew(**whom(locked, actor), item_id=item.pk, is_shared=is_shared), at=now)
    return item


@transaction.atomic
def share_item(*, actor: Person, item: AgendaItem, now: datetime) -> AgendaItem:
    """Let the other see a line of one's own: from now on it is sealed for both."""
    locked = _mine(actor, item)
    if locked.is_shared:
        return locked
    words = key_of(PERSON, actor.pk).open(locked.sealed, locked.context) if locked.sealed else ""
    locked.is_shared = True
    _seal(locked, words)
    locked.save(update_fields=["is_shared", "sealed"])
    announce(AgendaGrew(**whom(locked.supervision, actor), item_id=locked.pk, is_shared=True), at=now)
    return locked


@transaction.atomic
def take_off_agenda(*, actor: Person, item: AgendaItem, now: datetime) -> None:
    """Take a line of one's own away again, before it was talked about."""
    locked = _mine(actor, item)
    told = whom(locked.supervision, actor)
    pk = locked.pk
    locked.delete()
    announce(AgendaGrew(**told, item_id=pk, is_shared=False), at=now)


def _mine(actor: Person, item: AgendaItem) -> AgendaItem:
    rows = policy.items_visible_to(actor).select_for_update(of=("self",))
    locked = rows.select_related("supervision__supporter", "supervision__supervisor").get(pk=item.pk)
    require(policy.may_change_item(actor, locked))
    return locked


def _seal(item: AgendaItem, words: str) -> None:
    key = key_of(SUPERVISION_KEY, item.supervision_id) if item.is_shared else key_of(PERSON, item.author_id)
    item.sealed = key.seal(words, item.context) if words else None


def _own_walk(actor: Person, about: str) -> str:
    """Only a walk of the writer's own may be pointed at; anything else is dropped without a word."""
    kind, _sign, number = about.partition(":")
    if kind == "relationship" and number.isdigit():
        return about if support_policy.walked_by(actor).filter(pk=int(number)).exists() else ""
    return ""
