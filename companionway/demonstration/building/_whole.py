"""The whole organisation in one transaction: all of it, or nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pyotp
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F

from companionway.demonstration.building import (
    _apart,
    _asking,
    _association,
    _clubhouse,
    _fair,
    _gatherings,
    _groups,
    _holding,
    _learning,
    _meetings,
    _on_call,
    _people,
    _plans,
    _reading,
    _steps,
    _together,
    _worried,
)
from companionway.demonstration.building._data import ago, read
from companionway.foundation.models import Record
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Organisation, Person, Programme, RoleHeld
from companionway.people.queries import within
from companionway.safety import services as safety

# Printed by `make run`. Demonstration people exist in demonstration databases only.
PASSPHRASE = "kettle lantern otter"  # noqa: S105
ADMINISTRATOR = "Oluchi"


@transaction.atomic
def build(*, now: datetime) -> None:
    """Make the demonstration. Refuses, by a host name that is taken, to run beside an organisation that is here."""
    kept = read("organisation")
    organisation = Organisation.objects.create(is_demonstration=True, **kept["organisation"])
    with within(organisation):
        _furnish(organisation, kept, now)


def _furnish(organisation: Organisation, kept: dict[str, Any], now: datetime) -> None:
    started_at = ago(now, 500, 9)
    administrator = people.join(name=ADMINISTRATOR, programme=None, now=started_at)
    RoleHeld.objects.create(person=administrator, role=roles.ADMINISTRATOR, since_at=started_at)
    programmes = {row["key"]: _open(organisation, row, ago(now, 480, 9)) for row in kept["programme"]}
    gathered = _people.gather(programmes, administrator, make_password(PASSPHRASE), now)
    for row in read("staff")["person"]:
        _give_second_proof(gathered[row["name"]], ago(now, row["days"], 12))
    safety.lay_out_demonstration_lines(
        actor=Person.objects.get(pk=administrator.pk),
        second=Person.objects.get(pk=gathered["Tamsin"].pk),
        now=now,
    )
    _on_call.keep(organisation, gathered, now)
    _together.walk(programmes, gathered, now)
    _learning.learn(programmes, gathered, now)
    _asking.ask(programmes, gathered, now)
    _plans.keep(gathered, now)
    _steps.climb(gathered, now)
    _apart.tell(programmes, gathered, now)
    _holding.hold(programmes, gathered, now)
    _reading.have_read(gathered, now)
    _groups.meet(organisation, gathered, now)
    _association.decide(organisation, gathered, now)
    _meetings.meet(programmes, gathered, now)
    _worried.worry(gathered, now)
    _fair.judge(gathered, now)
    _clubhouse.open_doors(organisation, gathered, now)
    _gatherings.gather(organisation, now)
    # What happened long ago was told long ago: nobody finds months of notices on the first visit.
    long_ago = Record.objects.waiting().filter(happened_at__lt=now - timedelta(days=2))
    Record.objects.filter(pk__in=list(long_ago.values_list("pk", flat=True))).update(
        delivered_at=F("happened_at")
    )


def _open(organisation: Organisation, row: dict[str, Any], at: datetime) -> Programme:
    given = {key: value for key, value in row.items() if key != "key"}
    return people.create_programme(actor=None, organisation=organisation, now=at, **given)


def _give_second_proof(person: Person, now: datetime) -> None:
    """Staff need a six-digit code at sign-in. The demonstration's codes are shown by `companionway demo --code`."""
    secret = people.prepare_authenticator(actor=person, now=now)
    people.confirm_authenticator(actor=person, code=pyotp.TOTP(secret).at(now), now=now)
