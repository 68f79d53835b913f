"""What was noticed in the world: heavy words of the member, and words of the supporter that cross a boundary."""

from __future__ import annotations

from datetime import datetime

from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation
from companionway.noticing.models import Noticed
from companionway.noticing.states import Side
from companionway.people.models import Person

HEAVY, CROSSING = "I have taken all my tablets", "Send me a photo of you in your underwear"


def noticed_in(
    conversation_id: int | None, member: Person, supporter: Person, now: datetime, name: str
) -> dict[Side, Noticed]:
    """`name` makes the words those of one organisation, so that they can be told apart."""
    talk = Conversation.objects.get(pk=conversation_id)
    for person, words in ((member, HEAVY), (supporter, CROSSING)):
        conversations.send_message(actor=person, conversation=talk, text=f"{words}, {name}", now=now)
    found = Noticed.objects.filter(conversation_id=talk.pk)
    return {side: found.get(side=side) for side in Side}
