"""The pages of a plan for hard days: quiet, without scripts, and neutral to whoever looks over a shoulder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from companionway.people import services as people
from companionway.people.queries import Needs, reads_about
from companionway.people.sessions import SHARED
from companionway.plans import queries, services
from companionway.plans.kinds import HARD_DAYS
from companionway.plans.models import PlanSection, PlanShare
from companionway.plans.queries import Contact
from tests.cast import NOW, Cast
from tests.rooms.plans.planning import ALONE, ASK, PARTS, SIGNS, share, walk, write
from tests.rooms.safety.entering import enter

TELLING = re.compile(r"plan|crisis|safe|suicid|harm|warning|hard", re.I)
LENA = Contact("Lena", "01632 960 188", "call", "After six")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mina(cast: Cast, client: Client) -> Client:
    enter(client, cast.mina)
    return client


@pytest.fixture
def theo(cast: Cast) -> Client:
    client = Client()
    enter(client, cast.theo)
    return client


def inside(page: str) -> str:
    """The words of the page itself, without its frame."""
    return re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0])


def test_an_empty_plan_invites_and_scores_nothing(mina: Client):
    page = mina.get("/me/own/").content.decode()
    for prompt in HARD_DAYS.prompts:
        assert str(prompt.title) in page
    assert page.count("Write something") == 6
    assert not re.search(r"%|\d+ (?:of|/) 6|score|complete", inside(page))


def test_writing_a_part_keeps_it_and_comes_back_to_the_plan(mina: Client):
    typed = {
        "words": "It is a curtains day",
        "name_1": "Lena",
        "phone_1": "01632 960 188",
        "safe_1": "After six",
    }
    assert mina.post("/me/own/4/", typed)["Location"] == "/me/own/"
    page = mina.get("/me/own/").content.decode()
    assert "It is a curtains day" in page and "After six" in page
    assert 'href="tel:01632960188"' in page
    assert "Only you can read this." in page


def test_nothing_typed_is_lost_on_a_mistake(mina: Client):
    typed = {"words": "A long thought", "name_1": "Lena", "phone_1": "ring me", "safe_2": "never on Sundays"}
    page = mina.post("/me/own/4/", typed).content.decode()
    for each in (*typed.values(), "Please write the number in digits", "Please write who this is"):
        assert each in page
    assert "<title>Please check" in page
    assert not PlanSection.objects.exists()


def test_a_part_is_emptied_on_its_own_page(cast: Cast, mina: Client):
    write(cast.mina, ASK, "curtains day", [LENA])
    mina.post("/me/own/4/", {"words": "", "name_1": "", "phone_1": "", "safe_1": ""})
    assert not PlanSection.objects.exists()


@pytest.mark.parametrize(
    ("number", "reach", "href"),
    [
        ("01632 960 188", "call", "tel:01632960188"),
        ("+44 1632 960-188", "call", "tel:+441632960188"),
        ("01632 960 188", "text", "sms:01632960188"),
        ("01632 960 188", "keep", ""),
        ("", "call", ""),
    ],
)
def test_a_number_becomes_the_button_that_was_asked_for(number: str, reach: str, href: str):
    assert Contact("Lena", number, reach).href == href


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "01632;ext=9", "tel:01632", "*31#01632", "call me"])
def test_only_a_number_is_a_number(mina: Client, typed: str):
    page = mina.post("/me/own/4/", {"words": "", "name_1": "Lena", "phone_1": typed}).content.decode()
    assert "Please write the number in digits" in page


def test_digits_of_another_script_are_digits(mina: Client):
    mina.post("/me/own/4/", {"words": "", "name_1": "لينا", "phone_1": "٠١٦٣٢ ٩٦٠"})
    assert 'href="tel:01632960"' in mina.get("/me/own/").content.decode()


def test_the_other_reads_what_is_shared_without_buttons_and_with_what_never_to_do(
    cast: Cast, mina: Client, theo: Client
):
    walk(cast)
    people.state_needs(actor=cast.mina, needs=Needs(never=["phone_me"]), now=NOW)
    write(cast.mina, ASK, "curtains day", [LENA])
    write(cast.mina, ALONE, "the heron list")
    assert theo.get(f"/me/shared/{cast.mina.public_id}/").status_code == 404
    form = {"reader": cast.theo.public_id, "lasts": "week"}
    assert mina.post("/me/own/4/share/", form)["Location"] == "/me/own/4/share/"
    page = theo.get(f"/me/shared/{cast.mina.public_id}/").content.decode()
    assert "curtains day" in page and "01632 960 188" in page and "phone me" in page
    assert "heron" not in page and "tel:" not in page and "sms:" not in page
    assert "Theo opened this on" in mina.get("/me/own/").content.decode()
    as_seen = mina.get(f"/me/own/seen-by/{cast.theo.public_id}/").content.decode()
    assert "curtains day" in as_seen and "phone me" in as_seen and "heron" not in as_seen
    assert len(reads_about(cast.mina)) == 1, "her own look is not counted"


def test_moved_time_and_stopping_close_the_page_of_the_other(cast: Cast, mina: Client, theo: Client):
    walk(cast)
    for part in (ASK, ALONE):
        write(cast.mina, part, f"words of {part}")
        share(cast.mina, part, cast.theo)
    address = f"/me/shared/{cast.mina.public_id}/"
    assert "words of ask" in theo.get(address).content.decode()
    ask = PlanShare.objects.get(part="ask")
    assert mina.post(f"/me/shares/{ask.public_id}/stop/")["Location"] == "/me/own/4/share/"
    page = theo.get(address).content.decode()
    assert "words of ask" not in page and "words of alone" in page
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert theo.get(address).status_code == 404
    assert theo.get(address).status_code == 200
    mina.post("/me/own/stop/")
    assert theo.get(address).status_code == 404
    assert "Nobody shares anything" in theo.get("/me/shared/").content.decode()


def test_nobody_stops_the_share_of_another_or_shares_with_whoever_they_like(
    cast: Cast, mina: Client, theo: Client
):
    walk(cast)
    write(cast.mina, ASK, "curtains day")
    row = share(cast.mina, ASK, cast.theo)
    assert theo.post(f"/me/shares/{row.public_id}/stop/").status_code == 404
    page = mina.post("/me/own/4/share/", {"reader": cast.ruth.public_id, "lasts": "week"})
    assert page.status_code == 200
    assert PlanShare.objects.get().reader == cast.theo
    assert mina.get(f"/me/own/seen-by/{cast.ruth.public_id}/").status_code == 404
    assert [mina.get(f"/me/own/{number}/").status_code for number in (0, 7)] == [404, 404]


def test_neither_title_nor_address_says_what_it_is(cast: Cast, mina: Client, theo: Client):
    walk(cast)
    write(cast.mina, ASK, "curtains day")
    share(cast.mina, ASK, cast.theo)
    own = ["", "paper/", "device/", "kept/", "4/", "4/share/", f"seen-by/{cast.theo.public_id}/"]
    visits = [(mina, f"/me/own/{each}") for each in own]
    visits += [(mina, f"/me/pace/{each}") for each in ("", "paper/", "4/", "4/share/")]
    visits += [(theo, "/me/shared/"), (theo, f"/me/shared/{cast.mina.public_id}/")]
    for who, address in visits:
        page = who.get(address).content.decode()
        title = page.split("<title>")[1].split("</title>")[0]
        assert not TELLING.search(title) and "Mina" not in title, title
        named = re.sub(rf"{cast.mina.public_id}|{cast.theo.public_id}", "", address)
        assert not TELLING.search(named), address


def test_it_is_two_taps_from_help_now_and_from_me(cast: Cast, mina: Client):
    for address in ("/help-now/", "/me/"):
        assert 'href="/me/own/"' in mina.get(address).content.decode()
    assert "/me/own/" not in Client().get("/help-now/").content.decode()


def test_the_other_finds_it_where_the_two_are_together(cast: Cast, theo: Client):
    address = f"/with/{walk(cast).public_id}/"
    assert "Shared with you" not in theo.get(address).content.decode()
    write(cast.mina, ASK, "curtains day")
    share(cast.mina, ASK, cast.theo)
    assert f"/me/shared/{cast.mina.public_id}/" in theo.get(address).content.decode()


def test_a_page_asks_the_same_with_one_part_and_with_six(cast: Cast, mina: Client):
    walk(cast)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert mina.get("/me/own/").status_code == 200
        return len(captured)

    def fill(part: str) -> None:
        write(cast.mina, part, f"words of {part}", [LENA])
        for reader in (cast.theo, cast.cora):
            share(cast.mina, part, reader)
            services.read_plan(actor=reader, owner=cast.mina, now=NOW)

    fill(SIGNS)
    asked()
    one = asked()
    for part in PARTS:
        fill(part)
    assert asked() == one
    for each in (cast.theo, cast.cora):
        assert [shared.parts for shared in queries.shared_with(each, NOW)] == [6]


def test_paper_has_everything_and_no_buttons(cast: Cast, mina: Client):
    write(cast.mina, ASK, "curtains day", [LENA])
    page = mina.get("/me/own/paper/").content.decode()
    assert "curtains day" in page and "01632 960 188" in page and "tel:" not in page


def test_the_copy_of_a_device_says_whose_it_is_and_is_never_for_a_shared_one(cast: Cast, mina: Client):
    write(cast.mina, ASK, "curtains day", [LENA])
    answer = mina.get("/me/own/kept/")
    assert answer["X-Kept-For"] == cast.mina.public_id
    page = answer.content.decode()
    assert "curtains day" in page and 'href="tel:01632960188"' in page
    assert "csrf" not in page and "Mina" not in page
    session = mina.session
    session[SHARED] = NOW.timestamp()
    session.save()
    assert mina.get("/me/own/kept/").status_code == 404
    device = mina.get("/me/own/device/").content.decode()
    assert "own.js" not in device and "nothing of yours is kept on it" in device


def test_the_worker_of_the_device_lets_the_copy_go_when_its_person_leaves(client: Client):
    worker = client.get("/sw.js").content.decode()
    assert '["/sign-out/", "/leave/"]' in worker
    assert "/me/own/kept/" in worker and "x-kept-for" in worker
