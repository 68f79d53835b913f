"""What is noticed in a message, why, and what keeps it quiet: for any text, and rule by rule."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companionway.reasoning.risk import Label, Noticed, WrongLexicon, lexicon, notice
from companionway.reasoning.risk.lexicon import CATEGORIES, Rule
from companionway.reasoning.risk.noticing import MOST_CHARACTERS, MOST_STEPS

RULES = lexicon().rules
SAID = """i want to die kill myself he hit me my not never you should jump pills took all the and but if when was 😂
sui cide k1ll r*pe , . ? ! : years ago help film says don't can't overdose knife him her a"""
WORDS = st.sampled_from(sorted(set(SAID.split())))
ANY = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


def labels(text: str, **asked: str) -> Label:
    return notice(text, **asked).label


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_sees_its_examples_and_not_its_counter_examples(rule: Rule) -> None:
    if rule.level:
        assert rule.yes and rule.no
    for text in rule.yes:
        found = notice(text)
        assert rule.id in {hit.rule for hit in found.hits}, text
        assert found.level >= min(rule.level, 2) or rule.level == 1, text
    for text in rule.no:
        assert not notice(text).alarmed, text


def test_every_category_has_a_rule() -> None:
    assert {rule.category for rule in RULES} == set(CATEGORIES)


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_any_text_has_an_answer_that_explains_itself(text: str) -> None:
    found = notice(text)
    for hit in (*found.hits, *found.set_aside):
        assert hit.seen and hit.category in CATEGORIES and hit.who in ("self", "you", "third")
        for seen in hit.seen:
            assert 0 <= seen.start < seen.end <= len(text)
            assert seen.read_as
    assert all(hit.set_aside for hit in found.set_aside)
    assert not any(hit.set_aside for hit in found.hits)
    assert found.alarmed == (found.label in (Label.NOW, Label.SOON))


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_the_same_text_has_the_same_answer(text: str) -> None:
    assert notice(text) == notice(text)


@pytest.mark.parametrize(
    ("meant", "denied"),
    [
        ("I am going to kill myself", "I am not going to kill myself"),
        ("I want to die", "I never want to die"),
        ("I want to hurt him", "I don't want to hurt him"),
        ("she is suicidal", "she is not suicidal"),
        ("my husband hits me", "my husband doesn't hit me"),
        ("I self harmed", "I haven't self harmed"),
    ],
)
def test_a_not_lowers_it(meant: str, denied: str) -> None:
    assert notice(meant).level >= 2
    assert notice(denied).level < 2
    assert "negated" in {hit.set_aside for hit in notice(denied).set_aside}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("I tried to hang myself twenty years ago", "past"),
        ("Are you feeling suicidal?", "asked"),
        ("in the film he threatens to kill himself", "media"),
        ("I will kill myself if this printer jams again lol", "idiom"),
        ("my brother took his own life", "bereaved"),
        ("if I ever feel suicidal I ring my friend", "hypothetical"),
        ("you said that you want to die", "asked"),
    ],
)
def test_a_scope_keeps_it_quiet_and_says_so(text: str, scope: str) -> None:
    found = notice(text)
    assert not found.alarmed
    assert scope in {hit.set_aside for hit in found.set_aside}


@pytest.mark.parametrize(
    "text",
    [
        "I was suicidal years ago and it is all coming back, I want to die tonight",
        "I watched a film and now I want to kill myself",
        "I can't sleep I want to die",
        "I don't want to die but I am going to kill myself",
    ],
)
def test_a_scope_does_not_reach_too_far(text: str) -> None:
    assert notice(text).alarmed


@pytest.mark.parametrize(
    "text",
    [
        "i want to k1ll myself",
        "i want to k*ll myself",
        "thinking about su!cide",
        "i want to d i e",
        "i want to k.i.l.l myself",
        "im gona kil myslef",
        "I WANT TO DIE",
        "i want to dieeeee",
        "i wаnt to diе",
        "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "i want to d\u200bie",
        "suicdal again",
        "my dad r*ped me",
        "ending mylife",
        "I want to 🔪 myself",
    ],
)
def test_disguised_words_are_read(text: str) -> None:
    assert notice(text).alarmed


@pytest.mark.parametrize(
    "text", ["my therapist is lovely", "what skill you have", "my diet is going well", "hell no"]
)
def test_good_english_is_not_taken_for_a_slip(text: str) -> None:
    found = notice(text)
    assert not found.hits and not found.set_aside


def test_plain_english_without_one_article_is_still_english() -> None:
    assert not notice("cut myself again lads feel like shit").unchecked


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("I'm going to strangle that printer one of these days", "idiom"),
        ("I took an overdose of trifle on Boxing Day", "idiom"),
        ("the traffic on the bypass is suicidal", "idiom"),
        ("the nurse asked if I felt suicidal and I said no", "negated"),
        ("he asked if I felt suicidal and I lied and said no", ""),
        ("I'm going to strangle that man", ""),
    ],
)
def test_trifles_and_answers_of_no_are_told_from_people_and_lies(text: str, scope: str) -> None:
    found = notice(text)
    assert found.alarmed is not bool(scope)
    assert not scope or scope in {hit.set_aside for hit in found.set_aside}


def test_both_directions_are_looked_at() -> None:
    assert notice("send me a photo of you in your underwear").hits[0].category == "boundary"
    assert labels("give me your number and text me privately") == Label.WHEN_YOU_CAN
    assert notice("you should kill yourself").hits[0].category == "encouragement"


def test_somebody_else_in_danger_is_a_third_party() -> None:
    assert "third_party" in {hit.category for hit in notice("my sister wants to kill herself").hits}


def test_this_moment_makes_it_now() -> None:
    assert labels("I want to kill myself") == Label.SOON
    assert labels("I'm going to kill myself tonight") == Label.NOW
    assert labels("they would be better off without me") == Label.WHEN_YOU_CAN
    assert labels("the kettle is on") == Label.NOTHING


def test_in_a_hearing_voices_programme_the_words_of_voices_raise_nothing() -> None:
    text = "my voices keep telling me to kill myself"
    assert notice(text).alarmed
    assert labels(text, tradition="hearing_voices") == Label.NOTHING
    assert labels("I want to kill myself", tradition="hearing_voices") == Label.SOON
    assert labels(text, tradition="another") == labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "ich möchte heute Abend nicht mehr nach Hause gehen",
        "мне сегодня очень плохо и я не знаю что делать",
        "word " * MOST_CHARACTERS,
    ],
)
def test_what_cannot_be_checked_says_so(text: str) -> None:
    found = notice(text)
    assert found.label == Label.NOT_CHECKED
    assert found.unchecked.endswith(".")


def test_a_hit_stands_although_the_rest_was_too_long() -> None:
    found = notice("I want to kill myself. " + "word " * MOST_CHARACTERS)
    assert found.alarmed and found.unchecked


HOSTILE = {
    "one rule over and over": "i want to kill myself he hit me " * 320,
    "no end": "a" * 10_000,
    "stars": "k*" * 5_000,
    "letters apart": "k i l l " * 1_250,
    "slips": " ".join(f"suicxdal{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(676)),
    "marks": "'!?.,;:*@$" * 1_000,
    "sentences": "a. " * 3_300,
    "gaps": "my he the i want take all pills of me " * 260,
    "bags": "he his knife pills blood me i you death quick train her cut arm " * 160,
    "run together": " ".join(f"iwanttokillmyselfandtheyknow{chr(97 + n % 26)}{n}" for n in range(320)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_costs_a_bounded_number_of_steps(text: str) -> None:
    found = notice(text)
    assert isinstance(found, Noticed)
    assert MOST_STEPS <= 25_000
    assert found.hits or not found.alarmed


def test_a_lexicon_that_is_not_there_is_named() -> None:
    with pytest.raises(WrongLexicon, match="xx"):
        notice("hello", language="xx")
    with pytest.raises(WrongLexicon):
        notice("hello", language="../en")


def test_another_language_is_one_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lexicons = import_module(Rule.__module__)
    (tmp_path / "yy.toml").write_text(
        (lexicons.FOLDER / "en.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    monkeypatch.setattr(lexicons, "FOLDER", tmp_path)
    assert notice("I want to die tonight", language="yy").alarmed


def test_half_words_are_put_together_and_whole_ones_are_not() -> None:
    assert notice("i want to di e").alarmed
    assert notice("thinking of sui cide").alarmed
    assert not notice("I will be in the car at ten").alarmed


@pytest.mark.parametrize(
    "text",
    [
        "my arms are a mess of cuts again",
        "cuts all over again, my arms are a mess",
        "again, all those cuts on my arms",
    ],
)
def test_the_words_of_a_bag_may_stand_in_any_order(text: str) -> None:
    assert notice(text).alarmed


def test_weak_signs_of_a_parting_count_when_there_are_two() -> None:
    alone = ["my flat's tidy and the letters are posted", "don't be sad for me", "love to you all"]
    assert [text for text in alone if notice(text).alarmed] == []
    assert labels("My flat's tidy and the letters are posted. Goodnight all") == Label.NOW


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("the battery is about to die", "idiom"),
        ("we got battered four one in the cup", "idiom"),
    ],
)
def test_things_and_teams_are_nobody_in_danger(text: str, scope: str) -> None:
    assert not notice(text).alarmed
    assert scope in {hit.set_aside for hit in notice(text).set_aside}
