"""Easy read says everything the pages say, in short sentences. Mend: `python scripts/easy_read.py --missing`."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from companionway.ui import easy
from scripts import easy_read
from scripts.easy_read import Scope
from tests.cast import NOW

# Rooms join this list when they are said whole; none ever leaves it.
SAID_WHOLE = {"clubhouse", "gatherings", "groups", "meetings", "steps", "ui"}


@pytest.fixture(scope="module")
def said() -> Catalog:
    return easy_read.catalogue()


def test_rooms_that_are_said_easily_stay_so() -> None:
    scope = Scope.read()
    assert set(scope.rooms) >= SAID_WHOLE, "a room that was said easily is no longer on the list"
    gone = [name for name in scope.exempt if not (easy_read.HOUSE / name).exists()]
    assert gone == [], "exempt files that are not there any more: take them off scripts/easy_read.toml"
    assert [name for name, reason in scope.exempt.items() if len(reason.split()) < 4] == []


def test_every_sentence_has_a_twin(said: Catalog) -> None:
    lacking = [
        f"{where}: {easy_read.forms_of(each.id)[0]}" for where, each in easy_read.missing(Scope.read(), said)
    ]
    assert lacking == [], (
        "These sentences have no easy-read twin. Write one (decision 0029; `python scripts/easy_read.py --add`), "
        "or, where only staff read the file, list it under [exempt] in scripts/easy_read.toml with a reason."
    )


def test_sentences_are_short(said: Catalog) -> None:
    assert easy_read.long_sentences(said) == [], f"no more than {easy_read.LONGEST} words in a sentence"


def test_placeholders_and_marks_are_those_of_the_ordinary_words(said: Catalog) -> None:
    assert easy_read.lost_holders(said) == []


def planted(tmp_path: Path, page: str, twin: str) -> tuple[Scope, Path, Catalog]:
    """A house with one page, and its catalogue."""
    room = tmp_path / "room" / "templates" / "room"
    room.mkdir(parents=True)
    (room / "page.html").write_text(page)
    written = tmp_path / "django.po"
    written.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n{twin}\n')
    return Scope(("room",), (), {}), tmp_path, easy_read.catalogue(written)


@pytest.mark.parametrize(
    "twin",
    [
        "",
        'msgid "A page"\nmsgstr ""',
        '#, fuzzy\nmsgid "A page"\nmsgstr "Page"',
        'msgid "Other"\nmsgstr "One"',
    ],
)
def test_a_missing_twin_is_seen(tmp_path: Path, twin: str) -> None:
    scope, house, said = planted(tmp_path, '{% translate "A page" %}', twin)
    assert [where for where, _ in easy_read.missing(scope, said, house)] == ["room/templates/room/page.html"]
    exempt = Scope(("room",), (), {"room/templates/room/page.html": "Only staff read this page."})
    assert easy_read.missing(exempt, easy_read.catalogue(house / "django.po"), house) == []


def test_a_missing_plural_form_is_seen(tmp_path: Path) -> None:
    page = "{% blocktranslate count n=n %}{{ n }} place{% plural %}{{ n }} places{% endblocktranslate %}"
    head = 'msgid "%(n)s place"\nmsgid_plural "%(n)s places"\nmsgstr[0] "%(n)s place"\nmsgstr[1] '
    scope, house, said = planted(tmp_path, page, head + '""')
    assert len(easy_read.missing(scope, said, house)) == 1
    _, _, whole = planted(tmp_path / "whole", page, head + '"%(n)s places"')
    assert easy_read.missing(scope, whole, tmp_path / "whole") == []


def test_a_long_sentence_and_a_lost_placeholder_are_seen() -> None:
    said = Catalog()
    said.add("A", "one two three four five six seven eight nine ten eleven twelve thirteen. Then, more.")
    said.add("%(name)s asks", "%(name)s asks")
    assert (easy_read.long_sentences(said), easy_read.lost_holders(said)) == ([], [])
    said.add("B", "one two three four five six seven eight nine ten eleven twelve thirteen, and then more.")
    said.add("%(name)s waits", "%(names)s waits")
    assert (len(easy_read.long_sentences(said)), len(easy_read.lost_holders(said))) == (1, 1)


def test_a_twin_is_said_and_what_has_none_stays_ordinary() -> None:
    with translation.override(easy.LANGUAGE):
        assert gettext("Nobody holds it at the moment.") == "Nobody leads it just now."
        assert gettext("No twin was ever written for this.") == "No twin was ever written for this."
        assert ngettext("%(n)s place is free.", "%(n)s places are free.", 2) == "There are %(n)s free places."
        dates = date_format(NOW, "DATETIME_FORMAT"), easy.spoken(), translation.get_language_bidi()
    with translation.override("en"):
        assert dates == (date_format(NOW, "DATETIME_FORMAT"), "en", False)
        assert gettext("Nobody holds it at the moment.") == "Nobody holds it at the moment."


@pytest.mark.django_db
def test_a_page_is_read_easily_by_whoever_chose_it_and_nobody_else(client: Client) -> None:
    usual = client.get("/join/")
    answer = client.post("/look/", {"reading": "easy", "next": "/join/"})
    page = client.get(answer["Location"])
    assert "Were you here before?" in page.content.decode()
    assert 'lang="en" dir="ltr"' in page.content.decode()
    assert 'data-reading="easy"' in page.content.decode()
    assert page["Content-Language"] == "en"
    assert "You have been here before?" in usual.content.decode()
    assert "You have been here before?" in Client().get("/join/").content.decode()
    client.post("/look/", {"reading": "usual"})
    assert "You have been here before?" in client.get("/join/").content.decode()


@pytest.mark.django_db
def test_in_another_language_only_the_layout_changes(client: Client) -> None:
    client.cookies["django_language"] = "ar"
    client.post("/look/", {"reading": "easy"})
    page = client.get("/join/").content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert 'data-reading="easy"' in page
    assert "before?" not in page
