"""Where everybody's words are read first, for those who keep the switch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from companionway.conversations import policy as conversations_policy
from companionway.conversations import queries as conversations
from companionway.people.models import Person, Programme
from companionway.release import policy, spaces
from companionway.release.models import Space


def is_read_first(programme: Programme, conversation_id: int, people: Iterable[Person]) -> bool:
    """Whether what these people write in their conversation is read first. From memory: it asks nothing."""
    return spaces.may_be_held(programme, conversation_id, [each.age_band for each in people])


def spaces_for(actor: Person) -> dict[str, Any]:
    """Programmes with whether they are held, always or by a switch; and the single conversations they may open."""
    programmes = list(policy.spaces_of(actor).order_by("name", "pk"))
    on = set(Space.objects.filter(conversation=None).values_list("programme_id", flat=True))
    single = conversations_policy.lookable_by(actor).filter(pk__in=Space.objects.values("conversation"))
    return {
        "programmes": [(each, spaces.must_be(each, ()), each.pk in on) for each in programmes],
        "single": [
            (talk, ", ".join(each.person.name for each in conversations.people_in(talk.pk)))
            for talk in single.order_by("pk")[:50]
        ],
    }
