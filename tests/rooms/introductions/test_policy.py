"""Who may see what: the row filter and the verdict never disagree, and every state moves only as its table says."""

from __future__ import annotations

import pytest

from companionway.introductions import policy, services
from companionway.introductions.models import Introduction, Request
from companionway.introductions.states import (
    ANSWER_MOVES,
    INTRODUCTION_MOVES,
    REQUEST_MOVES,
    Answer,
    Door,
    IntroductionState,
    RequestState,
)
from companionway.people import roles
from companionway.people.models import Person
from companionway.practice.models import SupporterPractice
from tests.cast import NOW, Cast, give
from tests.rooms.introductions.scene import ask, asked, new_member, ready_supporter


def people(cast: Cast) -> list[Person]:
    return [cast.mina, cast.theo, cast.ruth, cast.cora, cast.adil, cast.sam_the_stranger]


@pytest.fixture
def world(cast: Cast, minas: Request, theos: SupporterPractice) -> None:
    """Introductions by every door, with every answer, in a programme that reports upward and in one that does not."""
    ready_supporter(cast.ruth, cast.programme)
    asked(minas, theos)
    services.pass_by(actor=cast.ruth, request=minas, not_now=True, now=NOW)
    nia = new_member("Nia", cast.programme, welcomes_offers=True)
    services.pass_by(actor=cast.theo, request=nia, not_now=False, now=NOW)
    services.offer(actor=cast.ruth, request=nia, now=NOW)
    other = cast.other_programme
    other.coordinator_sees = False
    other.save()
    for person, role in ((cast.theo, roles.SUPPORTER), (cast.cora, roles.COORDINATOR)):
        give(person, role, other)
    sams = ask(cast.sam_the_stranger, other)
    asked(sams, ready_supporter(cast.theo, other))


def test_seeing_an_introduction_is_one_rule_written_twice(cast: Cast, world: None) -> None:
    rows = list(Introduction.objects.select_related("request__programme"))
    assert len(rows) == 5
    for person in people(cast):
        seen = set(policy.visible_to(person).values_list("pk", flat=True))
        assert seen == {row.pk for row in rows if policy.may_view(person, row)}, person.name


def test_seeing_a_request_is_one_rule_written_twice(cast: Cast, world: None) -> None:
    rows = list(Request.objects.select_related("programme"))
    for person in people(cast):
        seen = set(policy.requests_visible_to(person).values_list("pk", flat=True))
        assert seen == {row.pk for row in rows if policy.may_view_request(person, row)}, person.name


def test_a_need_that_was_passed_by_does_not_exist_for_its_member(cast: Cast, world: None) -> None:
    for row in policy.visible_to(cast.mina):
        assert row.door != Door.OFFER


def test_a_tradition_without_an_overview_shows_its_coordinator_nothing(cast: Cast, world: None) -> None:
    other = cast.other_programme.pk
    assert not policy.requests_visible_to(cast.cora).filter(programme=other).exists()
    assert not policy.visible_to(cast.cora).filter(request__programme=other).exists()
    assert not policy.may_coordinate(cast.cora, cast.other_programme)


def test_needs_are_for_supporters_of_the_programme_who_did_not_answer(cast: Cast, world: None) -> None:
    shown = {person.name: policy.needs_visible_to(person).count() for person in people(cast)}
    assert shown == {"Mina": 0, "Theo": 0, "Ruth": 1, "Cora": 0, "Adil": 0, "Sam": 0}


@pytest.mark.parametrize("state", RequestState)
def test_a_request_moves_only_as_its_table_says(minas: Request, state: RequestState) -> None:
    minas.state = state
    assert {to for to in RequestState if minas.may_move(to)} == set(REQUEST_MOVES[state])


@pytest.mark.parametrize("state", IntroductionState)
def test_an_introduction_moves_only_as_its_table_says(state: IntroductionState) -> None:
    row = Introduction(state=state)
    assert {to for to in IntroductionState if row.may_move(to)} == set(INTRODUCTION_MOVES[state])


@pytest.mark.parametrize("state", [IntroductionState.MET, IntroductionState.CLOSED])
def test_what_is_over_takes_no_answer(
    cast: Cast, minas: Request, theos: SupporterPractice, state: IntroductionState
) -> None:
    row = asked(minas, theos)
    row.state = state
    for answer in Answer:
        for person in (cast.mina, cast.theo):
            assert not policy.may_answer(person, row, answer)


@pytest.mark.parametrize("said", Answer)
def test_an_answer_moves_only_as_its_table_says(
    cast: Cast, minas: Request, theos: SupporterPractice, said: Answer
) -> None:
    row = asked(minas, theos)
    row.supporter_answer = said
    allowed = {each for each in Answer if policy.may_answer(cast.theo, row, each)}
    assert allowed == set(ANSWER_MOVES[said])
