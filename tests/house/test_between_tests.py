"""What one test leaves in a process's memory never reaches the next: their rows have the same numbers."""

from __future__ import annotations

import pytest

from companionway.conversations import places
from companionway.conversations.services import open_conversation
from tests.cast import NOW, make_cast


@pytest.mark.parametrize("which", ["first", "second"])
@pytest.mark.django_db
def test_a_test_begins_with_nothing_remembered(which: str) -> None:
    cast = make_cast()
    pair = open_conversation(
        actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
    )
    assert places.kept_by_id(pair.pk) is None
    places.load(conversation_id=pair.pk)
    assert places.kept_by_id(pair.pk) is not None
