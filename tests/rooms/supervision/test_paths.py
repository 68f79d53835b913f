"""Every way a walk can begin, tried in random order: none begins while somebody is held back, none beyond a cap."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from companionway.foundation.policy import Refused
from companionway.introductions import queries as introductions_queries
from companionway.introductions import services as introductions
from companionway.introductions.models import Introduction, Request
from companionway.introductions.states import Answer, Door, IntroductionState, PassingReason
from companionway.people.models import Person
from companionway.practice import queries as practice
from companionway.practice import services as practice_services
from companionway.practice.models import SupporterPractice
from companionway.supervision import services
from companionway.supervision.models import ExtraPlace, Lateness
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, Cast
from tests.often import times
from tests.rooms.introductions.scene import new_member, ready_supporter, settle
from tests.rooms.supervision.conftest import Held
from tests.rooms.supervision.talking import fresh, later, talked

PASSING = introductions.Passing(reason=PassingReason(PassingReason.values[0]), words="Because of the bus.")


def load(person: Person) -> int:
    return Relationship.objects.open().filter(supporter=person).count()


def cap(row: SupporterPractice, extra: int) -> int:
    """Said here once more, by other words than the house uses."""
    row.refresh_from_db()
    return min(row.places, row.weekly_minutes // row.minutes_each) + extra


class Paths:
    """The ways a walk can begin. Each tries one for a member, as far as it goes."""

    def __init__(self, scene: Held, row: SupporterPractice) -> None:
        self.cast, self.theo, self.row = scene.cast, scene.cast.theo, row

    def browse(self, request: Request, now: datetime) -> None:
        asked = introductions.ask_supporter(
            actor=request.member, request=request, practice_public_id=self.row.public_id, door=Door.BROWSE,
            now=now,
        )  # fmt: skip
        self._yes(asked, self.theo, now)

    def suggest(self, request: Request, now: datetime) -> None:
        shown = introductions_queries.suggestions_for(request.member, request.programme)
        mine = [each.public_id for each in shown if each.public_id == self.row.public_id]
        if not mine:
            raise Refused("not shown")
        asked = introductions.ask_supporter(
            actor=request.member, request=request, practice_public_id=mine[0], door=Door.SUGGEST, now=now
        )
        self._yes(asked, self.theo, now)

    def offer(self, request: Request, now: datetime) -> None:
        offered = introductions.offer(actor=self.theo, request=request, passing=PASSING, now=now)
        self._yes(offered, request.member, now)

    def propose(self, request: Request, now: datetime) -> None:
        row = introductions.propose(
            actor=self.cast.cora, request=request, practice_public_id=self.row.public_id, passing=PASSING,
            now=now,
        )  # fmt: skip
        self._yes(row, request.member, now)
        self._yes(row, self.theo, now)

    def propose_list(self, request: Request, now: datetime) -> None:
        (row,) = introductions.propose_list(
            actor=self.cast.cora, programme=self.cast.programme, pairs=[(request, self.row.public_id)],
            passing=PASSING, now=now,
        )  # fmt: skip
        self._yes(row, self.theo, now)
        self._yes(row, request.member, now)

    def cover(self, request: Request, now: datetime) -> None:
        """Somebody asked Ruth, whose own talks are in time; she is not able to, and Theo covers for her."""
        Lateness.objects.filter(person=self.cast.ruth).delete()
        ruth = ready_supporter(self.cast.ruth, self.cast.programme, places=30)
        asked = introductions.ask_supporter(
            actor=request.member,
            request=request,
            practice_public_id=ruth.public_id,
            door=Door.BROWSE,
            now=now,
        )
        handed = introductions.hand_to_cover(
            actor=self.cast.ruth, programme_id=self.cast.programme.pk, cover=self.theo, now=now
        )
        if not handed:
            raise Refused("not handed on")
        row = Introduction.objects.get(request=asked.request, supporter=self.theo)
        self._yes(row, request.member, now)
        self._yes(row, self.theo, now)

    def begin(self, request: Request, now: datetime) -> None:
        support.begin(
            actor=self.theo, programme=self.cast.programme, member=request.member, supporter=self.theo,
            reasons=[], now=now,
        )  # fmt: skip

    def walk_again(self, request: Request, now: datetime) -> None:
        over = Relationship.objects.filter(supporter=self.theo, state="ended").order_by("-pk").first()
        if over is None:
            raise Refused("nothing to go on with")
        support.walk_again(actor=fresh(over.member), relationship=over, now=now)
        support.walk_again(actor=self.theo, relationship=over, now=now)

    def answer_old(self, request: Request, now: datetime) -> None:
        """A question that was asked when there was room, answered now."""
        for row in Introduction.objects.filter(supporter=self.theo, state=IntroductionState.ASKED):
            self._yes(row, fresh(row.request.member), now)
            self._yes(row, self.theo, now)

    def _yes(self, row: Introduction, who: Person, now: datetime) -> None:
        row.refresh_from_db()
        if row.state != IntroductionState.ASKED or row.answer_of(who.pk) == Answer.YES:
            return
        introductions.answer(actor=who, introduction=row, answer=Answer.YES, now=now)

    @property
    def all(self) -> list[Callable[[Request, datetime], None]]:
        return [
            self.browse, self.suggest, self.offer, self.propose, self.propose_list, self.cover, self.begin,
            self.walk_again, self.answer_old,
        ]  # fmt: skip


@pytest.fixture
def row(held: Held) -> SupporterPractice:
    return ready_supporter(held.cast.theo, held.cast.programme, places=2)


def asking(cast: Cast, name: str, now: datetime) -> Request:
    return new_member(name, cast.programme, welcomes_offers=True, now=now)


PATHS = [
    name
    for name in vars(Paths)
    if not name.startswith("_") and name not in ("all", "answer_old", "walk_again")
]


def test_the_list_of_paths_is_whole() -> None:
    """The doors of the practice models, both kinds of proposal, beginning itself, and the door back."""
    assert {*Door.values, "propose", "walk_again", "begin"} - {"proposal"} <= set(vars(Paths))


@pytest.mark.parametrize("name", PATHS)
def test_each_path_works_and_stops_when_held(name: str, held: Held, row: SupporterPractice) -> None:
    paths, theo = Paths(held, row), held.cast.theo
    getattr(paths, name)(asking(held.cast, "Amber", NOW), NOW)
    assert load(theo) == 1, "the path leads somewhere: only then it says something that it does not"
    settle()
    services.look_at_the_clock(now=later(49))
    settle()
    second = asking(held.cast, "Birch", later(49))
    with pytest.raises(Refused):
        getattr(paths, name)(second, later(49))
    assert load(theo) == 1, "whoever is walked with stays, nobody new comes"
    talked(held.pair, later(49))
    settle()
    second.refresh_from_db()
    getattr(paths, name)(second, later(49))
    assert load(theo) == 2


def test_the_door_back_stops_too_and_the_wish_stays(held: Held, row: SupporterPractice) -> None:
    cast = held.cast
    walk = support.begin(
        actor=cast.theo, programme=cast.programme, member=cast.mina, supporter=cast.theo, reasons=[], now=NOW
    )
    support.end_relationship(actor=cast.mina, relationship=walk, now=later(1))
    services.look_at_the_clock(now=later(49))
    support.walk_again(actor=cast.mina, relationship=walk, now=later(49))
    with pytest.raises(Refused, match="The wish stays"):
        support.walk_again(actor=cast.theo, relationship=walk, now=later(49))
    assert load(cast.theo) == 0
    talked(held.pair, later(49))
    support.walk_again(actor=cast.theo, relationship=walk, now=later(50))
    assert load(cast.theo) == 1


def test_the_door_back_takes_a_place_like_every_walk(held: Held, row: SupporterPractice) -> None:
    cast = held.cast
    walk = support.begin(
        actor=cast.theo, programme=cast.programme, member=cast.mina, supporter=cast.theo, reasons=[], now=NOW
    )
    support.end_relationship(actor=cast.mina, relationship=walk, now=later(1))
    paths = Paths(held, row)
    for name in ("Amber", "Birch"):
        paths.begin(asking(cast, name, NOW), NOW)
    support.walk_again(actor=cast.theo, relationship=walk, now=later(2))
    with pytest.raises(Refused, match="no free place"):
        support.walk_again(actor=cast.mina, relationship=walk, now=later(2))
    assert load(cast.theo) == 2


def test_who_is_held_and_never_set_limits_begins_nothing_either(held: Held) -> None:
    services.look_at_the_clock(now=later(49))
    with pytest.raises(Refused):
        support.begin(
            actor=held.cast.mina, programme=held.cast.programme, member=held.cast.mina,
            supporter=held.cast.ruth, reasons=[], now=later(49),
        )  # fmt: skip


def test_a_place_above_the_limits_needs_a_reason_both_read(held: Held, row: SupporterPractice) -> None:
    cast, paths = held.cast, Paths(held, row)
    for name in ("Amber", "Birch"):
        paths.begin(asking(cast, name, NOW), NOW)
    third = asking(cast, "Cedar", NOW)
    with pytest.raises(Refused):
        paths.begin(third, NOW)
    facts = {"programme": cast.programme, "person": cast.theo, "until_on": later(10).date(), "now": NOW}
    for actor in (cast.theo, held.ines, cast.adil):
        with pytest.raises(Refused):
            services.give_extra_place(actor=actor, words="Please.", **facts)
    with pytest.raises(Refused, match="why"):
        services.give_extra_place(actor=cast.cora, words="  ", **facts)
    services.give_extra_place(actor=cast.cora, words="Ruth is away until May.", **facts)
    paths.begin(third, NOW)
    assert load(cast.theo) == 3
    with pytest.raises(Refused):
        paths.begin(asking(cast, "Dorn", NOW), NOW)


@pytest.mark.parametrize("seed", range(times(6)))
def test_no_path_in_any_order_goes_beyond_a_limit_or_begins_while_held(
    seed: int, held: Held, row: SupporterPractice
) -> None:
    """A hundred and fifty random deeds; every walk that began is looked at, and so is that some did."""
    dice, cast, theo = random.Random(seed), held.cast, held.cast.theo
    paths, now, extra, begun, refused = Paths(held, row), NOW, 0, 0, 0
    for step in range(25):
        now += timedelta(days=dice.choice([0, 0, 1, 9]))
        services.look_at_the_clock(now=now)
        match dice.randrange(6):
            case 0:
                row = practice_services.set_limits(
                    actor=theo, practice=row, accepting=dice.random() < 0.8, places=dice.randrange(4),
                    weekly_minutes=dice.choice([60, 120, 600]), minutes_each=60,
                    weight_limit=dice.choice([None, None, 6]), now=now,
                )  # fmt: skip
            case 1:
                talked(held.pair, now)
            case 2 if load(theo):
                walk = Relationship.objects.open().filter(supporter=theo).earliest("pk")
                support.end_relationship(actor=theo, relationship=walk, now=now)
            case 3:
                extra = _extra(dice, cast, now)
        settle()
        before, was_held, most = load(theo), is_held(theo, cast), cap(row, _extras(theo))
        try:
            dice.choice(paths.all)(asking(cast, f"Member {seed} {_letters(step)}", now), now)
        except Refused:
            refused += 1
        after = load(theo)
        begun += after - before
        assert after <= before or (not was_held and after <= most), (seed, step)
        settle()
    assert begun + refused > 0
    assert extra in (0, 1)


def is_held(person: Person, cast: Cast) -> bool:
    return practice.is_held(person.pk, cast.programme.pk)


def _extra(dice: random.Random, cast: Cast, now: datetime) -> int:
    if dice.random() < 0.5:
        services.end_extra_place(actor=cast.cora, programme=cast.programme, person=cast.theo, now=now)
        return 0
    services.give_extra_place(
        actor=cast.cora, programme=cast.programme, person=cast.theo, words="For a while.",
        until_on=(now + timedelta(days=5)).date(), now=now,
    )  # fmt: skip
    return 1


def _extras(person: Person) -> int:
    return ExtraPlace.objects.filter(person=person, ended_at=None).count()


def _letters(number: int) -> str:
    return chr(ord("a") + number)
