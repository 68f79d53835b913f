"""Being missed: only as the person themselves wants it."""

from __future__ import annotations

from typing import Any

import pytest

from companionway.clubhouse import services as house
from companionway.foundation.policy import Refused
from companionway.people import queries as people_queries
from companionway.people import services as people
from companionway.people.models import Person, RoleHeld
from companionway.reachout import queries, services, tasks
from companionway.reachout.models import Missed, ReachBy, ReachWish
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import Home, keep_apart
from tests.rooms.clubhouse.test_here import stop
from tests.rooms.reachout.conftest import DAY, WORDS, listed, wish


def test_nobody_is_missed_who_did_not_choose_it(home: Home) -> None:
    house.say_here(actor=home.olive, programme=home.programme, now=NOW - 100 * DAY)
    assert tasks.list_missed(NOW) == 0
    assert listed(home, home.cora) == []


def test_missed_after_as_many_days_as_chosen_and_once(home: Home) -> None:
    wish(home)
    assert tasks.list_missed(NOW + 9 * DAY) == 0
    assert tasks.list_missed(NOW + 10 * DAY) == 1
    assert tasks.list_missed(NOW + 10 * DAY) == 0
    assert tasks.list_missed(NOW + 11 * DAY) == 0
    assert listed(home, home.nils) == ["Mina"]
    for who in (home.cora, home.theo, home.olive, home.mina, home.sam):
        assert listed(home, who) == []


def test_by_a_unit(home: Home) -> None:
    wish(home, named=[], unit=home.kitchen)
    house.choose_unit(actor=home.olive, unit=home.kitchen, is_mine=True, now=NOW)
    tasks.list_missed(NOW + 10 * DAY)
    assert listed(home, home.olive) == ["Mina"]
    assert listed(home, home.nils) == listed(home, home.cora) == []
    house.choose_unit(actor=home.olive, unit=home.kitchen, is_mine=False, now=NOW)
    assert listed(home, home.olive) == []


def test_days_here_count_only_when_they_chose_it(home: Home) -> None:
    wish(home)
    house.say_here(actor=home.mina, programme=home.programme, now=NOW + 9 * DAY)
    assert tasks.list_missed(NOW + 10 * DAY) == 1
    wish(home, counts_days_here=True)
    house.say_here(actor=home.mina, programme=home.programme, now=NOW + 8 * DAY)
    assert tasks.list_missed(NOW + 10 * DAY) == 0
    assert tasks.list_missed(NOW + 18 * DAY) == 1


def test_a_sign_takes_them_off_the_list(home: Home) -> None:
    wish(home)
    tasks.list_missed(NOW + 10 * DAY)
    services.give_sign(actor=home.mina, programme=home.programme, now=NOW + 10 * DAY)
    assert listed(home, home.nils) == []
    assert tasks.list_missed(NOW + 19 * DAY) == 0
    assert tasks.list_missed(NOW + 20 * DAY) == 1


def test_one_person_asks_and_only_they_read_how(home: Home) -> None:
    wish(home, named=[home.nils, home.olive])
    tasks.list_missed(NOW + 10 * DAY)
    assert WORDS.encode() not in bytes(ReachWish.objects.get().sealed or b"")
    (seen,) = queries.missed_for(home.nils, home.programme)
    assert (seen.words, seen.way) == ("", "")
    services.take_missed(actor=home.nils, missed=seen.missed, now=NOW + 10 * DAY)
    (seen,) = queries.missed_for(home.nils, home.programme)
    assert (seen.words, seen.way) == (WORDS, "A call")
    assert listed(home, home.olive) == []
    with pytest.raises(Refused):
        services.take_missed(actor=home.olive, missed=seen.missed, now=NOW + 10 * DAY)
    with pytest.raises(Refused):
        services.answer_missed(actor=home.olive, missed=seen.missed, result="reached", now=NOW + 10 * DAY)
    assert [each.by for each in people_queries.reads_about(home.mina)] == ["Nils"]


def taken(home: Home) -> Missed:
    wish(home)
    tasks.list_missed(NOW + 10 * DAY)
    return services.take_missed(actor=home.nils, missed=Missed.objects.get(), now=NOW + 10 * DAY)


@pytest.mark.parametrize("result", ["reached", "not_reached"])
def test_reached_or_not(home: Home, result: str) -> None:
    missed = taken(home)
    services.answer_missed(actor=home.nils, missed=missed, result=result, now=NOW + 11 * DAY)
    assert listed(home, home.nils) == []
    assert tasks.list_missed(NOW + 20 * DAY) == 0
    assert tasks.list_missed(NOW + 21 * DAY) == 1
    assert [each.by for each in queries.asked_after(home.mina, home.programme)] == ["Nils"]


def test_left_alone_is_left_alone(home: Home) -> None:
    missed = taken(home)
    services.answer_missed(actor=home.nils, missed=missed, result="left_alone", now=NOW + 11 * DAY)
    assert queries.my_wish(home.mina, home.programme) is None
    assert tasks.list_missed(NOW + 500 * DAY) == 0


def test_what_came_of_it_is_one_of_three_words(home: Home) -> None:
    missed = taken(home)
    with pytest.raises(Refused):
        services.answer_missed(actor=home.nils, missed=missed, result="sounded low", now=NOW)


def test_it_stops_at_once(home: Home) -> None:
    missed = taken(home)
    services.stop_reach(actor=home.mina, programme=home.programme, now=NOW + 10 * DAY)
    assert listed(home, home.nils) == []
    with pytest.raises(Refused):
        services.answer_missed(actor=home.nils, missed=missed, result="reached", now=NOW + 10 * DAY)
    row = ReachWish.objects.get()
    assert (row.sealed, row.unit, ReachBy.objects.count(), Missed.objects.count()) == (None, None, 0, 0)
    assert tasks.list_missed(NOW + 100 * DAY) == 0


def test_while_they_pause_nobody_asks(home: Home) -> None:
    wish(home)
    people.pause(actor=home.mina, now=NOW)
    assert tasks.list_missed(NOW + 10 * DAY) == 0
    people.come_back(actor=home.mina, now=NOW)
    assert tasks.list_missed(NOW + 10 * DAY) == 1
    people.pause(actor=Person.objects.get(pk=home.mina.pk), now=NOW)
    assert listed(home, home.nils) == []


def test_never_by_whom_they_must_not_meet(home: Home) -> None:
    wish(home)
    tasks.list_missed(NOW + 10 * DAY)
    keep_apart(home.nils, home.mina)
    assert listed(home, home.nils) == []
    with pytest.raises(Refused):
        wish(home)


def test_whoever_takes_no_part_is_not_listed_and_lists_nobody(home: Home) -> None:
    wish(home)
    tasks.list_missed(NOW + 10 * DAY)
    RoleHeld.objects.filter(person=home.nils, programme=home.programme).update(until_at=NOW)
    stop(home, home.nils)
    assert listed(home, Person.objects.get(pk=home.nils.pk)) == []


def test_somebody_must_be_chosen(home: Home) -> None:
    wrongs: list[dict[str, Any]] = [
        {"named": []},
        {"named": [home.sam]},
        {"days": 1},
        {"days": 400},
        {"way": "visit"},
    ]
    for wrong in wrongs:
        with pytest.raises(Refused):
            wish(home, **wrong)
    assert not ReachWish.objects.exists()
