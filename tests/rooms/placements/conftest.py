"""The small house (see `tests.rooms.clubhouse`), with the front desk of a museum as a place to work."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any

from companionway.people.models import Person
from companionway.placements import services
from companionway.placements.models import Placement
from companionway.placements.services import Job
from tests.cast import NOW
from tests.rooms.clubhouse import conftest as house
from tests.rooms.clubhouse.conftest import TODAY, Home, decided

cast, home, come_in, _today, asks = house.cast, house.home, house.come_in, house._today, house.asks


def job(**also: Any) -> Job:
    return Job(**{
        "kind": "transitional", "employer": "Harbour Museum", "place": "Quay 3", "title": "Front desk",
        "hours_a_week": Decimal(16), "wage": Decimal("12.50"), "prevailing_wage": Decimal("12.50"),
        "begins": time(9), "ends": time(13), "weekdays": [0, 1, 2, 3], "longest_days": 180, **also,
    })  # fmt: skip


def place(home: Home, **also: Any) -> Placement:
    return services.begin_placement(actor=home.olive, programme=home.programme, job=job(**also), now=NOW)


def working(home: Home, person: Person | None = None) -> Placement:
    """Nils has the front desk from today on, as the house decided."""
    who, where = person or home.nils, place(home)
    services.say_interest(actor=who, placement=where, now=NOW)
    holding = services.choose_holder(
        actor=home.cora, interest=where.interests.get(person=who), decision=decided(home), now=NOW
    )
    services.begin_work(actor=who, holding=holding, from_on=TODAY, knows_benefits=True, now=NOW)
    return where
