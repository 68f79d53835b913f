"""A ladder of one's own: written, changed, taken away, and no mark of any of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation
from companionway.foundation import retention
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.steps import picture, queries, services
from companionway.steps.book import MOST_STEPS, PAGE, Contact, Try
from companionway.steps.models import Book
from tests.cast import NOW
from tests.rooms.steps.conftest import SECRET, STEP, Ladder, make_series, step_of


def words(ladder: Ladder) -> list[str]:
    return [each.words for each in queries.own_book(ladder.cast.mina).steps]


def test_a_ladder_is_in_ones_own_words_and_order(ladder: Ladder) -> None:
    mina = ladder.cast.mina
    services.add_steps(actor=mina, words=["Stay to tea", " "], now=NOW)
    assert words(ladder) == ["Put shoes on", STEP, "Stay to tea"]
    services.move_step(actor=mina, key=ladder.key, up=False, now=NOW)
    services.move_step(actor=mina, key=ladder.key, up=False, now=NOW)
    assert words(ladder) == [STEP, "Put shoes on", "Stay to tea"], "at the end it stays where it is"
    services.move_step(actor=mina, key=ladder.key, up=True, now=NOW)
    services.change_step(actor=mina, key=ladder.key, words="Wave", series=ladder.series.public_id, now=NOW)
    step = step_of(ladder)
    assert (step.words, step.series, len(step.tries)) == ("Wave", ladder.series.public_id, 1)
    assert words(ladder) == ["Put shoes on", "Wave", "Stay to tea"]


def test_a_step_leads_only_to_a_meeting_that_one_may_enter(ladder: Ladder) -> None:
    elsewhere, closed = (
        make_series(ladder.cast.other_programme),
        make_series(ladder.cast.programme, is_closed=True),
    )
    for series in (elsewhere.public_id, closed.public_id, "notthere1234"):
        with pytest.raises(Refused):
            services.add_steps(actor=ladder.cast.mina, words=["Go"], series=series, now=NOW)
        with pytest.raises(Refused):
            services.change_step(actor=ladder.cast.mina, key=ladder.key, words="Go", series=series, now=NOW)
    assert words(ladder) == ["Put shoes on", STEP]


def test_a_link_that_closed_keeps_the_step_and_says_nothing_of_the_meeting(ladder: Ladder) -> None:
    mina, key = ladder.cast.mina, ladder.key
    services.change_step(actor=mina, key=key, words=STEP, series=ladder.series.public_id, now=NOW)
    type(ladder.series).objects.update(is_closed=True)
    assert queries.links_of(mina, [step_of(ladder)]) == {}
    services.change_step(actor=mina, key=key, words="Still", series=ladder.series.public_id, now=NOW)
    assert words(ladder)[1] == "Still"


@pytest.mark.parametrize("nothing", ["", "  \n"])
def test_a_step_needs_words_and_a_try_needs_something(ladder: Ladder, nothing: str) -> None:
    mina = ladder.cast.mina
    deeds: list[Callable[[], Any]] = [
        lambda: services.add_steps(actor=mina, words=[nothing], now=NOW),
        lambda: services.change_step(actor=mina, key=ladder.key, words=nothing, now=NOW),
        lambda: services.keep_try(actor=mina, key=ladder.key, said=Try("trytry02"), now=NOW),
        lambda: services.keep_try(actor=mina, key="notthere1", said=Try("trytry02", did="x"), now=NOW),
        lambda: services.keep_contact(
            actor=mina, said=Contact("metmet02", NOW.date(), "shop", nothing), now=NOW
        ),
        lambda: services.take_step_away(actor=mina, key="notthere1", now=NOW),
    ]
    for deed in deeds:
        with pytest.raises(Refused):
            deed()


def test_there_is_room_and_a_kind_word_when_there_is_not(ladder: Ladder) -> None:
    mina = ladder.cast.mina
    services.add_steps(actor=mina, words=["x"] * (MOST_STEPS - 2), now=NOW)
    with pytest.raises(Refused, match="thirty"):
        services.add_steps(actor=mina, words=["one more"], now=NOW)
    assert len(words(ladder)) == MOST_STEPS


def test_the_same_form_sent_twice_is_one_entry_and_may_say_it_anew(ladder: Ladder) -> None:
    mina = ladder.cast.mina
    for did in ("I went", "I went", "I went as far as the bench"):
        services.keep_try(actor=mina, key=ladder.key, said=Try("trytry02", did=did), now=NOW)
    assert [each.did for each in step_of(ladder).tries][1:] == ["I went as far as the bench"]


def all_tables() -> dict[str, list[Any]]:
    """Every row of every table, without keys (which are made at first use)."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in {"steps_book", "sqlite_sequence"}:
                cursor.execute(f'select * from "{table}"')
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def test_a_step_back_leaves_no_mark(ladder: Ladder) -> None:
    """Everything one does to one's ladder is in the sealed book, and nowhere else; what went is not there either."""
    mina, key = ladder.cast.mina, ladder.key
    before, opened = all_tables(), queries.own_book(mina)
    new = services.add_steps(actor=mina, words=["Too far"], now=NOW + timedelta(days=1))[0]
    tried = Try("trytry02", NOW.date(), "9", "I turned round")
    services.keep_try(actor=mina, key=new.key, said=tried, now=NOW + timedelta(days=1))
    services.move_step(actor=mina, key=new.key, up=False, now=NOW + timedelta(days=2))
    services.take_try_away(actor=mina, key=new.key, entry="trytry02", now=NOW + timedelta(days=2))
    services.take_step_away(actor=mina, key=new.key, now=NOW + timedelta(days=2))
    services.change_step(actor=mina, key=key, words=STEP, place=opened.steps[1].place, now=NOW)
    services.keep_contact(actor=mina, said=Contact("metmet02", NOW.date(), "shop", "x"), now=NOW)
    services.take_contact_away(actor=mina, key="metmet02", now=NOW)
    assert queries.own_book(mina) == opened
    assert all_tables() == before, "no record, no event, no date, no count"


