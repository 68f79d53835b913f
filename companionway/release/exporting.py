"""This room's part of what a person downloads about themselves: their own words, and what was written to them."""

from __future__ import annotations

from typing import Any

from companionway.people.models import Person
from companionway.release import queries
from companionway.release.models import HeldReply, Reading, Space, ThreadNote, Traineeship


def part(person: Person) -> dict[str, Any]:
    """Held words and answers to them, a reader's answers, both their notes beside. Nothing to a member: what
    was never sent is its author's alone."""
    mine = HeldReply.objects.filter(author=person).select_related("conversation").order_by("pk")
    answered = HeldReply.objects.filter(decided_by=person).exclude(sealed_answer=None).order_by("pk")
    notes = ThreadNote.objects.filter(author=person).select_related("thread").order_by("pk")
    return {
        "learning": [
            {"programme": each.programme.name, "stage": each.stage, "since": each.began_at.isoformat()}
            for each in Traineeship.objects.filter(person=person).select_related("programme").order_by("pk")
        ],
        "my_replies": [
            {
                "written": each.held_at.isoformat(),
                "state": each.state,
                **queries.words_of(each),
                "answer": queries.answer_to(each),
            }
            for each in mine
        ],
        "my_answers": [
            {"at": each.decided_at.isoformat() if each.decided_at else "", "words": queries.answer_to(each)}
            for each in answered
        ],
        "read_first_by_my_word": [
            {"programme": each.programme.name, "since": each.since_at.isoformat()}
            for each in Space.objects.filter(held_by=person).select_related("programme").order_by("pk")
        ],
        "read_by_me": Reading.objects.filter(mentor=person).count(),
        "beside": [
            {"at": note.written_at.isoformat(), "words": queries.words_of_note(note)} for note in notes
        ],
    }
