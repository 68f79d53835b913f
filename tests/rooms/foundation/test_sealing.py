"""Sealed text: opens only in its place, dies with its key, and a key that was rolled back never seals anything."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from companionway.foundation import sealing
from companionway.foundation.models import DataKey
from tests.cast import NOW

KEY = sealing.SealingKey(b"k" * 32, "person:1")


@given(st.text(), st.text())
def test_what_is_sealed_opens_in_its_own_place(text: str, place: str) -> None:
    assert KEY.open(KEY.seal(text, place), place) == text


@given(st.text(min_size=1), st.integers(min_value=0))
def test_a_changed_byte_is_noticed(text: str, where: int) -> None:
    sealed = bytearray(KEY.seal(text, "here"))
    sealed[where % len(sealed)] ^= 1
    with pytest.raises(sealing.CannotOpen):
        KEY.open(bytes(sealed), "here")


def test_moved_bytes_and_other_owners_do_not_open() -> None:
    sealed = KEY.seal("words", "message:1")
    with pytest.raises(sealing.CannotOpen):
        KEY.open(sealed, "message:2")
    with pytest.raises(sealing.CannotOpen):
        sealing.SealingKey(b"k" * 32, "person:2").open(sealed, "message:1")


@pytest.mark.django_db
def test_a_key_is_made_once_and_wrapped() -> None:
    sealed = sealing.key_of(sealing.PERSON, 7).seal("words", "here")
    sealing.forget_all()
    assert sealing.key_of(sealing.PERSON, 7).open(sealed, "here") == "words"
    row = DataKey.objects.get(kind=sealing.PERSON, owner_id=7)
    assert len(bytes(row.wrapped or b"")) == 12 + 32 + 16


@pytest.mark.django_db
def test_a_destroyed_key_never_comes_back() -> None:
    sealing.key_of(sealing.PERSON, 7)
    sealing.destroy_key(sealing.PERSON, 7, now=NOW)
    for _ in range(2):
        with pytest.raises(sealing.KeyDestroyed):
            sealing.key_of(sealing.PERSON, 7)
    assert DataKey.objects.get(owner_id=7).wrapped is None


@pytest.mark.django_db(transaction=True)
def test_a_key_that_was_rolled_back_is_not_remembered() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        sealing.key_of(sealing.PERSON, 7)
        raise RuntimeError
    sealed = sealing.key_of(sealing.PERSON, 7).seal("words", "here")
    sealing.forget_all()
    assert sealing.key_of(sealing.PERSON, 7).open(sealed, "here") == "words"


@pytest.mark.django_db(transaction=True)
def test_one_that_was_opened_among_many_before_it_was_rolled_back_is_not_remembered_either() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        sealing.key_of(sealing.PERSON, 7)
        sealing.preload(sealing.PERSON, [7])
        raise RuntimeError
    sealed = sealing.key_of(sealing.PERSON, 7).seal("words", "here")
    sealing.forget_all()
    assert sealing.key_of(sealing.PERSON, 7).open(sealed, "here") == "words"


@pytest.mark.django_db(transaction=True)
def test_many_are_opened_with_one_question_also_after_their_time(
    django_assert_num_queries: Any,
) -> None:
    for owner in (1, 2, 3):
        sealing.key_of(sealing.PERSON, owner)
    sealing.key_of(sealing.RELATIONSHIP, 4)
    owners = [(sealing.PERSON, 1), (sealing.PERSON, 2), (sealing.PERSON, 3), (sealing.RELATIONSHIP, 4)]
    sealing.forget_all()
    for _ in range(2):
        with transaction.atomic(), django_assert_num_queries(1):
            sealing.preload_all(owners)
        with django_assert_num_queries(0):
            sealing.preload_all(owners)
            assert all(sealing.key_of(*owner) for owner in owners)
        sealing._open_keys.update({each: (key, 0.0) for each, (key, _until) in sealing._open_keys.items()})
