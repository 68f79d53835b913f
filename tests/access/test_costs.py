"""What a page asks the database is the same with ten times the people, words and notices; and it is little."""

from __future__ import annotations

from typing import Any

import pytest

from companionway.notices import views as notices
from companionway.people.models import Person
from tests.access.counting import Costs, count
from tests.access.growing import grow
from tests.access.world import Both

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST, MOST_BYTES = 8, 12_000
# Pages that gather from several rooms, each with a question of its own. The number is fixed: it may only be lowered.
DECLARED = {
    "insight:fairness": 24,  # four figures over three programmes, each with its consents
    "introductions:card": 24,  # one who waits, and everybody who may fit: offers, load, never-with, reasons
    "introductions:desk_of": 21,  # the same for all who wait, with what the team must look at
    "introductions:whole_list": 13,
    "introductions:start": 11,  # each way of finding somebody, and how one's own wait stands
    "introductions:needs": 10,
    "support:walk": 13,  # agreement, note, pauses, ending, talk and the next step of one relationship
    "support:note": 9,
    "conversations:message": 10,  # what may be done with it: edit, withdraw, report, each by its own rule
    "practice:mine": 9,
    "safety:answer": 9,
}


@pytest.fixture(scope="module")
def costs(world: Both) -> tuple[Costs, Costs]:
    small = count(world)
    grow(world.here)
    return small, count(world)


def above(asked: Costs) -> dict[tuple[str, str, str], int]:
    return {key: each.number for key, each in asked.items() if each.number > DECLARED.get(key[0], MOST)}


def test_a_page_asks_at_most_eight_questions_or_what_is_declared(costs: tuple[Costs, Costs]) -> None:
    assert len(costs[0]) > 200
    assert above(costs[0]) == above(costs[1]) == {}


def test_ten_times_as_much_asks_no_more(costs: tuple[Costs, Costs]) -> None:
    """One more is what the first row of an empty list may ask; a question for each row would be ten."""
    small, large = costs
    grown = {key: (small[key].number, large[key].number) for key in small if key in large}
    assert len(grown) == len(small)
    assert {key: pair for key, pair in grown.items() if pair[1] > pair[0] + 1} == {}


def test_a_page_is_small_on_the_wire(costs: tuple[Costs, Costs]) -> None:
    assert {key: each.size for key, each in costs[1].items() if each.size > MOST_BYTES} == {}


def test_a_question_for_each_row_is_seen(
    costs: tuple[Costs, Costs], world: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = notices.shown

    def asking(rows: Any) -> Any:
        kept = list(rows)
        assert [Person.objects.get(pk=row.person_id) for row in kept]
        return drawn(kept)

    monkeypatch.setattr(notices, "shown", asking)
    assert above(count(world, only=lambda name: name == "notices:list"))
