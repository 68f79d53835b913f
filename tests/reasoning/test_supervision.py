"""When talks are owed, what weighs how much, signs and patterns, and what may not cross a wall."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companionway.reasoning import quoting, supervision, workload
from companionway.reasoning.supervision import USUAL, Rhythm, due_on, holds_on, standing

DAY = date(2026, 3, 2)
DAYS = st.integers(min_value=0, max_value=400)


@pytest.mark.parametrize(
    ("late", "said"),
    [(-5, "in_time"), (0, "in_time"), (1, "due"), (6, "due"), (7, "reminded"), (13, "reminded"), (14, "told"),
     (20, "told"), (21, "held"), (300, "held")],
)  # fmt: skip
def test_each_step_begins_on_its_own_day(late: int, said: str) -> None:
    assert standing(DAY, DAY + timedelta(days=late), USUAL) == said


def test_every_four_weeks_and_every_week_in_training() -> None:
    assert due_on(DAY, USUAL) == DAY + timedelta(days=28)
    assert due_on(DAY, USUAL, in_training=True) == DAY + timedelta(days=7)
    assert holds_on(DAY, USUAL) == DAY + timedelta(days=21)


@given(DAYS, DAYS)
def test_waiting_longer_is_never_less_late(one: int, more: int) -> None:
    order = ["in_time", "due", "reminded", "told", "held"]
    early, later = (standing(DAY, DAY + timedelta(days=each), USUAL) for each in (one, one + more))
    assert order.index(early) <= order.index(later)


@pytest.mark.parametrize("said", [{"remind_after_days": 0}, {"tell_after_days": 3}, {"hold_after_days": 9}])
def test_nothing_stops_before_somebody_was_told(said: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="reminded"):
        Rhythm(**said)


def test_a_rhythm_needs_a_day() -> None:
    with pytest.raises(ValueError, match="a day"):
        Rhythm(one_to_one_days=0)


def test_one_supervisor_is_there_for_few() -> None:
    assert supervision.MOST_EACH == 8


def test_beginnings_and_crises_weigh_more() -> None:
    plain = workload.weight(is_new=False, after_crisis=False)
    assert workload.weight(is_new=True, after_crisis=False) == 1.5 * plain
    assert workload.weight(is_new=False, after_crisis=True) == 2 * plain
    assert workload.weight(is_new=True, after_crisis=True) == 2 * plain


def week(number: int, **counts: int) -> workload.Week:
    said = {"messages": 20, "at_night": 0, "people": 2, "hard_contacts": 0, **counts}
    return workload.Week(DAY + timedelta(weeks=number), **said)


QUIET = [week(number) for number in range(6)]


def test_quiet_weeks_say_nothing() -> None:
    assert workload.signs(QUIET, workload.Around()) == []
    assert workload.signs([], workload.Around()) == []


@pytest.mark.parametrize(
    ("weeks", "around", "sign"),
    [
        ([*QUIET, week(6, at_night=5), week(7, at_night=5)], {}, "nights"),
        ([week(0, people=1), week(1, people=2), week(2, people=3)], {}, "more_people"),
        ([*QUIET, week(6, hard_contacts=2), week(7, hard_contacts=1)], {}, "hard_contacts"),
        (QUIET, {"talks_put_off": 2}, "talks_put_off"),
        (QUIET, {"weeks_since_leave": 26}, "no_leave"),
        (QUIET, {"drift_ticks": 1}, "role_drift"),
    ],
)
def test_each_sign_is_seen(weeks: list[workload.Week], around: dict[str, int], sign: str) -> None:
    assert workload.signs(weeks, workload.Around(**around)) == [sign]


@pytest.mark.parametrize(
    ("weeks", "around"),
    [
        ([*QUIET, week(6, at_night=4)], {}),
        ([*QUIET, week(6, messages=200, at_night=9)], {}),
        ([week(0, people=3), week(1, people=2), week(2, people=5)], {}),
        ([week(0, people=2), week(1, people=2), week(2, people=3)], {}),
        ([week(0, hard_contacts=3), *QUIET], {}),
        (QUIET, {"talks_put_off": 1, "weeks_since_leave": 25}),
    ],
)
def test_a_little_is_no_sign(weeks: list[workload.Week], around: dict[str, int]) -> None:
    assert workload.signs(weeks, workload.Around(**around)) == []


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["medication", "paperwork"]))))
def test_a_pattern_never_points_at_fewer_than_five(ticks: list[tuple[int, str]]) -> None:
    people = {kind: {who for who, what in ticks if what == kind} for kind in ("medication", "paperwork")}
    found = workload.pattern(ticks)
    assert found == {kind: len(who) for kind, who in people.items() if len(who) >= 5}


@pytest.mark.parametrize(
    ("today", "span"),
    [
        (date(2026, 1, 1), (date(2025, 10, 1), date(2026, 1, 1))),
        (date(2026, 3, 31), (date(2025, 10, 1), date(2026, 1, 1))),
        (date(2026, 4, 1), (date(2026, 1, 1), date(2026, 4, 1))),
        (date(2026, 12, 31), (date(2026, 7, 1), date(2026, 10, 1))),
    ],
)
def test_only_a_closed_quarter_is_told(today: date, span: tuple[date, date]) -> None:
    assert workload.last_quarter(today) == span


NAMES = ["Mina", "Frankie D", "Zoë", "Al"]


@pytest.mark.parametrize(
    "text",
    ["I walk with Mina.", "mina's week", "MÍNA", "It was M i n a again", "Minas dog", "with frankie", "FrankieD",
     "zoe said", "Al, you know", "Mi\u200bna"],
)  # fmt: skip
def test_a_name_is_seen_however_it_is_written(text: str) -> None:
    assert quoting.names_in(text, NAMES)


@pytest.mark.parametrize("text", ["a domination game", "also always", "terminal", "How do you end well?"])
def test_a_word_that_only_holds_a_name_is_no_name(text: str) -> None:
    assert not quoting.names_in(text, NAMES)


@pytest.mark.parametrize(
    "text",
    ["me@example.org", "https://a.example/x", "www.here.example", "ring 07700 900 123", "+44 (0)20 7946 0018",
     "see /with/abc123/", "I am @heron", "look at heron.org"],
)  # fmt: skip
def test_a_way_to_reach_somebody_is_seen(text: str) -> None:
    assert quoting.reaches_somebody(text)


@pytest.mark.parametrize("text", ["After 10 weeks, 2 or 3 times.", "either/or", "e.g. at 19:30 on 12.3.2026"])
def test_numbers_and_signs_of_daily_life_are_fine(text: str) -> None:
    assert not quoting.reaches_somebody(text)


WORDS = st.lists(st.sampled_from(["tea", "bus", "rain", "bridge", "late", "home", "dog"]), max_size=14)


@given(WORDS, WORDS)
def test_six_words_in_a_row_are_a_quotation(mine: list[str], theirs: list[str]) -> None:
    runs = {tuple(theirs[at : at + 6]) for at in range(len(theirs) - 5)}
    expected = any(tuple(mine[at : at + 6]) in runs for at in range(len(mine) - 5))
    assert quoting.repeats(", ".join(mine).upper(), [" ".join(theirs)]) is expected


def test_the_first_thing_found_is_said() -> None:
    assert quoting.may_not_cross("Mina at x@y.org", names=["Mina"], written=[]) == "name"
    assert quoting.may_not_cross("x@y.org", names=["Mina"], written=[]) == "way_to_reach"
    said = "the lift was broken again and nobody came"
    assert quoting.may_not_cross(f"they said {said}", names=[], written=[said]) == "quotation"
    assert quoting.may_not_cross("How do you end a long walk well?", names=["Mina"], written=[said]) is None
