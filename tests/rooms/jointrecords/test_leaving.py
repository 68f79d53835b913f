"""Deleting, downloading, keeping, reporting."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from companionway.foundation import parts, retention
from companionway.jointrecords import services
from companionway.jointrecords.models import JointRecord, RecordVersion
from companionway.people import services as people
from companionway.safety import queries as safety
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import Home
from tests.rooms.jointrecords.conftest import draft, signed


@pytest.mark.parametrize("who", ["mina", "theo"])
def test_one_of_the_two_deletes_everything(home: Home, who: str) -> None:
    signed(home)
    draft(home)
    people.delete_everything(actor=getattr(home, who), now=NOW)
    assert not JointRecord.objects.exists() and not RecordVersion.objects.exists()


def test_what_each_downloads(home: Home) -> None:
    signed(home)
    mine = parts.export_of(home.mina)["joint_records"]
    assert mine["about_me"][0]["versions"][0]["words"] == "I would like to learn to bake."
    assert [each["by"] for each in mine["about_me"][0]["opened_by"]] == ["Theo"]
    for stranger in (home.cora, home.nils, home.sam):
        assert "learn to bake" not in json.dumps(parts.export_of(stranger)["joint_records"])
    assert parts.export_of(home.theo)["joint_records"]["i_wrote_with_others"][0]["with"] == "Mina"


def test_of_a_record_of_another_one_takes_along_ones_own_words(home: Home) -> None:
    record = draft(home)
    services.write_record(actor=home.mina, record=record, words="Hers alone.", after=1, now=NOW)
    theirs = parts.export_of(home.theo)["joint_records"]["i_wrote_with_others"][0]["versions"]
    assert [each["words"] for each in theirs] == ["I would like to learn to bake."]


def test_what_both_signed_stays_when_drafts_go(home: Home) -> None:
    record = signed(home)
    draft(home)
    later = NOW + timedelta(days=4000)
    for each in retention.clocks():
        if each.key.startswith("jointrecords_"):
            each.run(later - timedelta(days=retention.days_of(each)), later)
    assert JointRecord.objects.get() == record


def test_what_can_be_reported(home: Home) -> None:
    subject = f"joint_record:{draft(home).public_id}"
    thing = safety.reportable(home.mina, subject)
    assert thing is not None and thing.about == home.theo
    for who in (home.sam, home.theo, home.cora):
        assert safety.reportable(who, subject) is None
