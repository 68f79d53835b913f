"""What a late talk leads to, said once each: the two first, then the coordinator, then nobody new."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from companionway.foundation.events import announce
from companionway.people.models import Person
from companionway.supervision.events import HeldBack, LetGo, TalkLate, TalkReminded
from companionway.supervision.models import Lateness, Rhythm
from companionway.supervision.moving import of_one
from companionway.supervision.queries import Owed, owed_by, owed_in

REMINDED, TOLD, HELD = ("reminded", "told", "held"), ("told", "held"), ("held",)


def look_at(person_id: int, programme_id: int, actor: Person | None, now: datetime) -> None:
    """Look at one person's talks now, inside the deed that changed them: what held them is lifted at once."""
    mine = owed_by(person_id, programme_id, timezone.localdate(now))
    rows = Lateness.objects.select_for_update().filter(
        person=person_id, programme=programme_id, ended_at=None
    )
    _settle(rows.first(), mine, person_id, programme_id, actor, now)


def look_at_all(rhythm: Rhythm, now: datetime) -> None:
    """The same for everybody in one programme, by the clock."""
    owed = {each.person_id: each for each in owed_in(rhythm, timezone.localdate(now))}
    rows = Lateness.objects.select_for_update().filter(programme=rhythm.programme_id, ended_at=None)
    late = {each.person_id: each for each in rows}
    for person_id in sorted(owed.keys() | late.keys()):
        row, mine = late.get(person_id), owed.get(person_id)
        _settle(row, mine, person_id, rhythm.programme_id, None, now)


def lift_all(programme_id: int, actor: Person | None, now: datetime) -> None:
    """Supervision is no longer counted here: nobody is late any more."""
    rows = Lateness.objects.select_for_update().filter(programme=programme_id, ended_at=None)
    for row in rows:
        _settle(row, None, row.person_id, programme_id, actor, now)


def _settle(
    row: Lateness | None,
    owed: Owed | None,
    person_id: int,
    programme_id: int,
    actor: Person | None,
    now: datetime,
) -> None:
    if owed is None or owed.standing in ("in_time", "due"):
        if row is not None:
            _end(row, actor, now)
        return
    if row is None:
        row = Lateness(person_id=person_id, programme_id=programme_id)
    row.due_on = owed.due_on
    _say(row, owed, now)
    if owed.standing not in HELD and row.held_at is not None:
        # The programme gave more time: nothing holds any more, and nothing is said twice.
        row.held_at = None
        announce(LetGo(**of_one(person_id, programme_id, actor)), at=now)
    row.save()


def _say(row: Lateness, owed: Owed, now: datetime) -> None:
    told = of_one(row.person_id, row.programme_id, None)
    if owed.standing in REMINDED and row.reminded_at is None:
        row.reminded_at = now
        announce(TalkReminded(**told, supervisor_id=owed.supervisor_id), at=now)
    if owed.standing in TOLD and row.told_at is None:
        row.told_at = now
        announce(TalkLate(**told), at=now)
    if owed.standing in HELD and row.held_at is None:
        row.held_at = now
        announce(HeldBack(**told), at=now)


def _end(row: Lateness, actor: Person | None, now: datetime) -> None:
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    if row.held_at is not None:
        announce(LetGo(**of_one(row.person_id, row.programme_id, actor)), at=now)