def test_an_empty_book_is_no_book(ladder: Ladder) -> None:
    mina = ladder.cast.mina
    for step in queries.own_book(mina).steps:
        services.take_step_away(actor=mina, key=step.key, now=NOW)
    services.take_contact_away(actor=mina, key="metmet01", now=NOW)
    assert not Book.objects.exists()
    services.take_everything_away(actor=mina, now=NOW)
    services.add_steps(actor=mina, words=["Again"], now=NOW)
    services.take_everything_away(actor=mina, now=NOW)
    assert not Book.objects.exists() and queries.own_book(mina).is_empty


def test_no_record_is_ever_written_of_a_book(ladder: Ladder) -> None:
    names = set(Record.objects.values_list("name", flat=True))
    assert not [each for each in names if each.startswith("steps.")]


def test_the_book_is_sealed_and_its_length_says_little(ladder: Ladder) -> None:
    sealed, alone = bytes(Book.objects.get().sealed), ladder.cast.theo
    for secret in (*SECRET, "neighbour", NOW.date().isoformat(), "tries"):
        assert secret.encode() not in sealed
    services.add_steps(actor=alone, words=["One"], now=NOW)
    theirs = Book.objects.get(person=alone)
    assert len(bytes(theirs.sealed)) == len(sealed), "one step or many: the same length"
    assert (len(sealed) - 28) % PAGE == 0
    Book.objects.filter(person=alone).update(sealed=sealed)
    with pytest.raises(Exception, match="person"):
        queries.own_book(alone)


