"""A page belongs to both: nothing is open until both said yes, to this version, and either may take it back."""

from __future__ import annotations

import pytest

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people.models import Person, Programme
from companionway.reading import policy, services
from companionway.reading.models import PageReading
from companionway.reading.states import MOVES, ReadingState
from companionway.safety import services as safety
from companionway.supervision import services as supervision
from companionway.support import services as support
from tests.cast import NOW, make_person
from tests.rooms.reading.conftest import Page, agreed, anew, answer, asked, opened, signed, tell, write


def readers(page: Page, reading: PageReading) -> set[str]:
    """Who of everybody may open the page now."""
    fresh = Person.objects.all()
    return {each.name for each in fresh if policy.read_by(each).filter(pk=reading.pk).exists()}


def seen_by(reading: PageReading) -> set[str]:
    found = set()
    for each in Person.objects.all():
        is_visible = policy.visible_to(each).filter(pk=reading.pk).exists()
        assert is_visible == bool(policy.may_view(each, reading)), each
        if is_visible:
            found.add(each.name)
    return found


def test_nothing_is_open_until_both_said_yes(page: Page) -> None:
    reading = asked(page)
    assert reading.state == ReadingState.ASKED
    assert (seen_by(reading), readers(page, reading)) == ({"Mina", "Theo"}, set())
    services.say_yes(actor=page.cast.mina, reading=reading, version=1, now=NOW)
    assert anew(reading).state == ReadingState.WAITING
    assert (seen_by(anew(reading)), readers(page, reading)) == ({"Mina", "Theo", "Ines"}, {"Ines"})


def test_the_member_may_ask_as_well(page: Page) -> None:
    reading = services.ask_for_reading(actor=page.cast.mina, note=page.note, now=NOW)
    assert (reading.member_yes_at, reading.supporter_yes_at) == (NOW, None)
    assert Record.objects.get(name="reading.asked").about_id == page.cast.theo.pk


def test_asked_twice_is_asked_once_and_by_the_other_it_is_asked_already(page: Page) -> None:
    assert asked(page).pk == asked(page).pk
    with pytest.raises(Refused, match="asked about already"):
        services.ask_for_reading(actor=page.cast.mina, note=page.note, now=NOW)
    assert PageReading.objects.count() == 1


@pytest.mark.parametrize("who", ["ruth", "cora", "adil", "sam_the_stranger"])
def test_nobody_else_asks_answers_or_takes_back(page: Page, who: str) -> None:
    stranger = getattr(page.cast, who)
    with pytest.raises(Refused):
        services.ask_for_reading(actor=stranger, note=page.note, now=NOW)
    reading = agreed(page)
    for deed in (
        lambda: services.say_yes(actor=stranger, reading=reading, version=1, now=NOW),
        lambda: services.keep_between_us(actor=stranger, reading=reading, now=NOW),
        lambda: services.open_page(actor=stranger, reading=reading, now=NOW),
    ):
        with pytest.raises(Refused):
            deed()


def test_the_reader_neither_says_yes_nor_takes_back(page: Page) -> None:
    reading = agreed(page)
    with pytest.raises(Refused, match="Only the two people"):
        services.keep_between_us(actor=page.ines, reading=reading, now=NOW)
    with pytest.raises(Refused, match="Only the two people"):
        services.say_yes(actor=page.ines, reading=reading, version=1, now=NOW)


@pytest.mark.parametrize("who", ["mina", "theo"])
@pytest.mark.parametrize("reached", [asked, agreed, opened])
def test_either_keeps_it_between_them_until_it_is_signed(page: Page, who: str, reached: object) -> None:
    reading = reached(page)  # type: ignore[operator]
    services.keep_between_us(actor=getattr(page.cast, who), reading=reading, now=NOW)
    assert anew(reading).state == ReadingState.CLOSED
    assert readers(page, reading) == set()
    again = asked(page)
    assert again.pk != reading.pk, "it may be asked anew"


def test_also_while_a_change_is_asked_for_and_not_once_signed(page: Page) -> None:
    reading = opened(page)
    answer(page, reading, "Ask her first.", change=True)
    services.keep_between_us(actor=page.cast.mina, reading=reading, now=NOW)
    assert anew(reading).state == ReadingState.CLOSED
    with pytest.raises(Refused, match="already"):
        services.keep_between_us(actor=page.cast.mina, reading=reading, now=NOW)
    with pytest.raises(Refused, match="signed"):
        services.keep_between_us(actor=page.cast.mina, reading=signed(page), now=NOW)


