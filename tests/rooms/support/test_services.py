from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.foundation.sealing import RELATIONSHIP, KeyDestroyed, key_of
from companionway.people.models import Programme
from companionway.safety import queries as safety
from companionway.support import queries, services
from companionway.support.models import Agreement, CheckIn, Goodbye, Relationship
from companionway.support.states import State
from tests.cast import NOW, Cast
from tests.rooms.support.conftest import REASONS, TWELVE, Begin, programme_of

LATER = NOW + timedelta(days=20)


def agree(walk: Relationship) -> Agreement:
    draft = services.propose_agreement(
        actor=walk.member, relationship=walk, words={"what": "Tea by the canal"}, after=0, now=NOW
    )
    return services.accept_agreement(actor=walk.supporter, relationship=walk, agreement=draft, now=NOW)


def names() -> list[str]:
    return list(
        Record.objects.filter(name__startswith="support.").order_by("pk").values_list("name", flat=True)
    )


def test_beginning_opens_their_talk_and_keeps_reasons_that_both_read(walk: Relationship) -> None:
    assert walk.state == State.MEETING
    assert queries.reasons_of(walk) == REASONS
    assert queries.talk_address(walk.member, walk) == queries.talk_address(walk.supporter, walk) is not None
    assert names() == ["support.began"]


def test_the_same_two_cannot_begin_twice_even_the_other_way_round(
    walk: Relationship, begin: Begin, programme: Programme, cast: Cast
) -> None:
    with pytest.raises(Refused):
        begin(programme)
    with pytest.raises(Refused):
        begin(programme, cast.theo, cast.mina)


def test_a_stranger_begins_nothing_for_others(programme: Programme, cast: Cast) -> None:
    with pytest.raises(Refused):
        services.begin(
            actor=cast.sam_the_stranger,
            programme=programme,
            member=cast.mina,
            supporter=cast.theo,
            reasons=[],
            now=NOW,
        )
    assert not Relationship.objects.exists()


def test_people_kept_apart_never_begin(programme: Programme, begin: Begin, cast: Cast) -> None:
    services_before = Relationship.objects.count()
    first = begin(programme)
    services.ask_for_someone_else(actor=cast.mina, relationship=first, never_again=True, now=NOW)
    assert safety.never_together(cast.mina.pk, cast.theo.pk)
    with pytest.raises(Refused):
        begin(programme)
    assert Relationship.objects.count() == services_before + 1


def test_an_agreement_holds_only_when_both_said_yes(walk: Relationship, cast: Cast) -> None:
    draft = services.propose_agreement(
        actor=cast.mina, relationship=walk, words={"what": "Tea", "forged": "x"}, after=0, now=NOW
    )
    assert queries.agreements_of(walk, cast.theo).holds is None
    with pytest.raises(Refused, match="already said yes"):
        services.accept_agreement(actor=cast.mina, relationship=walk, agreement=draft, now=NOW)
    services.accept_agreement(actor=cast.theo, relationship=walk, agreement=draft, now=NOW)
    shown = queries.agreements_of(walk, cast.mina)
    assert shown.holds and shown.draft is None
    assert {answer.key: answer.words for answer in shown.holds.answers if answer.words} == {"what": "Tea"}
    walk.refresh_from_db()
    assert walk.state == State.WALKING


def test_a_change_is_agreed_in_the_same_way_and_the_old_version_stays_readable(
    walk: Relationship, cast: Cast
) -> None:
    agree(walk)
    draft = services.propose_agreement(
        actor=cast.theo, relationship=walk, words={"what": "Walks"}, after=1, now=LATER
    )
    assert queries.agreements_of(walk, cast.mina).holds.row.number == 1
    services.accept_agreement(actor=cast.mina, relationship=walk, agreement=draft, now=LATER)
    shown = queries.agreements_of(walk, cast.mina)
    assert (shown.holds.row.number, [each.row.number for each in shown.earlier]) == (2, [1])
    assert shown.earlier[0].answers[0].words == "Tea by the canal"


