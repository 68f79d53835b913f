"""Own pages and set-up: who gets them, bad input, forged ids, and as many queries for three rows as for one."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from companionway.foundation import proof
from companionway.foundation.models import Record
from companionway.people import queries, services
from companionway.people.models import Audience, Consent, Device, Organisation, Person, ProfileItem, Programme
from tests.cast import NOW, Cast
from tests.signing_in import WEAK

OWN = [
    "", "profile/", "profile/as/supporter/", "profile/as/deciding/", "profile/as/team/", "profile/add/story/",
    "profile/topics/experience/", "profile/topics/goal/", "profile/topics/identity/", "needs/", "consent/",
    "preferences/", "pause/", "devices/", "ways-in/", "ways-in/passphrase/", "ways-in/app/", "way-back/",
    "download/", "delete/", "looked/",
]  # fmt: skip
SET_UP = [
    "",
    "programmes/new/",
    "people/",
    "people/?q=min&page=99",
    "people/invite/",
    "organisation/",
    "hours/",
]
FORGED = [
    "/me/profile/item/forged/", "/me/consent/forged/", "/me/profile/add/diagnosis/", "/me/profile/topics/story/",
    "/me/profile/as/everybody/", "/admin/programmes/forged/", "/admin/people/forged/",
    "/admin/programmes/forged/words/",
]  # fmt: skip


@pytest.fixture
def mina(cast: Cast, client: Client) -> Client:
    client.force_login(cast.mina)
    return client


@pytest.fixture
def adil(cast: Cast, client: Client) -> Client:
    client.force_login(cast.adil)
    return client


@pytest.mark.parametrize("page", OWN)
def test_own_pages_are_for_people_who_are_signed_in(cast: Cast, client: Client, page: str) -> None:
    assert client.get(f"/me/{page}").headers["Location"].startswith("/sign-in/?next=")
    client.force_login(cast.mina)
    reply = client.get(f"/me/{page}")
    assert reply.status_code == 200 and "no-store" in reply.headers["Cache-Control"]
    title = reply.content.decode().split("<title>")[1].split("</title>")[0]
    assert "Mina" not in title


@pytest.mark.parametrize("page", SET_UP)
def test_set_up_exists_for_administrators_only(cast: Cast, client: Client, page: str) -> None:
    for person in (cast.mina, cast.theo, cast.cora, cast.sam_the_stranger):
        client.force_login(person)
        assert client.get(f"/admin/{page}").status_code == 404
    client.force_login(cast.adil)
    assert client.get(f"/admin/{page}").status_code == 200
    weak = Client()
    weak.force_login(cast.adil, backend=WEAK)
    assert weak.get(f"/admin/{page}").headers["Location"].startswith("/sign-in/second-proof/")


@pytest.mark.parametrize("address", FORGED)
def test_forged_addresses_lead_nowhere(cast: Cast, client: Client, address: str) -> None:
    client.force_login(cast.adil)
    assert client.get(address).status_code == 404
    assert client.post(address, {}).status_code in (404, 405)


def test_own_words_are_kept_changed_and_taken_away(mina: Client, cast: Cast) -> None:
    words = "It began <b>last</b> winter.\n\nنص 🌿"
    assert mina.post("/me/profile/add/story/", {"text": words, "audience": "supporter"}).status_code == 302
    item = ProfileItem.objects.get(person=cast.mina)
    assert "&lt;b&gt;last" in mina.get("/me/profile/").content.decode()
    assert "&lt;b&gt;last" in mina.get("/me/profile/as/supporter/").content.decode()
    for other in ("deciding", "team"):
        assert "winter" not in mina.get(f"/me/profile/as/{other}/").content.decode()
    mina.post(f"/me/profile/item/{item.public_id}/", {"text": "Changed", "audience": "nobody"})
    assert "Changed" not in mina.get("/me/profile/as/supporter/").content.decode()
    assert Client().post(f"/me/profile/item/{item.public_id}/remove/").status_code == 302
    theo = Client()
    theo.force_login(cast.theo)
    assert theo.get(f"/me/profile/item/{item.public_id}/").status_code == 404
    assert theo.post(f"/me/profile/item/{item.public_id}/remove/").status_code == 404
    mina.post(f"/me/profile/item/{item.public_id}/remove/")
    assert not ProfileItem.objects.exists()


@pytest.mark.parametrize(
    "answer",
    [
        {"text": "x" * 5001, "audience": "supporter"},
        {"text": "kept words", "audience": "everybody"},
        {"text": "kept words"},
        {"text": "x" * 10_000_000, "audience": "nobody"},
    ],
)
def test_a_wrong_answer_is_explained_with_the_words_still_there(mina: Client, answer: dict[str, str]) -> None:
    reply = mina.post("/me/profile/add/story/", answer)
    assert reply.status_code == 422 and "Something needs a second look" in reply.content.decode()
    assert answer["text"] in reply.content.decode()
    assert not ProfileItem.objects.exists()


def test_topics_have_each_their_audience(mina: Client, cast: Cast) -> None:
    mina.post("/me/profile/topics/experience/", {"panic": "matching", "loss": "supporter", "sleep": ""})
    keys = queries.experience_keys([cast.mina], Audience.MATCHING)[cast.mina.pk]
    assert keys == {"panic", "loss"}
    shown = mina.get("/me/profile/as/deciding/").content.decode()
    assert "losing someone" in shown and "panic" not in shown
    assert mina.post("/me/profile/topics/experience/", {"panic": "everyone"}).status_code == 422


def test_needs_are_said_once(mina: Client, cast: Cast) -> None:
    said = {"languages": ["en", "cy"], "modes": ["text"], "never": ["phone_me"], "safe_times": "after 7 pm"}
    assert mina.post("/me/needs/", said).status_code == 302
    needs = queries.needs_of(Person.objects.get(pk=cast.mina.pk))
    assert (needs.languages, needs.never, needs.safe_times) == (["en", "cy"], ["phone_me"], ["after 7 pm"])
    assert "phone me" in mina.get("/me/profile/as/supporter/").content.decode()
    assert mina.post("/me/needs/", {"never": ["breathe"]}).status_code == 422


def test_consent_by_page_with_a_receipt(mina: Client, cast: Cast) -> None:
    mina.post("/me/consent/", {"purpose": "matching", "deed": "give"})
    given = Consent.objects.get(person=cast.mina)
    assert given.receipt in mina.get(f"/me/consent/{given.receipt}/").content.decode()
    other = Client()
    other.force_login(cast.theo)
    assert other.get(f"/me/consent/{given.receipt}/").status_code == 404
    mina.post("/me/consent/", {"purpose": "matching", "deed": "withdraw"})
    assert not queries.has_consent(cast.mina, "matching")
    assert mina.post("/me/consent/", {"purpose": "spying"}, follow=True).status_code == 200
    assert Consent.objects.count() == 1


def test_preferences_reach_the_pages(mina: Client, cast: Cast) -> None:
    chosen = {
        "language": "fr",
        "time_zone": "Asia/Tokyo",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "pronouns": "",
    }
    assert mina.post("/me/preferences/", chosen).status_code == 302
    assert 'lang="fr"' in mina.get("/me/").content.decode()
    assert mina.post("/me/preferences/", {**chosen, "quiet_until": ""}).status_code == 422
    assert mina.post("/me/preferences/", {**chosen, "time_zone": "Nowhere"}).status_code == 422


def test_everything_can_be_taken_away(mina: Client, cast: Cast) -> None:
    services.share_item(actor=cast.mina, kind="story", text="the river & I", audience="nobody", now=NOW)
    reply = mina.post("/me/download/")
    archive = zipfile.ZipFile(io.BytesIO(reply.content))
    whole = json.loads(archive.read("everything.json"))
    assert whole["format"] == "companionway.person/1"
    assert whole["people"]["profile"][0]["text"] == "the river & I"
    assert "the river &amp; I" in archive.read("everything.html").decode()


def test_deleting_asks_for_the_word_and_gives_a_proof(mina: Client, cast: Cast) -> None:
    assert mina.post("/me/delete/", {"word": "yes"}).status_code == 422
    assert Person.objects.get(pk=cast.mina.pk).is_active
    reply = mina.post("/me/delete/", {"word": "Delete everything"})
    shown = reply.content.decode().split("data-proof>")[1].split("<")[0]
    assert Record.objects.get(name="people.erased").payload["proof"] == proof.digest(shown)
    assert mina.get("/me/").status_code == 302 and not Person.objects.get(pk=cast.mina.pk).is_active


def test_a_programme_is_opened_described_forked_and_closed(adil: Client) -> None:
    new = {
        "name": "Evening sponsors",
        "practice_model": "twelve_step_sponsorship",
        "ages": ["adult"],
        "first_word_hours": 24,
    }
    assert adil.post("/admin/programmes/new/", new).status_code == 302
    made = Programme.objects.get(name="Evening sponsors")
    assert not made.keeps_notes and not made.coordinator_sees
    page = f"/admin/programmes/{made.public_id}/"
    assert "who came when" in adil.get(page).content.decode()
    adil.post(f"{page}words/", made.words | {"programme": "circle of steps"})
    assert "circle of steps" in adil.get(page).content.decode()
    adil.post(f"{page}open/")
    adil.post(page, {"name": "Night sponsors", "first_word_hours": 12, "summary": ""})
    made.refresh_from_db()
    assert (made.name, made.is_open, made.first_word_hours) == ("Night sponsors", False, 12)
    assert adil.post(page, {"name": "", "first_word_hours": "soon"}).status_code == 422
    assert adil.post("/admin/programmes/new/", {**new, "practice_model": "surveillance"}).status_code == 422


def test_roles_are_given_and_ended_by_page(adil: Client, cast: Cast) -> None:
    page = f"/admin/people/{cast.mina.public_id}/"
    adil.post(page, {"role": "supporter", "programme": cast.programme.public_id})
    held = cast.mina.roles_held.get(role="supporter")
    assert "Peer supporter" in adil.get(page).content.decode()
    adil.post(f"{page}roles/{held.pk}/end/")
    held.refresh_from_db()
    assert held.until_at
    assert adil.post(f"/admin/people/{cast.theo.public_id}/roles/{held.pk}/end/").status_code == 404
    assert "choose which one" in adil.post(page, {"role": "member"}, follow=True).content.decode()


def test_an_invitation_by_page_is_shown_once(adil: Client, cast: Cast) -> None:
    asked = {"name": "Nadia", "role": "coordinator", "programme": cast.programme.public_id}
    reply = adil.post("/admin/people/invite/", asked)
    code = reply.content.decode().split("data-code>")[1].split("<")[0]
    guest = Client()
    words = {"code": code, "new": "seven loud green frogs", "again": "seven loud green frogs"}
    assert guest.post("/join/code/", words).headers["Location"] == "/me/ways-in/"
    assert Client().post("/join/code/", words).status_code == 422
    assert adil.post("/admin/people/invite/", asked).status_code == 422


def test_an_administrator_sees_names_and_roles_and_no_words(adil: Client, cast: Cast) -> None:
    services.share_item(actor=cast.mina, kind="story", text="secret river", audience="group", now=NOW)
    for page in ("/admin/people/", f"/admin/people/{cast.mina.public_id}/"):
        assert "secret river" not in adil.get(page).content.decode()
    reads = queries.reads_about(cast.mina)
    assert [(each.by, each.what) for each in reads] == [("Adil", "Your name and roles")]


def test_hours_and_organisation(adil: Client, cast: Cast) -> None:
    adil.post("/admin/hours/", {"mon": "09:00-12:00, 13:00-17:00", "holidays": "2026-12-25\n2026-12-26"})
    here = Organisation.objects.get()
    assert (
        here.opening_hours["mon"] == [["09:00", "12:00"], ["13:00", "17:00"]]
        and here.opening_hours["tue"] == []
    )
    assert here.holidays == ["2026-12-25", "2026-12-26"]
    for wrong in ({"mon": "9 to 5"}, {"mon": "17:00-09:00"}, {"holidays": "Christmas"}):
        reply = adil.post("/admin/hours/", wrong)
        assert reply.status_code == 422 and next(iter(wrong.values())) in reply.content.decode()
    about = {"name": "Harbour", "short_name": "Harbour", "country": "gb", "time_zone": "Europe/London"}
    assert adil.post("/admin/organisation/", {**about, "values_first": "fit"}).status_code == 302
    assert Organisation.objects.get().country == "GB" and "Harbour" in adil.get("/me/").content.decode()


def rows(cast: Cast, number: int) -> None:
    for place in range(number):
        at = NOW + timedelta(minutes=place)
        services.share_item(actor=cast.adil, kind="story", text="x", audience="nobody", now=at)
        services.record_read(actor=cast.cora, about=cast.adil, subject="note:1", reason_key="duty", now=at)
        services.give_consent(actor=cast.adil, purpose="matching", now=at)
        services.withdraw_consent(actor=cast.adil, purpose="matching", now=at)
        services.join(name=f"Heron {place}", programme=cast.programme, passphrase="x", now=at)
        Device.objects.create(
            person=cast.adil, session_key=f"other-{place}", label="x", signed_in_at=at, last_seen_on=at.date()
        )


@pytest.mark.parametrize(
    "page", ["/me/profile/", "/me/looked/", "/me/consent/", "/me/devices/", "/admin/people/", "/admin/"]
)
def test_three_rows_take_as_many_queries_as_one(adil: Client, cast: Cast, page: str) -> None:
    counts = []
    for number in (1, 2):
        rows_made = number if number == 1 else 3
        Person.objects.filter(name__startswith="Heron").delete()
        Device.objects.filter(label="x").delete()
        rows(cast, rows_made)
        adil.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert adil.get(page).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "page", ["/join/", "/sign-in/", "/sign-in/way-back/", "/join/code/", "/join/elsewhere/"]
)
def test_doors_are_open_to_everybody(cast: Cast, client: Client, page: str) -> None:
    reply = client.get(page)
    assert reply.status_code == 200 and "style=" not in reply.content.decode()


def test_a_lost_session_while_writing_is_said_kindly(cast: Cast) -> None:
    reply = Client().post("/me/needs/", {"words": "typed"}, follow=True)
    assert (
        reply.redirect_chain[0][0].startswith("/sign-in/")
        and "signed out in the meantime" in reply.content.decode()
    )
