"""Adults with adults, young people only with somebody trained for them: by no path two others are brought together.

Each path is walked with every combination of ages, training and what the programme takes. A path is a generator: up to
its `yield` the two are adults like everybody; after it they are of the combination, and it answers whether they met.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any
from typing import cast as as_type

import pytest
from django.db import IntegrityError, connection, transaction

from companionway.conversations import queries as conversations
from companionway.conversations import services as conversation_services
from companionway.foundation import constraints
from companionway.foundation.policy import YES, Refused
from companionway.introductions import queries, services
from companionway.introductions.queries import _rows
from companionway.introductions.states import Answer, IntroductionState
from companionway.people.models import Person, Programme
from companionway.practice.models import SupporterPractice
from companionway.support import policy as support_policy
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW
from tests.rooms.introductions.ages import (
    ALL,
    Combination,
    Two,
    allowed,
    allowed_to_talk,
    undone,
)
from tests.rooms.introductions.scene import asked, shown_to

Path = Callable[[Two], Generator[None, None, bool]]


def seen_by_browsing(two: Two) -> Generator[None, None, bool]:
    yield
    return two.theos.public_id in shown_to(two.fresh())


def suggested(two: Two) -> Generator[None, None, bool]:
    yield
    services.make_suggestions(programme=two.programme, now=NOW)
    shown = queries.suggestions_for(two.member, two.programme)
    return two.theos.public_id in {each.public_id for each in shown}


def asked_by_browsing(two: Two) -> Generator[None, None, bool]:
    yield
    return asked(two.fresh(), two.theos).state == IntroductionState.ASKED


def need_seen(two: Two) -> Generator[None, None, bool]:
    yield
    return queries.need_shown_to(two.supporter, two.fresh()) is not None


def offered(two: Two) -> Generator[None, None, bool]:
    yield
    return services.offer(actor=two.supporter, request=two.fresh(), now=NOW).state == IntroductionState.ASKED


def proposed(two: Two) -> Generator[None, None, bool]:
    yield
    row = services.propose(
        actor=two.cast.cora, request=two.fresh(), practice_public_id=two.theos.public_id, now=NOW
    )
    return row.state == IntroductionState.ASKED


def proposed_in_a_list(two: Two) -> Generator[None, None, bool]:
    yield
    pairs = [(two.fresh(), two.theos.public_id)]
    return bool(services.propose_list(actor=two.cast.cora, programme=two.programme, pairs=pairs, now=NOW))


def said_yes_after_it_changed(two: Two) -> Generator[None, None, bool]:
    """It closes gently: a refusal would come from the beginning itself, too late, and say that there is a reason."""
    row = asked(two.fresh(), two.theos)
    yield
    try:
        met = services.answer(actor=two.supporter, introduction=row, answer=Answer.YES, now=NOW)
    except Refused:
        return True
    return met.state == IntroductionState.MET


def handed_to_the_cover(two: Two) -> Generator[None, None, bool]:
    """Ruth, whom Mina asked, is not well: her cover Theo is asked instead."""
    asked(two.fresh(), two.ruths)
    yield
    SupporterPractice.objects.filter(pk=two.ruths.pk).update(not_well_since=NOW)
    return bool(
        services.hand_to_cover(
            actor=two.cast.ruth, programme_id=two.programme.pk, cover=two.supporter, now=NOW
        )
    )


def begun_by_a_coordinator(two: Two) -> Generator[None, None, bool]:
    yield
    return two.meet().is_open


def walked_again(two: Two) -> Generator[None, None, bool]:
    first = two.meet()
    support.end_relationship(actor=two.member, relationship=first, now=NOW)
    support.walk_again(actor=two.member, relationship=first, now=NOW)
    yield
    return support.walk_again(actor=two.supporter, relationship=first, now=NOW).is_open


PATHS: list[Path] = [
    seen_by_browsing, suggested, asked_by_browsing, need_seen, offered, proposed, proposed_in_a_list,
    said_yes_after_it_changed, handed_to_the_cover, begun_by_a_coordinator, walked_again,
]  # fmt: skip


def a_talk_opened_by_anybody(two: Two) -> Generator[None, None, bool]:
    yield
    talk = conversation_services.open_conversation(
        actor=two.cast.cora, programme=two.programme, people=[two.member, two.supporter], now=NOW
    )
    return len(conversations.people_in(talk.pk)) == 2


def a_walk_written_by_anybody(two: Two) -> Generator[None, None, bool]:
    yield
    row = Relationship(programme=two.programme, member=two.member, supporter=two.supporter, began_at=NOW)
    row.save()
    return True


WALLS: list[tuple[Path, Callable[..., bool]]] = [
    (a_talk_opened_by_anybody, allowed_to_talk),
    (a_walk_written_by_anybody, allowed),
]


def walk(two: Two, path: Path, combination: Combination) -> bool:
    """Whether the two were brought together. Only the walls may answer with a refusal of the database."""
    steps = path(two)
    next(steps)
    two.become(*combination)
    try:
        with transaction.atomic():
            next(steps)
    except StopIteration as done:
        return as_type(bool, done.value)
    except Refused:
        return False
    raise AssertionError("a path has one yield")


def unlike_the_rule(
    two: Two, path: Path, rule: Callable[..., bool] = allowed
) -> Generator[Combination, None, None]:
    for combination in ALL:
        with undone():
            came = walk(two, path, combination)
        if came != rule(*combination):
            yield combination


@pytest.mark.parametrize("path", PATHS, ids=lambda each: each.__name__)
def test_no_path_brings_others_together(two: Two, path: Path) -> None:
    assert list(unlike_the_rule(two, path)) == []


@pytest.mark.parametrize(("path", "rule"), WALLS, ids=lambda each: each.__name__)
def test_the_database_itself_refuses(two: Two, path: Path, rule: Callable[..., bool]) -> None:
    def by_the_wall(inner: Two) -> Generator[None, None, bool]:
        yield
        steps = path(inner)
        next(steps)
        try:
            with transaction.atomic():
                next(steps)
        except IntegrityError:
            return False
        except StopIteration as done:
            return as_type(bool, done.value)
        return True

    assert list(unlike_the_rule(two, by_the_wall, rule)) == []


def without_the_walls() -> None:
    with connection.cursor() as cursor:
        for name in ("support_of_one_age", "support_talk_of_one_age"):
            rule = constraints._nevers[name]
            if connection.vendor == "sqlite":
                cursor.execute(f"drop trigger {name}_insert")
            else:
                cursor.execute(f"drop trigger {name} on {rule.table}")


def all_fit(*_who: object) -> Any:
    return YES


def by_training_alone(_programme: Programme, _supporter: Person, trained_for: str = "") -> str:
    """As it was before: what a coordinator wrote about training, and nothing of the supporter or the programme."""
    return trained_for


MATCHED = [
    seen_by_browsing, suggested, asked_by_browsing, need_seen, offered, proposed, proposed_in_a_list,
    said_yes_after_it_changed, handed_to_the_cover,
]  # fmt: skip
SEEDED: list[tuple[Path, Any, str, Any]] = [
    *((each, _rows, "band_served", by_training_alone) for each in MATCHED),
    (begun_by_a_coordinator, support_policy, "of_one_age", all_fit),
    (walked_again, support_policy, "of_one_age", all_fit),
]


@pytest.mark.parametrize(
    ("path", "where", "name", "fault"), SEEDED, ids=lambda each: getattr(each, "__name__", None)
)
def test_a_path_without_the_rule_is_seen(
    two: Two, path: Path, where: Any, name: str, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_the_walls()
    monkeypatch.setattr(where, name, fault)
    assert next(unlike_the_rule(two, path), None) is not None
