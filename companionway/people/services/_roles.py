"""Roles, each in one programme and for a period."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import live
from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people import policy, roles
from companionway.people.events import AgeBandChanged, LetBack, RoleEnded, RoleGiven, Stopped
from companionway.people.models import Person, Programme, RoleHeld, Stop


@transaction.atomic
def give_role(
    *, actor: Person, person: Person, role: str, programme: Programme | None, now: datetime
) -> RoleHeld:
    """Give a role in a programme (or in the organisation, for administrators). Giving it twice changes nothing."""
    require(policy.may_give_role(actor, role, programme) and policy.may_manage(actor, person))
    require(policy.may_belong(person, role, programme) and policy.may_hold_role(person, programme))
    held, is_new = RoleHeld.objects.get_or_create(
        person=person,
        role=role,
        programme=programme,
        until_at=None,
        defaults={"since_at": now, "given_by": actor},
    )
    person.__dict__.pop("_roles_now", None)
    if is_new:
        announce(
            RoleGiven(
                actor_id=actor.pk,
                about_id=person.pk,
                subject=f"person:{person.pk}",
                role=role,
                programme_id=programme.pk if programme else None,
            ),
            at=now,
        )
    return held


@transaction.atomic
def belong_again(*, actor: Person, programme: Programme, now: datetime) -> RoleHeld:
    """Be a member again of a programme one was a member of once, by oneself. Twice is once.

    Only for traditions without an end of membership: the room of such a tradition asks its own policy before. A stop
    keeps somebody out here as everywhere. Source: Standards for Clubhouse Programs, immediate re-entry; domain.md 1.2.
    """
    once = RoleHeld.objects.filter(person=actor, role=roles.MEMBER, programme=programme)
    if not once.exists():
        raise Refused(_("This is not open to you."))
    require(policy.may_belong(actor, roles.MEMBER, programme) and policy.may_hold_role(actor, programme))
    facts: dict[str, Any] = {"role": roles.MEMBER, "programme": programme}
    held, is_new = RoleHeld.objects.get_or_create(
        person=actor, until_at=None, **facts, defaults={"since_at": now, "given_by": actor}
    )
    actor.__dict__.pop("_roles_now", None)
    if is_new:
        subject = f"person:{actor.pk}"
        announce(
            RoleGiven(actor_id=actor.pk, subject=subject, role=roles.MEMBER, programme_id=programme.pk),
            at=now,
        )
    return held


@transaction.atomic
def set_age_band(*, actor: Person, person: Person, band: str, now: datetime) -> None:
    """Somebody came of age, or had been written down wrongly. No date of birth is kept. Twice is once.

    Who is together stays together: rooms above tell them, and a coordinator decides. Raises Refused.
    """
    require(policy.may_set_age(actor, person))
    if band not in (policy.ADULT, policy.YOUNG):
        raise Refused(_("Please choose one of the answers listed."))
    if Person.objects.filter(pk=person.pk).exclude(age_band=band).update(age_band=band):
        person.age_band = band
        subject = f"person:{person.pk}"
        announce(AgeBandChanged(actor_id=actor.pk, about_id=person.pk, subject=subject), at=now)


@transaction.atomic
def end_role(*, actor: Person, held: RoleHeld, now: datetime) -> None:
    """End a role now. Open live streams of the person end too and come back with what they still may see."""
    require(policy.may_end_role(actor, held))
    _end(held, actor, now)


def _end(held: RoleHeld, actor: Person, now: datetime) -> None:
    locked = RoleHeld.objects.select_for_update().get(pk=held.pk)
    if locked.until_at is not None:
        return
    locked.until_at = now
    locked.save(update_fields=["until_at"])
    person_id = locked.person_id
    transaction.on_commit(lambda: live.revoke_person(person_id))
    announce(
        RoleEnded(
            actor_id=actor.pk,
            about_id=person_id,
            subject=f"person:{person_id}",
            role=locked.role,
            programme_id=locked.programme_id,
        ),
        at=now,
    )


@transaction.atomic
def stop_taking_part(
    *,
    actor: Person,
    first: Person | None,
    person: Person,
    programme: Programme | None,
    days: int | None,
    now: datetime,
) -> Stop:
    """End what `person` does in `programme` (None: in the organisation) for `days`, or until it is lifted.

    `first` decided it and `actor` agrees; alone, without a `first`, only for a few days. While it holds, no role can
    be given, whoever tries: the database refuses it. Source: issue 4, moderation. Raises Refused.
    """
    require(policy.may_stop(actor, first, person, days, now))
    by = {"decided_by": first or actor, "seconded_by": actor if first else None}
    return _stop(actor, Stop(person=person, programme=programme, days=days, began_at=now, **by), now)


@transaction.atomic
def extend_stop(*, actor: Person, stop: Stop, person: Person, now: datetime) -> Stop:
    """The same stop for the same person under another name, as two people of the team have recorded it."""
    require(policy.may_extend_stop(actor, stop, person))
    kept = Stop.objects.live().filter(goes_with=stop, person=person).first()
    by = {"decided_by_id": stop.decided_by_id, "seconded_by_id": stop.seconded_by_id}
    made = Stop(person=person, programme=stop.programme, days=stop.days, began_at=now, goes_with=stop, **by)
    return kept or _stop(actor, made, now)


def _stop(actor: Person, stop: Stop, now: datetime) -> Stop:
    held = RoleHeld.objects.filter(person=stop.person, until_at=None).order_by("pk")
    mine = list(held.filter(programme=stop.programme) if stop.programme else held)
    stop.ended = [[each.role, each.programme_id] for each in mine]
    for each in mine:
        _end(each, actor, now)
    stop.save()
    stop.person.__dict__.pop("_roles_now", None)
    told: dict[str, Any] = {
        "about_id": stop.person_id,
        "subject": f"person:{stop.person_id}",
        "programme_id": stop.programme_id,
    }
    announce(Stopped(actor_id=actor.pk, **told), at=now)
    return stop


@transaction.atomic
def let_back(*, actor: Person | None, stop: Stop, now: datetime) -> None:
    """End a stop, with those that go with it, and give back what they held. `actor` None: its time is over.

    Whoever is stopped for another reason as well gets back only what no other stop covers; twice does no harm.
    """
    for each in [stop, *stop.extended.all()]:
        locked = Stop.objects.select_for_update(of=("self",)).select_related("person").get(pk=each.pk)
        if locked.ended_at is None:
            locked.ended_at = now
            locked.save(update_fields=["ended_at"])
            _give_back(locked, actor, now)


@transaction.atomic
def shorten_stop(*, actor: Person, stop: Stop, until: datetime, now: datetime) -> None:
    """Let a stop end sooner, under every name; it never becomes longer. A panel found it too much."""
    for each in [stop, *stop.extended.filter(ended_at=None)]:
        days = (until - each.began_at).days
        if each.ended_at is None and (each.days is None or days < each.days):
            each.days = days
            each.save(update_fields=["days"])
    told: dict[str, Any] = {"about_id": stop.person_id, "subject": f"person:{stop.person_id}"}
    announce(Stopped(actor_id=actor.pk, **told, programme_id=stop.programme_id), at=now)


def _give_back(stop: Stop, actor: Person | None, now: datetime) -> None:
    person, by = stop.person, actor.pk if actor else None
    told: dict[str, Any] = {"actor_id": by, "about_id": person.pk, "subject": f"person:{person.pk}"}
    for role, programme_id in stop.ended if person.erased_at is None else ():
        other = Stop.objects.covering(person.pk, programme_id).first()
        if other is not None:
            other.ended = [*other.ended, [role, programme_id]]
            other.save(update_fields=["ended"])
            continue
        facts: dict[str, Any] = {"role": role, "programme_id": programme_id}
        _held, is_new = RoleHeld.objects.get_or_create(
            person=person, until_at=None, **facts, defaults={"since_at": now, "given_by": actor}
        )
        if is_new:
            announce(RoleGiven(**told, **facts), at=now)
    person.__dict__.pop("_roles_now", None)
    announce(LetBack(**told, programme_id=stop.programme_id), at=now)
