"""A beginning ends kindly on a day that both know, or both go on; whoever leaves leaves nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from companionway.foundation import events
from companionway.foundation.parts import export_of
from companionway.foundation.policy import Refused
from companionway.groups.models import Group
from companionway.people import services as people
from companionway.people.models import Organisation, RoleHeld
from companionway.sponsors import policy, queries, services
from companionway.sponsors.models import Ask, Offer, Temporary
from companionway.sponsors.states import Answer
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, Cast, make_person
from tests.rooms.sponsors.conftest import Fellowship, asked, begun, offered

DAY = timedelta(days=1)


def state(row: Temporary) -> str:
    return Relationship.objects.get(pk=row.relationship_id).state


def test_both_go_on_and_there_is_no_end_date_any_more(fellowship: Fellowship) -> None:
    row = begun(fellowship, fellowship.mina, fellowship.theo)
    assert not services.go_on(actor=fellowship.mina, temporary=row, wants=True, now=NOW)
    # The other is not told before both have.
    [theirs] = queries.beginnings_of(fellowship.theo, NOW)
    assert not theirs.i_go_on
    assert services.go_on(actor=fellowship.theo, temporary=row, wants=True, now=NOW)
    assert not Temporary.objects.exists()
    services.end_due(actor=None, now=NOW + 60 * DAY)
    assert Relationship.objects.open().count() == 1


def test_a_yes_to_going_on_can_be_taken_back(fellowship: Fellowship) -> None:
    row = begun(fellowship, fellowship.mina, fellowship.theo)
    services.go_on(actor=fellowship.mina, temporary=row, wants=True, now=NOW)
    services.go_on(actor=fellowship.mina, temporary=row, wants=False, now=NOW)
    assert not services.go_on(actor=fellowship.theo, temporary=row, wants=True, now=NOW)
    assert Temporary.objects.exists()


def test_what_nobody_goes_on_with_ends_a_week_after_its_day(fellowship: Fellowship) -> None:
    row = begun(fellowship, fellowship.mina, fellowship.theo)
    services.go_on(actor=fellowship.mina, temporary=row, wants=True, now=NOW)
    assert services.end_due(actor=None, now=NOW + 34 * DAY) == 0
    assert state(row) != "ended"
    assert services.end_due(actor=None, now=NOW + 35 * DAY) == 1
    assert services.end_due(actor=None, now=NOW + 35 * DAY) == 0
    walk = Relationship.objects.get(pk=row.relationship_id)
    assert (walk.state, walk.ended_by, walk.ending_kind) == ("ended", None, "")
    assert not Temporary.objects.exists()


def test_either_ends_it_without_a_reason_and_its_date_goes(fellowship: Fellowship) -> None:
    row = begun(fellowship, fellowship.mina, fellowship.theo)
    support.end_relationship(actor=fellowship.mina, relationship=row.relationship, now=NOW)
    assert queries.beginnings_of(fellowship.theo, NOW) == []
    services.over(actor=None, relationship_id=row.relationship_id, now=NOW)
    assert not Temporary.objects.exists()
    with pytest.raises(Refused, match="over"):
        services.go_on(actor=fellowship.theo, temporary=row, wants=True, now=NOW)


def test_nobody_else_reaches_it(fellowship: Fellowship) -> None:
    row = begun(fellowship, fellowship.mina, fellowship.theo)
    cast = fellowship.cast
    for other in (fellowship.ruth, cast.cora, cast.adil, cast.sam_the_stranger):
        assert not policy.temporary_of(other).exists()
        with pytest.raises(Refused):
            services.go_on(actor=other, temporary=row, wants=True, now=NOW)


def test_asks_and_offers_that_ran_out_go(fellowship: Fellowship) -> None:
    asked(fellowship, fellowship.mina, fellowship.theo)
    services.end_due(actor=None, now=NOW + 27 * DAY)
    assert Ask.objects.exists() and Offer.objects.exists()
    services.end_due(actor=None, now=NOW + 31 * DAY)
    assert not Ask.objects.exists() and not Offer.objects.exists()


def test_whoever_leaves_the_programme_is_off_the_list(fellowship: Fellowship) -> None:
    asked(fellowship, fellowship.theo, fellowship.ruth)
    offered(fellowship, fellowship.theo)
    held = RoleHeld.objects.get(person=fellowship.theo, programme=fellowship.steps, until_at=None)
    people.end_role(actor=fellowship.cast.adil, held=held, now=NOW)
    events.deliver()
    assert not Offer.objects.filter(person=fellowship.theo).exists()
    assert not Ask.objects.filter(asker=fellowship.theo).exists()


def test_whoever_deletes_everything_leaves_nothing_here(fellowship: Fellowship) -> None:
    begun(fellowship, fellowship.mina, fellowship.theo)
    row = asked(fellowship, fellowship.ada, fellowship.theo)
    people.delete_everything(actor=fellowship.theo, now=NOW)
    assert not Offer.objects.filter(person=fellowship.theo).exists()
    assert not Temporary.objects.exists()
    row.refresh_from_db()
    assert row.answer == Answer.NOT_NOW


def test_one_takes_along_what_is_ones_own(fellowship: Fellowship) -> None:
    begun(fellowship, fellowship.mina, fellowship.theo)
    asked(fellowship, fellowship.ada, fellowship.theo)
    theirs = export_of(fellowship.theo)["sponsors"]
    assert theirs["i_offered"][0]["group"] == "Monday lamp"
    assert theirs["for_a_while"][0]["with"] == "Mina"
    assert "Ada" not in str(theirs)
    assert export_of(fellowship.ada)["sponsors"]["i_asked"][0]["whom"] == "Theo"


def test_the_database_refuses_an_offer_where_there_is_no_such_position(
    fellowship: Fellowship, cast: Cast
) -> None:
    other = people.create_programme(
        actor=None, organisation=cast.organisation, name="V", practice_model="hearing_voices", now=NOW
    )
    group = Group.objects.create(programme=other, name="V", kind="open", begun_at=NOW)
    for deed in (
        lambda: Offer.objects.create(group=group, person=cast.theo, until_at=NOW),
        lambda: Ask.objects.create(group=group, asker=cast.mina, sponsor=cast.theo, asked_at=NOW),
    ):
        with pytest.raises((DatabaseError, IntegrityError), match="nobody is asked"), transaction.atomic():
            deed()


def test_the_database_refuses_an_end_date_outside_of_sponsorship(fellowship: Fellowship, cast: Cast) -> None:
    walk = Relationship.objects.create(
        programme=cast.programme, member=cast.mina, supporter=cast.theo, began_at=NOW
    )
    with pytest.raises((DatabaseError, IntegrityError), match="begins for a while"), transaction.atomic():
        Temporary.objects.create(relationship=walk, until_on=NOW.date())


def test_the_database_refuses_somebody_of_another_organisation(fellowship: Fellowship) -> None:
    elsewhere = Organisation.objects.create(name="Elsewhere", short_name="Elsewhere", host="else.example")
    stranger = make_person("Zed", organisation=elsewhere)
    for deed in (
        lambda: Offer.objects.create(group=fellowship.group, person=stranger, until_at=NOW),
        lambda: Ask.objects.create(
            group=fellowship.group, asker=stranger, sponsor=fellowship.theo, asked_at=NOW
        ),
    ):
        with pytest.raises((DatabaseError, IntegrityError), match="organisations"), transaction.atomic():
            deed()
