"""Words that weigh enough together where no rule saw anything, and whose words they are."""

from __future__ import annotations

import pytest

from companionway.reasoning.risk import lexicon, notice

WEIGHED = ("my method is chosen and so is the weekend", "I keep my ropes and sedatives, the day is near")
"""No rule sees these."""


@pytest.mark.parametrize("text", WEIGHED)
def test_words_that_weigh_enough_together_are_shown_with_the_words(text: str) -> None:
    (hit,) = notice(text).hits
    assert (hit.rule, hit.category, hit.level) == ("weighed.suicide", "suicide", 2)
    assert len(hit.seen) >= 2
    assert all(text.lower()[seen.start : seen.end] == seen.read_as for seen in hit.seen)


@pytest.mark.parametrize("text", ["my tablets", "the knife", "a rope", "I miss the bridge", "death"])
def test_one_word_alone_never_weighs_enough(text: str) -> None:
    assert not any(hit.rule.startswith("weighed.") for hit in notice(text).hits)


def test_beside_a_rule_nothing_is_weighed() -> None:
    found = notice("I want to die. " + WEIGHED[0])
    assert found.alarmed
    assert not any(hit.rule.startswith("weighed.") for hit in found.hits)


@pytest.mark.parametrize(
    "around", ["in the film, the drama and the novel: {}", "years ago, before recovery: {}"]
)
def test_harmless_words_outweigh_a_few(around: str) -> None:
    assert not notice(around.format(WEIGHED[0])).alarmed


def test_words_far_apart_are_not_weighed_together() -> None:
    between = "We talked for an hour and it was an ordinary kind of day with nothing much to tell about. " * 4
    assert not notice("my ropes. " + between + "sedatives. " + between + "the day.").alarmed


def test_every_class_that_weighs_is_a_class_and_danger_has_a_category() -> None:
    points = lexicon().points
    assert 0 not in points.each
    assert all(worth > 0 for bit, worth in points.each.items() if bit in points.category)
    assert all(worth < 0 for bit, worth in points.each.items() if bit not in points.category)


def test_in_a_hearing_voices_programme_what_voices_say_is_not_weighed() -> None:
    text = "my voices keep telling me to kill myself, every night, with the rope and the sedatives"
    assert notice(text).alarmed
    assert not notice(text, tradition="hearing_voices").alarmed


@pytest.mark.parametrize(
    "text",
    [
        "nothing you can say will stop me tonight",
        "the voice says finish yourself and I agree",
        "on Friday Dave hit me with a belt",
    ],
)
def test_it_is_the_writers_own_although_others_are_named(text: str) -> None:
    found = notice(text)
    assert found.alarmed
    assert {hit.who for hit in found.hits} == {"self"}


@pytest.mark.parametrize("text", ["ive tkane all my pills", "thnking about ednig my life"])
def test_letters_in_another_order_are_read(text: str) -> None:
    assert notice(text).alarmed


@pytest.mark.parametrize("text", ["today is the last day of my knitting", "the last day, and the last"])
def test_words_that_overlap_count_once(text: str) -> None:
    assert not notice(text).alarmed


@pytest.mark.parametrize(
    "text",
    [
        "the toddler next door is filthy and always begging for scraps",
        "her baby has finger marks and is left alone till morning",
    ],
)
def test_a_neglected_child_is_weighed(text: str) -> None:
    assert notice(text).alarmed
