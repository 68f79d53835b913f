"""`erase PUBLIC_ID`: what a person, or everybody in one conversation, left here is destroyed; prints a proof."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from companionway.conversations.models import Conversation
from companionway.conversations.services import erase_conversation
from companionway.foundation import key_copy, sweeping
from companionway.people.models import Person
from companionway.people.services import erase_person


class Command(BaseCommand):
    help = "Destroy what a person, or everybody in one conversation, left here. It cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("public_id", help="as it stands in the address of the person or the conversation")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        public_id, now = options["public_id"], timezone.now()
        person = Person.objects.here().filter(public_id=public_id).first()
        conversation = None if person else Conversation.objects.filter(public_id=public_id).first()
        if person is None and conversation is None:
            raise CommandError("Nobody and no conversation has this id.")
        what = f"everything of {person.name}" if person else "every word in this conversation"
        if not options["yes"] and input(f"Destroy {what}, for good? Write yes: ").strip() != "yes":
            raise CommandError("Nothing was done.")
        if person is not None:
            made = erase_person(actor=None, person=person, now=now)
        elif conversation is not None:
            made = erase_conversation(actor=None, conversation=conversation, now=now)
        for sentence in [
            f"Destroyed {what}.",
            *sweeping.sweep(),
            "The proof, which says nothing about anybody:",
            made,
        ]:
            self.stdout.write(sentence)
        if not key_copy.path().exists():
            self.stdout.write(
                "There is no copy of the keys yet: a backup that holds keys of its own can still open it."
            )
