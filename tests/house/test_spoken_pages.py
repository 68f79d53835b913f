"""Whole pages in French and in Arabic: the right direction, the right words, and no English left standing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation

from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person
from companionway.support import services as support
from tests.cast import NOW, Cast, give, make_cast
from tests.house.test_languages import SPOKEN, catalogue

DIRECTION = {"fr": "ltr", "ar": "rtl"}
SIGNED_OUT = [
    "/", "/about/", "/privacy/", "/accessibility/", "/look/", "/offline/", "/help-now/", "/join/", "/sign-in/",
    "/sign-in/way-back/", "/join/code/", "/nowhere/",
]  # fmt: skip
SIGNED_IN = [
    "/", "/me/", "/me/profile/", "/me/profile/topics/experience/", "/me/needs/", "/me/consent/", "/me/ways-in/",
    "/me/delete/", "/me/notices/", "/find/", "/messages/", "/help-now/", "/look/",
]  # fmt: skip


class Page(HTMLParser):
    """What a page says, piece by piece, with the language and direction it claims."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.claims: dict[str, str | None] = {}
        self._is_code = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._is_code = tag == "script"
        if tag == "html":
            self.claims = {"lang": given["lang"], "dir": given["dir"]}
        self.said += [given[name] or "" for name in ("aria-label", "title", "placeholder") if name in given]

    def handle_endtag(self, tag: str) -> None:
        self._is_code = False

    def handle_data(self, data: str) -> None:
        if not self._is_code:
            self.said.append(" ".join(data.split()))


def left_in_english(page: Page, language: str) -> set[str]:
    """Pieces that are word for word an English sentence which the catalogue says otherwise."""
    told = {str(each.id): each.string for each in catalogue(language) if isinstance(each.id, str) and each.id}
    return {piece for piece in page.said if told.get(piece, piece) != piece}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture(params=SPOKEN)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


Look = Callable[[str], Page]


@pytest.fixture
def look(client: Client, language: str) -> Iterator[Look]:
    client.cookies["django_language"] = language

    def at(address: str) -> Page:
        answer = client.get(address)
        assert answer.status_code == (404 if address == "/nowhere/" else 200), address
        return Page(answer.content.decode())

    yield at
    translation.deactivate()


def test_whoever_only_looks_reads_their_language(cast: Cast, look: Look, language: str) -> None:
    for address in SIGNED_OUT:
        page = look(address)
        assert page.claims == {"lang": language, "dir": DIRECTION[language]}, address
        assert left_in_english(page, language) == set(), address


def test_a_member_reads_their_language(cast: Cast, client: Client, look: Look, language: str) -> None:
    # What is sent outside speaks the language of the person, not of this browser.
    Person.objects.filter(pk=cast.mina.pk).update(language=language)
    client.force_login(cast.mina)
    for address in SIGNED_IN:
        page = look(address)
        assert page.claims == {"lang": language, "dir": DIRECTION[language]}, address
        assert left_in_english(page, language) == set(), address


def test_two_people_and_their_tradition_read_it_too(
    cast: Cast, client: Client, look: Look, language: str
) -> None:
    programme = people.create_programme(
        actor=None, organisation=cast.organisation, name="P", practice_model="one_to_one_charity", now=NOW
    )
    give(cast.mina, roles.MEMBER, programme)
    give(cast.theo, roles.SUPPORTER, programme)
    walk = support.begin(
        actor=cast.mina, programme=programme, member=cast.mina, supporter=cast.theo, reasons=[], now=NOW
    )
    client.force_login(cast.mina)
    with translation.override(language):
        words = programme.words
    for address in (f"/with/{walk.public_id}/", f"/with/{walk.public_id}/agreement/", "/with/"):
        page = look(address)
        assert left_in_english(page, language) == set(), address
    assert words["supporter"] != "peer supporter"


def test_the_key_words_are_the_ones_the_translators_chose(cast: Cast, look: Look, language: str) -> None:
    chosen = {
        "fr": ["Aide immédiate", "Quitter le site", "S’inscrire"],
        "ar": ["مساعدة الآن", "مغادرة الموقع", "انضمام"],
    }
    said = look("/").said
    assert [words for words in chosen[language] if not any(words in piece for piece in said)] == []


def test_english_left_standing_is_seen(language: str) -> None:
    page = Page('<html lang="fr" dir="ltr"><h1>Join</h1><button aria-label="Leave site">Oui</button>')
    assert left_in_english(page, language) == {"Join", "Leave site"}
