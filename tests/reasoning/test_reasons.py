"""Reasons in words: what the two share and may say, never a diagnosis, never what was kept closed."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter

import pytest

from companionway.reasoning.matching import TEMPLATES, MemberRow, Reader, SupporterRow, Words, explain
from companionway.reasoning.topics import (
    CONTACT_MODES,
    GOALS,
    IDENTITY,
    LANGUAGES,
    PART_HOURS,
    STAGES,
    TOPICS,
    WEEK,
)
from companionway.reasoning.vocabulary import UnknownKey, Vocabulary

SHIPPED = [TOPICS, GOALS, IDENTITY, LANGUAGES, CONTACT_MODES, STAGES, WEEK]
DIAGNOSES = (
    *("depress", "anxiety", "schizo", "psycho", "bipolar", "mania", "borderline", "phobi", "ocd", "ptsd"),
    *("autis", "adhd", "anorex", "bulim", "dement", "addict", "disorder", "syndrome", "diagnos", "patient"),
)

ASH = MemberRow(
    id=1,
    langs=1,
    modes=1,
    avail=WEEK.mask(["tue_evening", "sat_morning"]),
    topics=TOPICS.mask(["hearing_voices", "leaving_hospital", "loss"]),
    key_topics=TOPICS.mask(["leaving_hospital"]),
    goals=GOALS.mask(["hope"]),
    identity=IDENTITY.mask(["non_binary"]),
    age=30,
    weights=(4, 2, 1, 1, 1, 0, 1, 1),
)
ROBIN = SupporterRow(
    id=2,
    langs=1,
    modes=1,
    avail=WEEK.mask(["tue_evening"]),
    topics=TOPICS.mask(["hearing_voices", "leaving_hospital", "alcohol"]),
    wish_topics=TOPICS.mask(["hearing_voices"]),
    goals=GOALS.mask(["hope", "nature"]),
    identity=IDENTITY.mask(["non_binary", "deaf"]),
    age=33,
    stage=2,
)


def texts(member: MemberRow, supporter: SupporterRow, reader: Reader = "member") -> dict[str, str]:
    return {why.reason: why.text for why in explain(member, supporter, reader=reader)}


def test_reasons_are_said_in_plain_words_what_matters_most_first() -> None:
    assert texts(ASH, ROBIN) == {
        "experience": "You have both been through: leaving hospital, hearing voices",
        "availability": "You are both free on Tuesday evenings",
        "goals": "You both care about: finding some hope",
        "identity": "You both said: non-binary",
        "age": "You are about the same age",
        "supporter_interest": "They would like to talk about: hearing voices",
        "further_along": "Someone further along",
    }


def test_the_keys_are_there_for_a_page_that_translates() -> None:
    first = explain(ASH, ROBIN)[0]
    assert (first.key, first.shared) == ("experience.named", ("leaving_hospital", "hearing_voices"))
    assert first.points <= first.most


def test_points_fall_and_never_pass_the_most() -> None:
    why = explain(ASH, ROBIN)
    assert [w.points for w in why] == sorted((w.points for w in why), reverse=True)
    assert all(0 <= w.points <= w.most for w in why)


@pytest.mark.parametrize(
    ("reader", "of_member", "of_supporter", "names"),
    [
        ("member", 0, TOPICS.mask(["hearing_voices"]), ("hearing_voices",)),
        ("supporter", TOPICS.mask(["leaving_hospital"]), 0, ("leaving_hospital",)),
        ("both", TOPICS.mask(["leaving_hospital"]), TOPICS.mask(["hearing_voices"]), ()),
    ],
)
def test_only_what_its_owner_has_opened_is_named(
    reader: Reader, of_member: int, of_supporter: int, names: tuple[str, ...]
) -> None:
    member, supporter = replace(ASH, open_topics=of_member), replace(ROBIN, open_topics=of_supporter)
    experience, *_ = explain(member, supporter, reader=reader)
    assert experience.shared == names
    assert experience.points == explain(ASH, ROBIN)[0].points
    if not names:
        assert experience.text == "You have been through some of the same things"


def test_closed_identity_counts_and_is_not_named() -> None:
    assert "non-binary" not in " ".join(texts(ASH, replace(ROBIN, open_identity=0)).values())
    assert texts(ASH, replace(ROBIN, open_identity=0))["identity"] == (
        "You have something in common in who you are"
    )


def test_what_is_not_so_says_so_kindly() -> None:
    stranger = replace(ROBIN, topics=0, goals=0, identity=0, age=None, wish_topics=0, stage=0)
    said = texts(ASH, stranger)
    assert said["experience"] == "Not the same experiences"
    assert said["age"] == "Not close in age"
    assert said["further_along"] == "Someone on the same stretch of the road"


def test_many_free_times_are_not_all_listed() -> None:
    often = replace(ASH, avail=WEEK.mask(WEEK.keys))
    always = replace(ROBIN, avail=WEEK.mask(WEEK.keys))
    assert texts(often, always)["availability"] == (
        "You are both free on Monday early mornings, Monday mornings, Monday afternoons, and at other times"
    )


def test_an_organisation_can_bring_its_own_words() -> None:
    own = Words(topics=Vocabulary({"sea": "life at sea"}))
    why = explain(replace(ASH, topics=1, key_topics=1), replace(ROBIN, topics=1), words=own)
    assert why[0].text == "You have both been through: life at sea"


def test_every_template_names_only_what_is_shared() -> None:
    for template in TEMPLATES.values():
        assert {field for _, field, _, _ in Formatter().parse(template) if field} <= {"shared"}


def test_a_diagnosis_is_never_a_key_or_a_label() -> None:
    for vocabulary in SHIPPED:
        for key, label in vocabulary.labels.items():
            assert not [word for word in DIAGNOSES if word in key.lower() or word in label.lower()]


def test_keys_become_bits_and_come_back() -> None:
    for vocabulary in SHIPPED:
        assert vocabulary.keys_of(vocabulary.mask(vocabulary.keys)) == vocabulary.keys
        assert vocabulary.mask([]) == 0
    assert TOPICS.mask(["low_mood", "hearing_voices", "low_mood"]) == 0b1001
    assert TOPICS.keys_of(0b1001 | 1 << 63) == ("hearing_voices", "low_mood")
    with pytest.raises(UnknownKey, match="not_a_topic"):
        TOPICS.mask(["low_mood", "not_a_topic"])
    with pytest.raises(ValueError, match="64"):
        Vocabulary({str(key): "" for key in range(65)})


def test_a_week_has_seven_days_of_five_three_hour_parts() -> None:
    assert len(WEEK.keys) == 35
    assert [until - since for since, until in PART_HOURS.values()] == [3] * 5
    assert CONTACT_MODES.mask(["in_person"]) == 8
