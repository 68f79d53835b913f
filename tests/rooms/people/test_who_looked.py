"""Whatever of a person's the team or the console opens stands on that person's page, with who and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from companionway.people import queries, services
from tests.cast import NOW, Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_a_file_made_at_the_console_is_a_read(cast: Cast, tmp_path: Path) -> None:
    services.share_item(actor=cast.mina, kind="story", text="about me", audience="supporter", now=NOW)
    call_command("export", str(tmp_path / "plain"), verbosity=0)
    assert queries.reads_about(cast.mina) == []
    call_command("export", str(tmp_path / "words"), "--with-words", verbosity=0)
    for person in (cast.mina, cast.theo):
        (read,) = queries.reads_about(person)
        assert (read.by, read.why) == ("Whoever runs the server", "To make a file of what you wrote")


def test_opening_a_persons_page_in_set_up_is_a_read_that_they_see(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.adil)
    assert client.get(reverse("people:admin_person", args=[cast.mina.public_id])).status_code == 200
    assert [(read.by, read.why) for read in queries.reads_about(cast.mina)] == [
        ("Adil", "To look after roles")
    ]
    client.force_login(cast.mina)
    page = client.get(reverse("people:looked")).content.decode()
    assert "Adil" in page
    assert "To look after roles" in page
