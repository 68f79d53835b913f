"""No space for staff only, also not in rooms beside: groups, meetings, places to write in. Services say it kindly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation, Participant
from companionway.foundation.policy import Refused
from companionway.groups import services as groups
from companionway.groups.models import Group
from companionway.groups.services import Says
from companionway.meetings import services as meetings
from companionway.meetings.models import Series
from companionway.meetings.services import SeriesDetails
from companionway.people.models import Programme
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import MONDAY, Home, make_house, refused

SAYS = "open to every"


def group_of(programme: Programme, **also: Any) -> Group:
    given = {
        "programme": programme,
        "name": "Garden",
        "kind": "open",
        "decides_by": "consensus",
        "begun_at": NOW,
    }
    return Group.objects.create(**{**given, **also})


def series_of(programme: Programme, **also: Any) -> Series:
    given = {
        "programme": programme,
        "name": "Team",
        "zone": "Europe/London",
        "starts_on": MONDAY,
        "way": "in_person",
    }
    return Series.objects.create(begins="10:00", created_at=NOW, changed_at=NOW, **{**given, **also})


def space_of(programme: Programme) -> Conversation:
    return Conversation.objects.create(programme=programme, heading="Team", opened_at=NOW)


def come_in(space: Conversation, who: Any) -> Participant:
    return Participant.objects.create(conversation=space, person=who, joined_at=NOW)


def test_meetings(home: Home) -> None:
    refused(SAYS, lambda: series_of(home.programme, is_closed=True))
    made = series_of(home.programme)
    refused(SAYS, lambda: Series.objects.filter(pk=made.pk).update(is_closed=True))
    elsewhere = series_of(home.cast.programme, is_closed=True)
    refused(SAYS, lambda: Series.objects.filter(pk=elsewhere.pk).update(programme=home.programme))


@pytest.mark.parametrize("closed", [{"kind": "closed"}, {"kind": "cohort"}, {"is_listed": False}])
def test_groups(home: Home, closed: dict[str, Any]) -> None:
    refused(SAYS, lambda: group_of(home.programme, **closed))
    made = group_of(home.programme)
    refused(SAYS, lambda: Group.objects.filter(pk=made.pk).update(**closed))
    group_of(make_house(home.cast.organisation, "Groups", practice_model="charity_groups"), **closed)


def test_places_to_write_in(home: Home) -> None:
    refused(SAYS, lambda: come_in(space_of(home.programme), home.cora))
    of_group = group_of(home.programme, space=space_of(home.programme)).space
    assert of_group is not None
    come_in(of_group, home.mina)
    two = Conversation.objects.create(programme=home.programme, opened_at=NOW)
    come_in(two, home.cora)
    come_in(space_of(home.cast.programme), home.cora)


def test_the_services_say_no_before(home: Home) -> None:
    """Also where a copy of the tradition was changed so that it has closed groups."""
    said = home.programme.model_data["groups"]
    model = {**home.programme.model_data, "groups": {**said, "kinds": ["open", "closed"]}}
    Programme.objects.filter(pk=home.programme.pk).update(model_data=model)
    house = Programme.objects.get(pk=home.programme.pk)
    says = Says(name="Garden", kind="open")
    for wrong in (replace(says, kind="closed"), replace(says, is_listed=False)):
        with pytest.raises(Refused, match=SAYS):
            groups.begin_group(actor=home.cora, programme=house, says=wrong, now=NOW)
    made = groups.begin_group(actor=home.cora, programme=house, says=says, now=NOW)
    with pytest.raises(Refused, match=SAYS):
        groups.change_group(actor=home.cora, group=made, says=replace(says, is_listed=False), now=NOW)
    details = SeriesDetails(
        name="Team", zone="Europe/London", starts_on=MONDAY, begins=NOW.time(), is_closed=True
    )
    with pytest.raises(Refused, match=SAYS):
        meetings.begin_series(actor=home.cora, programme=house, details=details, now=NOW)
    groups.open_space(actor=home.cora, group=made, now=NOW)
    made.refresh_from_db()
    assert made.space is not None
    for who in (home.mina, home.cora):
        conversations.come_in(actor=who, conversation=made.space, sees_before=True, now=NOW)
