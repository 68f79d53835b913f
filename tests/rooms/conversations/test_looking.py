"""Break-glass: a role, a programme that allows it, a reason; told to both; over after an hour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.conversations import policy, queries, services
from companionway.conversations.models import Conversation
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def test_looking_inside_needs_the_role_the_model_and_a_reason(cast: Cast, pair: Conversation) -> None:
    assert not policy.visible_to(cast.cora).exists()
    with pytest.raises(Refused):
        services.look_inside(actor=cast.theo, conversation=pair, reason="I am in it anyway", now=NOW)
    with pytest.raises(Refused, match="say why"):
        services.look_inside(actor=cast.cora, conversation=pair, reason="because", now=NOW)
    cast.programme.coordinator_sees = False
    cast.programme.save()
    with pytest.raises(Refused):
        services.look_inside(actor=cast.cora, conversation=pair, reason="A report was made", now=NOW)


def test_looking_inside_is_told_recorded_and_over_after_an_hour(cast: Cast, pair: Conversation) -> None:
    services.look_inside(actor=cast.cora, conversation=pair, reason="A report was made", now=NOW)
    line = queries.messages_of(pair)[-1]
    assert line.facts == {"line": "looked_inside", "name": "Cora", "reason": "A report was made"}
    told = Record.objects.filter(name="conversations.looked_inside").values_list("about_id", flat=True)
    assert set(told) == {cast.mina.pk, cast.theo.pk}
    assert policy.looked_into_by(cast.cora, NOW + timedelta(minutes=59)).get() == pair
    assert not policy.looked_into_by(cast.cora, NOW + timedelta(minutes=61)).exists()
    assert not policy.looked_into_by(cast.adil, NOW).exists()
    with pytest.raises(Refused):  # to read only
        services.send_message(actor=cast.cora, conversation=pair, text="hello", now=NOW)
