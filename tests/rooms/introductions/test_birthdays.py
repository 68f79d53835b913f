"""Who stands in, who joins, and what happens when somebody comes of age."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from companionway.conversations import queries as conversations
from companionway.foundation.policy import Refused
from companionway.introductions import policy as introductions_policy
from companionway.introductions import queries
from companionway.people import policy as people_policy
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Programme, RoleHeld
from companionway.people.roster import NewPerson
from companionway.practice import policy as practice_policy
from companionway.practice import services as practice
from companionway.practice.models import SupporterPractice
from companionway.release import services as release
from companionway.support import policy as support_policy
from companionway.support import services as support
from companionway.support.models import Relationship
from companionway.support.states import State
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.introductions.ages import (
    ALL,
    BANDS,
    TAKES,
    Two,
    undone,
)
from tests.rooms.introductions.scene import settle, shown_to


def test_whoever_stands_in_is_there_for_the_same_people(two: Two) -> None:
    """Ruth is an adult who is there for adults, in a programme that takes them; Theo would stand in for her."""
    rows = SupporterPractice.objects.select_related("programme", "person")
    for combination in ALL:
        _member, own, trained, takes = combination
        fits = own == trained == "adult" and takes in ([], ["adult", "young"])
        with undone():
            two.become(*combination)
            ruths, theos = rows.get(pk=two.ruths.pk), rows.get(pk=two.theos.pk)
            assert bool(practice_policy.may_stand_in(ruths, theos)) == fits
            try:
                practice.name_cover(actor=two.cast.ruth, practice=ruths, person=two.supporter, now=NOW)
            except Refused:
                assert not fits
            else:
                assert fits


def test_a_programme_that_shows_nothing_to_staff_brings_no_young_people_together(two: Two) -> None:
    """Nobody could read first there."""
    two.become("young", "young", "young", ["young"])
    assert people_policy.may_be_brought_together(two.programme, two.member, two.supporter, "young")
    Programme.objects.filter(pk=two.programme.pk).update(coordinator_sees=False)
    assert not people_policy.may_be_brought_together(two.programme, two.member, two.supporter, "young")


@pytest.mark.parametrize("by", ["role", "invitation", "list"])
def test_nobody_joins_where_their_age_is_not_taken(cast: Cast, by: str) -> None:
    wren = make_person("Wren")
    for band, takes in itertools.product(BANDS, TAKES):
        fits = band in (takes or ["adult"])
        with undone():
            Programme.objects.filter(pk=cast.programme.pk).update(age_bands=takes)
            Person.objects.filter(pk=wren.pk).update(age_band=band)
            programme, person = Programme.objects.get(pk=cast.programme.pk), Person.objects.get(pk=wren.pk)
            try:
                join(cast, by, person, programme)
            except Refused:
                assert not fits
            else:
                assert fits
                assert RoleHeld.objects.filter(programme=programme, role=roles.MEMBER).count() == 2


def join(cast: Cast, by: str, person: Person, programme: Programme) -> None:
    where: dict[str, Any] = {"role": roles.MEMBER, "programme": programme, "now": NOW}
    if by == "role":
        people.give_role(actor=cast.adil, person=person, **where)
    elif by == "invitation":
        people.invite(actor=cast.adil, person=person, **where)
    else:
        rows = [NewPerson("Jay", ((roles.MEMBER, programme.pk),), age_band=person.age_band)]
        people.import_people(actor=cast.adil, rows=rows, now=NOW)


def came_of_age(two: Two) -> Relationship:
    """Two young people of a programme for both; then one of them is 18."""
    two.become("young", "young", "young", ["adult", "young"])
    together = two.meet()
    people.set_age_band(actor=two.cast.adil, person=two.member, band="adult", now=NOW)
    settle()
    together.refresh_from_db()
    return together


def lines_in(together: Relationship) -> list[str]:
    talk = together.conversation_id
    assert talk is not None
    return [each.facts["line"] for each in conversations.changed_in(talk, 1, 100) if "line" in each.facts]


def test_on_a_birthday_nothing_breaks_and_both_are_told(two: Two) -> None:
    together = came_of_age(two)
    assert together.is_open and together.ages_differ_at is not None
    assert lines_in(together)[-1] == "ages_differ"
    support.look_at_ages(actor=None, person=two.member, now=NOW)
    assert lines_in(together).count("ages_differ") == 1, "told once, however often somebody looks"


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_coordinator_decides(two: Two, goes_on: bool) -> None:
    together = came_of_age(two)
    for who in (two.member, two.cast.sam_the_stranger, two.cast.adil):
        with pytest.raises(Refused):
            support.decide_on_ages(actor=who, relationship=together, goes_on=goes_on, now=NOW)
    done = support.decide_on_ages(actor=two.cast.cora, relationship=together, goes_on=goes_on, now=NOW)
    assert done.state == (State.MEETING if goes_on else State.ENDING)
    assert lines_in(together)[-1] == ("ages_go_on" if goes_on else "ending")
    assert not support_policy.may_decide_on_ages(two.cast.cora, done)


def test_whoever_is_eighteen_now_asks_as_an_adult(two: Two) -> None:
    came_of_age(two)
    queries.forget_pools()
    assert two.ruths.public_id in shown_to(two.fresh()), "Ruth is there for adults"
    assert two.theos.public_id not in shown_to(two.fresh())
    Programme.objects.filter(pk=two.programme.pk).update(age_bands=["young"])
    assert not introductions_policy.may_ask(two.member, two.programme)


def test_only_an_administrator_sets_somebodys_age(cast: Cast) -> None:
    for who, about in ((cast.cora, cast.mina), (cast.mina, cast.mina), (cast.adil, cast.adil)):
        with pytest.raises(Refused):
            people.set_age_band(actor=who, person=about, band="young", now=NOW)
    give(cast.ruth, roles.ADMINISTRATOR, None)
    with pytest.raises(Refused):
        people.set_age_band(actor=cast.ruth, person=cast.mina, band="old", now=NOW)


def test_where_everything_is_read_first_nothing_is_written_beside_the_conversation(two: Two) -> None:
    """The shared note, an agreement, a letter and the words of a pause would pass by whoever reads."""
    together = two.meet()
    assert support_policy.may_write_note(two.member, together)
    release.hold_programme(actor=two.cast.cora, programme=two.programme, is_on=True, now=NOW)
    assert not support_policy.may_write_note(two.member, together)
    assert not support_policy.may_propose_agreement(two.supporter, together)
    with pytest.raises(Refused, match="read first"):
        support.pause(actor=two.member, relationship=together, words="Write to me elsewhere", now=NOW)
    ending = support.start_ending(actor=two.member, relationship=together, last_meeting_on=None, now=NOW)
    assert not support_policy.may_say_goodbye(two.supporter, ending)
