"""What a page asks the database is the same with ten times the people, words and notices; and it is little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from companionway.foundation import sealing
from companionway.notices import views as notices
from companionway.people.models import Person
from tests.access.counting import Costs, count, count_cold
from tests.access.growing import grow
from tests.access.world import Both

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST, MOST_BYTES = 8, 12_000
# The whole hazard log on one page, for those who answer for it.
LARGER = {"insight:hazards": 14_000}
# Pages that gather from several rooms, each with a question of its own. The number is fixed: it may only be lowered.
DECLARED = {
    "insight:fairness": 30,  # several for each programme: who waits, what they wish and agreed to, who is being asked
    "concerns:concern": 17,  # the climb, the words, what was decided, who opened it, what is due, numbers to call
    "concerns:desk": 12,  # what is live, what is due, what is offered, who is on call, what is lately over
    "introductions:card": 19,  # one who waits and everybody who may fit, afresh: offers, load, rest, never-with
    "introductions:desk_of": 17,  # who waits, whom nobody fits, who carries what and rests, silent pairs, who is away
    "introductions:whole_list": 11,  # everybody who waits beside everybody with room who does not rest
    "introductions:needs": 9,  # whether there is room, and whether they rest after a hard night
    "introductions:start": 12,  # the wait in each programme, and how one's own stands
    "people:admin_person": 9,
    # One more for each sign in the menu of those who have several tasks: what waits of walks, of replies, of noticing.
    "about": 9,
    "oncall:every_week": 9,
    "oncall:rota": 9,
    "release:learning": 9,
    "release:queue": 9,
    "safeguarding:tell": 9,  # who leads, whom it could be about, and whom it must be kept from
    "safety:my_apart": 9,
    "practice:mine": 9,  # limits, what is carried, and whether they rest
    "support:agreement": 9,  # whether everything is read first here
    # Who is near to whom is asked afresh at each step that decides: names, walks, talks, blocks, supervision.
    "moderation:decision": 16,
    "moderation:decide": 10,  # and of which group, where it is about one
    "groups:group": 13,  # how one stands to it, who holds it, when it meets; in a queue, who must not meet whom
    # Of meetings: built room by room, and not yet gathered into fewer questions.
    "gatherings:after": 16,  # who held it too, and whether anybody would hear a wish for company
    "gatherings:door": 9,
    "gatherings:hold": 10,
    "gatherings:hold_now": 9,
    "meetings:list": 11,
    "meetings:meeting": 17,
    "meetings:series": 12,
    "meetings:who": 9,
    "steps:alongside": 9,
    "steps:ask": 10,  # one's own walks, whoever holds a meeting one may come to, and the meetings ahead
    "moderation:home": 12,
    # Of an association: what one holds there, who holds what, who belongs and takes part, minutes and who signed them.
    "association:home": 18,
    "association:register": 10,
    "association:minutes": 16,
    "association:paper": 12,
    "association:file": 12,
    "association:correct": 13,
    "sponsors:page": 14,  # who can be asked, what waits, whom one has blocked, whether the two could write
    # Of a house: its tasks with their hands and thanks, its hours, units and meeting, whom somebody must not meet.
    "clubhouse:today": 11,
    "clubhouse:unit": 9,
    "clubhouse:meeting": 11,
    "jointrecords:record": 9,  # whether both still belong and may meet
    "reachout:mine": 10,  # what was chosen, who is missed, and whom one may choose
    "placements:list": 9,
    "placements:place": 9,
}
# Keys that are not open yet take one question together; on the desk also those of whoever was passed over, and beside a
# page those of whoever wrote remarks to it.
KEYS = {"introductions:desk_of": 2, "concerns:concern": 3, "reading:ours": 2}
# Whoever asks first after a change takes the snapshot of a programme's supporters: its questions, however many people.
SNAPSHOT = 12
SNAPSHOTS = {
    "insight:fairness": 4,
    "introductions:card": 1,
    "introductions:desk_of": 1,
    "introductions:whole_list": 1,
    "introductions:start": 2,
    "introductions:browse": 1,
    "introductions:suggestions": 1,
    "introductions:request": 1,
}
# Who takes part in a talk is asked by whoever opens it first in half a minute, and kept for all.
PLACES = {"conversations:talk": 3}
# The first opening of a talk writes down how far it was read.
FIRST = {"conversations:talk": 2}


@dataclass(frozen=True)
class Counted:
    """Cold: nothing kept in the process. Warm is cold without what was kept, and so grows only where cold does."""

    small: Costs
    small_warm: Costs
    large: Costs


@pytest.fixture(scope="module")
def costs(world: Both) -> Counted:
    small, small_warm = count(world)
    grow(world.here)
    return Counted(small, small_warm, count_cold(world))


def above(asked: Costs) -> dict[tuple[str, str, str], int]:
    return {key: each.number for key, each in asked.items() if each.number > DECLARED.get(key[0], MOST)}


def above_cold(asked: Costs) -> dict[tuple[str, str, str], int]:
    most = {
        name: DECLARED.get(name, MOST)
        + KEYS.get(name, 1)
        + SNAPSHOT * SNAPSHOTS.get(name, 0)
        + FIRST.get(name, 0)
        + PLACES.get(name, 0)
        for name, *_rest in asked
    }
    return {key: each.number for key, each in asked.items() if each.number > most[key[0]]}


def test_a_page_asks_at_most_eight_questions_or_what_is_declared(costs: Counted) -> None:
    assert len(costs.small) > 200
    assert above(costs.small_warm) == {}


def test_with_nothing_kept_it_asks_for_the_keys_once_and_for_a_snapshot_once(costs: Counted) -> None:
    assert above_cold(costs.small) == above_cold(costs.large) == {}


def test_ten_times_as_much_asks_no_more(costs: Counted) -> None:
    """One more is what the first row of an empty list may ask; a question for each row would be ten."""
    grown = {
        key: (each.number, costs.large[key].number) for key, each in costs.small.items() if key in costs.large
    }
    assert len(grown) == len(costs.small)
    assert {key: pair for key, pair in grown.items() if pair[1] > pair[0] + 1} == {}


def test_a_page_is_small_on_the_wire(costs: Counted) -> None:
    large = {key: each.size for key, each in costs.large.items()}
    assert {key: size for key, size in large.items() if size > LARGER.get(key[0], MOST_BYTES)} == {}


def test_a_question_for_each_row_is_seen(
    costs: Counted, world: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = notices.shown

    def asking(rows: Any) -> Any:
        kept = list(rows)
        assert [Person.objects.get(pk=row.person_id) for row in kept]
        return drawn(kept)

    monkeypatch.setattr(notices, "shown", asking)
    assert above_cold(count_cold(world, only=lambda name: name == "notices:list"))


def test_keys_opened_one_by_one_are_seen(
    costs: Counted, world: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "preload_all", lambda owners: None)
    assert above_cold(count_cold(world, only=lambda name: name == "introductions:card"))
