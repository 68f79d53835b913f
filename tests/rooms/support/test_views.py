from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from companionway.people.models import Programme
from companionway.practice import services as practice
from companionway.safety import queries as safety
from companionway.support import queries, services
from companionway.support.models import Agreement, NoteLook, NoteVoice, Relationship
from companionway.support.states import State
from tests.cast import NOW, Cast
from tests.rooms.support.conftest import MODELS, MUTUAL, REASONS, TWELVE, Begin, programme_of

ComeIn = Callable[..., Client]
PAGES = [
    "walk", "first_meeting", "agreement", "write_agreement", "agreement_on_paper", "note",
    "pause", "ending", "end", "someone_else", "letter", "how_it_goes",
]  # fmt: skip
POSTS = ["resume", "take_ending_back", "again"]


def url(name: str, walk: Relationship, **more: object) -> str:
    return reverse(f"support:{name}", kwargs={"public_id": walk.public_id, **more})


def text(response: object) -> str:
    return unescape(response.content.decode())


@pytest.mark.parametrize(("model", "who"), list(zip(MODELS, ["mina", "theo", "theo", "theo"], strict=True)))
def test_every_page_opens_at_every_step_in_every_tradition(
    cast: Cast, begin: Begin, come_in: ComeIn, model: str, who: str
) -> None:
    walk = begin(programme_of(cast, model))
    client = come_in(getattr(cast, who))
    for state in State:
        ended = NOW if state == State.ENDED else None
        Relationship.objects.filter(pk=walk.pk).update(state=state, ended_at=ended)
        for name in PAGES if state in (State.ENDING, State.ENDED) else ["walk"]:
            assert client.get(url(name, walk)).status_code in (200, 302), (state, name)


@pytest.mark.parametrize("who", ["ruth", "cora", "adil", "sam_the_stranger"])
def test_for_everybody_else_the_pages_do_not_exist(
    walk: Relationship, cast: Cast, come_in: ComeIn, who: str
) -> None:
    client = come_in(getattr(cast, who))
    for name in PAGES:
        assert client.get(url(name, walk)).status_code == 404, name
    for name in [*PAGES, *POSTS]:
        assert client.post(url(name, walk)).status_code in (404, 405), name
    assert client.get(reverse("support:walk", args=["nobody-knows-this"])).status_code == 404
    walk.refresh_from_db()
    assert walk.state == State.MEETING


def test_signed_out_leads_to_the_door(walk: Relationship, client: Client) -> None:
    assert client.get(url("walk", walk)).status_code == 302


def test_the_page_shows_why_who_and_what_next(walk: Relationship, cast: Cast, come_in: ComeIn) -> None:
    page = text(come_in(cast.mina).get(url("walk", walk)))
    assert f"You and {cast.theo.name}" in page
    for reason in REASONS:
        assert reason in page
    assert "The first meeting" in page and "Ask for someone else" in page
    assert "None of your words" in page


def test_where_no_notes_are_kept_there_is_no_place_for_them(
    cast: Cast, begin: Begin, come_in: ComeIn
) -> None:
    walk = begin(programme_of(cast, TWELVE))
    client = come_in(cast.mina)
    page = text(client.get(url("walk", walk)))
    assert url("note", walk) not in page and "sponsorship" in page.casefold()
    assert "Nothing about you two is reported to anybody" in page
    assert url("ending", walk) not in page
    assert client.post(url("note", walk), {"words": "x", "after": 0}).status_code == 302
    assert not NoteVoice.objects.exists()


def test_in_a_mutual_tradition_the_page_speaks_of_both(cast: Cast, begin: Begin, come_in: ComeIn) -> None:
    walk = begin(programme_of(cast, MUTUAL))
    page = text(come_in(cast.theo).get(url("write_agreement", walk)))
    assert "both of us" in page and "Shared understanding" in page
    assert "Ask for someone else" in text(come_in(cast.theo).get(url("walk", walk)))


def test_writing_and_saying_yes(walk: Relationship, cast: Cast, come_in: ComeIn) -> None:
    written = come_in(cast.mina).post(
        url("write_agreement", walk), {"after": 0, "p_what": "Tea on Thursdays"}, follow=True
    )
    assert "Waiting for a yes" in text(written)
    client = come_in(cast.theo)
    assert "Tea on Thursdays" in text(client.get(url("agreement", walk)))
    client.post(url("accept_agreement", walk, number=1))
    assert queries.agreements_of(walk, cast.mina).holds is not None
    paper = text(client.get(url("agreement_on_paper", walk)))
    assert "Tea on Thursdays" in paper and "What you say stays between the two of you" in paper


