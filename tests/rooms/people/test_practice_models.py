"""Traditions as data: what each never keeps cannot be switched on, by any path."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from companionway.foundation.policy import Refused
from companionway.people import practice_models, queries, services
from companionway.people.models import Programme
from companionway.people.practice_models import PracticeModel, WrongModel
from tests.cast import NOW, Cast

KEYS = [
    "charity_groups",
    "clubhouse",
    "hearing_voices",
    "intentional_peer_support",
    "learning_disability",
    "one_to_one_charity",
    "refugees_and_survivors",
    "self_help_association",
    "twelve_step_groups",
    "twelve_step_sponsorship",
    "young_people",
]
NEVER = [
    (key, record)
    for key, policy in practice_models.shipped_policies().items()
    for record in practice_models.RECORD_KEYS
    if record in policy.never
]


def adopt(cast: Cast, key: str, **more: object) -> Programme:
    return services.create_programme(
        actor=cast.adil,
        organisation=cast.organisation,
        name="Quiet hours",
        practice_model=key,
        now=NOW,
        **more,
    )


def test_every_tradition_is_shipped() -> None:
    assert sorted(model.key for model in practice_models.available()) == KEYS


def test_what_sponsorship_never_keeps() -> None:
    model = practice_models.load("twelve_step_sponsorship")
    assert set(model.records.never) == {
        "notes",
        "attendance",
        "outcomes",
        "ending_reasons",
        "coordinator_sees",
        "register",
        "head_counts",
        "referrals",
    }
    assert (model.words["member"], model.words["supporter"]) == ("sponsee", "sponsor")
    assert model.ending.either_side_without_reason


def test_intentional_peer_support_is_mutual_and_says_first() -> None:
    model = practice_models.load("intentional_peer_support")
    assert model.mutual and not model.records.notes
    assert "report" in practice_models.data_of("intentional_peer_support")["limits_of_confidentiality"][0]
    assert model.say_first


@pytest.mark.parametrize("key", KEYS)
def test_every_word_is_said_in_every_language(key: str) -> None:
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            model = practice_models.load(key)
            assert set(model.words) == set(practice_models.WORDS)
    with translation.override("fr"):
        french = practice_models.load(key)
    with translation.override("en"):
        english = practice_models.load(key)
    assert french.name != english.name
    assert [each["key"] for each in french.agreement_prompts] == [
        each["key"] for each in english.agreement_prompts
    ]
    assert set(french.ending.labels) == set(english.ending.kinds)


@pytest.mark.parametrize("key", KEYS)
def test_a_programme_keeps_its_own_copy_and_the_models_record_policy(cast: Cast, key: str) -> None:
    programme = adopt(cast, key)
    programme.refresh_from_db()
    assert PracticeModel.of(programme) == practice_models.load(key)
    for record in practice_models.RECORD_KEYS:
        expected = getattr(practice_models.load(key).records, record)
        assert getattr(programme, practice_models.column_of(record)) is expected


@pytest.mark.parametrize(("key", "record"), NEVER)
def test_the_database_refuses_what_the_tradition_never_keeps(cast: Cast, key: str, record: str) -> None:
    programme, column = adopt(cast, key), practice_models.column_of(record)
    with pytest.raises(DatabaseError), transaction.atomic():
        Programme.objects.filter(pk=programme.pk).update(**{column: True})
    twin = copy.copy(programme)
    twin.pk, twin.public_id = None, "another"
    setattr(twin, column, True)
    with pytest.raises(DatabaseError), transaction.atomic():
        twin.save(force_insert=True)
    programme.refresh_from_db()
    assert getattr(programme, column) is False


@pytest.mark.parametrize(("key", "record"), NEVER)
def test_a_fork_keeps_no_more_than_its_tradition(cast: Cast, key: str, record: str) -> None:
    programme, column = adopt(cast, key, words={"member": "neighbour"}), practice_models.column_of(record)
    services.change_words(actor=cast.adil, programme=programme, words={"supporter": "companion"}, now=NOW)
    if key in practice_models.with_groups():
        said = {"agreement": ["Our own."]}
        services.change_groups(actor=cast.adil, programme=programme, said=said, now=NOW)
        with pytest.raises(Refused):
            services.change_groups(
                actor=cast.adil, programme=programme, said={"records": {record: True}}, now=NOW
            )
    programme.refresh_from_db()
    assert getattr(programme, column) is False and record in PracticeModel.of(programme).records.never
    with pytest.raises(DatabaseError, match="never keeps"), transaction.atomic():
        Programme.objects.filter(pk=programme.pk).update(**{column: True})


def test_a_programme_cannot_walk_over_to_another_tradition(cast: Cast) -> None:
    programme = adopt(cast, "twelve_step_sponsorship")
    with pytest.raises(DatabaseError), transaction.atomic():
        Programme.objects.filter(pk=programme.pk).update(
            practice_model="one_to_one_charity", keeps_notes=True
        )


def test_the_charity_may_keep_what_its_model_keeps(cast: Cast) -> None:
    programme = adopt(cast, "one_to_one_charity")
    assert Programme.objects.filter(pk=programme.pk, keeps_notes=True).update(name="Renamed") == 1


def test_words_are_forked_and_the_difference_is_shown(cast: Cast) -> None:
    programme = adopt(cast, "one_to_one_charity", words={"member": "neighbour"})
    services.change_words(actor=cast.adil, programme=programme, words={"supporter": "companion"}, now=NOW)
    programme.refresh_from_db()
    assert programme.words["member"] == "neighbour"
    found = {each.key: (each.model, each.here) for each in queries.differences(programme)}
    assert found == {"member": ("member", "neighbour"), "supporter": ("peer supporter", "companion")}
    assert queries.differences(adopt(cast, "one_to_one_charity")) == []


def test_words_follow_the_language_of_the_page(cast: Cast) -> None:
    programme = adopt(cast, "twelve_step_sponsorship")
    with translation.override("fr"):
        assert programme.words["supporter"] == "parrain ou marraine"
    with translation.override("ar"):
        assert programme.words["supporter"] == "كفيل"


def test_only_an_administrator_opens_programmes(cast: Cast) -> None:
    for actor in (cast.mina, cast.theo, cast.cora, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.create_programme(
                actor=actor,
                organisation=cast.organisation,
                name="X",
                practice_model="one_to_one_charity",
                now=NOW,
            )
    with pytest.raises(Refused):
        adopt(cast, "no_such_model")


BROKEN = {
    "no words": (lambda data: data.pop("words"), "[words]"),
    "one word missing": (lambda data: data["words"].pop("a_member"), '"a_member"'),
    "a word nobody uses": (lambda data: data["words"].update(sponsor="x"), '"sponsor"'),
    "a record that is a word": (
        lambda data: data["records"].update(notes="never"),
        '"notes" must be true or false',
    ),
    "a door that is none": (lambda data: data.update(doors=["window"]), '"doors"'),
    "an ending without words": (lambda data: data["ending"]["labels"].clear(), "[ending.labels]"),
    "a prompt without a question": (lambda data: data["agreement_prompts"][0].pop("question"), "Question 1"),
    "another file's key": (lambda data: data.update(key="other"), "file's own name"),
    "no summary": (lambda data: data.pop("summary"), '"summary" is missing'),
    "who introduces": (lambda data: data.update(introduced_by="robot"), '"introduced_by"'),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_wrong_file_is_answered_with_plain_sentences(what: str) -> None:
    data = copy.deepcopy(practice_models.data_of("one_to_one_charity"))
    spoil, said = BROKEN[what]
    spoil(data)
    problems = practice_models.problems_of(data, "one_to_one_charity")
    assert any(said in each for each in problems), problems
    assert all(each.endswith(".") for each in problems)


def test_a_file_that_is_no_toml_says_so(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("key = ")
    with pytest.raises(WrongModel, match="not readable"):
        practice_models.read_file(path)