def test_two_drafts_at_once_the_later_writer_is_told(walk: Relationship, cast: Cast) -> None:
    services.propose_agreement(actor=cast.mina, relationship=walk, words={"what": "A"}, after=0, now=NOW)
    with pytest.raises(services.OutOfDate):
        services.propose_agreement(actor=cast.theo, relationship=walk, words={"what": "B"}, after=0, now=NOW)
    services.propose_agreement(actor=cast.theo, relationship=walk, words={"what": "B"}, after=1, now=NOW)
    assert queries.agreements_of(walk, cast.mina).draft.waits_for_me


def test_the_note_has_two_voices_and_keeps_versions(walk: Relationship, cast: Cast) -> None:
    note = services.write_note(actor=cast.mina, relationship=walk, words="We sat outside", now=NOW)
    services.write_note(actor=cast.theo, relationship=walk, words="It was warm", note=note, now=NOW)
    services.write_note(
        actor=cast.mina, relationship=walk, words="We sat by the water", note=note, after=1, now=LATER
    )
    (page,) = queries.note_of(walk)
    mine = page.voice_of(cast.mina)
    assert (mine.words, [words for _at, words in mine.earlier]) == ("We sat by the water", ["We sat outside"])
    assert page.voice_of(cast.theo).words == "It was warm"
    with pytest.raises(services.OutOfDate):
        services.write_note(actor=cast.mina, relationship=walk, words="old", note=note, after=1, now=LATER)


def test_staff_read_the_note_only_with_a_reason_that_both_are_shown(walk: Relationship, cast: Cast) -> None:
    for actor in (cast.sam_the_stranger, cast.ruth, cast.adil, cast.mina):
        with pytest.raises(Refused):
            services.look_at_note(actor=actor, relationship=walk, reason_key="safety", words="x", now=NOW)
    with pytest.raises(Refused, match="reason"):
        services.look_at_note(actor=cast.cora, relationship=walk, reason_key="safety", words=" ", now=NOW)
    services.look_at_note(
        actor=cast.cora, relationship=walk, reason_key="safety", words="Theo rang us", now=NOW
    )
    (look,) = queries.looks_at(walk)
    assert (look.who, look.words) == (cast.cora, "Theo rang us")
    reads = Record.objects.filter(name="people.sensitive_read")
    assert set(reads.values_list("about_id", flat=True)) == {cast.mina.pk, cast.theo.pk}
    assert queries.is_looking(cast.cora, walk, NOW + timedelta(minutes=5))
    assert not queries.is_looking(cast.cora, walk, NOW + timedelta(minutes=31))


def test_pausing_and_coming_back_leads_to_where_the_two_were(walk: Relationship, cast: Cast) -> None:
    services.pause(actor=cast.theo, relationship=walk, words="My mother is ill", now=NOW)
    walk.refresh_from_db()
    assert queries.pause_words_of(walk) == "My mother is ill"
    services.resume(actor=cast.mina, relationship=walk, now=NOW)
    walk.refresh_from_db()
    assert (walk.state, walk.sealed_pause) == (State.MEETING, None)
    services.say_we_met(actor=cast.mina, relationship=walk, now=NOW)
    services.pause(actor=cast.mina, relationship=walk, now=NOW)
    services.resume(actor=cast.theo, relationship=walk, now=NOW)
    walk.refresh_from_db()
    assert walk.state == State.WALKING


