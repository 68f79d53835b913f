"""Each wall is taken away once, and what it refuses goes through: it is this wall that refuses it, on this database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from companionway.association.models import Chosen, Decided, Minutes, Signature, Version
from companionway.foundation import constraints
from companionway.people.models import Programme
from companionway.sponsors.models import Ask, Offer, Temporary
from companionway.support.models import Relationship
from tests.cast import NOW, Cast
from tests.rooms.association.conftest import AFTER, HELD, House, draft, motion

Deed = Callable[[House, Minutes], Any]


class PlantedBack(Exception):
    """Everything goes back to how it was."""


@contextmanager
def without(*names: str) -> Iterator[None]:
    """These walls are gone, until the end."""
    with pytest.raises(PlantedBack), transaction.atomic():
        with connection.cursor() as cursor:
            for name in names:
                for statement in _gone(name):
                    cursor.execute(statement)
        yield
        raise PlantedBack


def _gone(name: str) -> list[str]:
    known = constraints._nevers.get(name) or constraints._unchanging[name]
    if connection.vendor == "sqlite":
        return [f"drop trigger if exists {name}_{deed}" for deed in ("insert", "update", "delete")]
    return [f"drop trigger if exists {name} on {known.table}"]


def _no_register(house: House, minutes: Minutes) -> Any:
    Programme.objects.filter(pk=house.programme.pk).update(keeps_register=False)
    return Minutes.objects.create(group=house.group, held_on=NOW.date(), begun_at=AFTER)


def _told_otherwise(house: House, minutes: Minutes) -> Any:
    row = motion(house, "Late.", at=AFTER)
    made = Minutes.objects.create(group=house.group, held_on=NOW.date(), begun_at=AFTER)
    return Decided.objects.create(minutes=made, proposal=row.pk, passed=False, decided_at=AFTER, sealed=b"x")


def _added(house: House, minutes: Minutes) -> Any:
    row = motion(house, "Late.", at=AFTER)
    return Decided.objects.create(
        minutes=minutes, proposal=row.pk, passed=True, decided_at=AFTER, sealed=b"x"
    )


def _signed_by_one(house: House, minutes: Minutes) -> Any:
    made = Minutes.objects.create(group=house.group, held_on=NOW.date(), begun_at=AFTER)
    version = Version.objects.create(
        minutes=made, number=1, members=5, needed=1, sealed=b"x", changed_at=AFTER
    )
    return Version.objects.filter(pk=version.pk).update(state="signed", signed_at=AFTER)


def _corrected(house: House, minutes: Minutes) -> Any:
    return Version.objects.create(
        minutes=minutes, number=2, approved_by=999, members=5, needed=1, sealed=b"x", changed_at=AFTER
    )


def _counted(house: House, minutes: Minutes) -> Any:
    Programme.objects.filter(pk=house.programme.pk).update(keeps_head_counts=False)
    made = Minutes.objects.create(group=house.group, held_on=NOW.date(), begun_at=AFTER)
    return Version.objects.create(
        minutes=made, number=1, members=5, needed=1, present=3, sealed=b"x", changed_at=AFTER
    )


FAULTS: dict[str, Deed] = {
    "association_minutes_where_members_are_kept": _no_register,
    "association_numbers_where_counted": _counted,
    "association_decided_as_decided": _told_otherwise,
    "association_decided_before_signed": _added,
    "association_decided_stays": lambda house, minutes: Decided.objects.filter(minutes=minutes).delete(),
    "association_chosen_stays": lambda house, minutes: Chosen.objects.create(
        minutes=minutes, role="auditor", since_on=HELD
    ),
    "association_signed_stays": lambda house, minutes: Version.objects.filter(minutes=minutes).update(
        sealed=b"other"
    ),
    "association_signed_by_two": _signed_by_one,
    "association_correction_approved_later": _corrected,
    "association_signature_stays": lambda house, minutes: Signature.objects.update(signed_at=NOW),
}


@pytest.mark.parametrize("wall", FAULTS)
def test_what_a_wall_refuses_goes_through_without_it(house: House, signed: Minutes, wall: str) -> None:
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        FAULTS[wall](house, signed)
    with without(wall):
        assert FAULTS[wall](house, signed)


def test_every_wall_of_the_room_is_planted_once() -> None:
    known = {*constraints._nevers, *constraints._unchanging}
    ours = {name for name in known if name.startswith("association_")}
    assert ours - {name for name in ours if name.endswith("_one_organisation")} == set(FAULTS)


def test_walls_of_sponsors_without_them(house: House, cast: Cast) -> None:
    walk = Relationship.objects.create(
        programme=cast.programme, member=cast.mina, supporter=cast.theo, began_at=NOW
    )
    deeds: dict[str, Callable[[], Any]] = {
        "sponsors_offer_where_there_are": lambda: Offer.objects.create(
            group=house.group, person=cast.theo, until_at=NOW
        ),
        "sponsors_ask_where_there_are": lambda: Ask.objects.create(
            group=house.group, asker=cast.mina, sponsor=cast.theo, asked_at=NOW
        ),
        "sponsors_temporary_in_sponsorship": lambda: Temporary.objects.create(
            relationship=walk, until_on=HELD
        ),
    }
    for wall, deed in deeds.items():
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            deed()
        with without(wall):
            assert deed()


def test_a_draft_may_still_be_written(house: House) -> None:
    """The walls refuse what they say, and nothing more."""
    motion(house, "Lamps.")
    made = draft(house)
    assert Decided.objects.filter(minutes=made).delete()[0] == 1
