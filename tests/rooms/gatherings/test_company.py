"""Whoever held an evening and would like company is heard: by name, by the one who holds them, else by the team."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from companionway.foundation import events
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.gatherings import services
from companionway.notices.models import Notice
from companionway.people.models import Person
from companionway.people.roles import COORDINATOR
from companionway.safety import services as safety
from companionway.supervision.models import Supervision
from tests.cast import NOW, give
from tests.rooms.gatherings.conftest import Evening

ComeIn = Callable[[Person], Client]


def wish(evening: Evening) -> set[int]:
    """Whose page says it."""
    services.wish_company(actor=evening.theo, meeting=evening.anew(), now=NOW)
    while events.deliver():
        pass
    return set(Notice.objects.filter(kind="wished", channel="page").values_list("person_id", flat=True))


def test_those_who_arrange_hear_it_where_nobody_holds_them(come_in: ComeIn, twelve: Evening) -> None:
    cora = twelve.cast.cora
    give(cora, COORDINATOR, twelve.programme)
    assert wish(twelve) == {cora.pk}
    page = come_in(cora).get("/new/").content.decode()
    assert "Theo held a meeting and would like to talk to somebody" in page
    assert twelve.series.name not in page


def test_their_practice_supervisor_alone_hears_it(charity: Evening) -> None:
    give(charity.cast.cora, COORDINATOR, charity.programme)
    Supervision.objects.create(
        programme=charity.programme, supporter=charity.theo, supervisor=charity.ruth, began_at=NOW
    )
    assert wish(charity) == {charity.ruth.pk}


def test_nobody_hears_it_of_somebody_they_blocked(twelve: Evening) -> None:
    cora = twelve.cast.cora
    give(cora, COORDINATOR, twelve.programme)
    safety.block_person(actor=cora, person=twelve.theo, now=NOW)
    with pytest.raises(Refused, match="nobody here whom this would reach"):
        wish(twelve)
    assert not Notice.objects.filter(kind="wished").exists()


def test_where_nobody_would_hear_it_that_is_said_before_and_what_there_is(
    come_in: ComeIn, twelve: Evening, at_that_time: None
) -> None:
    theo, page = come_in(twelve.theo), f"/gatherings/{twelve.open().public_id}/after/"
    shown = theo.get(page).content.decode()
    assert "nobody in this programme would hear it" in shown and "Yes, I would like to talk" not in shown
    assert "Ruth" in shown and "/help-now/" in shown and reverse("concerns:raise") in shown
    with pytest.raises(Refused):
        wish(twelve)
    assert not Record.objects.filter(name="gatherings.company_wished").exists()
    give(twelve.cast.cora, COORDINATOR, twelve.programme)
    shown = theo.get(page).content.decode()
    assert "Yes, I would like to talk" in shown and "nobody in this programme" not in shown
