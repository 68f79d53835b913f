"""Records and reactions: written with the deed, delivered at least once, never with words in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from django.db import transaction

from companionway.foundation import events
from companionway.foundation.models import Record

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class KettleBoiled(events.Event):
    name: ClassVar[str] = "test.kettle_boiled"
    cups: int


@pytest.fixture
def heard(monkeypatch):
    told: list[int] = []
    monkeypatch.setitem(events._reactions, KettleBoiled.name, [(KettleBoiled, lambda e: told.append(e.cups))])
    return told


def boil(cups: int) -> None:
    with transaction.atomic():
        events.announce(KettleBoiled(actor_id=1, subject="kettle:1", cups=cups), at=NOW)


def test_a_fact_is_told_after_the_deed_and_only_once(heard):
    boil(3)
    assert heard == []
    events.deliver()
    events.deliver()
    assert heard == [3]


def test_a_fact_of_a_deed_that_failed_is_never_told(heard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.announce(KettleBoiled(actor_id=1, subject="kettle:1", cups=1), at=NOW)
        _ = 1 / 0
    events.deliver()
    assert heard == []
    assert not Record.objects.exists()


def test_announcing_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        events.announce(KettleBoiled(actor_id=1, subject="kettle:1", cups=1), at=NOW)


def test_a_reaction_that_fails_is_tried_again_and_does_not_stop_the_next(monkeypatch, heard):
    def breaks_once(event: KettleBoiled) -> None:
        if event.cups == 1 and not heard:
            raise ValueError("not yet")
        heard.append(event.cups)

    monkeypatch.setitem(events._reactions, KettleBoiled.name, [(KettleBoiled, breaks_once)])
    boil(1)
    boil(2)
    events.deliver()
    assert heard == [2]
    events.deliver()
    assert heard == [2, 1]


def test_what_nobody_awaits_is_kept_but_does_not_wait(monkeypatch):
    monkeypatch.setitem(events._reactions, KettleBoiled.name, [])
    boil(1)
    assert Record.objects.count() == 1
    assert not Record.objects.waiting().exists()
