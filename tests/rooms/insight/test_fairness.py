"""Figures by group: for those with a role for it, small numbers hidden, nothing of silent traditions."""

from __future__ import annotations

import pytest
from django.test import Client

from companionway.insight import policy, queries
from companionway.introductions import services as introductions
from companionway.people import roles
from tests.cast import NOW, Cast, give, make_cast, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def wait(cast: Cast, how_many: int) -> None:
    for number in range(how_many):
        person = make_person(f"Waits {number}")
        give(person, roles.MEMBER, cast.programme)
        introductions.ask(actor=person, programme=cast.programme, agrees_to_matching=True, now=NOW)


@pytest.mark.parametrize(("how_many", "is_hidden"), [(0, True), (7, True), (9, False)])
def test_few_people_are_never_counted_aloud(cast: Cast, how_many: int, is_hidden: bool) -> None:
    wait(cast, how_many)
    (report,) = queries.reports_for(cast.cora, NOW)
    assert report.lines[0].is_hidden is is_hidden
    assert all(line.is_hidden for line in report.lines[1:])


def test_a_tradition_that_reports_nothing_has_no_figures(cast: Cast) -> None:
    cast.programme.coordinator_sees = False
    cast.programme.save()
    assert list(policy.programmes_visible_to(cast.cora)) == []


def test_only_their_own_programmes_and_only_for_the_role(cast: Cast, client: Client) -> None:
    wait(cast, 9)
    assert list(policy.programmes_visible_to(cast.cora)) == [cast.programme]
    for person, status in ((cast.cora, 200), (cast.adil, 200), (cast.mina, 404), (cast.theo, 404)):
        client.force_login(person)
        assert client.get("/figures/fairness/").status_code == status
    client.force_login(cast.cora)
    assert "Waits" not in client.get("/figures/fairness/").content.decode()
