"""Being here, being back: only as the person themselves wants it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.clubhouse import policy, queries, services
from companionway.foundation.policy import Refused
from companionway.people import services as people
from companionway.people.models import Person, Programme, RoleHeld, Stop
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import TODAY, Home

DAY = timedelta(days=1)


def test_i_am_here_today(home: Home) -> None:
    services.say_here(actor=home.mina, programme=home.programme, now=NOW)
    services.say_here(actor=home.mina, programme=home.programme, now=NOW)
    services.say_here(actor=home.mina, programme=home.programme, now=NOW + DAY)
    assert queries.days_here(home.mina, home.programme) == [TODAY + DAY, TODAY]
    assert queries.days_here(home.cora, home.programme) == []
    services.say_here(actor=home.mina, programme=home.programme, is_here=False, now=NOW + DAY)
    assert queries.days_here(home.mina, home.programme) == [TODAY]
    with pytest.raises(Refused):
        services.say_here(actor=home.sam, programme=home.programme, now=NOW)


def test_where_attendance_is_not_kept(home: Home) -> None:
    Programme.objects.filter(pk=home.programme.pk).update(keeps_attendance=False)
    with pytest.raises(Refused):
        services.say_here(actor=home.mina, programme=Programme.objects.get(pk=home.programme.pk), now=NOW)


def test_back_at_once_after_a_pause(home: Home) -> None:
    people.pause(actor=home.mina, now=NOW - 700 * DAY)
    services.come_back(actor=home.mina, programme=home.programme, now=NOW)
    assert Person.objects.get(pk=home.mina.pk).paused_at is None


@pytest.mark.parametrize("ended_by", ["mina", "adil"])
def test_back_at_once_when_the_membership_had_ended(home: Home, ended_by: str) -> None:
    held = RoleHeld.objects.get(person=home.mina, programme=home.programme)
    actor = home.mina if ended_by == "mina" else home.cast.adil
    people.end_role(actor=actor, held=held, now=NOW - 10 * DAY)
    mina = Person.objects.get(pk=home.mina.pk)
    assert not policy.belongs(mina, home.programme)
    assert policy.left_houses_of(mina).get() == home.programme
    services.come_back(actor=mina, programme=home.programme, now=NOW)
    services.come_back(actor=mina, programme=home.programme, now=NOW)
    assert policy.belongs(Person.objects.get(pk=mina.pk), home.programme)


def test_nobody_comes_back_to_where_they_never_were(home: Home) -> None:
    for who in (home.sam, home.cast.ruth):
        with pytest.raises(Refused):
            services.come_back(actor=who, programme=home.programme, now=NOW)


def stop(home: Home, who: Person) -> None:
    Stop.objects.create(person=who, programme=home.programme, days=5, decided_by=home.cora, began_at=NOW)


def test_only_a_decision_about_safety_keeps_somebody_out(home: Home) -> None:
    RoleHeld.objects.filter(person=home.mina, programme=home.programme).update(until_at=NOW)
    stop(home, home.mina)
    mina = Person.objects.get(pk=home.mina.pk)
    assert not policy.left_houses_of(mina).exists()
    with pytest.raises(Refused):
        services.come_back(actor=mina, programme=home.programme, now=NOW)


def test_whoever_takes_no_part_belongs_to_no_house_even_with_a_role(home: Home) -> None:
    stop(home, home.mina)
    mina = Person.objects.get(pk=home.mina.pk)
    assert mina.roles_now, "the role is there, as after a moment in which two things happened at once"
    assert policy.houses_of(mina) == []
    with pytest.raises(Refused):
        services.say_here(actor=mina, programme=home.programme, now=NOW)
    assert mina not in policy.members_of(home.programme)
