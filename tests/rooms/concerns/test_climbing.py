"""Nobody waits longer than the pace: every step once, in order, through every trick a clock can play."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from companionway.concerns import climbing, services
from companionway.concerns.models import Concern, Pace, Step
from companionway.concerns.states import Stage, State, StepKind
from companionway.foundation.models import Record
from companionway.people.models import RoleHeld
from tests.cast import NOW
from tests.rooms.concerns.conftest import House

MINUTE = timedelta(minutes=1)


def minutes(number: float) -> datetime:
    return NOW + number * MINUTE


def happened(concern: Concern) -> list[tuple[str, str, datetime]]:
    rows = concern.steps.select_related("person").order_by("pk")
    return [(row.kind, row.person.name if row.person else "", row.happened_at) for row in rows]


def look(now: datetime) -> None:
    services.climb_due(actor=None, watching=True, now=now)


def watch(concern: Concern, until: datetime, *, begin: datetime = NOW, every: float = 10) -> None:
    """The duty, again and again."""
    now = begin
    while now <= until:
        look(now)
        now += timedelta(seconds=every)


def test_the_press_itself_tells_somebody_by_name(house: House) -> None:
    concern = house.told()
    assert happened(concern) == [("told", "Ben", NOW)]
    assert concern.state == State.OPEN
    assert Record.objects.get(name="concerns.raised").payload["told_ids"] == [house.ben.pk]


def test_unanswered_it_climbs_at_the_pace(house: House) -> None:
    concern = house.told()
    watch(concern, minutes(31))
    assert happened(concern) == [
        ("told", "Ben", NOW),
        ("nudged", "Ben", minutes(2)),
        ("told", "Cora", minutes(5)),
        ("told", "Lena", minutes(10)),
        ("phone", "", minutes(20)),
        *[("told", name, minutes(30)) for name in ("Cora", "Ben", "Lena")],
    ]
    concern.refresh_from_db()
    assert concern.nobody_at == minutes(20)
    assert Record.objects.filter(name="concerns.nobody_reached").count() == 1


def test_each_step_has_its_record_in_the_same_moment(house: House) -> None:
    concern = house.told()
    watch(concern, minutes(21))
    rows = Record.objects.filter(name="concerns.climbed").order_by("pk")
    assert [(row.payload["stage"], row.payload["told_ids"]) for row in rows] == [
        (Stage.NUDGE, [house.ben.pk]),
        (Stage.BACKUP, [house.cora.pk]),
        (Stage.LEAD, [house.lena.pk]),
        (Stage.PHONE, []),
    ]
    assert all(row.about_id is None for row in Record.objects.filter(name__startswith="concerns."))


def test_whoever_has_it_stops_the_climb(house: House) -> None:
    concern = house.told()
    services.acknowledge(actor=house.ben, concern=concern, now=minutes(1))
    # Until they are asked whether they still have it (test_holding).
    watch(concern, minutes(20), begin=minutes(1))
    assert happened(concern) == [("told", "Ben", NOW), ("has_it", "Ben", minutes(1))]


def test_looking_ten_times_at_one_moment_takes_one_step(house: House) -> None:
    concern = house.told()
    for _ in range(10):
        look(minutes(2))
    assert [kind for kind, *_ in happened(concern)] == ["told", "nudged"]


def test_a_missing_first_is_not_waited_for(house: House) -> None:
    RoleHeld.objects.filter(person=house.ben).update(until_at=NOW)
    concern = house.told()
    watch(concern, minutes(6))
    assert happened(concern) == [
        ("told", "Cora", NOW),
        ("nudged", "Cora", minutes(2)),
        ("told", "Lena", minutes(5)),
    ]


def test_with_nobody_on_call_it_says_so_at_once_and_tells_whoever_comes(house: House) -> None:
    RoleHeld.objects.filter(role__in=["on_call", "coordinator", "safeguarding_lead"]).update(until_at=NOW)
    concern = house.told()
    assert happened(concern) == [("nobody", "", NOW)]
    assert concern.nobody_at == NOW
    assert concern.next_step_at == minutes(2)
    RoleHeld.objects.filter(person=house.ben).update(until_at=None)
    look(minutes(2))
    assert happened(concern)[-1] == ("told", "Ben", minutes(2))


def test_a_clock_put_forward_skips_nobody(house: House) -> None:
    concern = house.told()
    look(minutes(1))
    late = minutes(61)
    look(late)
    assert [(kind, name) for kind, name, _ in happened(concern)] == [
        ("told", "Ben"), ("nudged", "Ben"), ("told", "Cora"), ("told", "Lena"), ("phone", ""),
    ]  # fmt: skip
    assert all(at == late for _, _, at in happened(concern)[1:])
    # And put right again: the next round is no hour away.
    watch(concern, minutes(12), begin=minutes(1))
    assert [name for kind, name, _ in happened(concern)[5:] if kind == "told"] == ["Cora", "Ben", "Lena"]


@pytest.mark.parametrize("after", [3, 60, 110])
@pytest.mark.parametrize("back", [timedelta(seconds=40), MINUTE * 4, timedelta(hours=1), timedelta(days=15)])
def test_a_clock_put_back_makes_nobody_wait_longer(house: House, after: int, back: timedelta) -> None:
    """True time goes on; the clock shows less. The nudge still comes two minutes after the press."""
    concern, told_after = house.told(), None
    for second in range(3, 400, 3):
        shown = NOW + timedelta(seconds=second) - (back if second > after else timedelta())
        look(shown)
        if concern.steps.filter(kind=StepKind.NUDGED).exists():
            told_after = second
            break
    assert told_after is not None
    # At most one look, and what two machines' clocks may differ by.
    assert 120 <= told_after <= 120 + 3 + 6


@pytest.mark.parametrize(
    "night",
    [
        datetime(2026, 3, 29, 0, 58, tzinfo=UTC),  # London skips an hour at 01:00
        datetime(2026, 10, 25, 0, 58, tzinfo=UTC),  # and has one twice
    ],
)
def test_the_nights_on_which_the_hour_changes(house: House, night: datetime) -> None:
    RoleHeld.objects.update(since_at=night - timedelta(days=9))
    london = ZoneInfo("Europe/London")
    concern = house.told(now=night.astimezone(london))
    for second in range(0, 21 * 60, 20):
        look((night + timedelta(seconds=second)).astimezone(london))
    assert [at - night for _, _, at in happened(concern)] == [number * MINUTE for number in (0, 2, 5, 10, 20)]


def test_the_organisation_sets_its_pace(house: House) -> None:
    Pace.objects.create(organisation=house.cast.organisation, nudge=1, backup=2, lead=3, phone=4)
    concern = house.told()
    watch(concern, minutes(4))
    assert [at for _, _, at in happened(concern)] == [minutes(n) for n in range(5)]


def test_a_worker_that_was_gone_for_long_takes_up_where_it_stopped(house: House) -> None:
    concern = house.told()
    look(minutes(5.5))
    assert [name for _, name, _ in happened(concern)] == ["Ben", "Ben", "Cora"]
    assert concern.steps.order_by("pk").last().due_at == minutes(5)


def test_one_that_cannot_climb_holds_up_no_other(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = house.told(), house.told(about=None)
    assert first.pk != second.pk
    Concern.objects.filter(pk=first.pk).update(stage=9)  # a row that something broke
    look(minutes(2))
    assert second.steps.filter(kind=StepKind.NUDGED).exists()


def test_a_step_is_there_once_in_the_database_itself(house: House) -> None:
    concern = house.told()
    row = concern.steps.get()
    again = Step(
        concern=concern, round=row.round, stage=row.stage, kind=row.kind, person=row.person,
        due_at=NOW, happened_at=NOW,
    )  # fmt: skip
    with pytest.raises(Exception, match=r"(?i)unique"):
        again.save()


def test_handing_over_tells_the_next_at_once_and_counts_anew(house: House) -> None:
    concern = house.held()
    services.hand_over(actor=house.ben, concern=concern, now=minutes(30))
    concern.refresh_from_db()
    assert (concern.state, concern.held_by_id) == (State.OPEN, None)
    assert happened(concern)[-2:] == [("handed_over", "Ben", minutes(30)), ("told", "Cora", minutes(30))]
    watch(concern, minutes(36), begin=minutes(30))
    assert happened(concern)[-2:] == [("nudged", "Cora", minutes(32)), ("told", "Lena", minutes(35))]


def test_the_seeded_clock_fault_is_seen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nobody watching for a clock that is put back, the nudge is an hour late: the test above would say so."""
    monkeypatch.setattr(climbing, "TOLERANCE", timedelta(days=9999))
    concern = house.told()
    for second in range(3, 400, 3):
        look(NOW + timedelta(seconds=second) - (timedelta(hours=1) if second > 60 else timedelta()))
    assert not concern.steps.filter(kind=StepKind.NUDGED).exists()
