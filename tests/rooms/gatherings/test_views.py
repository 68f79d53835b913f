"""The pages, without a script: the door, the room, those who hold it, and after."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from companionway.gatherings import services
from companionway.gatherings.models import Gathering, HandOver, Seat, Share
from companionway.meetings.models import Meeting
from companionway.people.models import Person
from companionway.safety import services as safety
from tests.cast import NOW
from tests.rooms.gatherings.conftest import HEAVY, WORDS, Evening, make_meeting, make_series

pytestmark = pytest.mark.usefixtures("at_that_time")
ComeIn = Callable[[Person], Client]


def at(evening: Evening, path: str = "") -> str:
    return f"/gatherings/{evening.meeting.public_id}/{path}"


def seated(come_in: ComeIn, evening: Evening, who: Person, **typed: str) -> Client:
    client = come_in(who)
    answer = client.post(at(evening), {"sits": "seat", **typed})
    assert answer["Location"] == at(evening, "room/")
    return client


def test_the_door_says_what_happens_and_what_is_kept(
    come_in: ComeIn, twelve: Evening, charity: Evening
) -> None:
    door = come_in(twelve.mina).get(at(twelve)).content.decode()
    assert "The chair opens the meeting" in door and "gone when the meeting closes" in door
    assert "Nobody keeps that you came" in door and 'name="sits"' not in door
    charity.open()
    door = come_in(charity.mina).get(at(charity)).content.decode()
    assert "one day after" in door and "it is kept that you came" in door and 'name="sits"' in door


def test_a_stranger_finds_nothing_and_a_member_not_the_page_of_those_who_hold_it(
    come_in: ComeIn, twelve: Evening
) -> None:
    twelve.open()
    twelve.sit(twelve.nia)
    seat = Seat.objects.get().public_id
    for path in ("", "room/", "now/", "hold/", "slip/", "after/", "sheet/"):
        assert come_in(twelve.sam).get(at(twelve, path)).status_code == 404, path
    member = come_in(twelve.mina)
    for path in ("hold/", "hold/now/", "after/", "sheet/", f"mute/{seat}/", "slip/"):
        assert member.get(at(twelve, path)).status_code == 404, path
    for path in (
        "close/",
        "next/",
        "pause/",
        "turn/",
        "open/",
        "kiosk/",
        f"ask/{seat}/",
        "hand-over/",
        "count/",
    ):
        assert member.post(at(twelve, path)).status_code == 404, path


def test_without_a_seat_the_room_leads_to_the_door(come_in: ComeIn, twelve: Evening) -> None:
    twelve.open()
    assert come_in(twelve.mina).get(at(twelve, "room/"))["Location"] == at(twelve)


def test_words_are_said_and_what_fails_comes_back(come_in: ComeIn, voices: Evening) -> None:
    voices.open()
    mina, nia = (
        seated(come_in, voices, voices.mina, name="Wren"),
        seated(come_in, voices, voices.nia, sits="quiet"),
    )
    mina.post(at(voices, "share/"), {"text": WORDS, "note": "birds"})
    page = nia.get(at(voices, "room/")).content.decode()
    assert WORDS in page and "Wren" in page and 'name="text"' not in page and "Mina" not in page
    assert "Before you read: birds" in page.replace("</summary>", "")
    back = mina.post(at(voices, "share/"), {"text": "long " * 700}).content.decode()
    assert "Please shorten this" in back and "long long" in back
    services.pause(actor=voices.theo, meeting=voices.anew(), reason="Tea for all", now=NOW)
    assert "Tea for all" in nia.get(at(voices, "now/")).content.decode()


def test_refused_words_come_back_too(come_in: ComeIn, voices: Evening) -> None:
    voices.open()
    mina = seated(come_in, voices, voices.mina)
    seat = Seat.objects.get()
    services.mute_seat(actor=voices.theo, meeting=voices.anew(), seat=seat, reason="Breathe first", now=NOW)
    answer = mina.post(
        at(voices, "share/"),
        {"text": WORDS},
        headers={"X-Requested-With": "fetch", "Accept": "application/json"},
    )
    assert answer.status_code == 403 and "asked you not to write" in answer.json()["error"]
    page = mina.post(at(voices, "share/"), {"text": WORDS}).content.decode()
    assert "Breathe first" in page and not Share.objects.exists()
    assert "Your words were not said" in page and f"{WORDS}</textarea>" in page


def test_words_that_come_too_late_are_kept_to_copy(
    come_in: ComeIn, voices: Evening, charity: Evening
) -> None:
    for evening in (voices, charity):
        evening.open()
        mina, nia = seated(come_in, evening, evening.mina), seated(come_in, evening, evening.nia)
        ticket = nia.cookies[f"seat_{evening.meeting.public_id}"].value
        services.leave_seat(actor=evening.nia, meeting=evening.anew(), ticket=ticket, now=NOW)
        page = nia.post(at(evening, "share/"), {"text": WORDS}).content.decode()
        assert f"{WORDS}</textarea>" in page and "You have no seat here just now" in page
        services.close_meeting(actor=evening.theo, meeting=evening.anew(), now=NOW)
        page = mina.post(at(evening, "share/"), {"text": WORDS}).content.decode()
        assert f"{WORDS}</textarea>" in page and "This meeting is over" in page
        assert mina.get(at(evening, "room/")).status_code == 200
        assert nia.get(at(evening, "slip/")).status_code == 200


def test_others_see_no_quiet_seat_no_number_and_no_list(come_in: ComeIn, voices: Evening) -> None:
    voices.open()
    mina = seated(come_in, voices, voices.mina, name="Wren")
    before = mina.get(at(voices, "now/")).content
    nia = seated(come_in, voices, voices.nia, name="Robin", sits="quiet", is_new="on")
    answer = mina.get(at(voices, "now/"))
    assert answer.content == before and answer.context["room"].seats == []
    hold = come_in(voices.theo).get(at(voices, "hold/")).content.decode()
    assert "Somebody on a quiet seat is here." in hold and "Robin" in hold and "first time here" in hold
    nia.post(at(voices, "leave/"))
    assert mina.get(at(voices, "now/")).content == before
    assert "Robin" not in come_in(voices.ruth).get(at(voices, "hold/")).content.decode()


def test_the_private_word_is_on_one_page_only(come_in: ComeIn, voices: Evening) -> None:
    voices.open()
    mina, nia = seated(come_in, voices, voices.mina), seated(come_in, voices, voices.nia, sits="quiet")
    theo = come_in(voices.theo)
    theo.post(at(voices, f"ask/{Seat.objects.get(is_quiet=True).public_id}/"))
    asks = "are you all right?</h2>"
    pages = [each.get(at(voices, "room/")).content.decode() for each in (mina, nia)]
    pages = [
        each.replace('<svg class="icon" aria-hidden="true">', "").replace("<span>", "") for each in pages
    ]
    assert ["Those who hold the meeting ask you" in each for each in pages] == [False, True]
    assert asks.rpartition("<")[0] in pages[1]
    nia.post(at(voices, "answer/"), {"answer": "company"})
    assert "Would like company." in theo.get(at(voices, "hold/")).content.decode()
    assert "Would like company." not in mina.get(at(voices, "room/")).content.decode()


def test_heavy_words_offer_company_to_their_writer_only(come_in: ComeIn, twelve: Evening) -> None:
    twelve.open()
    mina, nia = seated(come_in, twelve, twelve.mina), seated(come_in, twelve, twelve.nia)
    answer = mina.post(at(twelve, "share/"), {"text": HEAVY})
    assert "That sounds really heavy." in mina.get(answer["Location"]).content.decode()
    assert "That sounds really heavy." not in nia.get(at(twelve, "room/")).content.decode()


def test_those_who_hold_it_lead_the_script_without_a_script(come_in: ComeIn, twelve: Evening) -> None:
    theo = come_in(twelve.theo)
    theo.post(at(twelve, "open/"))
    assert "Something read" in theo.get(at(twelve, "hold/")).content.decode()
    theo.post(at(twelve, "next/"), {"after": "0"})
    theo.post(at(twelve, "next/"), {"after": "odd"})
    assert Gathering.objects.get().part == 1
    back = theo.post(at(twelve, "pause/"), {"reason": ""}).content.decode()
    assert "Please write something here." in back
    assert theo.post(at(twelve, "close/"))["Location"] == at(twelve, "after/")
    assert theo.get(at(twelve, "hold/"))["Location"] == at(twelve, "after/")
    page = theo.get(at(twelve, "after/")).content.decode()
    assert "no notes are kept" in page and "How many people came?" not in page


def test_what_is_handed_on_is_read_by_the_next_and_asks_for_no_name(
    come_in: ComeIn, charity: Evening
) -> None:
    charity.open()
    theo, ruth = come_in(charity.theo), come_in(charity.ruth)
    assert "Please name nobody" in theo.get(at(charity, "after/")).content.decode()
    theo.post(at(charity, "hand-over/"), {"words": "The heater hums."})
    assert "The heater hums." in ruth.get(at(charity, "after/")).content.decode()
    theo.post(at(charity, "hand-over/"), {"words": "It hums no more."})
    assert HandOver.objects.count() == 1 and b"hums" not in bytes(HandOver.objects.get().sealed)


def test_for_whom_it_is_not_free_another_evening_is(come_in: ComeIn, charity: Evening) -> None:
    later = make_meeting(make_series(charity.programme), NOW.replace(day=25))
    charity.open()
    safety.block_person(actor=charity.theo, person=charity.nia, now=NOW)
    nia = come_in(charity.nia)
    page = nia.get(at(charity)).content.decode()
    assert "This evening is not free for you" in page and later.public_id in page and "Theo" not in page
    assert 'name="sits"' not in page
    assert "not free for you" in nia.post(at(charity), {"sits": "seat"}).content.decode()
    assert not Seat.objects.exists()


def test_the_slip_is_for_whoever_had_a_seat_and_names_nobody(come_in: ComeIn, twelve: Evening) -> None:
    twelve.open()
    mina = seated(come_in, twelve, twelve.mina, name="Wren")
    services.close_meeting(actor=twelve.theo, meeting=twelve.anew(), now=NOW)
    slip = mina.get(at(twelve, "slip/")).content.decode()
    assert "Initialled by" in slip and "Wren" not in slip and "Mina" not in slip and "canal" not in slip
    assert come_in(twelve.nia).get(at(twelve, "slip/")).status_code == 404
    other = come_in(twelve.nia)
    other.cookies[f"seat_{twelve.meeting.public_id}"] = mina.cookies[f"seat_{twelve.meeting.public_id}"].value
    assert other.get(at(twelve, "slip/")).status_code == 404


def test_a_ticket_of_another_evening_gives_no_slip(come_in: ComeIn, twelve: Evening) -> None:
    twelve.open()
    other = make_meeting(make_series(twelve.programme))
    Meeting.objects.filter(pk=other.pk).update(state="open")
    mina = seated(come_in, twelve, twelve.mina)
    mina.cookies[f"seat_{other.public_id}"] = mina.cookies[f"seat_{twelve.meeting.public_id}"].value
    assert mina.get(f"/gatherings/{other.public_id}/slip/").status_code == 404


def test_titles_and_addresses_say_nothing(come_in: ComeIn, twelve: Evening) -> None:
    twelve.open()
    mina, theo = seated(come_in, twelve, twelve.mina), come_in(twelve.theo)
    for client, path in ((mina, ""), (mina, "room/"), (mina, "slip/"), (theo, "hold/"), (theo, "after/")):
        page = client.get(at(twelve, path)).content.decode()
        title = page.partition("<title>")[2].partition("</title>")[0]
        assert "canal" not in title and "twelve" not in title.lower(), title


@pytest.mark.parametrize("path", ["room/", "now/", "hold/"])
def test_one_and_three_cost_the_same(come_in: ComeIn, voices: Evening, path: str) -> None:
    voices.open()
    mina = seated(come_in, voices, voices.mina, name="Wren")
    nia = seated(come_in, voices, voices.nia, name="Robin")
    client = come_in(voices.theo) if path == "hold/" else mina
    counts = []
    for each in range(3):
        nia.post(at(voices, "share/"), {"text": f"{WORDS} {each}"})
        voices.sit(voices.ruth)
        services.be_with(
            actor=voices.mina, meeting=voices.anew(), share=Share.objects.latest("pk"), now=NOW,
            ticket=mina.cookies[f"seat_{voices.meeting.public_id}"].value,
        )  # fmt: skip
        client.get(at(voices, path))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(at(voices, path)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[2], counts