def test_letters_are_given_when_both_are_ready(walk: Relationship, cast: Cast) -> None:
    services.start_ending(actor=cast.mina, relationship=walk, last_meeting_on=LATER.date(), now=NOW)
    services.say_goodbye(actor=cast.mina, relationship=walk, words="Thank you", is_ready=True, now=NOW)
    assert queries.letters_of(walk, cast.theo) == (None, None)
    services.say_goodbye(actor=cast.theo, relationship=walk, words="Go well", is_ready=True, now=NOW)
    mine, given = queries.letters_of(walk, cast.mina)
    assert (mine.words, given.words) == ("Thank you", "Go well")
    with pytest.raises(Refused):
        services.say_goodbye(actor=cast.mina, relationship=walk, words="x", is_ready=True, after=1, now=NOW)


def test_a_ready_letter_is_given_at_a_planned_end_and_an_unfinished_one_is_not(
    walk: Relationship, cast: Cast
) -> None:
    services.start_ending(actor=cast.mina, relationship=walk, last_meeting_on=None, now=NOW)
    services.say_goodbye(actor=cast.mina, relationship=walk, words="Thank you", is_ready=True, now=NOW)
    services.say_goodbye(actor=cast.theo, relationship=walk, words="Unfinished", is_ready=False, now=NOW)
    services.end_relationship(actor=cast.theo, relationship=walk, kind="done", now=LATER)
    assert queries.letters_of(walk, cast.theo)[1].words == "Thank you"
    assert queries.letters_of(walk, cast.mina)[1] is None
    walk.refresh_from_db()
    assert (walk.ending_kind, walk.ended_by) == ("done", cast.theo)


def test_after_a_sudden_end_the_unsent_letter_stays_with_its_writer(walk: Relationship, cast: Cast) -> None:
    services.start_ending(actor=cast.mina, relationship=walk, last_meeting_on=None, now=NOW)
    services.say_goodbye(actor=cast.mina, relationship=walk, words="Dear Theo", is_ready=True, now=NOW)
    services.take_ending_back(actor=cast.mina, relationship=walk, now=NOW)
    services.end_relationship(actor=cast.theo, relationship=walk, now=NOW)
    assert queries.letters_of(walk, cast.theo) == (None, None)
    assert queries.letters_of(walk, cast.mina)[0].words == "Dear Theo"
    services.say_goodbye(actor=cast.theo, relationship=walk, words="Late", is_ready=True, now=LATER)
    assert not Goodbye.objects.exclude(delivered_at=None).exists()


def test_someone_else_ends_without_fault_and_tells_that_a_new_search_begins(
    walk: Relationship, cast: Cast
) -> None:
    with pytest.raises(Refused):
        services.ask_for_someone_else(actor=cast.theo, relationship=walk, now=NOW)
    services.ask_for_someone_else(actor=cast.mina, relationship=walk, now=NOW)
    told = Record.objects.get(name="support.ended").payload
    assert told["wants_someone_else"] is True
    assert set(told) <= {
        "actor_id", "subject", "about_id", "relationship_id", "member_id",
        "supporter_id", "programme_id", "wants_someone_else",
    }  # fmt: skip
    assert (cast.mina.pk, cast.theo.pk) in queries.ended_pairs()


def test_in_a_mutual_tradition_both_may_ask(cast: Cast, begin: Begin) -> None:
    walk = begin(programme_of(cast, "intentional_peer_support"))
    services.ask_for_someone_else(actor=cast.theo, relationship=walk, now=NOW)
    walk.refresh_from_db()
    assert (walk.state, walk.ending_kind, walk.ended_by) == (State.ENDED, "", None)


def test_twelve_step_ends_at_once_names_nobody_and_leaves_nothing(cast: Cast, begin: Begin) -> None:
    walk = begin(programme_of(cast, TWELVE))
    draft = services.propose_agreement(
        actor=cast.theo, relationship=walk, words={"reach": "After nine"}, after=0, now=NOW
    )
    services.accept_agreement(actor=cast.mina, relationship=walk, agreement=draft, now=NOW)
    assert services.ask_how_it_goes(actor=None, now=LATER) == 0
    with pytest.raises(Refused):
        services.start_ending(actor=cast.mina, relationship=walk, last_meeting_on=None, now=NOW)
    services.ask_for_someone_else(actor=cast.mina, relationship=walk, now=NOW)
    record = Record.objects.get(name="support.ended")
    assert (record.actor_id, record.about_id, record.payload["wants_someone_else"]) == (None, None, False)
    assert not Agreement.objects.exists()
    assert queries.reasons_of(Relationship.objects.get(pk=walk.pk)) == []
    with pytest.raises(KeyDestroyed):
        key_of(RELATIONSHIP, walk.pk)


