"""The same name and words again are the same message; other words under that name are another one, and never lost."""

from __future__ import annotations

import pytest

from companionway.conversations import queries, services, writing
from companionway.conversations.models import Conversation, Message
from companionway.conversations.services import _sending
from tests.cast import NOW, Cast
from tests.rooms.conversations.conftest import signed_in
from tests.rooms.conversations.test_lane_doors import ask, cookie, form, story
from tests.rooms.conversations.test_services import read_by, say
from tests.rooms.conversations.test_views import address

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_sending_again_is_the_same_message(cast: Cast, pair: Conversation) -> None:
    first = say(cast.mina, pair, "hello", client_id="device-0001")
    again = say(cast.mina, pair, "hello", client_id="device-0001")
    assert first == again
    assert read_by(cast.theo, pair) == ["hello"]
    assert queries.clock() == 2
    # Another author may use the same name for another message.
    assert say(cast.theo, pair, "mine", client_id="device-0001") != first


def test_other_words_under_one_name_are_another_message(cast: Cast, pair: Conversation) -> None:
    """One draft stood on two devices, and each was sent; each of them twice."""
    sendings = ["on the phone", "on the laptop", "on the tablet"] * 2
    ids = [say(cast.mina, pair, text, client_id="device-0001") for text in sendings]
    assert ids[:3] == ids[3:]
    assert read_by(cast.theo, pair) == sendings[:3]
    # What was changed since is still the message it was.
    services.edit_message(
        actor=cast.mina, message=Message.objects.get(pk=ids[0].id), text="on my phone", now=NOW
    )
    assert say(cast.mina, pair, "on the phone", client_id="device-0001").id == ids[0].id


def test_a_device_that_gives_everything_one_name_loses_nothing_and_costs_no_more_each_time(
    cast: Cast, pair: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    is_of_other_words = _sending.is_of_other_words
    monkeypatch.setattr(
        _sending,
        "is_of_other_words",
        lambda shown, sending: asked.append(sending.client_id) or is_of_other_words(shown, sending),
    )
    texts = [f"words {number}" for number in range(writing.MOST_UNDER_ONE_NAME + 6)]
    costs = []
    for text in texts:
        before = len(asked)
        say(cast.mina, pair, text, client_id="device-0001")
        costs.append(len(asked) - before)
    assert read_by(cast.theo, pair) == texts
    assert max(costs) == costs[-1] == writing.MOST_UNDER_ONE_NAME + 2


def test_words_kept_under_a_name_that_was_sent_elsewhere_stay(cast: Cast, pair: Conversation) -> None:
    say(cast.mina, pair, "on the phone", client_id="device-0001")
    services.keep_draft(
        actor=cast.mina, conversation=pair, text="on the laptop", client_id="device-0001", now=NOW
    )
    draft = queries.draft_of(cast.mina, pair)
    assert draft["text"] == "on the laptop"
    say(cast.mina, pair, draft["text"], client_id=draft["client_id"])
    assert read_by(cast.theo, pair) == ["on the phone", "on the laptop"]
    assert queries.draft_of(cast.mina, pair) == {}


def test_two_devices_without_a_script_send_two_messages(cast: Cast, pair: Conversation) -> None:
    """Both pages were opened with the same draft; the second is written over before it is sent."""
    for text in ("begun on the phone", "written on the laptop"):
        signed_in(cast.mina).post(address(pair, "send"), {"text": text, "client_id": "form-000001"})
    assert Message.objects.exclude(author=None).count() == 2


def test_other_words_under_one_name_are_another_message_in_the_lane(cast: Cast, pair: Conversation) -> None:
    mina, door = cookie(cast.mina), f"/messages/{pair.public_id}/send"
    ids: list[int] = []

    async def tell() -> None:
        for text in ("on the phone", "on the laptop") * 2:
            ids.append((await ask("POST", door, who=mina, body=form(text))).data["id"])

    story(tell)
    assert len(set(ids)) == 2
    assert ids[:2] == ids[2:]
