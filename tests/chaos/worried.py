"""Concerns in the storm, from the inside: who takes part, an hour that passes at once, and what stands in the database.

Run by the spawner in a child of its own; every function takes what was asked and returns plain data.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from companionway.concerns import services
from companionway.concerns.models import Concern, Pace, Voice
from companionway.concerns.states import State
from companionway.foundation import duties
from companionway.foundation.models import Record
from companionway.oncall.models import Turn
from companionway.people import roles
from companionway.people.models import Device, Person, RoleHeld


def take_part(asked: dict[str, Any]) -> list[str]:
    """Of the people prepared, the last two are on call for a day, the others supporters; each holds as many as come."""
    # Whoever stands at the desk of another test has no part in this night.
    RoleHeld.objects.filter(person__roles_held__role=roles.ON_CALL).delete()
    prepared = Person.objects.filter(sign_in_name__startswith="bench-", roles_held__isnull=False)
    people = list(prepared.select_related("organisation").order_by("pk"))
    for number, person in enumerate(people):
        held = person.roles_held.get()
        role = roles.SUPPORTER if number < len(people) - 2 else (roles.ON_CALL, roles.COORDINATOR)[number % 2]
        RoleHeld.objects.create(person=person, role=role, programme=held.programme, since_at=held.since_at)
    now = timezone.now()
    for step, person in enumerate(people[-2:], start=1):
        Turn.objects.create(
            organisation=person.organisation, person=person, step=step, starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(days=1), made_at=now,
        )  # fmt: skip
    Device.objects.filter(person__in=people).update(is_strong=True)
    Pace.objects.update_or_create(organisation=people[0].organisation, defaults={"most_held": 1000})
    return [person.name for person in people]


def later(asked: dict[str, Any]) -> int:
    """So many minutes pass at once for everything that climbs; what was raised before joins nothing any more."""
    passed = timedelta(minutes=asked["minutes"])
    Concern.objects.update(raised_at=F("raised_at") - timedelta(hours=2))
    return Concern.objects.filter(state=State.OPEN).update(
        next_step_at=F("next_step_at") - passed, counts_from=F("counts_from") - passed
    )


def stored(asked: dict[str, Any]) -> dict[str, Any]:
    """Every press, every concern with its steps, and every record of them."""
    return {
        "presses": list(Voice.objects.values_list("press", flat=True)),
        "concerns": [
            {
                "id": concern.pk,
                "public_id": concern.public_id,
                "state": concern.state,
                "stage": concern.stage,
                "steps": [
                    f"{step.round}.{step.stage} {step.kind} {step.person_id}"
                    for step in concern.steps.order_by("pk")
                ],
            }
            for concern in Concern.objects.order_by("pk")
        ],
        "records": [
            f"{name} {payload['concern_id']} {payload.get('round', '')}.{payload.get('stage', '')}"
            for name, payload in Record.objects.filter(name__startswith="concerns.").values_list(
                "name", "payload"
            )
        ],
        "waiting": Record.objects.filter(delivered_at=None).count(),
    }


def press_nothing_tell_nobody() -> None:
    """Fault of a worker: it is there, and nobody climbs (as if it had been lost)."""
    services.climb_due = lambda **_: 0  # type: ignore[assignment]


def mail_hangs() -> None:
    """Fault of the world: the mail server takes the call and never answers. Every duty has its own thread or waits."""
    each = duties._duties["notices.send"]
    duties._duties["notices.send"] = duties.Duty(each.name, timedelta(seconds=1), _for_ever, apart=True)


def mail_hangs_and_everything_waits() -> None:
    """The same, with all duties in one row, one behind the other."""
    mail_hangs()
    for name, each in list(duties._duties.items()):
        duties._duties[name] = duties.Duty(
            name, each.every, each.run, apart=False, everywhere=each.everywhere
        )


def _for_ever(_now: object) -> None:
    time.sleep(3600)
