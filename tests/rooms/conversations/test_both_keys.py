"""A message opens with the key of its conversation and that of its writer together: without either, it is gone."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from companionway.conversations import places, queries, services
from companionway.conversations.models import Conversation, Message
from companionway.foundation import sealing
from companionway.foundation.models import DataKey
from tests.cast import NOW, Cast

reseal = import_module("companionway.conversations.migrations.0002_words_need_both_keys")


def words_of(pair: Conversation) -> list[str]:
    sealing.forget_all()
    return [each.facts.get("text", "") for each in queries.messages_of(pair) if each.author_id]


@pytest.mark.django_db
def test_the_words_of_whoever_was_erased_open_nowhere_and_the_others_words_stay(
    cast: Cast, pair: Conversation
) -> None:
    services.send_message(actor=cast.mina, conversation=pair, text="from Mina", now=NOW)
    services.send_message(actor=cast.theo, conversation=pair, text="from Theo", now=NOW)
    assert words_of(pair) == ["from Mina", "from Theo"]
    sealing.destroy_key(sealing.PERSON, cast.mina.pk, now=NOW)
    assert words_of(pair) == ["", "from Theo"]
    key = sealing.key_of(sealing.CONVERSATION, pair.pk)
    message = Message.objects.get(author=cast.mina)
    with pytest.raises(sealing.CannotOpen):
        key.open(message.sealed, message.place)
    place = places.load(conversation_id=pair.pk)
    assert place is not None
    assert set(place.keys) == place.writers == {cast.theo.pk}
    sealing.destroy_key(sealing.CONVERSATION, pair.pk, now=NOW)
    assert words_of(pair) == ["", ""]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_a_page_asks_for_the_keys_once(
    cast: Cast, pair: Conversation, number: int, django_assert_num_queries: object
) -> None:
    for each in range(number):
        services.send_message(actor=cast.mina, conversation=pair, text=f"{each}", now=NOW)
        services.send_message(actor=cast.theo, conversation=pair, text=f"{each}", now=NOW)
    sealing.forget_all()
    with django_assert_num_queries(2):  # type: ignore[operator]
        queries.messages_of(pair)


@pytest.mark.django_db
def test_words_sealed_by_the_conversation_alone_are_sealed_anew(cast: Cast, pair: Conversation) -> None:
    for author, text in ((cast.mina, "old words"), (cast.theo, "words of one who went")):
        services.send_message(actor=author, conversation=pair, text=text, now=NOW)
        message = Message.objects.get(author=author)
        key = sealing.key_of(sealing.CONVERSATION, pair.pk)
        message.sealed = sealing.seal_facts(key, {"text": text}, message.place)
        message.save()
    sealing.destroy_key(sealing.PERSON, cast.theo.pk, now=NOW)
    assert words_of(pair) == ["", ""]
    for _ in range(2):
        reseal.seal_anew(apps, SimpleNamespace(connection=connection))
    assert words_of(pair) == ["old words", ""]
    assert DataKey.objects.get(kind=sealing.PERSON, owner_id=cast.theo.pk).wrapped is None