def test_a_yes_is_said_once_and_only_while_it_is_asked(page: Page) -> None:
    reading = asked(page)
    with pytest.raises(Refused, match="already said yes"):
        services.say_yes(actor=page.cast.theo, reading=reading, version=1, now=NOW)
    services.say_yes(actor=page.cast.mina, reading=reading, version=1, now=NOW)
    with pytest.raises(Refused, match="Nobody waits"):
        services.say_yes(actor=page.cast.mina, reading=reading, version=1, now=NOW)


def test_a_newer_version_asks_both_anew(page: Page) -> None:
    reading = agreed(page)
    write(page, page.cast.mina, "I would rather put it so.")
    now = anew(reading)
    assert (now.state, now.version, now.numbers) == (ReadingState.ASKED, 2, (2, 1))
    assert (now.member_yes_at, now.supporter_yes_at, now.waits_since) == (None, None, None)
    assert readers(page, reading) == set()
    for who in (page.cast.mina, page.cast.theo):
        with pytest.raises(services.OutOfDate):
            services.say_yes(actor=who, reading=reading, version=1, now=NOW)
        services.say_yes(actor=who, reading=reading, version=2, now=NOW)
    assert readers(page, reading) == {"Ines"}


def test_a_yes_is_never_taken_for_words_that_came_later(page: Page) -> None:
    """Also in the moment before the news of the newer words has been delivered."""
    with pytest.raises(services.OutOfDate):
        services.ask_for_reading(actor=page.cast.theo, note=page.note, seen=(1, 0), now=NOW)
    reading = services.ask_for_reading(actor=page.cast.theo, note=page.note, seen=(1, 1), now=NOW)
    support.write_note(actor=page.cast.theo, relationship=page.walk, words="Later", note=page.note, now=NOW)
    with pytest.raises(services.OutOfDate):
        services.say_yes(actor=page.cast.mina, reading=reading, version=1, now=NOW)
    tell()
    services.say_yes(actor=page.cast.mina, reading=reading, version=2, now=NOW)
    assert anew(reading).state == ReadingState.ASKED, "both are asked, not only the other"


def test_the_news_may_come_twice(page: Page) -> None:
    reading = agreed(page)
    write(page, page.cast.theo, "Once more.")
    services.ask_anew(actor=page.cast.theo, note_id=page.note.pk, now=NOW)
    assert anew(reading).version == 2
    other = support.write_note(actor=page.cast.mina, relationship=page.walk, words="A new page", now=NOW)
    assert services.ask_anew(actor=page.cast.mina, note_id=other.pk, now=NOW) is None


def test_in_answer_to_a_remark_the_writers_words_are_their_yes(page: Page) -> None:
    reading = opened(page)
    answer(page, reading, "Ask her first.", change=True)
    write(page, page.cast.theo, "I asked her what she would like to do.")
    now = anew(reading)
    assert (now.state, now.numbers) == (ReadingState.ASKED, (1, 2))
    assert now.supporter_yes_at is not None
    assert now.member_yes_at is None
    assert readers(page, reading) == set(), "the other has not said yes to these words"
    services.say_yes(actor=page.cast.mina, reading=reading, version=2, now=NOW)
    assert readers(page, reading) == {"Ines"}


def test_news_that_comes_late_says_yes_for_nobody(page: Page) -> None:
    """The news of Mina's first words is delivered after Theo's newer ones were written: it is not her yes."""
    reading = opened(page)
    answer(page, reading, "Ask her first.", change=True)
    support.write_note(actor=page.cast.theo, relationship=page.walk, words="Newer", note=page.note, now=NOW)
    services.ask_anew(actor=page.cast.mina, note_id=page.note.pk, now=NOW)
    assert (anew(reading).member_yes_at, anew(reading).supporter_yes_at) == (None, NOW)


