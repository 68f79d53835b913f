"""When one blocked the other, or is gone: the page still opens, says little, and leaves a way."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

from django.test import Client
from django.urls import reverse

from companionway.foundation.events import deliver
from companionway.people import services as people
from companionway.safety import services as safety
from companionway.support import services
from companionway.support.models import Relationship
from companionway.support.states import State
from tests.cast import NOW, Cast

ComeIn = Callable[..., Client]


def page_of(client: Client, walk: Relationship) -> str:
    return unescape(client.get(reverse("support:walk", args=[walk.public_id])).content.decode())


def test_whoever_blocked_is_offered_an_end_and_the_other_is_not_told(
    walk: Relationship, cast: Cast, come_in: ComeIn
) -> None:
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    deliver()
    assert "You have blocked this person" in page_of(come_in(cast.mina), walk)
    theirs = page_of(come_in(cast.theo), walk)
    assert "blocked" not in theirs.casefold() and "having a pause" in theirs
    assert "Go on together" not in theirs


def test_a_letter_is_never_given_across_a_block(walk: Relationship, cast: Cast) -> None:
    services.start_ending(actor=cast.mina, relationship=walk, last_meeting_on=None, now=NOW)
    services.say_goodbye(actor=cast.theo, relationship=walk, words="Wait", is_ready=True, now=NOW)
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    deliver()
    services.end_relationship(actor=cast.mina, relationship=walk, now=NOW)
    assert walk.goodbyes.get().delivered_at is None


def test_the_page_still_opens_when_the_other_deleted_everything(
    walk: Relationship, cast: Cast, come_in: ComeIn
) -> None:
    services.write_note(actor=cast.mina, relationship=walk, words="Hers", now=NOW)
    services.write_note(actor=cast.theo, relationship=walk, words="His", now=NOW)
    people.delete_everything(actor=cast.mina, now=NOW)
    client = come_in(cast.theo)
    # Between the deletion and the news of it the walk is still open; nothing may break then.
    for state in (State.MEETING, State.ENDED):
        walk.refresh_from_db()
        assert walk.state == state
        assert "You and somebody who left" in page_of(client, walk)
        for name in ("note", "agreement", "write_agreement", "letter", "end", "pause"):
            where = reverse(f"support:{name}", args=[walk.public_id])
            assert client.get(where, follow=True).status_code == 200
            typed = {"after": 0, "words": "Still here", "p_what": "Tea"}
            if name not in ("end", "agreement"):
                assert client.post(where, typed, follow=True).status_code == 200
        note = unescape(client.get(reverse("support:note", args=[walk.public_id])).content.decode())
        assert "His" in note and "Hers" not in note
        deliver()
    assert "One of you left the service" in page_of(client, walk)
