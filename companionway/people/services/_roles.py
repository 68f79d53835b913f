"""Roles, each in one programme and for a period."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.foundation import live
from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.people import policy
from companionway.people.events import RoleEnded, RoleGiven
from companionway.people.models import Person, Programme, RoleHeld


@transaction.atomic
def give_role(
    *, actor: Person, person: Person, role: str, programme: Programme | None, now: datetime
) -> RoleHeld:
    """Give a role in a programme (or in the organisation, for administrators). Giving it twice changes nothing."""
    require(policy.may_give_role(actor, role, programme) and policy.may_manage(actor, person))
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
def end_role(*, actor: Person, held: RoleHeld, now: datetime) -> None:
    """End a role now. Open live streams of the person end too and come back with what they still may see."""
    require(policy.may_end_role(actor, held))
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
