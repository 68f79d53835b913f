"""This room's part of deleting everything about a person.

What was noticed in their messages goes with the messages (`conversations.erasing`). What they did on call stays without
their name, and without the reason they wrote.
"""

from __future__ import annotations

from datetime import datetime

from companionway.foundation import ids, sealing
from companionway.noticing.models import ANSWER, Answer
from companionway.people.models import Person

ids.owners(ANSWER, "noticing.Answer")


def part(person: Person, now: datetime) -> dict[str, int]:
    answers = Answer.objects.filter(by=person)
    for pk in answers.exclude(sealed_reason=b"").values_list("pk", flat=True):
        sealing.destroy_key(ANSWER, pk, now=now)
    return {"answers_on_call": answers.update(by=None, sealed_reason=b"")}
