"""Records of a member: asked, written and signed by the two, seen by nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.foundation import retention
from companionway.foundation.policy import Refused
from companionway.jointrecords import policy, queries, services
from companionway.jointrecords.models import JointRecord, RecordLook, RecordVersion
from companionway.jointrecords.states import RecordState
from companionway.people import queries as people
from companionway.people.models import Programme, RoleHeld
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import Home, keep_apart
from tests.rooms.jointrecords.conftest import draft, signed

WORDS = "I would like to learn to bake."


def anew(record: JointRecord) -> JointRecord:
    return JointRecord.objects.get(pk=record.pk)


@pytest.mark.parametrize("asks", ["mina", "theo"])
def test_nothing_is_written_before_both_said_yes(home: Home, asks: str) -> None:
    actor = getattr(home, asks)
    asked = services.ask_for_record(
        actor=actor, programme=home.programme, member=home.mina, other=home.theo, kind="talk", now=NOW
    )
    for who in (home.mina, home.theo):
        with pytest.raises(Refused):
            services.write_record(actor=who, record=asked, words=WORDS, after=0, now=NOW)
    with pytest.raises(Refused):
        services.agree_to_record(actor=actor, record=asked, now=NOW)
    services.agree_to_record(actor=home.theo if asks == "mina" else home.mina, record=asked, now=NOW)
    services.write_record(actor=home.mina, record=anew(asked), words=WORDS, after=0, now=NOW)
    assert anew(asked).version == 1


def test_nobody_asks_in_the_name_of_another(home: Home) -> None:
    with pytest.raises(Refused):
        services.ask_for_record(
            actor=home.cora, programme=home.programme, member=home.mina, other=home.theo, kind="talk", now=NOW
        )


def test_a_no_leaves_nothing(home: Home) -> None:
    asked = services.ask_for_record(
        actor=home.theo, programme=home.programme, member=home.mina, other=home.theo, kind="talk", now=NOW
    )
    services.set_record_aside(actor=home.mina, record=asked, now=NOW)
    assert not JointRecord.objects.exists()


def test_the_two_and_nobody_else(home: Home) -> None:
    record = draft(home)
    assert WORDS.encode() not in bytes(RecordVersion.objects.get().sealed)
    for who in (home.mina, home.theo):
        assert policy.records_visible_to(who).contains(record)
    for stranger in (home.cora, home.nils, home.sam, home.cast.adil, home.cast.ruth):
        assert not policy.records_visible_to(stranger).contains(record)
        assert queries.records_for(stranger, home.programme, ()) == ([], [])
        with pytest.raises(Refused):
            services.open_record(actor=stranger, record=record, now=NOW)
        with pytest.raises(Refused):
            services.write_record(actor=stranger, record=record, words="x", after=1, now=NOW)


def test_signed_by_both_is_locked(home: Home) -> None:
    record = draft(home)
    services.sign_record(actor=home.theo, record=record, version=1, now=NOW)
    assert anew(record).state == RecordState.DRAFT
    services.sign_record(actor=home.mina, record=record, version=1, now=NOW)
    assert anew(record).is_signed and anew(record).signed_at == NOW
    for who in (home.mina, home.theo):
        with pytest.raises(Refused):
            services.write_record(actor=who, record=record, words="Other.", after=1, now=NOW)
        with pytest.raises(Refused):
            services.set_record_aside(actor=who, record=record, now=NOW)


def test_the_member_writes_and_a_newer_version_asks_both_anew(home: Home) -> None:
    record = draft(home)
    services.sign_record(actor=home.theo, record=record, version=1, now=NOW)
    services.write_record(actor=home.mina, record=record, words="I bake already.", after=1, now=NOW)
    assert (anew(record).other_signed, anew(record).version) == (None, 2)
    with pytest.raises(services.OutOfDate):
        services.sign_record(actor=home.theo, record=record, version=1, now=NOW)
    with pytest.raises(services.OutOfDate):
        services.write_record(actor=home.theo, record=record, words="x", after=1, now=NOW)
    services.sign_record(actor=home.mina, record=record, version=2, now=NOW)
    services.sign_record(actor=home.theo, record=record, version=2, now=NOW)
    shown = queries.record_of(anew(record))
    assert shown.newest is not None and shown.newest.words == "I bake already."


def test_a_draft_goes_and_what_is_signed_stays(home: Home) -> None:
    kept = signed(home)
    gone = services.ask_for_record(
        actor=home.mina, programme=home.programme, member=home.mina, other=home.theo, kind="goal", now=NOW
    )
    clock = next(each for each in retention.clocks() if each.key == "jointrecords_drafts")
    clock.run(NOW - timedelta(days=clock.days), NOW)
    assert JointRecord.objects.count() == 2
    later = NOW + timedelta(days=clock.days + 1)
    clock.run(later - timedelta(days=clock.days), later)
    assert list(JointRecord.objects.all()) == [kept]
    assert gone != kept


def test_the_member_sees_every_look(home: Home) -> None:
    record = signed(home)
    later = NOW + timedelta(hours=2)
    services.open_record(actor=home.theo, record=record, now=later)
    services.open_record(actor=home.theo, record=record, now=later + timedelta(minutes=5))
    services.open_record(actor=home.mina, record=record, now=later)
    looks = queries.record_of(record).looks
    assert [(who, at) for who, at in looks] == [(home.theo, later), (home.theo, NOW)]
    reads = people.reads_about(home.mina)
    assert {(each.by, each.what, each.why) for each in reads} == {
        ("Theo", "A record that two of you write and sign", "You write it together")
    }
    assert RecordLook.objects.count() == 2


def test_words_are_open_to_the_other_for_half_an_hour(home: Home) -> None:
    record = signed(home)
    assert queries.opened_by(home.mina, record, NOW)
    assert queries.opened_by(home.theo, record, NOW + timedelta(minutes=1)) is None


def test_of_two_who_must_not_meet_the_member_keeps_reading(home: Home) -> None:
    record = signed(home)
    keep_apart(home.mina, home.theo)
    assert policy.records_visible_to(home.mina).contains(record)
    assert not policy.records_visible_to(home.theo).contains(record)
    with pytest.raises(Refused):
        services.ask_for_record(
            actor=home.theo, programme=home.programme, member=home.mina, other=home.theo, kind="talk", now=NOW
        )


def test_whoever_left_reads_what_is_theirs_and_only_that(home: Home) -> None:
    record = signed(home)
    RoleHeld.objects.filter(programme=home.programme).update(until_at=NOW)
    for who in (home.mina, home.theo):
        who.refresh_from_db()
    assert policy.records_visible_to(home.mina).contains(record)
    assert not policy.records_visible_to(home.theo).contains(record)
    assert not policy.may_write_record(home.mina, record)


def test_where_no_notes_are_kept(home: Home) -> None:
    Programme.objects.filter(pk=home.programme.pk).update(keeps_notes=False)
    programme = Programme.objects.get(pk=home.programme.pk)
    with pytest.raises(Refused):
        services.ask_for_record(
            actor=home.mina, programme=programme, member=home.mina, other=home.theo, kind="goal", now=NOW
        )
