"""Never together: pairs, and the wishes from which coordinators make them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people import services as people_services
from companionway.people.models import Person, Programme
from companionway.safety import events, policy
from companionway.safety.models import KEEP_APART, KeepApartWish, KeptApart
from companionway.safety.opening import REASON, open_reason, open_wish, seal_wish
from companionway.safety.queries import pair_key
from companionway.safety.states import WISH_MOVES, WishState


@transaction.atomic
def keep_apart(
    *, actor: Person, programme: Programme, one: Person, other: Person, words: str, now: datetime
) -> KeptApart:
    """Record that two people must never be brought together.

    A coordinator does it for two people of `programme`; anybody does it for themselves (`one` is then the actor).
    `words` are sealed. A pair that exists already is returned as it is. Raises Refused.
    """
    require(policy.may_keep_apart(actor, programme, one, other))
    asked_by = actor if actor.pk in {one.pk, other.pk} else None
    return _make_pair(actor, programme, one.pk, other.pk, asked_by=asked_by, words=words, now=now)


def _make_pair(
    actor: Person,
    programme: Programme,
    a_id: int,
    b_id: int,
    *,
    asked_by: Person | None,
    words: str,
    now: datetime,
) -> KeptApart:
    low, high = pair_key(a_id, b_id)
    pair, is_new = KeptApart.objects.get_or_create(
        one_id=low,
        other_id=high,
        ended_at=None,
        defaults={"programme": programme, "asked_by": asked_by, "began_at": now},
    )
    if is_new:
        if words:
            pair.sealed_reason = sealing.key_of(KEEP_APART, pair.pk).seal(words, REASON)
            pair.save(update_fields=["sealed_reason"])
        told = events.KeptApart(actor_id=actor.pk, subject=f"kept_apart:{pair.pk}", one_id=low, other_id=high)
        announce(told, at=now)
    return pair


@transaction.atomic
def end_keep_apart(*, actor: Person, pair: KeptApart, now: datetime) -> None:
    """Take a pair back: the person who asked for it, or a coordinator for a pair that nobody of the two asked for."""
    locked = policy.pairs_visible_to(actor).select_for_update().get(pk=pair.pk)
    require(policy.may_end_pair(actor, locked))
    locked.ended_at = now
    locked.save(update_fields=["ended_at"])
    announce(
        events.KeptApartEnded(
            actor_id=actor.pk,
            subject=f"kept_apart:{locked.pk}",
            one_id=locked.one_id,
            other_id=locked.other_id,
        ),
        at=now,
    )


@transaction.atomic
def wish_apart(*, actor: Person, programme: Programme, words: str, now: datetime) -> KeepApartWish:
    """Say in own words whom I must never be introduced to; a coordinator of `programme` reads it. Raises Refused."""
    if not policy.programmes_asked_in(actor).filter(pk=programme.pk).exists():
        raise Refused(_("You do not take part in this programme."))
    wish = KeepApartWish(person=actor, programme=programme, said_at=now)
    wish.sealed_words = seal_wish(wish, words)
    wish.save()
    announce(
        events.KeepApartWished(
            actor_id=actor.pk, subject=f"keep_apart_wish:{wish.pk}", programme_id=programme.pk
        ),
        at=now,
    )
    return wish


@transaction.atomic
def settle_wish(
    *, actor: Person, wish: KeepApartWish, other: Person | None, now: datetime
) -> KeptApart | None:
    """Turn a member's words into a pair with `other`; or set them aside when they fit nobody here. Raises Refused."""
    locked = policy.wishes_visible_to(actor).select_for_update().get(pk=wish.pk)
    require(policy.may_settle(actor, locked))
    pair = None
    if other is not None:
        if other.pk == locked.person_id or not policy.people_within_reach(actor).filter(pk=other.pk).exists():
            raise Refused(_("Please choose somebody else from this programme."))
        pair = _make_pair(
            actor, locked.programme, locked.person_id, other.pk, asked_by=locked.person, words="", now=now
        )
    _settle(locked, actor, now)
    return pair


def _settle(wish: KeepApartWish, actor: Person, now: datetime) -> None:
    if WishState.SETTLED not in WISH_MOVES[WishState(wish.state)]:
        raise Refused(_("This has been dealt with already."))
    wish.state, wish.settled_at, wish.settled_by = WishState.SETTLED, now, actor
    wish.save(update_fields=["state", "settled_at", "settled_by"])
    announce(
        events.KeepApartWishSettled(
            actor_id=actor.pk, subject=f"keep_apart_wish:{wish.pk}", about_id=wish.person_id
        ),
        at=now,
    )


@transaction.atomic
def read_wish(*, actor: Person, wish: KeepApartWish, now: datetime) -> str:
    """The words of a wish. Staff reading is recorded and shown to the person who wrote it."""
    seen = policy.wishes_visible_to(actor).select_related("person").get(pk=wish.pk)
    if seen.person_id != actor.pk:
        people_services.record_read(
            actor=actor,
            about=seen.person,
            subject=f"keep_apart_wish:{seen.pk}",
            reason_key="keep_apart",
            now=now,
        )
    return open_wish(seen)


@transaction.atomic
def read_pair_reason(*, actor: Person, pair: KeptApart, now: datetime) -> str:
    """Why two people are kept apart. Recorded; shown to whoever asked for it, and never to the other one."""
    seen = policy.pairs_visible_to(actor).select_related("asked_by").get(pk=pair.pk)
    if seen.asked_by is not None and seen.asked_by_id != actor.pk:
        people_services.record_read(
            actor=actor,
            about=seen.asked_by,
            subject=f"kept_apart:{seen.pk}",
            reason_key="keep_apart",
            now=now,
        )
    elif seen.asked_by is None:
        announce(events.PairReasonRead(actor_id=actor.pk, subject=f"kept_apart:{seen.pk}"), at=now)
    return open_reason(seen)
