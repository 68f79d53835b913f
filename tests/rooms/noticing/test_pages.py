"""The queue, opening with a reason, the card, and what everybody may know; all without a script."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import escape

from companionway.concerns import desk
from companionway.conversations import policy as conversations_policy
from companionway.conversations import queries as conversations
from companionway.conversations import services as conversations_services
from companionway.conversations.models import Message
from companionway.foundation import events
from companionway.foundation.models import Record
from companionway.notices.models import Notice
from companionway.noticing import services
from companionway.noticing.models import Noticed
from companionway.noticing.states import Deed
from companionway.people import roles
from companionway.people.models import Person
from tests.cast import NOW, Cast, give
from tests.rooms.noticing.conftest import (
    CROSSING_WORDS,
    LATER_WORDS,
    NOW_WORDS,
    QUIET_WORDS,
    SOON_WORDS,
    Talk,
    signed_in,
)

pytestmark = pytest.mark.django_db
REASON = "I am on call and want to make sure"


def page(person: Person, path: str, status: int = 200) -> str:
    answer = signed_in(person).get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def noticed_of(**more: Any) -> Noticed:
    return Noticed.objects.get(**more)


def opened_by(person: Person, noticed: Noticed, reason: str = REASON) -> Any:
    return signed_in(person).post(f"/messages/noticed/{noticed.public_id}/open/", {"reason": reason})


def test_the_queue_shows_no_name_and_no_word(cast: Cast, noor: Person, talk: Talk) -> None:
    talk.says(cast.mina, NOW_WORDS)
    for path in ("/noticed/", "/noticed/waiting/"):
        shown = page(noor, path)
        assert "One to one" in shown and "Now" in shown
        for hidden in ("Mina", "Theo", "tablets", "suicide"):
            assert hidden not in shown
        assert "This list orders messages, not people" in shown


def test_the_desk_has_the_same_panel(cast: Cast, noor: Person, talk: Talk) -> None:
    talk.says(cast.mina, NOW_WORDS)
    laid = dict(desk.panels(noor, NOW))
    assert laid["noticing/panel.html"]["queue"].total == 1
    assert "noticing/panel.html" not in dict(desk.panels(cast.mina, NOW))


@pytest.mark.parametrize("who", ["mina", "theo", "sam_the_stranger", "adil"])
def test_nobody_else_finds_a_queue(cast: Cast, noor: Person, talk: Talk, who: str) -> None:
    talk.says(cast.mina, NOW_WORDS)
    noticed, person = noticed_of(), getattr(cast, who)
    for path in ("/noticed/", "/noticed/waiting/", f"/messages/noticed/{noticed.public_id}/"):
        page(person, path, 404)
    assert opened_by(person, noticed).status_code == 404
    answer = signed_in(person).post(f"/noticed/{noticed.public_id}/answer/", {"deed": "talk"})
    assert answer.status_code == 404


def test_nothing_is_read_before_a_reason_is_given(cast: Cast, noor: Person, talk: Talk) -> None:
    talk.says(cast.mina, NOW_WORDS)
    noticed = noticed_of()
    page(noor, f"/messages/noticed/{noticed.public_id}/", 404)
    form = page(noor, f"/messages/noticed/{noticed.public_id}/open/")
    assert "tablets" not in form and "Mina" not in form and "I am on call" in form
    assert opened_by(noor, noticed, "no").status_code == 422


def test_opening_is_told_to_both_and_shows_why(cast: Cast, noor: Person, talk: Talk) -> None:
    for number in range(8):
        talk.says(cast.theo, f"Before {number}", now=NOW)
    talk.says(cast.mina, NOW_WORDS, now=NOW)
    for number in range(8):
        talk.says(cast.theo, f"After {number}", now=NOW)
    noticed = noticed_of()
    assert opened_by(noor, noticed).status_code == 302
    shown = page(noor, f"/messages/noticed/{noticed.public_id}/")
    assert "<mark>taken all my tablets</mark>" in shown or "<mark>" in shown
    assert "imminent.taken" in shown and "not wanting to live" in shown
    assert "Before 3" in shown and "After 4" in shown
    assert "Before 2" not in shown and "After 5" not in shown
    line = conversations.messages_of(talk.conversation)[-1]
    assert line.facts == {"line": "looked_inside", "name": "Noor", "reason": REASON}
    reads = Record.objects.filter(name="people.sensitive_read").values_list("about_id", flat=True)
    assert set(reads) == {cast.mina.pk, cast.theo.pk}


def test_what_was_opened_closes_after_an_hour(cast: Cast, noor: Person, talk: Talk) -> None:
    talk.says(cast.mina, NOW_WORDS)
    conversations_services.open_noticed(actor=noor, noticed=noticed_of(), reason=REASON, now=NOW)
    readable = conversations_policy.noticed_read_by
    assert readable(noor, NOW + timedelta(minutes=59)).exists()
    assert not readable(noor, NOW + timedelta(minutes=61)).exists()
    # Being on call opens what was noticed, never the whole conversation.
    assert not conversations_policy.looked_into_by(noor, NOW).exists()


def test_who_opens_it_on_the_rota_and_talks_there_reads_their_own(cast: Cast, talk: Talk) -> None:
    give(cast.theo, roles.ON_CALL, cast.programme)
    talk.says(cast.mina, NOW_WORDS)
    assert "tablets" in page(cast.theo, f"/messages/noticed/{noticed_of().public_id}/")


def test_taken_back_words_stay_taken_back(cast: Cast, noor: Person, talk: Talk) -> None:
    sent = talk.says(cast.mina, NOW_WORDS)
    conversations_services.withdraw_message(actor=cast.mina, message=Message.objects.get(pk=sent.id), now=NOW)
    opened_by(noor, noticed_of())
    shown = page(noor, f"/messages/noticed/{noticed_of().public_id}/")
    assert "tablets" not in shown and "changed or taken back" in shown


def test_answers_lead_on_and_leave_the_queue(cast: Cast, noor: Person, talk: Talk) -> None:
    talk.says(cast.mina, NOW_WORDS)
    noticed = noticed_of()
    client = signed_in(noor)
    where = f"/noticed/{noticed.public_id}/answer/"
    refused = client.post(where, {"deed": "fine", "reason": ""}, follow=True)
    assert "say in a few words why not" in refused.content.decode()
    assert client.post(where, {"deed": "nonsense"}).status_code == 302
    done = client.post(where, {"deed": "talk", "up_to": str(noticed.pk)}, follow=True)
    assert "Nothing waits" in done.content.decode()


def test_a_supporter_asked_to_check_in_sees_that_and_nothing_else(
    cast: Cast, noor: Person, talk: Talk
) -> None:
    talk.says(cast.mina, SOON_WORDS)
    services.answer_noticed(actor=noor, noticed=noticed_of(), deed=Deed.CHECK_IN, now=timezone.now())
    events.deliver()
    path = f"/messages/{talk.conversation.public_id}/"
    assert "asks you to check in with Mina" in page(cast.theo, path)
    assert "check in with" not in page(cast.mina, path)
    assert list(Notice.objects.filter(kind="check_in").values_list("person", flat=True)) == [cast.theo.pk]


def test_the_card_is_on_the_writers_page_alone(cast: Cast, noor: Person, talk: Talk) -> None:
    path = f"/messages/{talk.conversation.public_id}/"
    signed_in(cast.mina).post(f"{path}send", {"text": NOW_WORDS})
    card = "That sounds really heavy"
    assert card in page(cast.mina, path)
    assert card not in page(cast.theo, path)
    answer = f"{path}card/{noticed_of().public_id}/"
    assert signed_in(cast.theo).post(answer, {"answer": "not_meant"}).status_code == 404
    signed_in(cast.mina).post(answer, {"answer": "not_meant"})
    assert card not in page(cast.mina, path)
    opened_by(noor, noticed_of())
    shown = page(noor, f"/messages/noticed/{noticed_of().public_id}/")
    assert "that is not what I meant" in shown


@pytest.mark.parametrize("words", [QUIET_WORDS, LATER_WORDS, CROSSING_WORDS, "you should end it"])
def test_no_card_where_it_would_not_help(cast: Cast, talk: Talk, words: str) -> None:
    path = f"/messages/{talk.conversation.public_id}/"
    signed_in(cast.mina).post(f"{path}send", {"text": words})
    assert "really heavy" not in page(cast.mina, path)


def test_everybody_may_know_what_is_read(cast: Cast, talk: Talk) -> None:
    path = f"/messages/{talk.conversation.public_id}/"
    promise = "It misses many, and it is sometimes wrong. It does not understand you."
    for shown in (page(cast.mina, "/what-is-read/"), page(cast.mina, f"{path}about/")):
        assert escape(promise) in shown or promise in shown
    assert "A computer helps us notice some worrying words" in page(cast.mina, path)
    services.switch(actor=cast.adil, programme=cast.programme, is_on=False, now=NOW)
    events.deliver()
    assert "Messages in One to one are <strong>not</strong> being checked" in page(
        cast.mina, "/what-is-read/"
    )
    assert "No computer looks for worrying words here" in page(cast.mina, path)


def test_the_switch_is_the_administrators(cast: Cast, noor: Person) -> None:
    for other in (noor, cast.cora, cast.mina):
        page(other, "/what-is-read/choices/", 404)
    assert "Switch off" in page(cast.adil, "/what-is-read/choices/")
    signed_in(cast.adil).post(f"/what-is-read/choices/{cast.programme.public_id}/", {})
    assert "Switch on" in page(cast.adil, "/what-is-read/choices/")


def test_those_on_call_hear_that_something_waits_and_no_more(cast: Cast, noor: Person, talk: Talk) -> None:
    talk.says(cast.mina, NOW_WORDS)
    services.tell_what_waits(actor=None, now=NOW)
    events.deliver()
    told = Notice.objects.filter(kind="noticed")
    assert set(told.values_list("person", flat=True)) == {noor.pk, cast.cora.pk}
    for each in told:
        assert (
            "Mina" not in each.subject
            and str(talk.conversation.pk) != each.subject.partition(":")[2]
            or (each.subject == f"programme:{cast.programme.pk}")
        )