@pytest.mark.parametrize(
    ("after", "said"),
    [("0", "newer version"), ("", "number"), ("x", "number"), ("-3", "no lower"), ("9" * 30, "no higher")],
)
def test_a_stale_or_forged_agreement_keeps_the_typed_words(
    walk: Relationship, cast: Cast, come_in: ComeIn, after: str, said: str
) -> None:
    services.propose_agreement(
        actor=cast.theo, relationship=walk, words={"what": "Walks"}, after=0, now=timezone.now()
    )
    client = come_in(cast.mina)
    page = client.post(url("write_agreement", walk), {"after": after, "p_what": "Tea & scones"})
    assert page.status_code == 200
    assert "Tea & scones" in text(page) and said in text(page)
    assert Agreement.objects.count() == 1


def test_after_the_newer_version_was_shown_the_same_words_can_be_sent(
    walk: Relationship, cast: Cast, come_in: ComeIn
) -> None:
    services.propose_agreement(
        actor=cast.theo, relationship=walk, words={"what": "Walks"}, after=0, now=timezone.now()
    )
    client = come_in(cast.mina)
    page = client.post(url("write_agreement", walk), {"after": 0, "p_what": "Tea"})
    assert "Walks" in text(page) and page.context["form"]["after"].value() == "1"
    client.post(url("write_agreement", walk), {"after": 1, "p_what": "Tea"})
    assert queries.agreements_of(walk, cast.theo).draft.answers[0].words == "Tea"


BAD = {
    "empty": ("   ", "write something"),
    "too long": ("long words " * 1000, "shorten"),
    "ten megabytes": ("x" * 10_000_000, "shorten"),
}


@pytest.mark.parametrize(
    ("kind", "name"),
    [("empty", "note"), ("too long", "note"), ("too long", "letter"), ("ten megabytes", "letter")],
)
def test_bad_words_get_a_kind_sentence_and_come_back(
    walk: Relationship, cast: Cast, come_in: ComeIn, kind: str, name: str
) -> None:
    services.start_ending(actor=cast.mina, relationship=walk, last_meeting_on=None, now=NOW)
    words, said = BAD[kind]
    page = come_in(cast.mina).post(url(name, walk), {"words": words, "after": 0})
    assert page.status_code == 200
    assert said in text(page)
    assert words.strip()[:2000] in text(page)
    assert not NoteVoice.objects.exists()


def test_odd_words_are_kept_as_they_were_meant(walk: Relationship, cast: Cast, come_in: ComeIn) -> None:
    odd = "Tea \u0000<b>now</b> 🫖\u200d مرحبا"
    page = come_in(cast.mina).post(url("note", walk), {"words": odd, "after": 0}, follow=True)
    assert "<b>now</b> 🫖" in text(page)
    assert b"<b>now</b>" not in page.content


def test_a_note_changed_on_another_device_keeps_the_typed_words(
    walk: Relationship, cast: Cast, come_in: ComeIn
) -> None:
    note = services.write_note(actor=cast.mina, relationship=walk, words="First", now=NOW)
    services.write_note(actor=cast.mina, relationship=walk, words="Second", note=note, after=1, now=NOW)
    where = url("note_page", walk, note_id=note.public_id)
    page = come_in(cast.mina).post(where, {"words": "Third", "after": 1})
    assert "Third" in text(page) and "another device" in text(page) and "Second" in text(page)
    assert NoteVoice.objects.count() == 2
    assert come_in(cast.mina).post(where, {"words": "Third", "after": 2}).status_code == 302


def test_a_page_of_another_walk_is_not_found(
    walk: Relationship, begin: Begin, programme: Programme, cast: Cast, come_in: ComeIn
) -> None:
    other = begin(programme, cast.ruth, cast.theo)
    note = services.write_note(actor=cast.ruth, relationship=other, words="Not hers", now=NOW)
    assert come_in(cast.mina).get(url("note_page", walk, note_id=note.public_id)).status_code == 404


def test_someone_else_in_two_taps(walk: Relationship, cast: Cast, come_in: ComeIn) -> None:
    client = come_in(cast.mina)
    assert url("someone_else", walk) in text(client.get(url("walk", walk)))
    page = client.post(url("someone_else", walk), follow=True)
    assert "ended kindly" in text(page)
    walk.refresh_from_db()
    assert walk.state == State.ENDED
    assert not safety.never_together(cast.mina.pk, cast.theo.pk)


def test_never_again_is_one_tick(walk: Relationship, cast: Cast, come_in: ComeIn) -> None:
    come_in(cast.mina).post(url("someone_else", walk), {"never_again": "on"})
    assert safety.never_together(cast.theo.pk, cast.mina.pk)


