"""Each fault that would betray somebody, planted: the test that watches for it must see it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from companionway.foundation import sealing
from companionway.people import roles
from companionway.people.models import Person
from companionway.safeguarding import opening, policy, queries, services
from companionway.safeguarding.models import RecordQuerySet, SafeguardingRecord
from tests.cast import NOW
from tests.rooms.safeguarding import test_stands, test_who_sees
from tests.rooms.safeguarding.conftest import TOLD, Apart


def seen(test: Callable[..., None], *given: Any) -> bool:
    try:
        test(*given)
    except (AssertionError, pytest.fail.Exception):
        return True
    return False


def test_a_subject_who_can_see_is_seen(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    def everything(actor: Person) -> RecordQuerySet:
        return SafeguardingRecord.objects.filter(programme__in=actor.programmes_with(policy.RECORD))

    monkeypatch.setattr(policy, "readable_by", everything)
    assert seen(test_who_sees.test_the_subject_never_sees_it_even_as_a_lead, apart)
    assert seen(test_who_sees.test_who_steps_back_sees_it_no_more, apart)


def test_a_coordinator_who_can_see_is_seen(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    granted = roles.GRANTS[roles.COORDINATOR] | {policy.RECORD}
    monkeypatch.setitem(roles.GRANTS, roles.COORDINATOR, granted)
    assert seen(test_who_sees.test_leads_read_and_nobody_else, apart)


def test_a_look_told_to_the_subject_is_seen(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    told = services._working.people.record_read

    def to_the_subject(**given: Any) -> None:
        told(**{**given, "about": apart.cast.mina})

    monkeypatch.setattr(services._working.people, "record_read", to_the_subject)
    assert seen(test_who_sees.test_the_subject_finds_nothing_in_notices_looks_records_or_the_file, apart)


def test_an_author_who_sees_what_the_leads_add_is_seen(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = queries.whole

    def all_of_it(actor: Person, record: SafeguardingRecord) -> queries.Own:
        return queries.Own(record, whole(record).lines, None)

    monkeypatch.setattr(queries, "own", all_of_it)
    test = test_who_sees.test_who_told_it_sees_their_own_words_and_the_answer_and_nothing_else
    assert seen(test, apart)


def test_a_key_shared_with_the_concern_is_seen(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    def shared(record: SafeguardingRecord | int) -> sealing.SealingKey:
        return sealing.key_of("concern", record if isinstance(record, int) else record.pk)

    monkeypatch.setattr(opening, "key_for", shared)
    told = services.tell(actor=apart.cast.ruth, programme=apart.cast.programme, told=TOLD, now=NOW)
    given = dataclasses.replace(apart, record=told)
    assert seen(test_stands.test_every_word_is_sealed_with_a_key_that_opens_nothing_else, given)
