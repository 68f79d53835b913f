"""How much of what a learning supporter writes is read first: exact bounds, and rules nobody can play."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binom  # type: ignore[import-untyped]

from companionway.reasoning import release
from companionway.reasoning.release import Evidence, Stage, Why

outcomes = st.lists(st.booleans(), max_size=300).map(tuple)
shares = st.floats(0, 1)


def record(read: int, sent_back: int = 0, days: int = 100) -> Evidence:
    return Evidence((True,) * sent_back + (False,) * (read - sent_back), timedelta(days=days))


@given(st.integers(0, 400), st.integers(0, 400))
def test_bounds_are_those_of_clopper_and_pearson(one: int, other: int) -> None:
    sent_back, read = sorted((one, other))
    upper, lower = release.upper_bound(sent_back, read), release.lower_bound(sent_back, read)
    assert 0 <= lower <= (sent_back / read if read else 1) <= upper <= 1
    if sent_back < read:
        assert upper == pytest.approx(beta.ppf(0.95, sent_back + 1, read - sent_back), abs=1e-9)
        # What the bound means: so few, or fewer, come up once in twenty.
        assert binom.cdf(sent_back, read, upper) == pytest.approx(0.05, abs=1e-6)
    if sent_back:
        assert lower == pytest.approx(beta.ppf(0.05, sent_back, read - sent_back + 1), abs=1e-9)


def test_more_cannot_come_back_than_were_read() -> None:
    for bound in (release.upper_bound, release.lower_bound):
        with pytest.raises(ValueError, match="no more"):
            bound(3, 2)


@given(outcomes)
def test_unread_problems_stay_below_the_limit(each: tuple[bool, ...]) -> None:
    evidence = Evidence(each)
    share = release.share_to_read(evidence)
    assert release.LEAST_SHARE <= share <= 1
    bound = release.upper_bound(evidence.sent_back, evidence.read)
    assert (1 - share) * bound <= release.TOLERATED + 1e-12


@given(st.integers(0, 200), st.integers(0, 20))
def test_a_good_reply_never_means_more_reading_a_bad_one_never_less(read: int, sent_back: int) -> None:
    sent_back = min(sent_back, read)
    now = release.share_to_read(record(read, sent_back))
    assert release.share_to_read(record(read + 1, sent_back)) <= now + 1e-12
    assert release.share_to_read(record(read + 1, sent_back + 1)) >= now - 1e-12


def test_who_begins_is_read_in_full() -> None:
    assert release.share_to_read(Evidence()) == pytest.approx(0.98)
    assert release.why_read(Stage.EVERY, waits=False, owes=False, drawn=False, asks=False) == Why.EVERY


@given(shares, st.text(min_size=1, max_size=36))
def test_the_draw_for_a_name_is_always_the_same(share: float, name: str) -> None:
    key = b"k" * 32
    assert len({release.is_drawn(key, name, share) for _ in range(3)}) == 1
    assert not release.is_drawn(key, name, 0.0)
    assert release.is_drawn(key, name, 1.0)


@given(st.text(min_size=1, max_size=36), shares, shares)
def test_a_greater_share_draws_all_that_a_smaller_one_did(name: str, one: float, other: float) -> None:
    small, great = sorted((one, other))
    assert release.is_drawn(b"k", name, great) or not release.is_drawn(b"k", name, small)


def test_the_draw_is_as_often_as_it_should_be_and_cannot_be_told_without_the_key() -> None:
    names = [f"{each:032x}" for each in range(4000)]
    key, other = os.urandom(32), os.urandom(32)
    drawn = [release.is_drawn(key, name, 0.3) for name in names]
    assert 0.26 < sum(drawn) / len(drawn) < 0.34
    elsewhere = [release.is_drawn(other, name, 0.3) for name in names]
    both = sum(one and two for one, two in zip(drawn, elsewhere, strict=True)) / len(names)
    assert 0.06 < both < 0.12, "another key says nothing about this one"


@given(st.sampled_from(Stage), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_sending_again_never_helps(stage: Stage, waits: bool, owes: bool, drawn: bool, asks: bool) -> None:
    why = release.why_read(stage, waits=waits, owes=owes, drawn=drawn, asks=asks)
    if stage == Stage.EVERY or waits or owes:
        assert why is not None
    if why in release.COUNTED:
        assert not owes, "what was chosen by what went before says nothing about all replies"
    if why is None:
        assert not asks
        assert not (stage == Stage.SAMPLED and drawn)


@pytest.mark.parametrize(
    ("stage", "read", "sent_back", "days", "to"),
    [
        (Stage.EVERY, 18, 0, 100, None),
        (Stage.EVERY, 19, 0, 100, Stage.SAMPLED),
        (Stage.EVERY, 29, 1, 100, None),
        (Stage.EVERY, 30, 1, 100, Stage.SAMPLED),
        (Stage.SAMPLED, 58, 0, 100, None),
        (Stage.SAMPLED, 59, 0, 100, Stage.ON_REQUEST),
        (Stage.SAMPLED, 59, 0, 59, None),
        (Stage.SAMPLED, 92, 1, 100, None),
        (Stage.SAMPLED, 93, 1, 100, Stage.ON_REQUEST),
        (Stage.ON_REQUEST, 500, 0, 900, None),
    ],
)
def test_when_mentors_may_sign(stage: Stage, read: int, sent_back: int, days: int, to: Stage | None) -> None:
    assert release.may_move_to(stage, record(read, sent_back, days)) == to


@given(st.sampled_from(Stage), st.integers(0, 60), st.integers(0, 4))
def test_the_good_replies_that_are_missing_are_enough_and_not_one_too_many(
    stage: Stage, read: int, sent_back: int
) -> None:
    evidence = record(read, min(read, sent_back))
    missing = release.good_replies_missing(stage, evidence)
    wanted = release.NEXT.get(stage)
    assert release.may_move_to(stage, record(evidence.read + missing, evidence.sent_back)) == wanted
    if missing:
        assert release.may_move_to(stage, record(evidence.read + missing - 1, evidence.sent_back)) is None


@pytest.mark.parametrize(("back", "steps"), [(1, False), (3, False), (4, True), (20, True)])
def test_four_of_the_newest_twenty_and_everything_is_read_again(back: int, steps: bool) -> None:
    evidence = Evidence((False,) * 100 + (True,) * back + (False,) * (20 - back))
    assert release.should_step_back(Stage.SAMPLED, evidence) is steps
    assert not release.should_step_back(Stage.EVERY, evidence)


def test_one_reply_that_came_back_is_no_record() -> None:
    assert not release.should_step_back(Stage.SAMPLED, Evidence((True,)))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_the_clock_goes_forward(held_at: datetime) -> None:
    times = [held_at, release.nudge_at(held_at), release.promised_at(held_at)]
    times.append(release.promised_again(times[-1]))
    assert all(one < other for one, other in pairwise(times))
    assert times[2] - held_at == timedelta(hours=48)
