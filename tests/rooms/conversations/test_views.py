"""The pages, as a browser without a script uses them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from companionway.conversations import queries, services
from companionway.conversations.models import Conversation, Message
from companionway.people.models import Person
from tests.cast import NOW, Cast
from tests.rooms.conversations.conftest import signed_in

pytestmark = pytest.mark.django_db


def address(where: Conversation, more: str = "") -> str:
    return f"/messages/{where.public_id}/{more}"


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


def say(who: Person, where: Conversation, text: str, note: str = "") -> int:
    return services.send_message(actor=who, conversation=where, text=text, note=note, now=timezone.now()).id


def test_two_people_write_by_form(cast: Cast, pair: Conversation) -> None:
    mina, theo = signed_in(cast.mina), signed_in(cast.theo)
    sent = mina.post(address(pair, "send"), {"text": "Hello <Theo>\nhttps://example.org/?a=1&b=2"})
    assert (sent.status_code, sent["Location"]) == (302, address(pair))
    shown = words(theo.get(address(pair)))
    assert "Hello &lt;Theo&gt;<br>" in shown
    assert 'href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow"' in shown
    assert "<title>Conversation" in shown
    assert "Undo" in words(mina.get(address(pair)))


def test_the_list_says_how_much_is_new_and_never_a_word(cast: Cast, pair: Conversation) -> None:
    say(cast.mina, pair, "secret words")
    theo = signed_in(cast.theo)
    shown = words(theo.get("/messages/"))
    assert "1 new" in shown
    assert "Mina" in shown
    assert "secret words" not in shown
    theo.get(address(pair))
    assert "1 new" not in words(theo.get("/messages/"))


def test_what_was_new_is_marked_where_it_begins(cast: Cast, pair: Conversation) -> None:
    say(cast.mina, pair, "old")
    theo = signed_in(cast.theo)
    theo.get(address(pair))
    first_new = say(cast.mina, pair, "fresh")
    shown = words(theo.get(address(pair)))
    assert shown.index("old") < shown.index('id="new"') < shown.index(f'id="m{first_new}"')
    assert 'id="new"' not in words(theo.get(address(pair)))


@pytest.mark.parametrize(
    "text",
    ["", "  ", "\x00", "a" * 5001, "word " * 2_000_000],
    ids=["empty", "blank", "nul", "long", "10 MB"],
)
def test_what_cannot_be_sent_stays_in_the_box(cast: Cast, pair: Conversation, text: str) -> None:
    answer = signed_in(cast.mina).post(address(pair, "send"), {"text": text, "note": "about work"})
    assert answer.status_code == 422
    shown = words(answer)
    assert "nothing to send yet" in shown or "Please shorten this" in shown
    assert text.strip("\x00 ")[:4000] in shown
    assert "about work" in shown
    assert not Message.objects.exclude(author=None).exists()


def test_a_repeated_form_is_one_message(cast: Cast, pair: Conversation) -> None:
    mina = signed_in(cast.mina)
    for _ in range(3):
        mina.post(address(pair, "send"), {"text": "once", "client_id": "form-000001"})
    assert Message.objects.exclude(author=None).count() == 1


def test_a_stale_form_after_the_end_keeps_the_words(cast: Cast, pair: Conversation) -> None:
    services.close_conversation(actor=cast.theo, conversation=pair, now=NOW)
    answer = signed_in(cast.mina).post(address(pair, "send"), {"text": "one more thing"})
    assert answer.status_code == 422
    assert "has ended" in words(answer)


@pytest.mark.parametrize("door", ["", "send", "draft/", "read/", "about/", "look-inside/", "inside/", "1/", "1/edit/",
                                  "1/undo/", "1/take-back/", "1/unread/"])  # fmt: skip
def test_strangers_find_nothing_at_any_address(cast: Cast, pair: Conversation, door: str) -> None:
    say(cast.mina, pair, "secret words")
    for who in (cast.sam_the_stranger, cast.ruth):
        client = signed_in(who)
        answers = [
            client.get(address(pair, door)),
            client.post(address(pair, door), {"text": "x", "reason": "x" * 20}),
        ]
        assert all(answer.status_code in (404, 405) for answer in answers)
        missing = client.get("/messages/nosuchplace12345/" + door)
        assert missing.status_code == answers[0].status_code
        assert all("secret" not in words(answer) for answer in answers)
    signed_out = Client().get(address(pair, door))
    assert signed_out.status_code in (302, 405)


def test_a_message_of_another_conversation_is_not_found_here(cast: Cast, pair: Conversation) -> None:
    other = services.open_conversation(
        actor=cast.ruth, programme=cast.programme, people=[cast.ruth, cast.cora], now=NOW
    )
    theirs = say(cast.ruth, other, "not for Mina")
    mina = signed_in(cast.mina)
    for door in ("", "edit/", "undo/", "take-back/", "unread/"):
        for method in (mina.get, mina.post):
            assert method(address(pair, f"{theirs}/{door}")).status_code in (404, 405)
            assert method(address(other, f"{theirs}/{door}")).status_code in (404, 405)
    assert mina.get(address(pair, f"{10**17}/")).status_code == 404
    assert mina.get(address(pair), {"before": "9" * 40}).status_code == 200


def test_a_form_without_its_token_is_refused(cast: Cast, pair: Conversation) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.mina)
    assert strict.post(address(pair, "send"), {"text": "forged"}).status_code == 403
    assert not Message.objects.exclude(author=None).exists()


def test_second_thoughts_by_form(cast: Cast, pair: Conversation) -> None:
    mina, theo = signed_in(cast.mina), signed_in(cast.theo)
    sent = say(cast.mina, pair, "frist")
    assert "Change the words" in words(mina.get(address(pair, f"{sent}/")))
    assert "Change the words" not in words(theo.get(address(pair, f"{sent}/")))
    assert mina.post(address(pair, f"{sent}/edit/"), {"text": ""}).status_code == 422
    mina.post(address(pair, f"{sent}/edit/"), {"text": "first"})
    assert "Changed" in words(theo.get(address(pair)))
    mina.post(address(pair, f"{sent}/take-back/"))
    assert "Mina took back a message." in words(theo.get(address(pair)))
    assert "You took back a message." in words(mina.get(address(pair)))
    late = say(cast.mina, pair, "oops")
    mina.post(address(pair, f"{late}/undo/"))
    back = words(mina.get(address(pair)))
    assert ">oops</textarea>" in back
    assert f'id="m{late}"' not in back
    old = services.send_message(
        actor=cast.mina, conversation=pair, text="long ago", now=timezone.now() - timedelta(hours=1)
    )
    stale = mina.post(address(pair, f"{old.id}/edit/"), {"text": "rewritten"})
    assert (stale.status_code, "fifteen minutes" in words(stale)) == (422, True)


def test_a_content_note_folds_the_words(cast: Cast, pair: Conversation) -> None:
    say(cast.mina, pair, "hard words", note="hospital")
    shown = words(signed_in(cast.theo).get(address(pair)))
    assert "<details" in shown
    assert "<bdi>hospital</bdi>" in shown


def test_a_draft_is_kept_without_a_script(cast: Cast, pair: Conversation) -> None:
    mina = signed_in(cast.mina)
    mina.post(address(pair, "send"), {"text": "half", "keep": "1", "client_id": "form-000002"})
    assert ">half</textarea>" in words(mina.get(address(pair)))
    assert not Message.objects.exclude(author=None).exists()
    too_long = mina.post(address(pair, "draft/"), {"text": "a" * 20_001})
    assert too_long.status_code == 422


def test_staff_look_inside_with_a_reason_and_both_are_told(cast: Cast, pair: Conversation) -> None:
    say(cast.mina, pair, "between us")
    cora = signed_in(cast.cora)
    assert cora.get(address(pair)).status_code == 404
    assert cora.get(address(pair, "inside/")).status_code == 404
    assert cora.post(address(pair, "look-inside/"), {"reason": "no"}).status_code == 422
    assert cora.get(address(pair, "inside/")).status_code == 404
    cora.post(address(pair, "look-inside/"), {"reason": "Mina reported what Theo wrote"})
    assert "between us" in words(cora.get(address(pair, "inside/")))
    assert cora.get(address(pair)).status_code == 404
    for who in (cast.mina, cast.theo):
        shown = words(signed_in(who).get(address(pair)))
        assert "Cora opened this conversation as staff." in shown
        assert "Mina reported what Theo wrote" in shown
    assert signed_in(cast.adil).get(address(pair, "look-inside/")).status_code == 404


def test_long_conversations_come_in_pages(cast: Cast, pair: Conversation) -> None:
    for number in range(120):
        say(cast.mina if number % 2 else cast.theo, pair, f"word {number}.")
    mina = signed_in(cast.mina)
    newest = words(mina.get(address(pair)))
    assert "word 119." in newest
    assert "word 69." not in newest
    oldest_id = queries.messages_of(pair)[0].id
    earlier = words(mina.get(address(pair), {"before": oldest_id}))
    assert "word 69." in earlier
    assert "word 70." not in earlier
    assert "composer" not in earlier


def test_the_page_asks_at_most_eight_questions(
    cast: Cast, pair: Conversation, django_assert_max_num_queries: object
) -> None:
    mina = signed_in(cast.mina)
    for number in range(60):
        say(cast.theo, pair, f"word {number}")
    mina.get(address(pair))
    for _ in range(2):
        # Eight in service; a test's transaction keeps no keys in memory, which is one more.
        with django_assert_max_num_queries(9):  # type: ignore[operator]
            mina.get(address(pair))
    say(cast.theo, pair, "something new")
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        mina.get(address(pair))  # reading is noted


def test_quiet_hours_are_said_before_writing(cast: Cast, pair: Conversation) -> None:
    local = timezone.localtime()
    cast.theo.quiet_from = (local - timedelta(hours=1)).time()
    cast.theo.quiet_until = (local + timedelta(hours=2)).time()
    cast.theo.save()
    assert "Theo keeps quiet hours until" in words(signed_in(cast.mina).get(address(pair)))
    assert "quiet hours" not in words(signed_in(cast.theo).get(address(pair)))
