"""Nobody comes in where they were not let in; nobody's words reach anybody they were not for."""

from __future__ import annotations

import os

import pytest

from tests.access.drawing import TABLE, table_of
from tests.access.walking import IN, Canary, Walk, walk
from tests.access.world import Both

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def walked(world: Both, canaries: list[Canary]) -> Walk:
    return walk(world, canaries)


def test_every_address_says_who_it_is_for(walked: Walk) -> None:
    assert walked.undeclared == []


def test_nobody_comes_in_where_they_were_not_let_in(walked: Walk) -> None:
    assert walked.intrusions == []


def test_words_reach_only_the_people_they_are_for(walked: Walk, canaries: list[Canary]) -> None:
    assert len(canaries) > 30
    assert walked.leaks == []


def test_every_reading_of_what_was_said_to_the_team_leaves_a_record(
    walked: Walk, canaries: list[Canary]
) -> None:
    assert walked.unrecorded == []
    assert walked.recorded == {canary.label for canary in canaries if canary.on_record}


def test_what_the_other_organisation_has_looks_like_what_never_was(walked: Walk) -> None:
    """Same status, same headers, same bytes: not even that it exists can be told."""
    assert walked.told_apart == []


@pytest.mark.parametrize("name", ["conversations:talk", "safety:my_report", "people:item"])
def test_nor_does_the_page_around_it(name: str, world: Both, canaries: list[Canary]) -> None:
    """The page of what is not there is drawn from the request alone: the whole walk may leave it out."""
    whole = walk(world, canaries, only=lambda each: each == name, has_pages=True)
    assert whole.told_apart == whole.leaks == []
    assert len(whole.nothing) > 10


def test_nothing_breaks(walked: Walk) -> None:
    assert walked.broken == []


def test_those_who_are_let_in_do_get_in(walked: Walk) -> None:
    """A matrix of closed doors would prove nothing: the two read their talk, the desk opens for coordinators."""
    got_in = {(name, actor) for (name, _thing, actor), outcome in walked.outcomes.items() if outcome == IN}
    assert {
        ("conversations:talk", "mina"),
        ("conversations:talk", "theo"),
        ("conversations:talk", "len"),
        ("support:note", "mina"),
        ("support:agreement", "imogen"),
        ("introductions:desk_of", "halima"),
        ("introductions:card", "geraint"),
        ("safety:answer", "halima"),
        ("safeguarding:told", "ruth"),
        ("safeguarding:inside", "morwenna"),
        ("safeguarding:paper", "morwenna"),
        ("safety:my_report", "mina"),
        ("people:admin_people", "oluchi"),
        ("oncall:rota", "aled"),
        ("oncall:every_week", "morwenna"),
        ("oncall:phone", "halima"),
        ("insight:fairness", "oluchi"),
        ("help_now", "nobody"),
    } <= got_in


def test_the_drawn_table_is_what_was_met(walked: Walk, world: Both) -> None:
    """DRAW=1 draws it anew; whoever changes a door reads the difference."""
    drawn = table_of(walked, world)
    if os.environ.get("DRAW"):
        TABLE.write_text(drawn, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == drawn
