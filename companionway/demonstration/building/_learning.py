"""One supporter learns; one of her replies waits for a mentor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from companionway.conversations import services as conversations
from companionway.conversations.policy import visible_to
from companionway.demonstration.building._data import ago, read
from companionway.people.models import Person, Programme
from companionway.release import services as release
from companionway.support.queries import between


def learn(programmes: Mapping[str, Programme], gathered: Mapping[str, Person], now: datetime) -> None:
    for row in read("talks")["learning"]:
        _learn(row, programmes[row["programme"]], gathered, now)


def _learn(row: dict[str, Any], programme: Programme, gathered: Mapping[str, Person], now: datetime) -> None:
    trainee, coordinator, mentor, member = (
        Person.objects.get(pk=int(gathered[row[part]].pk or 0))
        for part in ("supporter", "coordinator", "mentor", "member")
    )
    learning = release.begin_learning(
        actor=coordinator, person=trainee, programme=programme, now=ago(now, row["began"], 9)
    )
    talk = visible_to(trainee).get(pk=between(member.pk, trainee.pk).latest("pk").conversation_id or 0)
    conversations.send_message(actor=trainee, conversation=talk, text=row["waits"], now=ago(now, 0.2))
    thread = learning.threads.get(conversation=talk.pk)
    for who, days, words in row["beside"]:
        speaker = trainee if who == "s" else mentor
        release.say_beside(actor=speaker, thread=thread, words=words, now=ago(now, days, 17))
