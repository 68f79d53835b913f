"""The pages: the officers' and the members', a file to take along, and nothing to a stranger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from companionway.association import services
from companionway.association.models import Minutes, Version
from companionway.association.states import State
from companionway.people.models import Person
from tests.cast import enters
from tests.rooms.association.conftest import AFTER, WORDS, House, draft, motion

Enter = Callable[[Person], Client]
OF_THE_WRITER = ("write", "signers", "correct")
OF_THE_READERS = ("minutes", "paper", "file")


@pytest.fixture(autouse=True)
def a_later_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are asked after the meeting."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER)


def at(name: str, thing: object) -> str:
    return reverse(f"association:{name}", args=[thing.public_id])  # type: ignore[attr-defined]


def test_a_stranger_and_the_team_find_nothing(house: House, signed: Minutes) -> None:
    cast = house.cast
    for person in (cast.sam_the_stranger, cast.cora, cast.adil):
        client = enters(Client(), person)
        for name in ("home", "register", "begin"):
            assert client.get(at(name, house.group)).status_code == 404
        for name in (*OF_THE_READERS, *OF_THE_WRITER):
            assert client.get(at(name, signed)).status_code == 404
        for name in ("sign", "take_back", "set_aside"):
            assert client.post(at(name, signed)).status_code == 404


def test_every_member_reads_and_only_officers_see_the_register(house: House, signed: Minutes) -> None:
    mina = enters(Client(), house.cast.mina)
    home = mina.get(at("home", house.group)).content.decode()
    assert "Your own entry" in home and "Theo" in home and "Ada" not in home
    assert at("register", house.group) not in home and at("begin", house.group) not in home
    assert mina.get(at("register", house.group)).status_code == 404
    for name in OF_THE_READERS:
        page = mina.get(at(name, signed)).content.decode()
        assert WORDS in page and "We buy three more lamps." in page
    for name in OF_THE_WRITER:
        assert mina.get(at(name, signed)).status_code == 404
    theo = enters(Client(), house.cast.theo)
    register = theo.get(at("register", house.group)).content.decode()
    assert "Ada" in register and "5 people have a vote." in register


def test_from_the_page_of_the_group_there_is_a_way(house: House) -> None:
    page = enters(Client(), house.cast.mina).get(reverse("groups:group", args=[house.group.public_id]))
    assert at("home", house.group) in page.content.decode()


def test_the_secretary_writes_and_two_sign_in_the_browser(house: House) -> None:
    motion(house, "We buy three more lamps.")
    nia, theo = enters(Client(), house.nia), enters(Client(), house.cast.theo)
    begun = nia.post(at("begin", house.group), {"held_on": AFTER.date().isoformat()})
    minutes = Minutes.objects.get()
    assert begun["Location"] == at("write", minutes)
    page = nia.get(at("write", minutes)).content.decode()
    assert "We buy three more lamps." in page and "Never what anybody said about their own life" in page
    given = {"reports": WORDS, "present": "4", "edition": "1"}
    assert nia.post(at("write", minutes), given).status_code == 302
    assert nia.post(at("signers", minutes), {"who": "officers"}).status_code == 302
    version = Version.objects.get()
    for client in (nia, theo):
        assert "You are asked to sign" in client.get(at("minutes", minutes)).content.decode()
        client.post(at("sign", minutes), {"edition": version.edition})
    version.refresh_from_db()
    assert version.state == State.SIGNED
    ada = enters(Client(), house.ada).get(at("minutes", minutes)).content.decode()
    assert "4 members were there, of 5 who have a vote." in ada and WORDS in ada


def test_a_form_that_fails_keeps_what_was_typed(house: House) -> None:
    made, nia = draft(house), enters(Client(), house.nia)
    answer = nia.post(at("write", made), {"reports": "Mine.", "present": "many", "edition": "2"})
    assert answer.status_code == 422 and "Mine." in answer.content.decode()
    # Somebody wrote meanwhile: the words come back, with the newer edition, and can be sent knowingly.
    late = nia.post(at("write", made), {"reports": "Mine.", "present": "4", "edition": "1"})
    page = late.content.decode()
    assert late.status_code == 422 and "Mine." in page and 'name="edition" value="2"' in page
    assert nia.post(at("begin", house.group), {"held_on": "someday"}).status_code == 422
    answer = nia.post(at("signers", made), {"who": "members", "first": house.ada.public_id})
    assert answer.status_code == 422 and "Please choose one of the members." in answer.content.decode()


def test_a_draft_goes_back_and_is_set_aside(house: House) -> None:
    made, nia = draft(house), enters(Client(), house.nia)
    services.ask_to_sign(actor=house.nia, minutes=made, now=AFTER)
    assert nia.get(at("write", made)).status_code == 302
    nia.post(at("take_back", made))
    assert nia.get(at("write", made)).status_code == 200
    nia.post(at("set_aside", made))
    assert not Minutes.objects.exists()


def test_a_correction_is_begun_and_the_version_before_stays_readable(house: House, signed: Minutes) -> None:
    nia = enters(Client(), house.nia)
    assert "No later meeting has approved" in nia.get(at("correct", signed)).content.decode()
    approved = motion(house, "Two lamps, not three.", at=AFTER)
    answer = nia.post(at("correct", signed), {"approved_by": approved.public_id})
    assert answer["Location"] == at("write", signed)
    nia.post(at("write", signed), {"reports": "Two lamps.", "present": "4", "edition": "1"})
    nia.post(at("signers", signed), {"who": "officers"})
    for person in (house.nia, house.cast.theo):
        enters(Client(), person).post(at("sign", signed), {"edition": "2"})
    mina = enters(Client(), house.cast.mina)
    assert "Two lamps." in mina.get(at("minutes", signed)).content.decode()
    before = mina.get(reverse("association:earlier", args=[signed.public_id, 1]))
    assert WORDS in before.content.decode()
    assert mina.get(reverse("association:earlier", args=[signed.public_id, 2])).status_code == 404


def test_the_file_has_a_neutral_name_and_no_markup(house: House, signed: Minutes) -> None:
    answer = enters(Client(), house.cast.mina).get(at("file", signed))
    assert answer["Content-Disposition"] == 'attachment; filename="minutes-2026-11-29.txt"'
    assert answer["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert "<" not in text and "Nia" in text and "3 yes, 1 no, 0 stood aside" in text


def test_a_report_carries_the_words_and_is_about_who_wrote_them(house: House, signed: Minutes) -> None:
    mina = enters(Client(), house.cast.mina)
    about = f"minutes:{signed.public_id}"
    assert f"?about={about}" in mina.get(at("minutes", signed)).content.decode()
    page = mina.get(reverse("safety:report") + f"?about={about}")
    assert page.status_code == 200 and WORDS in page.content.decode()
