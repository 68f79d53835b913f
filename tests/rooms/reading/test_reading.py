"""Reading in the versions agreed to, remarks, the signature, the lock, and who stops reading at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person
from companionway.reading import policy, queries, services
from companionway.reading.models import Opening, Remark
from companionway.reading.states import ReadingState
from companionway.supervision import services as supervision
from companionway.support import pages
from companionway.support import queries as support_queries
from companionway.support import services as support
from tests.cast import NOW, give
from tests.rooms.reading.conftest import (
    HIS,
    OURS,
    Page,
    agreed,
    anew,
    answer,
    asked,
    opened,
    signed,
    tell,
    write,
)


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def words_read(page: Page, reading: object) -> list[str]:
    return [each.words for each in queries.lines_of(anew(reading))]  # type: ignore[arg-type]


def test_it_is_opened_on_record_and_both_are_shown_it(page: Page) -> None:
    reading = opened(page)
    assert words_read(page, reading) == [OURS, HIS]
    (shown,) = queries.standing_of(page.note)
    assert [(each.who, each.at) for each in shown.openings] == [(page.ines, NOW)]
    told = Record.objects.filter(name="people.sensitive_read", subject=f"reading:{reading.pk}")
    if not told:
        told = Record.objects.filter(subject=f"reading:{reading.pk}", payload__reason="both_said_yes")
    assert {each.about_id for each in told} == {page.cast.mina.pk, page.cast.theo.pk}
    services.open_page(actor=page.ines, reading=reading, now=NOW)
    assert Opening.objects.count() == 2, "every opening is one"


def test_one_opening_is_half_an_hour_of_this_version(page: Page) -> None:
    reading = agreed(page)
    assert not queries.is_open_for(page.ines, reading, NOW)
    services.open_page(actor=page.ines, reading=reading, now=NOW)
    assert queries.is_open_for(page.ines, reading, NOW + timedelta(minutes=29))
    assert not queries.is_open_for(page.ines, reading, NOW + timedelta(minutes=31))
    reading.version = 2
    assert not queries.is_open_for(page.ines, reading, NOW)


def test_newer_words_are_not_read_before_a_new_yes(page: Page) -> None:
    """Also before the news of them is delivered: exactly the versions agreed to."""
    reading = opened(page)
    support.write_note(
        actor=page.cast.mina, relationship=page.walk, words="Only for Theo", note=page.note, now=NOW
    )
    assert words_read(page, reading) == [OURS, HIS]
    tell()
    assert not policy.read_by(page.ines).exists()
    with pytest.raises(Refused):
        services.open_page(actor=page.ines, reading=reading, now=NOW)


def test_the_member_is_not_named_to_the_reader(page: Page) -> None:
    names = [each.name for each in queries.lines_of(anew(opened(page)))]
    assert names == ["", "Theo"]


def test_the_queue_has_whose_practice_and_since_when_and_not_a_word(page: Page) -> None:
    first = agreed(page)
    note = support.write_note(actor=page.cast.theo, relationship=page.walk, words="Another", now=NOW)
    second = services.ask_for_reading(actor=page.cast.mina, note=note, now=NOW)
    later = NOW + timedelta(hours=1)
    services.say_yes(actor=page.cast.theo, reading=second, version=1, now=later)
    waits, answered = queries.queue_of(page.ines)
    assert [(each.name, each.since) for each in waits] == [("Theo", NOW), ("Theo", later)]
    assert answered == []
    assert all(word not in repr(waits) for word in ("Mina", OURS, HIS, "Another"))
    assert queries.queue_of(page.otis) == queries.queue_of(page.cast.cora) == ([], [])
    answered_one = anew(first)
    services.open_page(actor=page.ines, reading=answered_one, now=NOW)
    answer(page, answered_one, "Good.", change=True)
    waits, answered = queries.queue_of(page.ines)
    assert [each.reading.pk for each in waits + answered] == [second.pk, first.pk]


def test_a_remark_needs_the_page_to_be_opened_in_this_version(page: Page) -> None:
    reading = agreed(page)
    with pytest.raises(Refused, match="open the page"):
        answer(page, reading, "Good.")
    services.open_page(actor=page.ines, reading=reading, now=NOW)
    write(page, page.cast.theo, "Otherwise")
    for who in (page.cast.mina, page.cast.theo):
        services.say_yes(actor=who, reading=reading, version=2, now=NOW)
    with pytest.raises(services.OutOfDate, match="changed the page meanwhile"):
        answer(page, reading, "Good.", version=1)
    with pytest.raises(Refused, match="open the page"):
        answer(page, reading, "Good.", version=2)


def test_a_wish_for_a_change_has_words_and_a_signature_may_have_none(page: Page) -> None:
    reading = opened(page)
    with pytest.raises(Refused, match="few words"):
        answer(page, reading, "  ", change=True)
    assert answer(page, reading, "").sealed is None
    assert anew(reading).state == ReadingState.SIGNED


def test_nothing_is_signed_while_they_write(page: Page) -> None:
    """The newer words are there, their news is not delivered yet."""
    reading = opened(page)
    support.write_note(actor=page.cast.theo, relationship=page.walk, words="And", note=page.note, now=NOW)
    with pytest.raises(services.OutOfDate, match="writing on this page just now"):
        answer(page, reading, "Good.")
    assert not Remark.objects.exists()


def test_two_tabs_of_the_reader_sign_once(page: Page) -> None:
    reading = opened(page)
    answer(page, reading, "Good.")
    with pytest.raises(Refused, match="answered this page"):
        answer(page, reading, "Good.", change=True)
    assert Remark.objects.count() == 1


def test_both_see_the_remark_on_the_page_and_it_is_sealed(page: Page) -> None:
    reading = opened(page)
    answer(page, reading, "Ask her what she would like.", change=True)
    known = pages.known_of(page.walk, page.note.pk)[page.note.pk]
    (remark,) = known.remarks
    assert (remark.by, remark.words, remark.asks_for_change) == (
        page.ines,
        "Ask her what she would like.",
        True,
    )
    assert not known.is_signed
    assert b"Ask her" not in bytes(Remark.objects.get().sealed or b"")
    (listed,) = pages.known_of(page.walk).values()
    assert listed.remarks == (), "the list of pages says how each stands, and no more"


def test_the_whole_way(page: Page) -> None:
    reading = opened(page)
    answer(page, reading, "Ask her first.", change=True)
    write(page, page.cast.theo, "I asked her.")
    services.say_yes(actor=page.cast.mina, reading=anew(reading), version=2, now=NOW)
    services.open_page(actor=page.ines, reading=anew(reading), now=NOW)
    assert words_read(page, reading) == [OURS, "I asked her."]
    answer(page, anew(reading), "Good.")
    done = anew(reading)
    assert (done.state, done.signed_at) == (ReadingState.SIGNED, NOW)
    (shown,) = queries.standing_of(page.note)
    assert [each.words for each in shown.remarks] == ["Ask her first.", "Good."]
    assert [bool(each.asks_for_change) for each in shown.remarks] == [True, False]


@pytest.mark.parametrize("who", ["mina", "theo"])
def test_a_signed_page_takes_no_more_words_and_a_new_one_does(page: Page, who: str) -> None:
    signed(page)
    with pytest.raises(Refused, match="new page"):
        support.write_note(
            actor=getattr(page.cast, who), relationship=page.walk, words="And", note=page.note, now=NOW
        )
    support.write_note(actor=getattr(page.cast, who), relationship=page.walk, words="Later", now=NOW)
    shown = support_queries.page_of(page.note)
    assert [(each.words, each.earlier) for each in shown.voices] == [(OURS, []), (HIS, [])]


def test_a_page_that_only_waits_takes_more_words(page: Page) -> None:
    asked(page)
    write(page, page.cast.mina, "And")


def test_whoever_becomes_the_manager_reads_nothing_from_that_moment(page: Page) -> None:
    reading = opened(page)
    people.give_role(
        actor=page.cast.adil, person=page.ines, role=roles.COORDINATOR, programme=page.cast.programme, now=NOW
    )
    ines = fresh(page.ines)
    assert not policy.read_by(ines).exists(), "before any reaction has run"
    with pytest.raises(Refused):
        services.answer_page(
            actor=ines, reading=reading, version=1, words="Good", asks_for_change=False, now=NOW
        )
    tell()
    assert anew(reading).state == ReadingState.CLOSED


def test_when_the_pair_ends_nothing_is_open_to_either(page: Page) -> None:
    reading = opened(page)
    supervision.ask_for_another(actor=page.cast.theo, supervision=page.pair, now=NOW)
    assert not policy.read_by(page.ines).exists()
    tell()
    assert anew(reading).state == ReadingState.CLOSED, (
        "the yes was to Ines: whoever comes next is asked for anew"
    )
    for each in Person.objects.all():
        assert not policy.read_by(each).exists()


def test_a_role_that_ended_reads_nothing(page: Page) -> None:
    opened(page)
    page.ines.roles_held.update(until_at=NOW)
    assert not policy.read_by(fresh(page.ines)).exists()


def test_coordinators_see_nothing_of_it(page: Page) -> None:
    reading = signed(page)
    give(page.cast.cora, roles.SUPERVISOR, page.cast.programme)
    for who in (fresh(page.cast.cora), page.cast.adil, page.cast.ruth, page.otis, page.cast.sam_the_stranger):
        assert not policy.visible_to(who).filter(pk=reading.pk).exists()
        assert not policy.remarks_visible_to(who).exists()
        assert not policy.may_view(who, reading)
        with pytest.raises(Refused):
            services.open_page(actor=who, reading=reading, now=NOW)