def test_pausing_and_ending_by_form(walk: Relationship, cast: Cast, come_in: ComeIn) -> None:
    client = come_in(cast.mina)
    wrong = client.post(url("pause", walk), {"words": "Until spring", "until": "soon"})
    assert "Until spring" in text(wrong) and "Please write a date" in text(wrong)
    client.post(url("pause", walk), {"words": "Until spring", "until": ""})
    assert "Until spring" in text(client.get(url("walk", walk)))
    client.post(url("resume", walk))
    past = (timezone.now() - timedelta(days=3)).date().isoformat()
    assert "still to come" in text(client.post(url("ending", walk), {"last_meeting_on": past}))
    soon = (timezone.now() + timedelta(days=30)).date().isoformat()
    client.post(url("ending", walk), {"last_meeting_on": soon, "spacing": "once_a_month"})
    assert "Once a month" in text(client.get(url("walk", walk)))
    assert "one of the answers" in text(client.post(url("end", walk), {"kind": "forged"}))
    client.post(url("end", walk), {"kind": "done"})
    assert "We did what we came for" in text(client.get(url("walk", walk)))
    again = client.post(url("end", walk), {"kind": "done"}, follow=True)
    assert again.status_code == 200


def test_the_private_question_leads_on(walk: Relationship, cast: Cast, come_in: ComeIn) -> None:
    services.ask_how_it_goes(actor=None, now=NOW + timedelta(days=15))
    client = come_in(cast.mina)
    assert "Only you see your answer" in text(client.get(url("walk", walk)))
    page = client.post(url("how_it_goes", walk), {"answer": "stop"}, follow=True)
    assert "You may stop" in text(page) and "End it now" in text(page)
    theirs = text(come_in(cast.theo).get(url("walk", walk)))
    assert "Answer, alone" in theirs


def test_when_the_supporter_is_not_well_their_own_words_are_there(
    walk: Relationship, cast: Cast, come_in: ComeIn
) -> None:
    offered = practice.offer_support(actor=cast.theo, programme=walk.programme, now=NOW)
    practice.write_away_words(actor=cast.theo, practice=offered, words="I am resting a while", now=NOW)
    practice.say_not_well(actor=cast.theo, practice=offered, now=NOW)
    assert "I am resting a while" in text(come_in(cast.mina).get(url("walk", walk)))


def test_staff_give_a_reason_before_the_note_opens(walk: Relationship, cast: Cast, come_in: ComeIn) -> None:
    services.write_note(actor=cast.mina, relationship=walk, words="Between us", now=NOW)
    client, where = come_in(cast.cora), url("look_at_note", walk)
    assert "Between us" not in text(client.get(where))
    refused = client.post(where, {"reason_key": "", "words": "Only curious"})
    assert "Only curious" in text(refused) and "Between us" not in text(refused)
    assert not NoteLook.objects.exists()
    opened = client.post(where, {"reason_key": "safety", "words": "Theo rang"}, follow=True)
    assert "Between us" in text(opened)
    seen = text(come_in(cast.mina).get(url("note", walk)))
    assert "Theo rang" in seen and cast.cora.name in seen and "Somebody may be in danger" in seen


def test_no_way_to_the_note_of_a_tradition_that_has_none(cast: Cast, begin: Begin, come_in: ComeIn) -> None:
    for model in (MUTUAL, TWELVE):
        walk = begin(programme_of(cast, model))
        assert come_in(cast.cora).get(url("look_at_note", walk)).status_code == 404


def test_the_overview_has_state_and_dates_and_leaves_fellowships_out(
    walk: Relationship, cast: Cast, begin: Begin, come_in: ComeIn
) -> None:
    services.pause(actor=cast.mina, relationship=walk, words="My own affair", now=NOW)
    begin(programme_of(cast, TWELVE), cast.ruth, cast.theo)
    page = text(come_in(cast.cora).get(reverse("support:oversee")))
    assert cast.mina.name in page and "Having a pause" in page
    assert "My own affair" not in page and cast.ruth.name not in page and REASONS[0] not in page
    assert come_in(cast.mina).get(reverse("support:oversee")).status_code == 404


@pytest.mark.parametrize("name", ["support:list", "support:oversee"])
def test_lists_cost_the_same_with_one_row_and_with_three(
    walk: Relationship, begin: Begin, programme: Programme, cast: Cast, come_in: ComeIn, name: str
) -> None:
    client = come_in(cast.theo if name == "support:list" else cast.cora)

    def queries_of() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(reverse(name)).status_code == 200
        return len(caught)

    queries_of()
    one = queries_of()
    begin(programme, cast.ruth, cast.theo)
    begin(cast.programme)
    assert queries_of() == one


def test_titles_and_addresses_say_nothing(walk: Relationship, cast: Cast, come_in: ComeIn) -> None:
    client = come_in(cast.mina)
    for name in PAGES:
        title = text(client.get(url(name, walk), follow=True)).split("<title>")[1].split("</title>")[0]
        assert cast.theo.name not in title and walk.programme.name not in title
        assert str(walk.pk) not in url(name, walk).split("/") and walk.public_id in url(name, walk)
