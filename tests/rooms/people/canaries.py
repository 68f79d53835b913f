"""A person's words in every place where a person can write, each one to be found again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import BinaryField

from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation
from companionway.foundation import sealing
from companionway.foundation.sealing import PERSON, RELATIONSHIP, key_of
from companionway.introductions.models import Introduction, PassedOver, Request
from companionway.notices.models import Notice, PushDevice
from companionway.noticing import services as noticing
from companionway.noticing.models import Noticed
from companionway.people.models import Authenticator, Consent, Device, OneTimeCode, Passkey, ProfileItem
from companionway.practice.models import SupporterPractice
from companionway.support.models import (
    Agreement,
    CheckIn,
    Goodbye,
    NoteLook,
    NoteVoice,
    Relationship,
    SharedNote,
)
from tests.cast import NOW, Cast
from tests.rooms.people import (
    canaries_clubhouse,
    canaries_groups,
    canaries_safety,
    canaries_steps,
    canaries_support,
)
from tests.rooms.people.canary import CANARY, words


@dataclass
class Ledger:
    """Everything that was sealed with a canary in it: by which key, for which place."""

    entries: list[tuple[str, str, bytes]] = field(default_factory=list)

    @contextmanager
    def kept(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        plain = sealing.SealingKey.seal

        def noting(key: sealing.SealingKey, text: str, context: str) -> bytes:
            sealed = plain(key, text, context)
            if CANARY in text:
                self.entries.append((key._owner, context, sealed))
            return sealed

        with monkeypatch.context() as patched:
            patched.setattr(sealing.SealingKey, "seal", noting)
            yield

    def opened(self) -> list[tuple[str, str]]:
        """(owner, place) of every entry that the keys of this database still open."""
        sealing.forget_all()
        return [(owner, context) for owner, context, blob in self.entries if _opens(owner, context, blob)]


def _opens(owner: str, context: str, blob: bytes) -> bool:
    names = [(kind, int(number)) for kind, number in (each.split(":") for each in owner.split("+"))]
    try:
        key = key_of(*names[0]) if len(names) == 1 else sealing.key_of_both(*names[0], *names[1])
        return CANARY in key.open(blob, context)
    except (sealing.KeyDestroyed, sealing.CannotOpen):
        return False


def sealed_columns(model: Any) -> list[str]:
    return [
        each.name for each in model._meta.get_fields()
        if isinstance(each, BinaryField) and (each.name.startswith("sealed"))
    ]  # fmt: skip


def write_everywhere(cast: Cast) -> None:
    _about_herself(cast)
    _looking_for_somebody(cast)
    _together(cast)
    canaries_steps.climbed(cast)
    canaries_safety.safety(cast)
    canaries_safety.judged(cast)
    canaries_safety.stopped(cast)
    canaries_safety.plans(cast)
    canaries_safety.kept_apart(cast)
    canaries_safety.worries(cast)
    canaries_support.held(cast)
    canaries_support.read(cast)
    canaries_support.learning(cast)
    canaries_groups.grouped(cast)
    canaries_groups.recorded(cast)
    canaries_clubhouse.housed(cast)


def _about_herself(cast: Cast) -> None:
    mina, key = cast.mina, key_of(PERSON, cast.mina.pk)
    mina.name, mina.sign_in_name = f"{CANARY} name", f"{CANARY} name"
    mina.pronouns, mina.email = words("pronouns"), f"{CANARY}@example.org"
    mina.notice_choices = {"seen": words("choices")}
    mina.sealed_needs = key.seal(words("needs"), "needs")
    mina.save()
    ProfileItem.objects.create(
        person=mina, kind="story", sealed=key.seal(words("story"), "profile:x"), changed_at=NOW
    )
    Consent.objects.create(person=mina, purpose="matching", wording=CANARY, given_at=NOW)
    session = SessionStore()
    session["typed"] = words("session")
    session.create()
    Device.objects.create(
        person=mina,
        session_key=session.session_key,
        label=words("device"),
        signed_in_at=NOW,
        last_seen_on=NOW.date(),
    )
    Passkey.objects.create(
        person=mina,
        credential_id=CANARY.encode(),
        public_key=b"k",
        sign_count=0,
        label=words("passkey"),
        added_at=NOW,
    )
    Authenticator.objects.create(person=mina, sealed_secret=key.seal(words("secret"), "authenticator"))
    OneTimeCode.objects.create(person=mina, code_hash=CANARY, made_at=NOW, expires_at=NOW + timedelta(days=1))
    PushDevice.objects.create(
        person=mina,
        sealed=key.seal(words("push"), "push"),
        endpoint_hash=CANARY,
        label=words("push"),
        added_at=NOW,
    )
    Notice.objects.create(
        person=mina,
        kind="message",
        channel="email",
        subject=CANARY,
        key=words("notice"),
        created_at=NOW,
        not_before=NOW,
    )
    SupporterPractice.objects.create(
        person=mina, programme=cast.programme, began_at=NOW, changed_at=NOW,
        sealed_about=key.seal(words("about"), "a"), sealed_offer=key.seal(words("offer"), "b"),
        sealed_away_words=key.seal(words("away"), "c"),
    )  # fmt: skip


def _looking_for_somebody(cast: Cast) -> None:
    key = key_of(PERSON, cast.mina.pk)
    request = Request.objects.create(
        member=cast.mina, programme=cast.programme, asked_at=NOW, changed_at=NOW,
        sealed_wishes=key.seal(words("wishes"), "w"), sealed_suggestions=key.seal(words("suggestions"), "s"),
    )  # fmt: skip
    asked = Introduction.objects.create(
        request=request, supporter=cast.ruth, door="browse", began_at=NOW, waiting_since=NOW,
        sealed_reasons=key.seal(words("reasons"), "r"),
    )  # fmt: skip
    PassedOver.objects.create(
        request=request,
        introduction=asked,
        reason="urgent",
        sealed_words=key.seal(words("passed"), "p"),
        happened_at=NOW,
    )


def _together(cast: Cast) -> None:
    mina, theo, key = cast.mina, cast.theo, key_of(PERSON, cast.mina.pk)
    talk = conversations.open_conversation(actor=mina, programme=cast.programme, people=[mina, theo], now=NOW)
    for each in range(3):
        conversations.send_message(
            actor=mina, conversation=talk, text=words(f"message {each}"), note=words("note"), now=NOW
        )
    conversations.send_message(actor=theo, conversation=talk, text="Theo's own words", now=NOW)
    conversations.keep_draft(actor=mina, conversation=talk, text=words("draft"), note="", now=NOW)
    conversations.look_inside(
        actor=cast.cora, conversation=talk, reason="Somebody asked for it today", now=NOW
    )
    _noticed(cast, talk)
    walk = Relationship.objects.create(
        programme=cast.programme, member=mina, supporter=theo, conversation_id=talk.pk, began_at=NOW
    )
    both = key_of(RELATIONSHIP, walk.pk)
    walk.sealed_reasons, walk.sealed_pause = (
        both.seal(words("why"), "reasons"),
        both.seal(words("rest"), "pause"),
    )
    walk.save()
    Agreement.objects.create(
        relationship=walk,
        number=1,
        drafted_by=mina,
        sealed=both.seal(words("agreed"), "agreement:1"),
        drafted_at=NOW,
    )
    note = SharedNote.objects.create(relationship=walk, begun_by=mina, begun_at=NOW)
    NoteVoice.objects.create(
        note=note, author=mina, number=1, sealed=key.seal(words("shared"), f"note:{note.pk}"), written_at=NOW
    )
    NoteLook.objects.create(
        relationship=walk,
        reader=cast.cora,
        reason_key="asked",
        sealed_words=both.seal(words("look"), "look"),
        looked_at=NOW,
    )
    Goodbye.objects.create(
        relationship=walk,
        writer=mina,
        sealed=key.seal(words("goodbye"), f"goodbye:{walk.pk}"),
        written_at=NOW,
    )
    CheckIn.objects.create(relationship=walk, person=mina, asked_at=NOW)


def _noticed(cast: Cast, talk: Conversation) -> None:
    """Her words were noticed, and Cora wrote why she did nothing."""
    conversations.send_message(
        actor=cast.mina, conversation=talk, text=f"{words('heavy')} I have taken all my tablets", now=NOW
    )
    noticed = Noticed.objects.get()
    noticing.answer_noticed(actor=cast.cora, noticed=noticed, deed="fine", reason=words("answered"), now=NOW)
