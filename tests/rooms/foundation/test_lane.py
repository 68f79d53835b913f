"""The commit lane: everything that waits in one commit, in order, and one bad deed harms nobody but itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from companionway.foundation import lane
from companionway.foundation.events import Event
from companionway.foundation.models import DutyRun, Record
from companionway.foundation.policy import Refused

NOW = datetime(2026, 11, 21, tzinfo=UTC)


class Book:
    """Writes names into a table with unique names; remembers how they came together and what was told."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.told: list[str] = []
        self.writer = lane.Writer(write=self.write, recall=self.recall, tell=self.told.extend)

    def write(self, names: Sequence[str]) -> list[str | Exception]:
        self.batches.append(list(names))
        outcomes: list[str | Exception] = []
        for name in names:
            if name == "refused":
                outcomes.append(Refused("not this one"))
                continue
            if name == "poison":
                raise ValueError("poison")
            DutyRun.objects.create(name=name, due_at=NOW)
            outcomes.append(name)
        return outcomes

    def recall(self, name: str) -> str | None:
        return name if DutyRun.objects.filter(name=name).exists() else None


def all_at_once(book: Book, names: list[str]) -> list[object]:
    """Everything is in the queue before the lane's thread looks."""
    own = lane.Lane()

    async def enter() -> list[object]:
        entering = [asyncio.ensure_future(own.enter(book.writer, name)) for name in names]
        return list(await asyncio.wait_for(asyncio.gather(*entering, return_exceptions=True), 20))

    try:
        return asyncio.run(enter())
    finally:
        asyncio.run(
            own.enter(lane.Writer(lambda deeds: [connection.close() or "" for _ in deeds], str, len), "")
        )


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_written_together_and_told_in_order() -> None:
    book, names = Book(), [f"deed {number}" for number in range(60)]
    assert all_at_once(book, names) == names
    assert book.told == names
    assert [name for batch in book.batches for name in batch] == names
    assert len(book.batches) < len(names)
    assert list(DutyRun.objects.order_by("pk").values_list("name", flat=True)) == names


@pytest.mark.django_db(transaction=True)
def test_one_poisoned_deed_fails_alone() -> None:
    book = Book()
    first, poison, refused, last = all_at_once(book, ["first", "poison", "refused", "last"])
    assert (first, last) == ("first", "last")
    assert isinstance(poison, ValueError)
    assert isinstance(refused, Refused)
    assert book.told == ["first", "last"]


@pytest.mark.django_db(transaction=True)
def test_the_same_deed_twice_is_answered_twice_and_told_once() -> None:
    book = Book()
    assert all_at_once(book, ["same", "same"]) == ["same", "same"]
    assert all_at_once(book, ["same"]) == ["same"]
    assert book.told == ["same"]
    assert DutyRun.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_it_is_part_of_it() -> None:
    book = Book()
    with pytest.raises(RuntimeError, match="own transaction"):
        lane.do(book.writer, "outside")
    with pytest.raises(KeyError), transaction.atomic():
        lane.do(book.writer, "rolled back")
        raise KeyError
    assert (book.told, DutyRun.objects.count()) == ([], 0)
    with transaction.atomic():
        assert lane.do(book.writer, "kept") == "kept"
        assert lane.do(book.writer, "kept") == "kept"
        assert book.told == []  # not before the commit
        with pytest.raises(Refused):
            lane.do(book.writer, "refused")
    assert book.told == ["kept"]


@pytest.mark.django_db(transaction=True)
def test_a_row_that_cannot_be_recalled_is_an_error() -> None:
    book = Book()
    unknowing = lane.Writer(write=book.write, recall=lambda name: None, tell=book.told.extend)
    with transaction.atomic():
        lane.do(unknowing, "once")
        with pytest.raises(IntegrityError):
            lane.do(unknowing, "once")


class Noted(Event):
    name = "foundation.noted"


@pytest.mark.django_db
def test_records_written_together_are_like_records_written_alone() -> None:
    facts = [(Noted(actor_id=number, subject=f"thing:{number}"), NOW, True) for number in range(3)]
    lane.announce_all(facts)
    lane.announce_all([])
    found = list(Record.objects.order_by("pk"))
    assert [(each.actor_id, each.subject, each.happened_at) for each in found] == [
        (number, f"thing:{number}", NOW) for number in range(3)
    ]
    # Nobody waits for this fact, so it counts as delivered.
    assert all(each.delivered_at == NOW and each.attempts == 0 for each in found)
    assert found[0].payload == {"actor_id": 0, "subject": "thing:0", "about_id": None}
