from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from companionway.foundation import parts, sealing
from companionway.foundation.events import deliver
from companionway.people import services as people
from companionway.people.models import Programme
from companionway.practice import capacity
from companionway.safety import services as safety
from companionway.support import policy, queries, services
from companionway.support.models import Agreement, Goodbye, NoteVoice, Relationship
from companionway.support.states import State
from tests.cast import NOW, Cast, make_person
from tests.rooms.support.conftest import Begin

LATER = NOW + timedelta(days=20)
SECRETS = [
    "herons at dawn",
    "the blue kettle",
    "my brother again",
    "thank you for Tuesdays",
    "ask me about maps",
]


def write_everything(walk: Relationship) -> None:
    services.propose_agreement(
        actor=walk.member, relationship=walk, words={"what": SECRETS[0]}, after=0, now=NOW
    )
    note = services.write_note(actor=walk.member, relationship=walk, words=SECRETS[1], now=NOW)
    services.write_note(actor=walk.supporter, relationship=walk, words=SECRETS[4], note=note, now=NOW)
    services.pause(actor=walk.member, relationship=walk, words=SECRETS[2], now=NOW)
    services.start_ending(actor=walk.member, relationship=walk, last_meeting_on=None, now=NOW)
    services.say_goodbye(actor=walk.member, relationship=walk, words=SECRETS[3], is_ready=True, now=NOW)


def test_load_counts_open_walks_of_supporters_and_practice_hears_it(
    walk: Relationship, begin: Begin, programme: Programme, cast: Cast
) -> None:
    second = begin(programme, cast.ruth, cast.theo)
    ids = [cast.theo.pk, cast.mina.pk, cast.ruth.pk]
    assert queries.load_of(ids) == {cast.theo.pk: 2} == capacity.load_of(ids)
    services.pause(actor=cast.mina, relationship=walk, now=NOW)
    services.end_relationship(actor=cast.theo, relationship=second, now=NOW)
    assert queries.load_of(ids) == {cast.theo.pk: 1}


def test_pairs(walk: Relationship, cast: Cast) -> None:
    assert list(queries.between(cast.theo.pk, cast.mina.pk)) == [walk]
    assert queries.together_now([walk.programme_id]) == {(cast.mina.pk, cast.theo.pk)}
    assert queries.ended_pairs() == set()
    services.end_relationship(actor=cast.theo, relationship=walk, now=NOW)
    assert queries.ended_pairs() == {(cast.mina.pk, cast.theo.pk)}
    assert list(queries.relationships_of(cast.mina)) == [walk]
    assert list(queries.relationships_of(cast.ruth)) == []


