"""The pages: what can be done on them, who does not find them, and that nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from companionway.foundation.models import Record
from companionway.introductions import services
from companionway.introductions.models import Introduction, PassedOver, Request
from companionway.introductions.states import Answer, IntroductionState, RequestState
from companionway.people import queries as people
from companionway.people import roles
from companionway.people import services as people_services
from companionway.people.models import Audience
from companionway.practice.models import SupporterPractice
from tests.cast import NOW, Cast, give
from tests.rooms.introductions.looking import as_, page
from tests.rooms.introductions.scene import ask, asked, new_member, ready_supporter


def test_a_no_is_never_shown_as_one(cast: Cast, minas: Request, theos: SupporterPractice) -> None:
    row = asked(minas, theos)
    services.answer(actor=cast.theo, introduction=row, answer=Answer.NO, now=NOW)
    html = page(as_(cast.mina), "introduction", row.public_id)
    assert "They are not able to right now" in html
    assert "no" not in [word.strip(".,").lower() for word in html.split("<main")[1].split(">")[1].split()]


def test_a_member_asks_and_a_supporter_answers_through_the_pages(
    cast: Cast, theos: SupporterPractice
) -> None:
    mina, theo = as_(cast.mina), as_(cast.theo)
    assert "Ask for a peer supporter" in page(mina, "start")
    mina.post(reverse("introductions:ask", args=[cast.programme.public_id]), {"agrees_to_matching": "on"})
    minas = Request.objects.get(member=cast.mina)
    assert theos.public_id in page(mina, "browse", minas.public_id)
    mina.post(
        reverse("introductions:ask_supporter", args=[minas.public_id, theos.public_id]), {"door": "browse"}
    )
    row = Introduction.objects.get()
    response = theo.post(reverse("introductions:introduction", args=[row.public_id]), {"answer": "yes"})
    assert response["Location"].startswith("/with/")


def test_every_question_can_be_skipped_or_kept(cast: Cast, minas: Request) -> None:
    mina = as_(cast.mina)
    answers = [
        {"text": "Long nights since spring", "audience": "supporter"},
        {"text": "Somebody who does not hurry me", "audience": "nobody"},
        {"topics": ["loss", "sleep"], "audience": "matching"},
        {"key_topics": ["loss"]},
        {"experience": "4", "further_along": "2"},
        {"languages": ["en"], "modes": ["text"], "accepts": [], "stage": ""},
        {"hours": ["mon_evening", "sat_morning"]},
        {"words": "I like it quiet."},
    ]
    for step, said in enumerate(answers, 1):
        address = reverse("introductions:question", args=[minas.public_id, step])
        assert "Skip this one" in mina.get(address).content.decode()
        assert mina.post(address, said).status_code == 302
    for step in range(1, 9):
        assert mina.get(reverse("introductions:question", args=[minas.public_id, step])).status_code == 200
    theirs = as_(cast.theo)
    ready_supporter(cast.theo, cast.programme)
    html = page(theirs, "need", minas.public_id)
    assert "Long nights since spring" in html
    assert "I like it quiet." in html
    assert "does not hurry me" not in html
    assert people.experience_keys([cast.mina], Audience.MATCHING)[cast.mina.pk] == {"loss", "sleep"}


@pytest.mark.parametrize("step", range(1, 9))
def test_bad_answers_get_a_kind_page_and_keep_the_words(cast: Cast, minas: Request, step: int) -> None:
    bad = {
        "text": "x" * 9000, "audience": "everybody", "topics": ["nope"], "key_topics": ["nope"], "experience": "9",
        "languages": ["xx"], "modes": ["pigeon"], "hours": ["someday"], "words": "y" * 9000, "stage": "gone",
    }  # fmt: skip
    response = as_(cast.mina).post(reverse("introductions:question", args=[minas.public_id, step]), bad)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Please" in html
    if step in (1, 2):
        assert "x" * 9000 in html


def test_passing_somebody_over_asks_for_a_reason_on_the_page(cast: Cast, minas: Request) -> None:
    ready_supporter(cast.theo, cast.programme)
    newer = new_member("Nia", cast.programme, welcomes_offers=True, now=NOW + timedelta(hours=1))
    theo = as_(cast.theo)
    address = reverse("introductions:need", args=[newer.public_id])
    refused = theo.post(address, {"answer": "yes", "why": ""})
    assert refused.status_code == 200
    assert not Introduction.objects.exists()
    theo.post(address, {"answer": "yes", "reason": "language", "why": "They speak only Polish."})
    assert PassedOver.objects.get().request_id == minas.pk
    assert "They speak only Polish." in page(as_(cast.cora), "desk_of", cast.programme.public_id)


def test_opening_a_waiting_card_is_shown_to_the_person(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    html = page(as_(cast.cora), "card", minas.public_id)
    assert "Theo" in html
    (read,) = people.reads_about(cast.mina)
    assert read.by == "Cora"


def test_a_coordinator_proposes_from_the_card_and_from_the_whole_list(cast: Cast, minas: Request) -> None:
    theos = ready_supporter(cast.theo, cast.programme)
    cora = as_(cast.cora)
    cora.post(reverse("introductions:card", args=[minas.public_id]), {"practice": theos.public_id})
    assert Introduction.objects.get().proposed_by_id == cast.cora.pk
    newer = new_member("Nia", cast.programme)
    html = page(cora, "whole_list", cast.programme.public_id)
    key = f"{newer.public_id}.{theos.public_id}"
    assert key in html
    cora.post(reverse("introductions:whole_list", args=[cast.programme.public_id]), {"pair": [key]})
    assert Introduction.objects.count() == 2


def test_strangers_get_404_as_for_what_does_not_exist(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    row = asked(minas, theos)
    pages = [
        ("request", minas.public_id), ("browse", minas.public_id), ("suggestions", minas.public_id),
        ("introduction", row.public_id), ("need", minas.public_id), ("card", minas.public_id),
        ("desk_of", cast.programme.public_id), ("whole_list", cast.programme.public_id),
    ]  # fmt: skip
    for person in (cast.sam_the_stranger, cast.adil):
        client = as_(person)
        for name, public_id in pages:
            assert client.get(reverse(f"introductions:{name}", args=[public_id])).status_code == 404, name
    mina = as_(cast.mina)
    for name, public_id in pages[4:]:
        assert mina.get(reverse(f"introductions:{name}", args=[public_id])).status_code == 404, name


def test_signed_out_is_sent_to_sign_in(cast: Cast, minas: Request) -> None:
    for name in ("start", "mine", "needs", "desk"):
        assert Client().get(reverse(f"introductions:{name}")).status_code == 302


def test_in_a_tradition_that_reports_nothing_the_desk_shows_only_the_open_list(cast: Cast) -> None:
    circle = people_services.create_programme(
        actor=None,
        organisation=cast.organisation,
        name="Steps",
        practice_model="twelve_step_sponsorship",
        now=NOW,
    )
    give(cast.mina, roles.MEMBER, circle)
    give(cast.theo, roles.SUPPORTER, circle)
    give(cast.cora, roles.COORDINATOR, circle)
    ready_supporter(cast.theo, circle)
    request = ask(cast.mina, circle)
    cora = as_(cast.cora)
    html = page(cora, "desk_of", circle.public_id)
    assert "Theo" in html
    assert "Mina" not in html
    for name, public_id in (("card", request.public_id), ("whole_list", circle.public_id)):
        assert cora.get(reverse(f"introductions:{name}", args=[public_id])).status_code == 404


def test_forged_and_repeated_posts_get_a_kind_answer(
    cast: Cast, minas: Request, theos: SupporterPractice
) -> None:
    mina, row = as_(cast.mina), asked(minas, theos)
    for _again in range(2):
        there = mina.post(
            reverse("introductions:ask_supporter", args=[minas.public_id, theos.public_id]), follow=True
        )
        assert "They have been asked already" in there.content.decode()
    forged = mina.post(
        reverse("introductions:ask_supporter", args=[minas.public_id, "nobody-here"]), follow=True
    )
    assert "They are not able to right now" in forged.content.decode()
    odd = mina.post(
        reverse("introductions:introduction", args=[row.public_id]), {"answer": "maybe"}, follow=True
    )
    assert "Please choose" in odd.content.decode()
    gone = mina.post(
        reverse("introductions:change_state", args=[minas.public_id]), {"to": "explode"}, follow=True
    )
    assert gone.status_code == 200
    mina.post(reverse("introductions:change_state", args=[minas.public_id]), {"to": "withdraw"})
    assert Request.objects.get(pk=minas.pk).state == RequestState.WITHDRAWN
    assert not Introduction.objects.live().exists()
    assert Introduction.objects.get().state == IntroductionState.CLOSED


def test_titles_and_addresses_say_nothing(cast: Cast, minas: Request, theos: SupporterPractice) -> None:
    row = asked(minas, theos)
    html = page(as_(cast.theo), "introduction", row.public_id)
    title = html.split("<title>")[1].split("</title>")[0]
    assert "Mina" not in title
    assert not Record.objects.filter(payload__icontains="quiet").exists()
