"""What the database refuses, whoever writes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import DatabaseError

from companionway.conversations.models import Participant
from companionway.foundation.sealing import CannotOpen, key_of, open_facts
from companionway.groups import opening
from companionway.groups.models import (
    Agreed,
    AgreementVersion,
    Group,
    Kept,
    Meets,
    Membership,
    Proposal,
    SpacePause,
    Voted,
    Waiting,
)
from companionway.people.models import Organisation, Person
from tests.cast import NOW, make_person
from tests.rooms.groups.conftest import World, meetings_for, with_space


def refused(make: Any) -> None:
    with pytest.raises((IntegrityError, InternalError, DatabaseError)), transaction.atomic():
        make()


def test_no_list_of_people_where_the_tradition_keeps_none(world: World, steps: Group, closed: Group) -> None:
    mina = world.cast.mina
    made: dict[Any, dict[str, Any]] = {
        Membership: {"came_at": NOW},
        Waiting: {"asked_at": NOW},
        Kept: {},
        Agreed: {"number": 1, "agreed_at": NOW},
    }
    for model, more in made.items():
        row = model.objects.create(group=closed, person=mina, **more)
        refused(lambda model=model, more=more: model.objects.create(group=steps, person=mina, **more))
        row.group = steps
        refused(row.save)


def test_no_list_where_there_is_nothing_to_join(world: World, drop_in: Group) -> None:
    mina = world.cast.mina
    refused(lambda: Membership.objects.create(group=drop_in, person=mina, came_at=NOW))
    refused(lambda: Waiting.objects.create(group=drop_in, person=mina, asked_at=NOW))


def test_nobody_waits_where_the_tradition_has_no_queue(world: World, closed: Group) -> None:
    programme = world.charity
    rules = {**programme.model_data["groups"], "waiting_list": False}
    programme.model_data = {**programme.model_data, "groups": rules}
    programme.save()
    refused(lambda: Waiting.objects.create(group=closed, person=world.cast.mina, asked_at=NOW))


def test_no_group_and_no_space_where_the_tradition_has_none(world: World, drop_in: Group) -> None:
    shared = {"name": "x", "kind": "open", "decides_by": "majority", "begun_at": NOW}
    refused(lambda: Group.objects.create(programme=world.cast.programme, **shared))
    programme, group = world.charity, with_space(world, drop_in)
    rules = {**programme.model_data["groups"], "has_space": False}
    programme.model_data = {**programme.model_data, "groups": rules}
    programme.save()
    refused(lambda: Group.objects.create(programme=programme, space=group.space, **shared))


def test_another_age_is_in_no_list_and_in_no_space(world: World, closed: Group, drop_in: Group) -> None:
    ada = world.ada
    group = with_space(world, drop_in)
    Person.objects.filter(pk=ada.pk).update(age_band="young")
    refused(lambda: Membership.objects.create(group=closed, person=ada, came_at=NOW))
    refused(lambda: Participant.objects.create(conversation=group.space, person=ada, joined_at=NOW))
    Participant.objects.create(conversation=group.space, person=world.cast.mina, joined_at=NOW)


def test_nobody_is_named_as_proposing_where_no_list_is_kept(world: World, steps: Group) -> None:
    said = {"kind": "motion", "sealed": b"x", "opened_at": NOW, "closes_at": NOW}
    refused(lambda: Proposal.objects.create(group=steps, by=world.cast.mina, **said))
    Proposal.objects.create(group=steps, **said)


def test_what_was_agreed_is_not_changed_and_does_not_go(world: World, closed: Group) -> None:
    version = closed.versions.get()
    refused(lambda: AgreementVersion.objects.filter(pk=version.pk).update(sealed=b"other"))
    refused(lambda: AgreementVersion.objects.filter(pk=version.pk).delete())
    Group.objects.filter(pk=closed.pk).update(ended_at=NOW)
    AgreementVersion.objects.filter(pk=version.pk).delete()


def test_a_pause_is_short_and_by_another(world: World, closed: Group) -> None:
    mina = world.cast.mina
    said = {"group": closed, "sealed_reason": b"x", "since_at": NOW, "until_at": NOW + timedelta(days=2)}
    refused(lambda: SpacePause.objects.create(person=mina, by=world.nia, days=8, **said))
    refused(lambda: SpacePause.objects.create(person=mina, by=mina, days=2, **said))
    SpacePause.objects.create(person=mina, by=world.nia, days=2, **said)


@pytest.mark.django_db
def test_one_vote_for_each_mark() -> None:
    Voted.objects.create(on="poll:a", mark="b" * 64)
    refused(lambda: Voted.objects.create(on="poll:a", mark="b" * 64))


def test_no_row_reaches_into_another_organisation(world: World, closed: Group) -> None:
    away = Organisation.objects.create(name="Away", short_name="Away", host="away.example")
    quill = make_person("Quill", organisation=away)
    refused(lambda: Membership.objects.create(group=closed, person=quill, came_at=NOW))
    refused(lambda: Waiting.objects.create(group=closed, person=quill, asked_at=NOW))
    refused(lambda: Kept.objects.create(group=closed, person=quill))


def test_a_group_meets_in_its_own_programme(world: World, closed: Group, steps: Group) -> None:
    other = meetings_for(world, steps)
    refused(lambda: Meets.objects.create(group=closed, series=other))


def test_the_words_of_one_group_do_not_open_with_the_key_of_another(closed: Group, drop_in: Group) -> None:
    version = closed.versions.get()
    assert opening.sentences_of(version)
    with pytest.raises(CannotOpen):
        open_facts(key_of(opening.GROUP, drop_in.pk), version.sealed, version.place)
