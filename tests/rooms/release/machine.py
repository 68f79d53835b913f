"""A trainee who tries everything, a mentor who decides, and all that can reach the member: a state machine."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from companionway.config import callers
from companionway.conversations import places, queries, telling
from companionway.conversations import services as conversations
from companionway.conversations.models import Message
from companionway.foundation import parts, sealing
from companionway.foundation.events import deliver
from companionway.foundation.policy import Refused
from companionway.notices.sending import send_due
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Organisation, Person, Programme, Purpose
from companionway.release import gate, services, trainees
from companionway.release.models import HeldReply, Traineeship
from companionway.release.states import Stage
from tests.cast import NOW, give, make_person
from tests.rooms.conversations.conftest import signed_in
from tests.rooms.conversations.test_lane_doors import ask, cookie, form, listen, story
from tests.rooms.release.conftest import HOUR

_numbers = itertools.count(1)
# As it is without faults: what the machine expects is not what a fault makes of it.
TRUE_DRAW, TRUE_SHARE = gate.is_drawn, gate.share_of


@dataclass
class Said:
    """One thing the trainee tried to say: a word that stands nowhere else, and whether the member may ever meet it."""

    word: str
    name: str
    is_free: bool = False


class TraineeAndMember(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        organisation = Organisation.objects.earliest("pk")
        programme = Programme.objects.filter(organisation=organisation).earliest("pk")
        number = next(_numbers)
        self.mina, self.theo, self.hanna = (
            make_person(f"{name} {number}", organisation=organisation) for name in ("Mina", "Theo", "Hanna")
        )
        give(self.theo, roles.SUPPORTER, programme)
        give(self.hanna, roles.MENTOR, programme)
        give(self.mina, roles.MEMBER, programme)
        for purpose in (Purpose.CONTACT_EMAIL,):
            people.give_consent(actor=self.mina, purpose=purpose, now=NOW)
        Person.objects.filter(pk=self.mina.pk).update(email=f"m{number}@example.org")
        self.mina.refresh_from_db()
        cora = Person.objects.get(name="Cora")
        self.talk = conversations.open_conversation(
            actor=self.mina, programme=programme, people=[self.mina, self.theo], now=NOW - 5 * HOUR
        )
        self.learning = services.begin_learning(
            actor=cora, person=self.theo, programme=programme, now=NOW - 4 * HOUR
        )
        self.said: list[Said] = []
        self.mails = len(mail.outbox)
        self.now = NOW

    # What the trainee tries.

    def new(self) -> Said:
        number = next(_numbers)
        said = Said(f"zq{number:06}x", f"name-of-{number:08}")
        self.said.append(said)
        return said

    @property
    def stage(self) -> str:
        return Traineeship.objects.get(pk=self.learning.pk).stage

    def must_be_read(self, said: Said, asks: bool) -> bool:
        """What the rules say about a new name, asked of the rows as they are."""
        rows = HeldReply.objects.filter(author=self.theo, conversation=self.talk)
        last = rows.order_by("-pk").first()
        if rows.filter(state="waiting").exists() or self.stage == Stage.EVERY:
            return True
        if last and (last.state == "sent_back" or (last.state == "withdrawn" and last.why != "asked")):
            return True
        learning = Traineeship.objects.get(pk=self.learning.pk)
        is_drawn = self.stage == Stage.SAMPLED and TRUE_DRAW(learning, said.name, self.now)
        return is_drawn or asks

    @rule(by_form=st.booleans(), asks=st.booleans())
    def says(self, by_form: bool, asks: bool) -> None:
        said = self.new()
        asks = asks and by_form
        said.is_free = not self.must_be_read(said, asks)
        self.send(said, by_form, asks)

    @precondition(lambda self: self.said)
    @rule(data=st.data(), by_form=st.booleans())
    def says_it_again(self, data: Any, by_form: bool) -> None:
        """A retry, or a device that was offline: the same words under the same name."""
        self.send(data.draw(st.sampled_from(self.said)), by_form, False)

    @precondition(lambda self: self.said)
    @rule(data=st.data(), by_form=st.booleans())
    def tries_under_another_name(self, data: Any, by_form: bool) -> None:
        """The words of one that waits or came back, as if they were new."""
        self.renames(data.draw(st.sampled_from(self.said)), by_form)

    def renames(self, old: Said, by_form: bool) -> None:
        again = Said(old.word, f"name-of-{next(_numbers):08}", old.is_free)
        again.is_free = not self.must_be_read(again, False)
        if again.is_free:
            for each in self.said:
                each.is_free = each.is_free or each.word == old.word
        self.send(again, by_form, False)

    def send(self, said: Said, by_form: bool, asks: bool) -> None:
        where = reverse("conversations:send", args=[self.talk.public_id])
        if by_form:
            fields = {"text": said.word, "client_id": said.name} | ({"ask": "1"} if asks else {})
            assert signed_in(self.theo).post(where, fields).status_code == 302
        else:
            answers = []

            async def tell() -> None:
                answers.append(await ask("POST", where, who=who, body=form(said.word, said.name)))

            who = cookie(self.theo)
            story(tell)
            assert answers[0].status == 200

    @rule(data=st.data())
    def changes_what_was_sent(self, data: Any) -> None:
        sent = list(Message.objects.filter(author=self.theo, state="here").order_by("pk"))
        if not sent:
            return
        self.change(data.draw(st.sampled_from(sent)))

    def change(self, found: Message) -> None:
        said = self.new()
        said.is_free = self.may_replace(said)
        with contextlib.suppress(Refused):
            conversations.edit_message(actor=self.theo, message=found, text=said.word, now=self.now)

    def may_replace(self, said: Said) -> bool:
        return self.stage == Stage.ON_REQUEST

    @rule()
    def keeps_a_draft(self) -> None:
        said = self.new()
        conversations.keep_draft(actor=self.theo, conversation=self.talk, text=said.word, now=self.now)

    @precondition(lambda self: self.waiting())
    @rule()
    def changes_what_waits(self) -> None:
        said, held = self.new(), self.waiting()[0]
        services.change_reply(actor=self.theo, held=held, text=said.word, now=self.now)

    @precondition(lambda self: self.waiting())
    @rule()
    def withdraws(self) -> None:
        services.withdraw_reply(actor=self.theo, held=self.waiting()[-1], now=self.now)

    # What mentors do, and time.

    def waiting(self) -> list[HeldReply]:
        return list(HeldReply.objects.waiting().filter(author=self.theo).order_by("pk"))

    @precondition(lambda self: self.waiting())
    @rule(goes=st.booleans())
    def the_mentor_decides(self, goes: bool) -> None:
        held = self.waiting()[0]
        services.open_reply(actor=self.hanna, held=held, now=self.now)
        words = {"words": "Thank you. Please ask first."} if not goes else {}
        deed: Any = services.release_reply if goes else services.send_back
        message_id = deed(actor=self.hanna, held=held, version=held.version, now=self.now, **words)
        if goes:
            went = queries.shown_of(Message.objects.get(pk=message_id))
            for each in self.said:
                each.is_free = each.is_free or each.word == went.facts["text"]

    @rule(stage=st.sampled_from(Stage))
    def mentors_sign_or_step_back(self, stage: Stage) -> None:
        Traineeship.objects.filter(pk=self.learning.pk).update(stage=stage, stage_at=self.now)

    @rule(hours=st.sampled_from([1, 25, 49]))
    def time_goes_by(self, hours: int) -> None:
        self.now += hours * HOUR
        services.keep_promises(actor=None, now=self.now)

    @rule()
    def everything_remembered_is_lost(self) -> None:
        """The process was killed, or a backup restored: only the rows are left."""
        places.forget_all()
        gate.forget()
        telling.forget_drawn()
        callers.forget_all()
        sealing.forget_all()

    # What the member gets.

    @invariant()
    def no_unread_message(self) -> None:
        """By what every page, stream and list of messages is made of."""
        shown = queries.changed_in(self.talk.pk, 1, 1000) + queries.messages_of(self.talk, limit=1000)
        self.check("messages", str([each.facts for each in shown]))

    def teardown(self) -> None:
        if not hasattr(self, "said"):
            return
        for way, content in self.everything_she_gets().items():
            self.check(way, content)

    def check(self, way: str, content: str) -> None:
        leaked = [each.word for each in self.said if not each.is_free and each.word in content]
        assert not leaked, f"unread words reached the member by {way}: {leaked}"

    def everything_she_gets(self) -> dict[str, str]:
        client, here = signed_in(self.mina), [self.talk.public_id]
        pages = [
            reverse("conversations:talk", args=here),
            reverse("conversations:about", args=here),
            reverse("conversations:list"),
            reverse("people:looked"),
            reverse("release:how", args=here),
        ]
        found = {f"page {number}": client.get(each).content.decode() for number, each in enumerate(pages)}
        mine = Message.objects.filter(conversation=self.talk, author=self.theo, state="here")
        for each in mine:
            address = reverse("conversations:message", args=[self.talk.public_id, each.pk])
            found[f"message {each.pk}"] = client.get(address).content.decode()
        found |= self.live(client)
        while deliver():
            pass
        send_due(self.now + 9 * HOUR)
        found["mail"] = "".join(f"{each.subject}{each.body}" for each in mail.outbox[self.mails :])
        found["file"] = str(parts.export_of(self.mina))
        found["searched"] = str(client.get(reverse("conversations:list"), {"q": "zq"}).content)
        return found

    def live(self, client: Client) -> dict[str, str]:
        """The stream, replayed from its beginning, and the list of what was missed."""
        found, who = {}, cookie(self.mina)

        async def tell() -> None:
            found["stream"] = await listen(who, until="event: here", path="/live?after=1")
            missed = await ask("GET", f"/messages/{self.talk.public_id}/since?seq=1", who=who)
            found["missed"] = missed.body.decode()

        story(tell)
        return found


class TwoInAHeldPlace(TraineeAndMember):
    """The same, where nobody learns and the place says that everything is read first; either of the two writes."""

    def __init__(self) -> None:
        super().__init__()
        Traineeship.objects.filter(pk=self.learning.pk).delete()
        trainees.forget_here()
        self.cora, self.is_on = Person.objects.get(name="Cora"), False
        self.switches(is_on=True)
        if next(_numbers) % 2:
            self.theo, self.mina = self.mina, self.theo

    def must_be_read(self, said: Said, asks: bool) -> bool:
        return self.is_on or bool(self.waiting())

    def may_replace(self, said: Said) -> bool:
        return not self.must_be_read(said, False)

    def mentors_sign_or_step_back(self, stage: Stage) -> None:
        """Nobody learns."""

    @rule(is_on=st.sampled_from([True, True, False]))
    def switches(self, is_on: bool) -> None:
        services.hold_conversation(actor=self.cora, conversation_id=self.talk.pk, is_on=is_on, now=self.now)
        self.is_on = is_on
