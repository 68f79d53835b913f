"""This room's part of deleting everything about a person, and of a conversation that is destroyed."""

from __future__ import annotations

from datetime import datetime

from companionway.noticing.rows import forget_noticed
from companionway.people.models import Person
from companionway.release import trainees
from companionway.release.models import HeldReply, Reading, Signature, Space, ThreadNote, Traineeship
from companionway.release.states import ReplyState


def part(person: Person, now: datetime) -> dict[str, int]:
    """What they wrote goes, waiting or not; what they signed and read goes with them; nobody learns who is gone."""
    written = HeldReply.objects.filter(author=person)
    written.filter(state=ReplyState.WAITING).update(state=ReplyState.WITHDRAWN, decided_at=now)
    forget_noticed([held.number for held in written.only("pk")])
    replies = written.exclude(sealed=b"").update(sealed=b"", sealed_answer=None)
    HeldReply.objects.filter(decided_by=person).update(sealed_answer=None, decided_by=None)
    notes, _ = ThreadNote.objects.filter(author=person).delete()
    Reading.objects.filter(mentor=person).delete()
    Signature.objects.filter(signed_by=person).delete()
    Space.objects.filter(held_by=person).update(held_by=None)
    Traineeship.objects.filter(person=person, ended_at=None).update(ended_at=now)
    trainees.forget()
    return {"held_replies": replies, "thread_notes": notes}


def words_of_conversation(conversation_id: int) -> None:
    """Its key is gone already; no sealed byte needs to stay."""
    HeldReply.objects.filter(conversation=conversation_id).update(sealed=b"", sealed_answer=None)
    ThreadNote.objects.filter(thread__conversation=conversation_id).delete()
