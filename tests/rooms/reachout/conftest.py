"""The small house (see `tests.rooms.clubhouse`): Mina would like Nils to ask after her."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from companionway.people.models import Person
from companionway.reachout import queries, services
from companionway.reachout.models import ReachWish
from companionway.reachout.services import Wish
from tests.cast import NOW
from tests.rooms.clubhouse import conftest as house
from tests.rooms.clubhouse.conftest import Home

DAY = timedelta(days=1)
WORDS = "Ring 01632 960 111, and say it is about the bread."

cast, home, come_in, _today, asks = house.cast, house.home, house.come_in, house._today, house.asks


def wish(home: Home, **also: Any) -> ReachWish:
    given: dict[str, Any] = {"days": 10, "way": "call", "named": [home.nils], "words": WORDS, **also}
    return services.choose_reach(
        actor=home.mina,
        programme=home.programme,
        wish=Wish(**given),
        now=NOW,
    )


def listed(home: Home, who: Person) -> list[str]:
    return [each.name for each in queries.missed_for(who, home.programme)]