def test_the_door_back_opens_when_both_wish_it(walk: Relationship, cast: Cast) -> None:
    services.end_relationship(actor=cast.mina, relationship=walk, now=NOW)
    assert services.walk_again(actor=cast.mina, relationship=walk, now=LATER) == walk
    assert services.walk_again(actor=cast.mina, relationship=walk, now=LATER) == walk
    renewed = services.walk_again(actor=cast.theo, relationship=walk, now=LATER)
    assert renewed != walk
    assert (renewed.state, renewed.conversation_id, renewed.came_after) == (
        State.MEETING, walk.conversation_id, walk,
    )  # fmt: skip
    assert queries.ended_pairs() == set()


def test_each_is_asked_once_and_alone_after_two_weeks(walk: Relationship, cast: Cast) -> None:
    assert services.ask_how_it_goes(actor=None, now=NOW + timedelta(days=13)) == 0
    assert services.ask_how_it_goes(actor=None, now=LATER) == 2
    assert services.ask_how_it_goes(actor=None, now=LATER) == 0
    services.answer_how_it_goes(actor=cast.mina, relationship=walk, answer="stop", now=LATER)
    assert queries.question_for(cast.mina, walk) is None
    assert queries.question_for(cast.theo, walk) is not None
    assert CheckIn.objects.get(person=cast.mina).sealed_answer is not None


def test_where_outcomes_are_never_kept_the_answer_is_not(cast: Cast, begin: Begin) -> None:
    walk = begin(programme_of(cast, "intentional_peer_support"))
    services.ask_how_it_goes(actor=None, now=LATER)
    services.answer_how_it_goes(actor=cast.mina, relationship=walk, answer="change", now=LATER)
    kept = CheckIn.objects.get(person=cast.mina)
    assert (kept.answered_at, kept.sealed_answer) == (LATER, None)


def test_the_same_words_sent_twice_are_kept_once(walk: Relationship, cast: Cast) -> None:
    for _sent in range(2):
        services.propose_agreement(
            actor=cast.mina, relationship=walk, words={"what": "Tea"}, after=0, now=NOW
        )
        services.write_note(actor=cast.mina, relationship=walk, words="A walk", after=0, now=NOW)
    note = walk.notes.get()
    for _sent in range(2):
        services.write_note(actor=cast.mina, relationship=walk, words="Two", note=note, after=1, now=NOW)
    services.start_ending(actor=cast.mina, relationship=walk, last_meeting_on=None, now=NOW)
    for _sent in range(2):
        services.say_goodbye(
            actor=cast.mina, relationship=walk, words="Go well", is_ready=False, after=0, now=NOW
        )
    assert (walk.agreements.count(), note.voices.count(), walk.goodbyes.get().version) == (1, 2, 1)
    with pytest.raises(services.OutOfDate):
        services.write_note(actor=cast.mina, relationship=walk, words="Other", after=0, now=NOW)


def test_nobody_writes_on_a_page_of_another_walk(
    walk: Relationship, begin: Begin, programme: Programme, cast: Cast
) -> None:
    other = begin(programme, cast.ruth, cast.theo)
    note = services.write_note(actor=cast.ruth, relationship=other, words="Hers", now=NOW)
    with pytest.raises(Refused):
        services.write_note(actor=cast.theo, relationship=walk, words="Mine", note=note, now=NOW)
    assert note.voices.count() == 1
