from __future__ import annotations

from itertools import product

import pytest

from companionway.people.models import Programme
from companionway.support import policy, services
from companionway.support.models import Relationship
from tests.cast import NOW, Cast
from tests.rooms.support.conftest import MODELS, TWELVE, Begin, programme_of

EVERYBODY = ["mina", "theo", "ruth", "cora", "adil", "sam_the_stranger"]


@pytest.fixture
def walks(cast: Cast, begin: Begin) -> list[Relationship]:
    """In each tradition one of Mina and Theo, one of Ruth and Theo; and one of the coordinator herself."""
    made = []
    for model in MODELS:
        programme = programme_of(cast, model)
        made += [begin(programme), begin(programme, cast.ruth, cast.theo)]
    made.append(begin(cast.programme, cast.cora, cast.ruth))
    services.end_relationship(actor=cast.mina, relationship=made[0], now=NOW)
    return made


@pytest.mark.parametrize("name", EVERYBODY)
def test_what_one_may_view_is_exactly_what_one_can_load(
    walks: list[Relationship], cast: Cast, name: str
) -> None:
    actor = getattr(cast, name)
    for walk in Relationship.objects.select_related("programme"):
        seen = policy.visible_to(actor).filter(pk=walk.pk).exists()
        assert bool(policy.may_view(actor, walk)) is seen
        own = policy.walked_by(actor).filter(pk=walk.pk).exists()
        assert bool(policy.may_read_words(actor, walk)) is own
        over = policy.overseen_by(actor).filter(pk=walk.pk).exists()
        assert seen == (own or over)


def test_a_coordinator_sees_nothing_of_a_fellowship_that_reports_nothing(
    walks: list[Relationship], cast: Cast
) -> None:
    seen = set(policy.visible_to(cast.cora).values_list("programme__practice_model", flat=True))
    assert seen == {*MODELS} - {TWELVE}
    assert Relationship.objects.filter(programme__practice_model=TWELVE).count() == 2


def test_strangers_and_administrators_see_nothing(walks: list[Relationship], cast: Cast) -> None:
    assert not policy.visible_to(cast.sam_the_stranger).exists()
    assert not policy.visible_to(cast.adil).exists()


def test_a_coordinator_reads_no_words_and_not_even_a_reason_helps_over_her_own(
    walks: list[Relationship], cast: Cast
) -> None:
    for walk in Relationship.objects.select_related("programme"):
        own = walk.includes(cast.cora)
        assert bool(policy.may_read_words(cast.cora, walk)) is own
        may_look = bool(policy.may_look_at_note(cast.cora, walk))
        assert may_look is (walk.programme.keeps_notes and walk.programme.coordinator_sees and not own)


@pytest.mark.parametrize(("name", "model"), list(product(["ruth", "adil", "sam_the_stranger"], MODELS)))
def test_only_a_coordinator_of_the_programme_may_look(
    cast: Cast, begin: Begin, name: str, model: str
) -> None:
    walk = begin(programme_of(cast, model))
    assert not policy.may_look_at_note(getattr(cast, name), walk)


def test_every_refusal_has_words(cast: Cast, begin: Begin) -> None:
    walk = begin(programme_of(cast, TWELVE))
    rules = [
        policy.may_view, policy.may_read_words, policy.may_propose_agreement, policy.may_write_note,
        policy.may_say_we_met, policy.may_pause, policy.may_resume, policy.may_start_ending,
        policy.may_take_ending_back, policy.may_end, policy.may_ask_for_someone_else,
        policy.may_say_goodbye, policy.may_walk_again, policy.may_look_at_note,
    ]  # fmt: skip
    for rule in rules:
        verdict = rule(cast.sam_the_stranger, walk)
        assert not verdict and verdict.reason


def test_somebody_who_does_not_offer_support_here_cannot_be_given(cast: Cast, programme: Programme) -> None:
    verdict = policy.may_begin(cast.mina, programme, cast.mina, cast.sam_the_stranger)
    assert not verdict
    mutual = programme_of(cast, "intentional_peer_support")
    assert policy.may_begin(cast.theo, mutual, cast.theo, cast.mina)