def test_nothing_of_it_runs_out(ladder: Ladder) -> None:
    for clock in retention.clocks():
        clock.run(NOW + timedelta(days=9000), NOW + timedelta(days=9000))
    assert words(ladder) == ["Put shoes on", STEP]
    assert "steps.Book" in retention.reasons()


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("7", 7), ("0", 0), ("10", 10), ("٧", 7), ("11", None), ("-1", None), ("a lot", None), ("", None),
        ("7/10", None), ("²", None),
    ],
)  # fmt: skip
def test_a_number_is_drawn_and_words_stay_words(said: str, number: int | None) -> None:
    assert picture.number_of(said) == number


def test_the_picture_shows_each_time_and_judges_nothing() -> None:
    tries = [Try(str(n), before=str(n % 11), after="x" if n == 3 else "0") for n in range(20)]
    drawn = picture.of_tries([*tries, Try("z", before="calm")])
    assert drawn is not None and len(drawn.marks) == picture.MOST_SHOWN
    assert all(drawn.top <= mark.before <= drawn.bottom for mark in drawn.marks if mark.before is not None)
    xs = [mark.x for mark in drawn.marks]
    assert xs == sorted(set(xs)) and xs[-1] < drawn.width
    assert picture.of_tries([Try("z", before="calm"), Try("y")]) is None
    whole = picture.of_tries([Try("a", before="10", after="0")])
    assert whole is not None and (whole.marks[0].before, whole.marks[0].after) == (whole.top, whole.bottom)


def test_examples_speak_the_language_of_the_page() -> None:
    said = {}
    for language in ("en", "fr", "ar", "cy"):
        with translation.override(language):
            said[language] = queries.examples()
    assert said["cy"] == said["en"] and len({json.dumps(each) for each in said.values()}) == 3
    assert len({len(each) for each in said.values()}) == 1


def test_one_book_is_one_question_however_much_stands_in_it(ladder: Ladder) -> None:
    mina = ladder.cast.mina

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as log:
            pages = queries.own_book(mina)
            queries.links_of(mina, pages.steps)
        return len(log)

    services.change_step(actor=mina, key=ladder.key, words=STEP, series=ladder.series.public_id, now=NOW)
    few = asked()
    for _n in range(3):
        other = make_series(ladder.cast.programme)
        services.add_steps(actor=mina, words=["x"], series=other.public_id, now=NOW)
    assert asked() == few


def contacts(*days: int) -> list[Contact]:
    return [
        Contact(f"metmet{n:02}", (NOW - timedelta(days=day)).date(), "shop", "x")
        for n, day in enumerate(days)
    ]


def test_needing_us_less_is_told_as_good_and_only_that(ladder: Ladder) -> None:
    mina = ladder.cast.mina
    less = queries.needing_less(mina, contacts(3, 20, 100), NOW)
    assert (less.outside, less.outside_before, less.days_here) == (2, 1, 0)
    assert not less.is_less_here_and_more_outside, "nothing is said where there is nothing to say"
    months = queries.months_outside(contacts(0, 1, 40, 400), NOW.date())
    assert [count for _month, count in months] == [0, 0, 0, 0, 1, 2]
    assert [month.month for month, _count in months] == [6, 7, 8, 9, 10, 11]


def test_less_here_and_more_outside(ladder: Ladder) -> None:
    """Days of one's own messages only: what the other wrote does not count, and nothing is kept."""
    talk, (mina, theo) = Conversation.objects.get(), (ladder.cast.mina, ladder.cast.theo)
    for who, days in ((mina, 120), (mina, 119), (mina, 119), (mina, 5), (theo, 4), (theo, 3)):
        at = NOW - timedelta(days=days)
        conversations.send_message(actor=who, conversation=talk, text="Hello", now=at)
    before = all_tables()
    less = queries.needing_less(mina, contacts(3, 20, 100), NOW)
    assert (less.days_here_before, less.days_here) == (2, 1)
    assert less.is_less_here_and_more_outside
    assert not queries.needing_less(mina, contacts(3, 100), NOW).is_less_here_and_more_outside
    assert queries.needing_less(theo, [], NOW).days_here == 2
    assert all_tables() == before
