"""Blocks and pairs kept apart: the same from both sides, and never told to the other side."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people.queries import reads_about
from companionway.safety import policy, queries, services
from companionway.safety.models import Block, KeepApartWish, KeptApart
from tests.cast import NOW, Cast


def test_a_block_counts_from_both_sides_and_only_between_these_two(cast: Cast):
    services.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    assert queries.blocked_between(cast.mina.pk, cast.theo.pk) is True
    assert queries.blocked_between(cast.theo.pk, cast.mina.pk) is True
    assert queries.blocked_between(cast.mina.pk, cast.ruth.pk) is False
    assert queries.never_together(cast.theo.pk, cast.mina.pk) is True
    assert queries.people_kept_from(cast.theo.pk) == {cast.mina.pk}
    assert queries.people_kept_from(cast.ruth.pk) == set()


def test_blocking_twice_is_one_block_and_one_announcement(cast: Cast):
    services.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    services.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    assert Block.objects.count() == 1
    assert Record.objects.filter(name="safety.blocked").count() == 1


def test_a_block_is_not_about_the_blocked_person_in_the_record(cast: Cast):
    services.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    assert not Record.objects.about(cast.theo.pk).exists()


def test_lifting_ends_only_my_own_block(cast: Cast):
    services.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    services.block_person(actor=cast.theo, person=cast.mina, now=NOW)
    services.lift_block(actor=cast.mina, person=cast.theo, now=NOW)
    assert queries.blocked_between(cast.mina.pk, cast.theo.pk) is True
    services.lift_block(actor=cast.theo, person=cast.mina, now=NOW)
    assert queries.blocked_between(cast.mina.pk, cast.theo.pk) is False


def test_nobody_blocks_themselves_or_somebody_they_never_meet(cast: Cast):
    with pytest.raises(Refused):
        services.block_person(actor=cast.mina, person=cast.mina, now=NOW)
    with pytest.raises(Refused):
        services.block_person(actor=cast.sam_the_stranger, person=cast.theo, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(blocker=cast.mina, blocked=cast.mina, blocked_at=NOW)


def test_never_with_pairs_hold_in_both_orders_and_contain_blocks(cast: Cast):
    services.keep_apart(
        actor=cast.cora,
        programme=cast.programme,
        one=cast.theo,
        other=cast.mina,
        words="They were married",
        now=NOW,
    )
    services.block_person(actor=cast.ruth, person=cast.mina, now=NOW)
    mina, theo, ruth = cast.mina.pk, cast.theo.pk, cast.ruth.pk
    assert queries.never_with_pairs() == {(mina, theo), (theo, mina), (ruth, mina), (mina, ruth)}


def test_ended_pairs_no_longer_count(cast: Cast):
    pair = services.keep_apart(
        actor=cast.cora, programme=cast.programme, one=cast.theo, other=cast.mina, words="", now=NOW
    )
    services.end_keep_apart(actor=cast.cora, pair=pair, now=NOW)
    assert queries.never_together(cast.mina.pk, cast.theo.pk) is False
    assert queries.never_with_pairs() == set()


def test_only_a_coordinator_of_the_programme_keeps_others_apart(cast: Cast):
    for actor in (cast.theo, cast.adil, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.keep_apart(
                actor=actor, programme=cast.programme, one=cast.mina, other=cast.ruth, words="", now=NOW
            )
    assert KeptApart.objects.count() == 0


def test_a_member_keeps_themselves_apart_and_the_other_side_never_sees_it(cast: Cast):
    pair = services.keep_apart(
        actor=cast.mina, programme=cast.programme, one=cast.mina, other=cast.theo, words="", now=NOW
    )
    assert queries.never_together(cast.theo.pk, cast.mina.pk) is True
    assert list(policy.pairs_visible_to(cast.mina)) == [pair]
    assert list(policy.pairs_visible_to(cast.cora)) == [pair]
    for outsider in (cast.theo, cast.ruth, cast.adil, cast.sam_the_stranger):
        assert not policy.pairs_visible_to(outsider).exists()


def test_a_coordinator_does_not_see_the_pair_they_are_in(cast: Cast):
    services.keep_apart(
        actor=cast.mina, programme=cast.programme, one=cast.mina, other=cast.cora, words="", now=NOW
    )
    assert not policy.pairs_visible_to(cast.cora).exists()
    assert not queries.pairs_for_coordinator(cast.cora).exists()


def test_what_a_member_asked_for_is_theirs_to_take_back(cast: Cast):
    pair = services.keep_apart(
        actor=cast.mina, programme=cast.programme, one=cast.mina, other=cast.theo, words="", now=NOW
    )
    with pytest.raises(Refused):
        services.end_keep_apart(actor=cast.cora, pair=pair, now=NOW)
    services.end_keep_apart(actor=cast.mina, pair=pair, now=NOW)
    assert queries.never_together(cast.mina.pk, cast.theo.pk) is False


def test_own_words_are_sealed_and_a_read_is_shown_to_whoever_wrote_them(cast: Cast):
    wish = services.wish_apart(
        actor=cast.mina, programme=cast.programme, words="The tall man from Canary Row", now=NOW
    )
    assert b"Canary" not in bytes(KeepApartWish.objects.get().sealed_words)
    assert services.read_wish(actor=cast.cora, wish=wish, now=NOW) == "The tall man from Canary Row"
    (read,) = Record.objects.filter(name="people.sensitive_read")
    assert (read.actor_id, read.about_id) == (cast.cora.pk, cast.mina.pk)
    assert len(list(reads_about(cast.mina))) == 1
    for outsider in (cast.theo, cast.adil, cast.sam_the_stranger):
        with pytest.raises(KeepApartWish.DoesNotExist):
            services.read_wish(actor=outsider, wish=wish, now=NOW)


def test_a_coordinator_turns_words_into_a_pair_once(cast: Cast):
    wish = services.wish_apart(
        actor=cast.mina, programme=cast.programme, words="Theo from the harbour", now=NOW
    )
    pair = services.settle_wish(actor=cast.cora, wish=wish, other=cast.theo, now=NOW)
    assert pair is not None and pair.asked_by == cast.mina
    assert queries.never_together(cast.theo.pk, cast.mina.pk) is True
    with pytest.raises(Refused):
        services.settle_wish(actor=cast.cora, wish=wish, other=cast.ruth, now=NOW)
    with pytest.raises(Refused):
        services.settle_wish(actor=cast.mina, wish=wish, other=None, now=NOW)


def test_a_reason_is_sealed_and_reading_it_tells_neither_of_the_two(cast: Cast):
    pair = services.keep_apart(
        actor=cast.cora,
        programme=cast.programme,
        one=cast.theo,
        other=cast.mina,
        words="Canary in court",
        now=NOW,
    )
    assert b"Canary" not in bytes(KeptApart.objects.get().sealed_reason)
    assert services.read_pair_reason(actor=cast.cora, pair=pair, now=NOW) == "Canary in court"
    assert Record.objects.filter(name="safety.pair_reason_read").count() == 1
    assert not Record.objects.about(cast.mina.pk).exists()
    assert not Record.objects.about(cast.theo.pk).exists()


def test_visible_and_may_agree_for_everybody(cast: Cast):
    services.keep_apart(
        actor=cast.mina, programme=cast.programme, one=cast.mina, other=cast.theo, words="", now=NOW
    )
    services.keep_apart(
        actor=cast.cora, programme=cast.programme, one=cast.mina, other=cast.ruth, words="", now=NOW
    )
    for actor in (cast.mina, cast.theo, cast.ruth, cast.cora, cast.adil, cast.sam_the_stranger):
        for pair in KeptApart.objects.all():
            if policy.may_end_pair(actor, pair):
                assert policy.pairs_visible_to(actor).filter(pk=pair.pk).exists()