def test_where_both_wrote_in_answer_both_are_asked(page: Page) -> None:
    reading = opened(page)
    answer(page, reading, "Ask her first.", change=True)
    for who in (page.cast.theo, page.cast.mina):
        support.write_note(actor=who, relationship=page.walk, words="Newer", note=page.note, now=NOW)
    tell()
    assert (anew(reading).member_yes_at, anew(reading).supporter_yes_at) == (None, None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"keeps_notes": False}, "no notes are kept"),
        ({"coordinator_sees": False}, "nothing is reported upward"),
    ],
)
def test_traditions_that_keep_no_notes_or_report_nothing_upward(
    page: Page, change: dict[str, bool], says: str
) -> None:
    reading = agreed(page)
    Programme.objects.filter(pk=page.walk.programme_id).update(**change)
    assert readers(page, reading) == set(), "what was agreed before is closed, too"
    services.keep_between_us(actor=page.cast.mina, reading=reading, now=NOW)
    with pytest.raises(Refused, match=says):
        asked(page)


def test_there_is_somebody_to_ask(page: Page) -> None:
    supervision.step_back(actor=page.ines, supervision=page.pair, now=NOW)
    with pytest.raises(Refused, match="no practice supervisor"):
        asked(page)


def test_the_reader_is_never_one_of_the_two(page: Page) -> None:
    walk = support.begin(
        actor=page.ines, programme=page.cast.programme, member=page.ines, supporter=page.cast.theo, reasons=[],
        now=NOW,
    )  # fmt: skip
    note = support.write_note(actor=page.ines, relationship=walk, words="Mine", now=NOW)
    with pytest.raises(Refused, match="Somebody else would have to read"):
        services.ask_for_reading(actor=page.cast.theo, note=note, now=NOW)


def test_nobody_reads_who_is_kept_from_the_member(page: Page) -> None:
    reading = agreed(page)
    safety.block_person(actor=page.cast.mina, person=page.ines, now=NOW)
    assert readers(page, reading) == set()
    services.keep_between_us(actor=page.cast.mina, reading=reading, now=NOW)
    with pytest.raises(Refused, match="stays between"):
        asked(page)


def test_a_reader_whose_part_has_ended_is_refused_in_the_same_words(page: Page) -> None:
    """Otherwise the sentence would tell that somebody is kept from somebody."""
    page.ines.roles_held.update(until_at=NOW)
    with pytest.raises(Refused, match="stays between"):
        asked(page)


def test_an_ended_walk_asks_nobody_and_what_waited_stays_with_the_two(page: Page) -> None:
    reading = agreed(page)
    support.end_relationship(actor=page.cast.mina, relationship=page.walk, kind="", now=NOW)
    assert readers(page, reading) == set(), "before any reaction has run"
    tell()
    assert anew(reading).state == ReadingState.CLOSED
    with pytest.raises(Refused):
        asked(page)


def test_signed_before_the_walk_ended_it_stays_signed(page: Page) -> None:
    reading = signed(page)
    support.end_relationship(actor=page.cast.mina, relationship=page.walk, kind="", now=NOW)
    tell()
    assert anew(reading).state == ReadingState.SIGNED


def test_an_empty_page_of_somebody_who_is_gone_is_not_asked_about(page: Page) -> None:
    page.note.voices.all().delete()
    with pytest.raises(Refused, match="nothing on this page"):
        asked(page)


def test_every_step_is_on_record_without_a_word(page: Page) -> None:
    reading = opened(page)
    answer(page, reading, "Ask her first.", change=True)
    names = list(
        Record.objects.filter(name__startswith="reading.").order_by("pk").values_list("name", flat=True)
    )
    assert names == ["reading.asked", "reading.agreed", "reading.opened", "reading.answered"]
    for row in Record.objects.filter(name__startswith="reading."):
        assert row.subject == f"reading:{reading.pk}"
        assert not {"words", "text"} & set(row.payload)
        assert "Ask her" not in str(row.payload)


def test_the_table_of_moves_knows_every_state() -> None:
    assert set(MOVES) == set(ReadingState)
    assert MOVES[ReadingState.SIGNED] == MOVES[ReadingState.CLOSED] == frozenset()


def test_one_open_asking_for_each_page_and_others_beside_it(page: Page) -> None:
    other = support.write_note(actor=page.cast.theo, relationship=page.walk, words="Another page", now=NOW)
    first = asked(page)
    second = services.ask_for_reading(actor=page.cast.theo, note=other, now=NOW)
    assert first.pk != second.pk
    assert make_person("Zed").name not in seen_by(first)
