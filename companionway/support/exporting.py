"""This room's part of what a person downloads: everything they may read here, in plain words."""

from __future__ import annotations

from typing import Any

from companionway.foundation.sealing import PERSON, key_of
from companionway.people.models import Person
from companionway.support import kinds, queries
from companionway.support.models import Relationship
from companionway.support.states import State


def part(person: Person) -> list[dict[str, Any]]:
    return [_walk(relationship, person) for relationship in queries.relationships_of(person)]


def _walk(relationship: Relationship, person: Person) -> dict[str, Any]:
    mine, given = queries.letters_of(relationship, person)
    agreements = queries.agreements_of(relationship, person)
    shown = [each for each in (agreements.holds, agreements.draft, *agreements.earlier) if each]
    return {
        "with": relationship.other_of(person).name,
        "programme": relationship.programme.name,
        "my_side": "member" if person.pk == relationship.member_id else "supporter",
        "state": str(State(relationship.state).label),
        "began_at": relationship.began_at.isoformat(),
        "ended_at": relationship.ended_at.isoformat() if relationship.ended_at else None,
        "how_it_ended": kinds.words_of(relationship.programme, relationship.ending_kind),
        "why_we_were_introduced": queries.reasons_of(relationship),
        "agreements": [
            {
                "version": each.row.number,
                "drafted_at": each.row.drafted_at.isoformat(),
                "holds": each is agreements.holds,
                "answers": {answer.question or answer.key: answer.words for answer in each.answers},
            }
            for each in shown
        ],
        "note": [_page(page) for page in queries.note_of(relationship)],
        "others_who_read_the_note": [
            {
                "who": look.who.name,
                "reason": look.reason,
                "words": look.words,
                "at": look.looked_at.isoformat(),
            }
            for look in queries.looks_at(relationship)
        ],
        "my_letter": mine.words if mine else None,
        "letter_to_me": given.words if given else None,
        "my_answer_after_two_weeks": _answer(relationship, person),
    }


def _page(page: queries.NotePage) -> list[dict[str, Any]]:
    return [
        {
            "by": voice.author.name,
            "at": voice.written_at.isoformat(),
            "words": voice.words,
            "earlier": [{"at": at.isoformat(), "words": words} for at, words in voice.earlier],
        }
        for voice in page.voices
    ]


def _answer(relationship: Relationship, person: Person) -> str | None:
    row = relationship.check_ins.filter(person=person).exclude(sealed_answer=None).first()
    if row is None or row.sealed_answer is None:
        return None
    return key_of(PERSON, person.pk).open(row.sealed_answer, f"check:{relationship.pk}")
