"""What the database itself refuses, whatever the code above it forgets."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from companionway.association import keeping, policy, queries
from companionway.association.models import Chosen, Decided, Minutes, Signature, Version
from companionway.foundation import sealing
from companionway.groups import services as groups
from companionway.groups.models import Group, Proposal
from companionway.groups.services import Says
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Organisation, Programme
from tests.cast import NOW, give, make_person
from tests.rooms.association.conftest import AFTER, HELD, House, draft, fresh, motion


def refused(says: str, deed: Any) -> None:
    with pytest.raises((DatabaseError, IntegrityError), match=re.escape(says)), transaction.atomic():
        deed()


@pytest.mark.parametrize("tradition", ["charity_groups", "hearing_voices", "twelve_step_groups"])
def test_where_there_is_no_register_there_are_no_minutes(house: House, tradition: str) -> None:
    cast = house.cast
    programme = people.create_programme(
        actor=None, organisation=cast.organisation, name="Other", practice_model=tradition, now=NOW
    )
    give(cast.cora, roles.COORDINATOR, programme)
    kind = next(each for each in programme.model_data["groups"]["kinds"] if each != "drop_in")
    group = groups.begin_group(
        actor=cast.cora, programme=programme, says=Says(name="Other", kind=kind), now=NOW
    )
    assert policy.rules_of(fresh(group)) is None
    refused(
        "neither a register nor minutes",
        lambda: Minutes.objects.create(group=group, held_on=HELD, begun_at=AFTER),
    )


def test_an_association_that_gives_up_its_register_has_no_new_minutes(house: House) -> None:
    Programme.objects.filter(pk=house.programme.pk).update(keeps_register=False)
    refused(
        "neither a register nor minutes",
        lambda: Minutes.objects.create(group=house.group, held_on=HELD, begun_at=AFTER),
    )


def test_heads_are_counted_only_where_they_are(house: House) -> None:
    version = Version.objects.get(minutes=draft(house))
    Programme.objects.filter(pk=house.programme.pk).update(keeps_head_counts=False)
    refused("nobody counts", lambda: Version.objects.filter(pk=version.pk).update(present=3))


def test_a_decision_is_told_as_it_was_made(house: House) -> None:
    row = motion(house, "Lamps.")
    made = draft(house)
    told = {"minutes": made, "proposal": row.pk, "decided_at": row.decided_at, "sealed": b"x"}
    Decided.objects.all().delete()
    wrong: tuple[dict[str, Any], ...] = (
        {"passed": False},
        {"passed": True, "votes_yes": 4, "votes_no": 0, "votes_aside": 0},
        {"passed": True, "proposal": row.pk + 900},
    )
    for each in wrong:
        refused("what the members decided", lambda each=each: Decided.objects.create(**{**told, **each}))
    open_one = groups.propose(actor=house.ada, group=house.group, kind="motion", words="Open", now=AFTER)
    refused(
        "what the members decided",
        lambda: Decided.objects.create(**{**told, "proposal": open_one.pk, "passed": False}),
    )
    Decided.objects.create(**told, passed=True, votes_yes=3, votes_no=1, votes_aside=0)


def test_a_decision_of_another_group_is_not_theirs(house: House) -> None:
    row, made = motion(house, "Lamps."), draft(house)
    Decided.objects.all().delete()
    other = groups.begin_group(
        actor=house.cast.cora, programme=house.programme, says=Says(name="B", kind="closed"), now=NOW
    )
    Proposal.objects.filter(pk=row.pk).update(group=other)
    refused(
        "what the members decided",
        lambda: Decided.objects.create(
            minutes=made, proposal=row.pk, passed=True, decided_at=AFTER, sealed=b"x"
        ),
    )


def test_what_was_taken_over_is_not_changed(house: House) -> None:
    motion(house, "Lamps.")
    made = draft(house)
    refused("stays as it was decided", lambda: Decided.objects.filter(minutes=made).update(sealed=b"y"))


def test_what_two_signed_stays(house: House, signed: Minutes) -> None:
    version = Version.objects.get(minutes=signed)
    changes: tuple[dict[str, Any], ...] = (
        {"sealed": b"other"}, {"present": 99}, {"members": 1}, {"needed": 9}, {"number": 9, "approved_by": 1},
        {"signed_at": AFTER + timedelta(days=1)}, {"state": "draft", "signed_at": None},
        {"written_by": house.ada},
    )  # fmt: skip
    for change in changes:
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**change)
    refused("not changed any more", lambda: Version.objects.filter(pk=version.pk).update(sealed=b"other"))
    refused("stays as it was decided", lambda: Decided.objects.filter(minutes=signed).delete())
    refused(
        "are signed", lambda: Chosen.objects.filter(minutes=signed, role="chair").update(person=house.ada)
    )
    refused("are signed", lambda: Chosen.objects.create(minutes=signed, role="auditor", since_on=HELD))
    refused("not changed any more", lambda: Signature.objects.filter(version=version).update(signed_at=None))
    refused(
        "not changed any more",
        lambda: Signature.objects.filter(version=version, role="chair").update(person=house.ada),
    )


def test_nothing_is_added_to_what_is_signed(house: House, signed: Minutes) -> None:
    row = motion(house, "Late.", at=AFTER)
    refused(
        "are signed",
        lambda: Decided.objects.create(
            minutes=signed, proposal=row.pk, passed=True, decided_at=row.decided_at, sealed=b"x"
        ),
    )


def test_one_signature_is_none(house: House) -> None:
    version = Version.objects.get(minutes=draft(house))
    Signature.objects.create(version=version, person=house.nia, role="secretary", signed_at=AFTER)
    Signature.objects.create(version=version, person=house.cast.theo, role="chair")
    refused(
        "signed by two",
        lambda: Version.objects.filter(pk=version.pk).update(state="signed", signed_at=AFTER),
    )


def test_a_correction_needs_a_motion_that_passed_later(house: House, signed: Minutes) -> None:
    before = Decided.objects.get(minutes=signed).proposal
    lost = motion(house, "No.", yes=1, no=3, at=AFTER)
    told = {"minutes": signed, "number": 2, "members": 5, "needed": 1, "sealed": b"x", "changed_at": AFTER}
    for each in (before, lost.pk, lost.pk + 900):
        refused(
            "approved by a later meeting", lambda each=each: Version.objects.create(**told, approved_by=each)
        )
    passed = motion(house, "Yes.", at=AFTER)
    assert Version.objects.create(**told, approved_by=passed.pk).number == 2


def test_another_organisation_signs_nothing(house: House) -> None:
    version = Version.objects.get(minutes=draft(house))
    elsewhere = Organisation.objects.create(name="Elsewhere", short_name="Elsewhere", host="else.example")
    stranger = make_person("Zed", organisation=elsewhere)
    refused(
        "different organisations",
        lambda: Signature.objects.create(version=version, person=stranger, role="member"),
    )
    refused(
        "different organisations", lambda: Version.objects.filter(pk=version.pk).update(written_by=stranger)
    )


def test_the_words_are_sealed(house: House, signed: Minutes) -> None:
    sealed = [each.sealed for each in Version.objects.all()] + [each.sealed for each in Decided.objects.all()]
    assert len(sealed) == 2
    for each in sealed:
        assert b"lamp" not in bytes(each).lower()


def test_minutes_are_kept_their_time_and_then_go(house: House, signed: Minutes) -> None:
    soon = AFTER + timedelta(days=300)
    assert keeping._old(soon - timedelta(days=3650), soon) == 0
    late = AFTER + timedelta(days=3660)
    Group.objects.filter(pk=house.group.pk).update(ended_at=late)
    assert keeping._old(late - timedelta(days=3650), late) > 0
    assert not Minutes.objects.exists() and not Decided.objects.exists()
    with pytest.raises(sealing.KeyDestroyed):
        sealing.key_of("association", house.group.pk)


def test_proposals_may_go_and_the_minutes_keep_what_was_decided(house: House, signed: Minutes) -> None:
    Proposal.objects.all().delete()
    version = Version.objects.select_related("minutes__group__programme").get(minutes=signed)
    rules = policy.rules_of(version.minutes.group)
    assert rules is not None
    [only] = queries.paper_of(house.ada, version, rules).decisions
    assert only.words == "We buy three more lamps."
    people.delete_everything(actor=house.nia, now=AFTER)
