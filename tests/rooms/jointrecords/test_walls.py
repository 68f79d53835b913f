"""What the database itself refuses, whatever the code above it forgets."""

from __future__ import annotations

from companionway.jointrecords import services
from companionway.jointrecords.models import JointRecord, RecordVersion
from companionway.people.models import Organisation, Programme
from tests.cast import NOW, make_person
from tests.rooms.clubhouse.conftest import Home, refused
from tests.rooms.jointrecords.conftest import draft, signed


def test_what_both_signed_stays(home: Home) -> None:
    record = signed(home)
    rows = JointRecord.objects.filter(pk=record.pk)
    for changed in (
        {"state": "draft", "signed_at": None},
        {"version": 2, "member_signed": 2, "other_signed": 2},
        {"other": home.cora},
        {"kind": "talk"},
    ):
        refused("What both signed is not changed", lambda changed=changed: rows.update(**changed))
    refused("What was written stays", lambda: RecordVersion.objects.update(sealed=b"x"))
    refused("What was written stays", lambda: RecordVersion.objects.all().delete())
    refused("What was written stays", lambda: rows.delete())
    more = {"record": record, "author": home.mina, "sealed": b"x", "written_at": NOW}
    refused("before both signed", lambda: RecordVersion.objects.create(number=2, **more))


def test_a_draft_may_go_but_not_change(home: Home) -> None:
    record = draft(home)
    refused("What was written stays", lambda: RecordVersion.objects.update(sealed=b"x"))
    more = {"record": record, "number": 2, "sealed": b"x", "written_at": NOW}
    refused("Only the two write here", lambda: RecordVersion.objects.create(author=home.cora, **more))
    JointRecord.objects.all().delete()


def test_a_signature_is_one_to_the_newest_version(home: Home) -> None:
    rows = JointRecord.objects.filter(pk=draft(home).pk)
    refused("jointrecords_signed_is_newest", lambda: rows.update(member_signed=2))
    refused("jointrecords_signed_by_both", lambda: rows.update(state="signed", member_signed=1))
    refused(
        "jointrecords_signed_by_both", lambda: rows.update(state="signed", member_signed=1, other_signed=1)
    )
    refused("jointrecords_of_two", lambda: rows.update(other=home.mina))


def test_nothing_is_written_where_somebody_was_only_asked(home: Home) -> None:
    asked = services.ask_for_record(
        actor=home.mina, programme=home.programme, member=home.mina, other=home.theo, kind="goal", now=NOW
    )
    more = {"record": asked, "number": 1, "author": home.theo, "sealed": b"x", "written_at": NOW}
    refused("after both said yes", lambda: RecordVersion.objects.create(**more))
    refused("jointrecords_asked_has_no_words", lambda: JointRecord.objects.update(version=1))


def test_a_programme_that_keeps_no_notes(home: Home) -> None:
    Programme.objects.filter(pk=home.programme.pk).update(keeps_notes=False)
    row = {
        "programme": home.programme, "member": home.mina, "other": home.theo, "asked_by": home.mina, "kind": "goal",
        "begun_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    refused("never keeps notes", lambda: JointRecord.objects.create(**row))


def test_between_two_organisations_there_is_a_wall(home: Home) -> None:
    far = Organisation.objects.create(name="Far", short_name="Far", host="far.example")
    vera = make_person("Vera", organisation=far)
    record = draft(home)
    refused("different organisations", lambda: JointRecord.objects.filter(pk=record.pk).update(other=vera))
