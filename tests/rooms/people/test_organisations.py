"""Two organisations: how the second begins, which one is meant, and how an older installation becomes the first."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from companionway.config import checks
from companionway.people import queries
from companionway.people.models import Organisation, Person, RoleHeld
from companionway.safety.models import HelpLine
from companionway.upkeep import making, upgrading
from tests.cast import NOW, Cast
from tests.rooms.upkeep.installation import clean_machine

BEFORE = [("people", "0001_initial"), ("safety", "0001_initial")]


def set_up(*args: str, **options: str) -> str:
    said = StringIO()
    call_command("set_up", *args, stdout=said, **options)
    return said.getvalue()


def test_a_second_organisation_begins_at_a_host_name_of_its_own(cast: Cast, settings) -> None:
    settings.PUBLIC_URL = "https://talk.example.org:8443"
    said = set_up("By the Canal", "Mina", host="Canal.example.org")
    second = Organisation.objects.get(host="canal.example.org")
    assert "https://canal.example.org:8443/join/code/" in said
    assert "Add canal.example.org to ALLOWED_HOSTS" in said
    # The same name as somebody of the first one: another person.
    assert Person.objects.filter(sign_in_name="mina").count() == 2
    assert RoleHeld.objects.get(person__organisation=second).role == "administrator"


def test_without_a_host_name_of_its_own_it_is_refused(cast: Cast) -> None:
    with pytest.raises(CommandError, match="host name of its own"):
        set_up("By the Canal", "Ada")
    set_up("By the Canal", "Ada", host="canal.example.org")
    with pytest.raises(CommandError, match="already"):
        set_up("Again", "Eve", host="canal.example.org")
    for wrong in ("https://canal.example.org", "canal.example.org:8000", "a/b", "../x"):
        with pytest.raises(CommandError, match="looks like"):
            set_up("Wrong", "Eve", host=wrong)


def test_the_check_says_when_a_host_name_is_not_allowed(cast: Cast, settings) -> None:
    assert checks.organisations_are_allowed(NOW) is None
    set_up("By the Canal", "Ada", host="canal.example.org")
    assert "canal.example.org" in str(checks.organisations_are_allowed(NOW))
    settings.ALLOWED_HOSTS = ["talk.example.org", ".example.org"]
    assert checks.organisations_are_allowed(NOW) is None


def test_which_one_is_meant(cast: Cast, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert queries.organisation() == cast.organisation
    second = Organisation.objects.create(name="By the Canal", short_name="Canal", host="canal.example.org")
    with pytest.raises(queries.WhichOrganisation):
        queries.organisation()
    assert queries.service_name() == "Companionway"
    with queries.within(second):
        assert queries.organisation() == second
    assert queries.organisation_at("canal.example.org") == second
    assert queries.organisation_at("anything.else") == cast.organisation
    for host, name in (
        ("canal.example.org:8000", "Canal"),
        ("CANAL.example.org", "Canal"),
        ("other", "Harbour Street"),
    ):
        page = Client().get("/about/", headers={"host": host}).content.decode()
        assert name in page and ("Harbour Street" in page) is (name == "Harbour Street")


def test_at_a_host_name_that_is_nobodys_nothing_is_there(cast: Cast, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    cast.organisation.host = "talk.example.org"
    cast.organisation.save()
    page = Client().get("/about/", headers={"host": "nobodys.example.org"}).content.decode()
    assert "Harbour Street" not in page and "One to one" not in page
    with queries.within(cast.organisation):
        assert queries.organisation() == cast.organisation
    assert queries.organisation_at("nobodys.example.org") is None


@pytest.mark.once
def test_an_older_installation_becomes_the_first_organisation(
    tmp_path: Path, settings, django_db_blocker
) -> None:
    """A database as it was before, with people and a number in it, brought up to date as an operator does it."""
    with django_db_blocker.unblock(), clean_machine(tmp_path / "before") as older, older.opened(settings):
        loader = MigrationLoader(connection)
        with upgrading.one_transaction():
            making.from_nothing({step for each in BEFORE for step in loader.graph.forwards_plan(each)})
        old = loader.project_state(BEFORE).apps
        old.get_model("people", "Organisation").objects.create(name="Before", short_name="Before")
        person = old.get_model("people", "Person")
        for name in ("ann", "ben"):
            person.objects.create(name=name, sign_in_name=name, password="!", joined_at=NOW)
        old.get_model("safety", "HelpLine").objects.create(
            country="GB",
            kind="crisis",
            name="Line",
            number="1",
            operator_url="https://x.example",
            added_at=NOW,
        )
        upgrading.prepare(NOW, str)
        assert len(older.backups) == 1
        first = Organisation.objects.get()
        assert first.host == ""
        assert {each.organisation for each in Person.objects.all()} == {first}
        assert HelpLine.objects.get().organisation_id == first.pk
