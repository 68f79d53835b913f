"""Where a tradition puts easy words first, who belongs and has not chosen reads easily; nobody else does."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from companionway.people import roles, services
from companionway.people.models import Person, Programme
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.people.test_practice_models import adopt

EASY = 'data-reading="easy"'


def page_of(client: Client, person: Person, path: str = "/me/") -> str:
    client.force_login(person)
    client.get(path)  # the first page writes the device of a sign-in by the test
    return client.get(path).content.decode()


@pytest.fixture
def easy(cast: Cast) -> Programme:
    return adopt(cast, "learning_disability")


def member(programme: Programme, role: str = roles.MEMBER) -> Person:
    wren = make_person("Wren")
    give(wren, role, programme)
    return wren


def test_a_member_reads_easily_until_they_choose_otherwise(easy: Programme, client: Client) -> None:
    wren = member(easy)
    page = page_of(client, wren)
    assert EASY in page and "What I said yes to" in page
    client.post("/look/", {"reading": "usual"})
    page = client.get("/me/").content.decode()
    assert EASY not in page and "What I agreed to" in page
    client.post("/look/", {"reading": "auto"})
    assert EASY in client.get("/me/").content.decode()


@pytest.mark.parametrize("role", [roles.SUPPORTER, roles.COORDINATOR])
def test_whoever_works_there_chooses_it_or_not(easy: Programme, client: Client, role: str) -> None:
    assert EASY not in page_of(client, member(easy, role))


def test_members_of_other_programmes_read_as_usual(cast: Cast, easy: Programme, client: Client) -> None:
    assert EASY not in page_of(client, cast.mina)


def test_a_role_that_has_ended_no_longer_counts(easy: Programme, client: Client) -> None:
    wren = member(easy)
    wren.roles_held.update(until_at=NOW)
    assert EASY not in page_of(client, wren)


def test_a_programme_may_put_easy_words_first_by_itself(cast: Cast, client: Client) -> None:
    other = adopt(cast, "charity_groups")
    wren = member(other)
    assert EASY not in page_of(client, wren)
    services.change_groups(actor=cast.adil, programme=other, said={"easy_read_first": True}, now=NOW)
    assert EASY in page_of(client, wren)


def test_it_costs_no_question(easy: Programme, client: Client) -> None:
    wren = member(easy)
    page_of(client, wren)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/me/")
        return len(found)

    easily = asked()
    client.post("/look/", {"reading": "usual"})
    assert asked() == easily


def test_joining_goes_on_easily_once_the_programme_is_chosen(easy: Programme, client: Client) -> None:
    client.post("/join/", {"name": "Wren"})
    client.post("/join/age/", {"age": "adult"})
    assert EASY not in client.get("/join/programme/").content.decode()
    client.post("/join/programme/", {"programme": easy.public_id})
    page = client.get("/join/consent/").content.decode()
    assert EASY in page and "What can we do?" in page and "You can go on without these." in page
    client.post("/look/", {"reading": "usual"})
    assert EASY not in client.get("/join/consent/").content.decode()
