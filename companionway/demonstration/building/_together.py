"""Pairs meet, write, agree, keep a note, pause and part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from companionway.conversations import services as conversations
from companionway.conversations.gates import Kept
from companionway.conversations.policy import visible_to
from companionway.demonstration.building._data import ago, read
from companionway.foundation.policy import Refused
from companionway.introductions import services as introductions
from companionway.introductions.states import Answer, Door
from companionway.people.models import Person, Programme
from companionway.practice.queries import practice_of
from companionway.support import services as support
from companionway.support.queries import between

# The four sentences of a demonstration agreement, under the question keys of each practice model.
QUESTIONS = {
    "one_to_one_charity": ("what", "how_often", "hard_days", "how_we_end"),
    "intentional_peer_support": ("both_want", "rhythm", "hard_times", "parting"),
}
SENTENCES = ("what", "how_often", "limits", "ending")


def walk(programmes: Mapping[str, Programme], gathered: Mapping[str, Person], now: datetime) -> None:
    for row in sorted(read("talks")["pair"], key=lambda each: -each["began"]):
        _walk(row, programmes[row["programme"]], gathered[row["member"]], gathered[row["supporter"]], now)


def _walk(
    row: dict[str, Any], programme: Programme, member: Person, supporter: Person, now: datetime
) -> None:
    member, supporter = Person.objects.get(pk=member.pk), Person.objects.get(pk=supporter.pk)
    began_at = ago(now, row["began"], 10)
    _find_each_other(programme, member, supporter, began_at, waited=5 + row["began"] % 17)
    relationship = between(member.pk, supporter.pk).latest("pk")
    _talk(row, relationship.conversation_id or 0, {"m": member, "s": supporter}, now)
    if row["state"] == "meeting":
        return
    if "agreement" in row:
        _agree(row, relationship, programme, member, supporter, now)
    elif row["state"] == "walking":
        support.say_we_met(actor=member, relationship=relationship, now=began_at + timedelta(days=3))
    for who, days, words in row.get("notes", []):
        writer = member if who == "m" else supporter
        support.write_note(actor=writer, relationship=relationship, words=words, now=ago(now, days, 20))
    _move_on(row, relationship, member, supporter, now)


def _find_each_other(
    programme: Programme, member: Person, supporter: Person, began_at: datetime, *, waited: int
) -> None:
    """The member asked, browsed and chose; the supporter said yes. Who does not fit by the rules met in older days."""
    practice = practice_of(supporter, programme)
    asked_at = max(began_at - timedelta(days=waited), member.joined_at)
    request = introductions.ask(actor=member, programme=programme, now=asked_at)
    try:
        asked = introductions.ask_supporter(
            actor=member,
            request=request,
            practice_public_id=practice.public_id if practice else "",
            door=Door.BROWSE,
            now=began_at - timedelta(days=1),
        )
        introductions.answer(actor=supporter, introduction=asked, answer=Answer.YES, now=began_at)
    except Refused:
        introductions.withdraw_request(actor=member, request=request, now=began_at)
        reasons = [_("You have been through some of the same things.")]
        support.begin(
            actor=supporter,
            programme=programme,
            member=member,
            supporter=supporter,
            reasons=reasons,
            now=began_at,
        )


def _talk(row: dict[str, Any], conversation_id: int, voices: dict[str, Person], now: datetime) -> None:
    conversation = visible_to(voices["m"]).get(pk=conversation_id)
    for place, (who, days, hour, words) in enumerate(row["talk"]):
        at = ago(now, days, hour, (place * 7) % 60)
        shown = conversations.send_message(actor=voices[who], conversation=conversation, text=words, now=at)
        reader = voices["s" if who == "m" else "m"]
        if days > 2 and not isinstance(shown, Kept):
            conversations.mark_read(actor=reader, conversation=conversation, up_to=shown.id, now=at)


def _agree(
    row: dict[str, Any],
    relationship: Any,
    programme: Programme,
    member: Person,
    supporter: Person,
    now: datetime,
) -> None:
    keys = QUESTIONS[programme.practice_model]
    words = {key: row["agreement"][sentence] for key, sentence in zip(keys, SENTENCES, strict=True)}
    drafted_at = ago(now, row["began"] - 6, 18)
    draft = support.propose_agreement(
        actor=supporter, relationship=relationship, words=words, after=0, now=drafted_at
    )
    support.accept_agreement(
        actor=member, relationship=relationship, agreement=draft, now=drafted_at + timedelta(hours=20)
    )


def _move_on(
    row: dict[str, Any], relationship: Any, member: Person, supporter: Person, now: datetime
) -> None:
    state = row["state"]
    if state == "paused":
        support.pause(actor=member, relationship=relationship, words="", now=ago(now, 12, 9))
    if state == "ending":
        last_day = (now + timedelta(days=25)).date()
        support.start_ending(
            actor=member, relationship=relationship, last_meeting_on=last_day, now=ago(now, 13, 11)
        )
    if state == "ended":
        _part(row, relationship, member, supporter, ago(now, row["ended"], 16))


def _part(row: dict[str, Any], relationship: Any, member: Person, supporter: Person, at: datetime) -> None:
    support.start_ending(
        actor=member, relationship=relationship, last_meeting_on=at.date(), now=at - timedelta(days=20)
    )
    for writer, words in ((supporter, row["goodbye_s"]), (member, row["goodbye_m"])):
        support.say_goodbye(
            actor=writer, relationship=relationship, words=words, is_ready=True, now=at - timedelta(days=1)
        )
    support.end_relationship(actor=member, relationship=relationship, now=at)