@pytest.mark.parametrize("pages", [1, 3])
def test_the_note_costs_the_same_however_long(
    walk: Relationship, pages: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(pages):
        page = services.write_note(actor=walk.member, relationship=walk, words=f"page {place}", now=NOW)
        services.write_note(actor=walk.supporter, relationship=walk, words="yes", note=page, now=NOW)
    sealing.forget_all()
    with django_assert_num_queries(3):
        assert len(queries.note_of(walk)) == pages


def test_what_a_coordinator_is_given_holds_no_words(walk: Relationship, cast: Cast) -> None:
    (row,) = queries.overseen(cast.cora)
    assert {"sealed_reasons", "sealed_pause"} <= row.get_deferred_fields()


def test_no_written_word_lies_open_in_the_database(walk: Relationship, canary: list[str]) -> None:
    write_everything(walk)
    (services.look_at_note(
        actor=_coordinator(walk), relationship=walk, reason_key="safety", words="somebody phoned", now=NOW
    ))  # fmt: skip
    everything = "\n".join(canary_lines())
    for words in [*SECRETS, "somebody phoned", "long nights", *canary]:
        assert words not in everything, words
    assert "support_relationship" in everything


@pytest.fixture
def canary(walk: Relationship) -> list[str]:
    """Reasons were sealed at the beginning."""
    return queries.reasons_of(walk)


def _coordinator(walk: Relationship) -> object:
    return next(each.person for each in walk.programme.roles_held.filter(role="coordinator"))


def canary_lines() -> list[str]:
    from_tables = []
    for model in _all_models():
        for row in model._base_manager.values():
            from_tables.append(f"{model._meta.db_table} {_readable(row)}")
    return from_tables


def _all_models() -> list:
    return [model for model in apps.get_models() if model._meta.managed]


def _readable(row: dict) -> str:
    return " ".join(
        bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
        for value in row.values()
    )


def test_the_export_has_everything_one_may_read_and_nothing_else(walk: Relationship, cast: Cast) -> None:
    write_everything(walk)
    mine = str(parts.export_of(cast.mina)["together"])
    theirs = str(parts.export_of(cast.theo)["together"])
    for words in (SECRETS[0], SECRETS[1], SECRETS[4]):
        assert words in mine and words in theirs
    assert SECRETS[3] in mine
    assert SECRETS[3] not in theirs
    assert parts.export_of(cast.sam_the_stranger)["together"] == []


def test_deleting_everything_takes_ones_own_words_and_ends_kindly(walk: Relationship, cast: Cast) -> None:
    write_everything(walk)
    people.delete_everything(actor=cast.mina, now=LATER)
    deliver()
    walk.refresh_from_db()
    assert (walk.state, walk.ended_by, walk.ending_kind) == (State.ENDED, None, "left_the_service")
    assert not Agreement.objects.exists() and not Goodbye.objects.exists()
    assert {voice.author_id for voice in NoteVoice.objects.all()} == {cast.theo.pk}
    (page,) = queries.note_of(walk)
    assert [voice.words for voice in page.voices] == [SECRETS[4]]
    theirs = str(parts.export_of(cast.theo)["together"])
    assert SECRETS[4] in theirs
    assert SECRETS[0] not in theirs and SECRETS[1] not in theirs
    deliver()
    assert Relationship.objects.count() == 1


def test_a_block_closes_the_talk_and_rests_the_walk_without_saying_why(
    walk: Relationship, cast: Cast
) -> None:
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    deliver()
    walk.refresh_from_db()
    assert walk.state == State.PAUSED
    assert not policy.may_resume(cast.theo, walk)
    assert policy.may_end(cast.mina, walk)


def test_the_list_has_open_ones_first(
    walk: Relationship, begin: Begin, programme: Programme, cast: Cast
) -> None:
    services.end_relationship(actor=cast.theo, relationship=walk, now=NOW)
    other = begin(programme, cast.mina, cast.ruth)
    assert list(queries.relationships_of(cast.mina)) == [other, walk]
    assert not queries.relationships_of(make_person("Noor")).exists()


def test_an_agreement_waits_for_the_one_who_has_not_said_yes(walk: Relationship, cast: Cast) -> None:
    draft = services.propose_agreement(
        actor=cast.mina, relationship=walk, words={"what": "Tea"}, after=0, now=NOW
    )
    assert queries.first_agreement_waiting(cast.theo) == walk
    for other in (cast.mina, cast.ruth, cast.cora):
        assert queries.first_agreement_waiting(other) is None
    services.accept_agreement(actor=cast.theo, relationship=walk, agreement=draft, now=NOW)
    assert queries.first_agreement_waiting(cast.theo) is None


def test_reasons_kept_as_keys_are_said_in_the_readers_language(programme: Programme, cast: Cast) -> None:
    walk = services.begin(
        actor=cast.mina,
        programme=programme,
        member=cast.mina,
        supporter=cast.theo,
        reasons=[["experience.named", "low_mood"], "You both like herons."],
        now=NOW,
    )
    said = {}
    for language in ("en", "fr"):
        with translation.override(language):
            said[language] = queries.reasons_of(walk)
    assert said["en"][1] == said["fr"][1] == "You both like herons."
    assert "low mood" in said["en"][0]
    assert said["fr"][0] not in ("", said["en"][0])
