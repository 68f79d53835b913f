"""Everybody says yes in the same moment, by every way a walk can begin: hours, places and weight hold all the same.

Real threads, each with a connection of its own, on SQLite and on PostgreSQL. `test_paths` has the same ways one after
the other.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from companionway.foundation.policy import Refused
from companionway.introductions import services as introductions
from companionway.introductions.models import Introduction, Request
from companionway.introductions.states import Answer, Door, IntroductionState
from companionway.people import roles
from companionway.people.models import Person
from companionway.practice import capacity
from companionway.practice import services as practice
from companionway.practice.models import SupporterPractice, SupporterPracticeQuerySet
from companionway.practice.services import _places
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, Cast, give, make_cast
from tests.rooms.introductions.scene import new_member, ready_supporter, settle
from tests.rooms.supervision.talking import fresh
from tests.rooms.supervision.test_paths import PASSING

pytestmark = pytest.mark.django_db(transaction=True)
Deed = Callable[[], object]
AT_ONCE = 8
PLENTY = 20


def letters(number: int) -> str:
    return chr(ord("a") + number // 26) + chr(ord("a") + number % 26)


class Scene:
    """Theo has plenty of room while everything is prepared; then his limits are set, and all press at once."""

    def __init__(self) -> None:
        self.cast: Cast = make_cast()
        self.theo = self.cast.theo
        self.row = ready_supporter(self.theo, self.cast.programme, places=PLENTY)
        give(self.theo, roles.SUPPORTER, self.cast.other_programme)
        self.elsewhere = ready_supporter(fresh(self.theo), self.cast.other_programme, places=PLENTY)
        self.members = 0

    def asking(self) -> Request:
        self.members += 1
        name = f"Member {letters(self.members)}"
        return new_member(name, self.cast.programme, welcomes_offers=True, now=NOW)

    def limits(self, places: int, minutes: int, weight: int | None) -> int:
        for row in (self.row, self.elsewhere):
            practice.set_limits(
                actor=fresh(self.theo), practice=row, accepting=True, places=places, weekly_minutes=minutes,
                minutes_each=60, weight_limit=weight, now=NOW,
            )  # fmt: skip
        return min(places, minutes // 60)

    # Each prepares one way up to the last press, and returns that press.

    def browse(self) -> Deed:
        row = self._asked(self.row, Door.BROWSE)
        return lambda: self._yes(row, self.theo)

    def suggest(self) -> Deed:
        row = self._asked(self.row, Door.SUGGEST)
        return lambda: self._yes(row, self.theo)

    def offer(self) -> Deed:
        row = introductions.offer(actor=fresh(self.theo), request=self.asking(), passing=PASSING, now=NOW)
        return lambda: self._yes(row, row.request.member)

    def propose(self) -> Deed:
        row = introductions.propose(
            actor=self.cast.cora, request=self.asking(), practice_public_id=self.row.public_id, passing=PASSING,
            now=NOW,
        )  # fmt: skip
        self._yes(row, self.theo)
        return lambda: self._yes(row, row.request.member)

    def cover(self) -> Deed:
        ruth = ready_supporter(self.cast.ruth, self.cast.programme, places=PLENTY)
        asked = self._asked(ruth, Door.BROWSE)
        introductions.hand_to_cover(
            actor=fresh(self.cast.ruth), programme_id=self.cast.programme.pk, cover=fresh(self.theo), now=NOW
        )
        row = Introduction.objects.get(request=asked.request, supporter=self.theo)
        self._yes(row, row.request.member)
        return lambda: self._yes(row, self.theo)

    def look_for_someone_else(self) -> Deed:
        """The walk of a member has ended; looking again leads to Theo."""
        request = self.asking()
        walk = support.begin(
            actor=self.cast.ruth, programme=self.cast.programme, member=request.member, supporter=self.cast.ruth,
            reasons=[], now=NOW,
        )  # fmt: skip
        support.end_relationship(actor=request.member, relationship=walk, now=NOW)
        again = introductions.look_for_someone_else(
            actor=fresh(request.member), programme_id=self.cast.programme.pk, now=NOW
        )
        row = introductions.ask_supporter(
            actor=fresh(request.member), request=again, practice_public_id=self.row.public_id, door=Door.BROWSE,
            now=NOW,
        )  # fmt: skip
        return lambda: self._yes(row, self.theo)

    def begin(self) -> Deed:
        member = self.asking().member
        return lambda: support.begin(
            actor=fresh(self.theo), programme=self.cast.programme, member=member, supporter=fresh(self.theo),
            reasons=[], now=NOW,
        )  # fmt: skip

    def begin_elsewhere(self) -> Deed:
        member = new_member(f"Other {letters(self.members)}", self.cast.other_programme, now=NOW).member
        self.members += 1
        return lambda: support.begin(
            actor=fresh(self.theo), programme=self.cast.other_programme, member=member,
            supporter=fresh(self.theo), reasons=[], now=NOW,
        )  # fmt: skip

    def walk_again(self) -> Deed:
        """The door back, also for somebody whom Theo left when he went away."""
        member = self.asking().member
        walk = support.begin(
            actor=self.theo,
            programme=self.cast.programme,
            member=member,
            supporter=self.theo,
            reasons=[],
            now=NOW,
        )
        support.end_relationship(actor=member, relationship=walk, now=NOW)
        support.walk_again(actor=fresh(member), relationship=walk, now=NOW)
        return lambda: support.walk_again(actor=fresh(self.theo), relationship=walk, now=NOW)

    def come_back(self) -> Deed:
        """A paused walk counted all the time; going on with it takes nothing from anybody."""
        member = self.asking().member
        walk = support.begin(
            actor=self.theo, programme=self.cast.programme, member=member, supporter=self.theo, reasons=[],
            now=NOW - timedelta(days=90),
        )  # fmt: skip
        support.pause(actor=member, relationship=walk, now=NOW)
        return lambda: support.resume(actor=fresh(member), relationship=walk, now=NOW)

    def _asked(self, row: SupporterPractice, door: Door) -> Introduction:
        request = self.asking()
        return introductions.ask_supporter(
            actor=request.member, request=request, practice_public_id=row.public_id, door=door, now=NOW
        )

    def _yes(self, row: Introduction, who: Person) -> None:
        kept = Introduction.objects.select_related("request__member", "request__programme").get(pk=row.pk)
        if kept.state == IntroductionState.ASKED and kept.answer_of(who.pk) != Answer.YES:
            introductions.answer(actor=fresh(who), introduction=kept, answer=Answer.YES, now=NOW)

    def load(self) -> int:
        return Relationship.objects.open().filter(supporter=self.theo).count()

    def weight(self) -> int:
        return capacity.weight_of([self.theo.pk], {}).get(self.theo.pk, 0)


WAYS = [
    name
    for name in vars(Scene)
    if not name.startswith("_") and name not in ("asking", "limits", "load", "weight")
]


def at_once(deeds: list[Deed]) -> int:
    """All in the same moment; returns how many were refused. Anything but a refusal is raised."""
    together = Barrier(len(deeds))

    def press(deed: Deed) -> bool:
        try:
            together.wait(timeout=30)
            deed()
            return False
        except Refused:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sum(pool.map(press, deeds))


def pressed(seed: int) -> tuple[int, int, int, int | None, int]:
    """Walks before and after, the limit, the limit of weight, and the weight: for random ways and random limits."""
    dice, scene = random.Random(seed), Scene()
    names = WAYS if seed == 0 else [dice.choice(WAYS) for _ in range(AT_ONCE)]
    deeds = [getattr(scene, name)() for name in names]
    settle()
    before = scene.load()
    weight = None if seed % 2 == 0 else scene.weight() + dice.choice([3, 4, 7])
    most = scene.limits(before + dice.choice([1, 2]), 60 * (before + dice.choice([1, 3])), weight)
    at_once(deeds)
    return before, scene.load(), most, weight, scene.weight()


@pytest.mark.parametrize("seed", range(3))
def test_no_two_take_the_last_place(seed: int) -> None:
    before, after, most, weight, carried = pressed(seed)
    assert after <= most
    assert weight is None or carried <= weight
    assert after > before, "somebody did get in: only then the test says something"


@pytest.mark.parametrize("name", WAYS)
def test_each_way_leads_in_when_there_is_room_and_stops_when_there_is_none(name: str) -> None:
    scene = Scene()
    first, second = getattr(scene, name)(), getattr(scene, name)()
    before = scene.load()
    takes = 0 if name == "come_back" else 1
    scene.limits(before + takes, 60 * PLENTY, None)
    at_once([first])
    assert scene.load() == before + takes
    at_once([second])
    assert scene.load() == before + takes


def test_a_programme_without_limits_of_its_own_is_no_way_round_them() -> None:
    """Limits count everybody in every programme; where none were set, those set elsewhere hold."""
    scene = Scene()
    scene.elsewhere.delete()
    first, second = scene.begin_elsewhere(), scene.begin_elsewhere()
    practice.set_limits(
        actor=fresh(scene.theo), practice=scene.row, accepting=False, places=1, weekly_minutes=60,
        minutes_each=60, now=NOW,
    )  # fmt: skip
    assert at_once([first, second]) == 1
    assert scene.load() == 1


def test_a_limit_believed_from_the_page_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault: the room is what it was a moment ago, not what it is under the lock."""
    monkeypatch.setattr(_places, "_room", lambda practice, is_known: 1)
    with pytest.raises(AssertionError):
        test_no_two_take_the_last_place(0)


def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has counted waits a second for another one who has, too: two who count at once are sure to meet."""
    counted, asked = Barrier(2), _places._room

    def room(practice: SupporterPractice, is_known: bool) -> int:
        found = asked(practice, is_known)
        try:
            counted.wait(timeout=1)
        except BrokenBarrierError:
            counted.reset()
        return found

    monkeypatch.setattr(_places, "_room", room)


@pytest.mark.many_writers
def test_the_lock_holds_however_long_somebody_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    test_no_two_take_the_last_place(2)


@pytest.mark.many_writers
def test_a_lock_left_out_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    monkeypatch.setattr(SupporterPracticeQuerySet, "select_for_update", lambda self, *_, **__: self.all())
    with pytest.raises(AssertionError):
        test_no_two_take_the_last_place(2)
