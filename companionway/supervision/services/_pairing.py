"""Who holds whom: chosen by the supporter, arranged by a coordinator, changed in one tap, left at any time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.people.models import Person, Programme, Stop
from companionway.reasoning.supervision import MOST_EACH
from companionway.supervision import policy, queries
from companionway.supervision.events import (
    SupervisingOffered,
    SupervisionBegan,
    SupervisionEnded,
    SupervisorWanted,
)
from companionway.supervision.models import Supervising, Supervision
from companionway.supervision.moving import of_one, taken, whom


@transaction.atomic
def offer_supervising(
    *,
    actor: Person,
    programme: Programme,
    has_lived_it: bool,
    takes_more: bool = True,
    most: int = MOST_EACH,
    now: datetime,
) -> Supervising:
    """Say of oneself whether one has lived it, and for how many one can be there. One's own word; nobody checks it."""
    require(policy.may_hold(actor, programme))
    row, _is_new = Supervising.objects.update_or_create(
        person=actor,
        programme=programme,
        defaults={
            "has_lived_it": has_lived_it,
            "takes_more": takes_more,
            "most": min(most, MOST_EACH),
            "changed_at": now,
        },
    )
    announce(
        SupervisingOffered(actor_id=actor.pk, subject=f"supervising:{row.pk}", programme_id=programme.pk),
        at=now,
    )
    return row


@transaction.atomic
def arrange(
    *,
    actor: Person,
    programme: Programme,
    supporter: Person,
    supervisor: Person,
    in_training: bool = False,
    now: datetime,
) -> Supervision:
    """A practice supervisor for a supporter: chosen by the supporter, or brought together by a coordinator.

    Practice supervision is by somebody else than the line manager (here: whoever coordinates the programme), so that
    everything can be said (ImROC briefing 25; N.A.P.S.). The database refuses it as well. Whoever held them before
    is told only that it has ended.
    """
    require(policy.may_arrange(actor, programme, supporter))
    return _hold(actor, programme, supporter, supervisor, in_training, now)


@transaction.atomic
def ask_for_another(*, actor: Person, supervision: Supervision, now: datetime) -> Supervision | None:
    """Have another practice supervisor, with lived experience first, in one tap and without a reason.

    The one before is told that it has ended, not by whom or why. When nobody has room the coordinators are told
    that somebody looks for a supervisor; None is returned.
    """
    locked = taken(actor, supervision)
    require(policy.may_ask_for_another(actor, locked))
    choices = queries.choices_for(actor, locked.programme, other_than=locked.supervisor_id)
    _end(locked, now)
    if not choices:
        announce(SupervisorWanted(**of_one(actor.pk, locked.programme_id, actor)), at=now)
        return None
    return _hold(actor, locked.programme, actor, choices[0].person, locked.in_training, now)


@transaction.atomic
def step_back(*, actor: Person, supervision: Supervision, now: datetime) -> Supervision:
    """A supervisor cannot go on with this one; the coordinators see to somebody else. No reason is asked."""
    locked = taken(actor, supervision)
    require(policy.may_stop_supervising(actor, locked))
    _end(locked, now)
    announce(SupervisorWanted(**of_one(locked.supporter_id, locked.programme_id, None)), at=now)
    return locked


@transaction.atomic
def part_after_change(
    *, actor: Person | None, person: Person, programme_id: int | None = None, now: datetime
) -> int:
    """End what may not go on: the supervisor lost the role or became the line manager, or somebody left the service.

    Returns how many ended. Whoever is left without a supervisor is told to the coordinators.
    """
    rows = Supervision.objects.current().of(person.pk).select_for_update(of=("self",))
    if programme_id is not None:
        rows = rows.filter(programme=programme_id)
    ended = 0
    for row in rows.select_related("programme", "supporter", "supervisor"):
        if not _still_fits(row):
            _end(row, now, is_resting=Stop.objects.covering(person.pk, row.programme_id).exists())
            ended += 1
            if row.supporter.erased_at is None and policy.may_be_held(row.supporter, row.programme):
                announce(SupervisorWanted(**of_one(row.supporter_id, row.programme_id, None)), at=now)
    return ended


@transaction.atomic
def take_up_again(
    *, actor: Person | None, person: Person, programme_id: int | None = None, now: datetime
) -> int:
    """Somebody is let back: who held them, and whom they held, as before, where both may and nobody came in between.

    Returns how many go on. Where the supervisor has no room any more the coordinators are told. Source: issue 4,
    moderation; a decision that was wrong leaves nothing behind.
    """
    rows = Supervision.objects.filter(is_resting=True).of(person.pk).select_for_update(of=("self",))
    if programme_id is not None:
        rows = rows.filter(programme=programme_id)
    again = 0
    for row in rows.select_related("programme", "supporter", "supervisor").order_by("-ended_at"):
        if not _still_fits(row):
            continue
        row.is_resting = False
        held = Supervision.objects.current().filter(supporter=row.supporter, programme=row.programme).exists()
        Person.objects.select_for_update().get(pk=row.supervisor_id)
        able = {each.person.pk for each in queries.choices_for(row.supporter, row.programme)}
        if not held and row.supervisor_id in able:
            row.ended_at = None
            again += 1
            announce(SupervisionBegan(**whom(row, actor)), at=now)
        elif not held:
            announce(SupervisorWanted(**of_one(row.supporter_id, row.programme_id, None)), at=now)
        row.save(update_fields=["ended_at", "is_resting"])
    return again


@transaction.atomic
def part_from(*, actor: Person, other: Person, now: datetime) -> int:
    """Somebody blocked the other: they do not hold each other any more. Returns how many ended."""
    rows = Supervision.objects.current().of(actor.pk).select_for_update(of=("self",))
    ended = 0
    for row in rows.select_related("programme", "supporter", "supervisor"):
        if row.includes(other):
            _end(row, now)
            announce(SupervisorWanted(**of_one(row.supporter_id, row.programme_id, None)), at=now)
            ended += 1
    return ended


def _still_fits(row: Supervision) -> bool:
    if row.supporter.erased_at is not None or row.supervisor.erased_at is not None:
        return False
    if not policy.may_be_held(row.supporter, row.programme):
        return False
    is_one = row.supervisor.holds("supervision.hold", row.programme)
    return is_one and not policy.is_line_manager(row.supervisor, row.programme_id)


def _hold(
    actor: Person,
    programme: Programme,
    supporter: Person,
    supervisor: Person,
    in_training: bool,
    now: datetime,
) -> Supervision:
    require(policy.may_supervise(supervisor, programme, for_whom=supporter))
    # Two who choose the last place in the same moment meet one after the other.
    Person.objects.select_for_update().get(pk=supervisor.pk)
    before = Supervision.objects.current().select_for_update(of=("self",))
    held = before.filter(supporter=supporter, programme=programme).first()
    if held is not None and held.supervisor_id == supervisor.pk:
        return held
    if supervisor.pk not in {each.person.pk for each in queries.choices_for(supporter, programme)}:
        raise Refused(_("They have no room for one more just now. Would you like to look at somebody else?"))
    if held is not None:
        _end(held, now)
    made = Supervision.objects.create(
        programme=programme, supporter=supporter, supervisor=supervisor, in_training=in_training, began_at=now
    )
    announce(SupervisionBegan(**whom(made, actor)), at=now)
    return made


def _end(row: Supervision, now: datetime, *, is_resting: bool = False) -> None:
    row.ended_at, row.weeks_shared_at, row.is_resting = now, None, is_resting
    row.save(update_fields=["ended_at", "weeks_shared_at", "is_resting"])
    announce(SupervisionEnded(**whom(row, None)), at=now)
