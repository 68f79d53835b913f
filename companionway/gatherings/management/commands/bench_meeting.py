"""Open meetings with everybody on a seat, for a load generator: one question per line, one answer per line."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from companionway.gatherings import services
from companionway.meetings.models import Holds, Meeting, Series
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Programme, RoleHeld


class Command(BaseCommand):
    help = (
        'Answers {"meeting": [ids]} with its address and a ticket for each. The first two hold it. '
        "For measuring, beside `bench_people` (which refuses a service that has members)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for line in sys.stdin:
            self.stdout.write(json.dumps(_opened(json.loads(line)["meeting"])))
            self.stdout.flush()


def _programme(host: Person) -> Programme:
    """Of a tradition that keeps nobody's name: the hardest case, every seat is proven by its ticket."""
    name, now = "Measured evenings", timezone.now()
    found = Programme.objects.filter(name=name).first()
    return found or people.create_programme(
        actor=None, organisation=host.organisation, name=name, practice_model="hearing_voices", now=now
    )


def _opened(ids: list[int]) -> dict[str, Any]:
    now = timezone.now()
    everybody = list(Person.objects.filter(pk__in=ids, sign_in_name__startswith="bench-").order_by("pk"))
    programme = _programme(everybody[0])
    for each in everybody:
        RoleHeld.objects.create(person=each, role=roles.MEMBER, programme=programme, since_at=now)
    series = Series.objects.create(
        programme=programme, name="Measured", zone="Europe/London", starts_on=now.date(), begins=now.time(),
        way="room", created_at=now, changed_at=now,
    )  # fmt: skip
    meeting = Meeting.objects.create(
        series=series, original=now, starts_at=now, ends_at=now + timedelta(hours=2), way="room"
    )
    # As many as the practice model wants.
    for each in everybody[:2]:
        Holds.objects.create(series=series, person=each, role="facilitator", holds_frame=True, since_at=now)
    services.open_meeting(actor=everybody[0], meeting=meeting, now=now)
    tickets = {
        each.pk: services.take_seat(
            actor=each, meeting=meeting, name="", is_quiet=False, is_new=False, now=now
        ).ticket
        for each in everybody
    }
    return {"at": meeting.public_id, "tickets": tickets}
