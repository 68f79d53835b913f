"""What a report of something the two wrote carries, and nothing beside it: the other's words on one page of the note,
the letter that was given, or the newest version of the agreement where the other wrote that down."""

from __future__ import annotations

from companionway.people.models import Person
from companionway.safety.extracts import Extract
from companionway.safety.extracts import register as register_extract
from companionway.support import policy, queries
from companionway.support.models import Relationship


def _walk(actor: Person, public_id: str) -> Relationship | None:
    return policy.walked_by(actor).select_related("programme").filter(public_id=public_id).first()


def _extract(actor: Person, walk: Relationship, words: str) -> Extract | None:
    other = walk.member_id if actor.pk == walk.supporter_id else walk.supporter_id
    return Extract(text=words, about_person_id=other, programme_id=walk.programme_id) if words else None


def of_note(actor: Person, identifier: str) -> Extract | None:
    walk = policy.walked_by(actor).select_related("programme").filter(notes__public_id=identifier).first()
    if walk is None:
        return None
    page = next(each for each in queries.note_of(walk) if each.note.public_id == identifier)
    words = [voice.words for voice in page.voices if voice.author.pk != actor.pk]
    return _extract(actor, walk, "\n\n".join(words))


def of_letter(actor: Person, identifier: str) -> Extract | None:
    walk = _walk(actor, identifier)
    if walk is None:
        return None
    _mine, given = queries.letters_of(walk, actor)
    return _extract(actor, walk, given.words if given else "")


def of_agreement(actor: Person, identifier: str) -> Extract | None:
    """The newest version, where the other wrote it down."""
    walk = _walk(actor, identifier)
    if walk is None:
        return None
    found = queries.agreements_of(walk, actor)
    shown = found.draft or found.holds
    if shown is None or shown.row.drafted_by_id == actor.pk:
        return None
    return _extract(actor, walk, "\n\n".join(answer.words for answer in shown.answers if answer.words))


def register() -> None:
    register_extract("note", of_note)
    register_extract("letter", of_letter)
    register_extract("agreement", of_agreement)
