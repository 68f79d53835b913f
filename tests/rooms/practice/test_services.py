"""A supporter's own limits, hours and words; not being well; who covers; and the last word on room."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from companionway.foundation import parts
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people.models import Person
from companionway.practice import policy, queries, services
from companionway.practice.models import Cover, SupporterPractice, TimeAway
from companionway.practice.queries import Offer
from companionway.practice.states import MOVES, CoverState
from companionway.safety import services as safety
from companionway.support import services as support
from tests.cast import NOW, Cast

LATER = NOW + timedelta(hours=2)


def limits(person: Person, row: SupporterPractice, **changed: object) -> SupporterPractice:
    said = {"accepting": True, "places": 2, "weekly_minutes": 180, "minutes_each": 60, **changed}
    return services.set_limits(actor=person, practice=row, now=NOW, **said)


def walk(cast: Cast, member: Person, supporter: Person) -> None:
    support.begin(
        actor=member, programme=cast.programme, member=member, supporter=supporter, reasons=[], now=NOW
    )


def test_offering_begins_closed_and_twice_is_once(cast: Cast, theos: SupporterPractice) -> None:
    assert not theos.accepting
    assert services.offer_support(actor=cast.theo, programme=cast.programme, now=LATER).pk == theos.pk
    assert Record.objects.filter(name="practice.support_offered").count() == 1


def test_only_supporters_of_the_programme_offer(cast: Cast) -> None:
    for person in (cast.mina, cast.cora, cast.adil, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.offer_support(actor=person, programme=cast.programme, now=NOW)


def test_nobody_sets_the_limits_of_somebody_else(cast: Cast, theos: SupporterPractice) -> None:
    for person in (cast.cora, cast.ruth, cast.adil, cast.mina):
        with pytest.raises((Refused, SupporterPractice.DoesNotExist)):
            limits(person, theos)


@pytest.mark.parametrize(
    ("said", "room"),
    [
        ({}, 2),
        ({"accepting": False}, 0),
        ({"places": 0}, 0),
        ({"weekly_minutes": 60}, 1),
        ({"weekly_minutes": 59}, 0),
        ({"places": 9}, 3),
        ({"weight_limit": 4}, 1),
        ({"weight_limit": 2}, 0),
    ],
)
def test_the_tightest_limit_decides(
    cast: Cast, theos: SupporterPractice, said: dict[str, object], room: int
) -> None:
    row = limits(cast.theo, theos, **said)
    assert queries.free_places([row.pk]) == {row.pk: room}


def test_each_walk_takes_a_place_and_the_last_word_is_kept(cast: Cast, theos: SupporterPractice) -> None:
    limits(cast.theo, theos, places=1)
    services.take_place(supporter_id=cast.theo.pk, programme_id=cast.programme.pk)
    walk(cast, cast.mina, cast.theo)
    assert queries.free_places([theos.pk]) == {theos.pk: 0}
    assert not queries.has_free_place(cast.theo.pk, cast.programme.pk)
    with pytest.raises(services.Full):
        services.take_place(supporter_id=cast.theo.pk, programme_id=cast.programme.pk)


def test_nobody_without_a_practice_has_a_place(cast: Cast) -> None:
    with pytest.raises(services.Full):
        services.take_place(supporter_id=cast.mina.pk, programme_id=cast.programme.pk)


def test_limits_are_said_in_words(cast: Cast, theos: SupporterPractice) -> None:
    assert queries.limits_words(limits(cast.theo, theos)) == "Up to 2 people, about 3 hours a week"
    one = limits(cast.theo, theos, places=1, weekly_minutes=60)
    assert queries.limits_words(one) == "Up to 1 person, about an hour a week"
    assert "1.5 hours" in queries.limits_words(limits(cast.theo, theos, weekly_minutes=90))


def test_what_is_written_is_sealed_and_comes_back(cast: Cast, theos: SupporterPractice) -> None:
    offer = Offer(languages=["en"], wish_topics=["loss", "prison"], cannot_topics=["prison"])
    services.describe_offer(actor=cast.theo, practice=theos, offer=offer, now=NOW)
    services.write_about(actor=cast.theo, practice=theos, words="I keep bees.", now=NOW)
    services.write_away_words(actor=cast.theo, practice=theos, words="Back soon.", now=NOW)
    row = SupporterPractice.objects.get(pk=theos.pk)
    raw = b"".join(bytes(each or b"") for each in (row.sealed_offer, row.sealed_about, row.sealed_away_words))
    for words in (b"bees", b"soon", b"prison", b"loss"):
        assert words not in raw
    assert queries.offer_of(row).wish_topics == ["loss"]
    assert queries.about_of(row) == "I keep bees."
    assert "bees" not in repr(list(Record.objects.values_list("payload", flat=True)))


def test_cover_holds_only_after_their_own_yes(
    cast: Cast, theos: SupporterPractice, ruths: SupporterPractice
) -> None:
    cover = services.name_cover(actor=cast.theo, practice=theos, person=cast.ruth, now=NOW)
    assert queries.cover_of(theos) is None
    for person in (cast.theo, cast.mina, cast.cora):
        with pytest.raises((Refused, Cover.DoesNotExist)):
            services.answer_cover(actor=person, cover=cover, says_yes=True, now=NOW)
    services.answer_cover(actor=cast.ruth, cover=cover, says_yes=True, now=NOW)
    assert queries.cover_of(theos) == cover
    services.end_cover(actor=cast.ruth, cover=cover, now=LATER)
    assert queries.cover_of(theos) is None


def test_somebody_kept_apart_cannot_be_cover(
    cast: Cast, theos: SupporterPractice, ruths: SupporterPractice
) -> None:
    safety.block_person(actor=cast.ruth, person=cast.theo, now=NOW)
    with pytest.raises(Refused):
        services.name_cover(actor=cast.theo, practice=theos, person=cast.ruth, now=NOW)


def test_not_well_is_one_press_with_words_written_before(
    cast: Cast, theos: SupporterPractice, ruths: SupporterPractice
) -> None:
    limits(cast.theo, theos)
    services.write_away_words(actor=cast.theo, practice=theos, words="I will be back.", now=NOW)
    cover = services.name_cover(actor=cast.theo, practice=theos, person=cast.ruth, now=NOW)
    services.answer_cover(actor=cast.ruth, cover=cover, says_yes=True, now=NOW)
    assert queries.away_notice(cast.theo.pk, cast.programme, reader=cast.mina) is None
    for _twice in range(2):
        services.say_not_well(actor=cast.theo, practice=theos, now=LATER)
    notice = queries.away_notice(cast.theo.pk, cast.programme, reader=cast.mina)
    assert notice is not None
    assert (notice.words, notice.cover_name) == ("I will be back.", "Ruth")
    assert queries.free_places([theos.pk]) == {theos.pk: 0}
    assert Record.objects.filter(name="practice.not_well").count() == 1
    services.say_well_again(actor=cast.theo, practice=theos, now=LATER + timedelta(days=3))
    assert queries.free_places([theos.pk]) == {theos.pk: 2}
    assert TimeAway.objects.get().ended_at is not None


def test_a_cover_who_must_not_meet_the_reader_is_not_named(
    cast: Cast, theos: SupporterPractice, ruths: SupporterPractice
) -> None:
    cover = services.name_cover(actor=cast.theo, practice=theos, person=cast.ruth, now=NOW)
    services.answer_cover(actor=cast.ruth, cover=cover, says_yes=True, now=NOW)
    services.say_not_well(actor=cast.theo, practice=theos, now=NOW)
    safety.block_person(actor=cast.ruth, person=cast.mina, now=NOW)
    notice = queries.away_notice(cast.theo.pk, cast.programme, reader=cast.mina)
    assert notice is not None
    assert notice.cover_name == ""
    assert notice.words


def test_away_without_cover_is_an_exception_for_coordinators(cast: Cast, theos: SupporterPractice) -> None:
    services.say_not_well(actor=cast.theo, practice=theos, now=NOW)
    assert queries.away_without_cover(policy.visible_to(cast.cora)) == [theos]


def test_training_is_set_by_a_coordinator_and_not_by_oneself(cast: Cast, theos: SupporterPractice) -> None:
    services.set_training(actor=cast.cora, practice=theos, level=2, supports_band="young", now=NOW)
    with pytest.raises(Refused):
        services.set_training(actor=cast.theo, practice=theos, level=9, supports_band="young", now=NOW)
    assert SupporterPractice.objects.get().level == 2


def test_seeing_a_practice_is_one_rule_written_twice(
    cast: Cast, theos: SupporterPractice, ruths: SupporterPractice
) -> None:
    cast.programme.coordinator_sees = False
    cast.programme.save()
    limits(cast.theo, theos)
    rows = list(SupporterPractice.objects.select_related("programme"))
    for person in (cast.mina, cast.theo, cast.ruth, cast.cora, cast.adil, cast.sam_the_stranger):
        seen = set(policy.visible_to(person).values_list("pk", flat=True))
        assert seen == {row.pk for row in rows if policy.may_view(person, row)}, person.name
    assert list(policy.visible_to(cast.cora)) == [theos]


@pytest.mark.parametrize("state", CoverState)
def test_a_cover_moves_only_as_its_table_says(
    cast: Cast, theos: SupporterPractice, ruths: SupporterPractice, state: CoverState
) -> None:
    cover = services.name_cover(actor=cast.theo, practice=theos, person=cast.ruth, now=NOW)
    cover.state = state
    assert bool(policy.may_answer_cover(cast.ruth, cover)) == (CoverState.YES in MOVES[state])
    assert bool(policy.may_end_cover(cast.ruth, cover)) == (CoverState.ENDED in MOVES[state])


def test_the_database_refuses_a_cover_without_an_answer_and_a_second_time_away(
    cast: Cast, theos: SupporterPractice
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Cover.objects.create(practice=theos, person=cast.ruth, state=CoverState.YES, asked_at=NOW)
    TimeAway.objects.create(practice=theos, began_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeAway.objects.create(practice=theos, began_at=LATER)


def test_export_has_all_and_erasure_leaves_nothing(
    cast: Cast, theos: SupporterPractice, ruths: SupporterPractice
) -> None:
    services.write_about(actor=cast.theo, practice=theos, words="I keep bees.", now=NOW)
    services.name_cover(actor=cast.ruth, practice=ruths, person=cast.theo, now=NOW)
    part = parts.export_of(cast.theo)["practice"]
    assert part["offered"][0]["about_me"] == "I keep bees."
    assert part["covering_for"] == [{"for": "Ruth", "state": "Asked"}]
    parts.erase(cast.theo, LATER)
    assert not SupporterPractice.objects.filter(person=cast.theo).exists()
    assert not Cover.objects.filter(person=cast.theo).exists()
