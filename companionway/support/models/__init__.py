"""What is true here: walks, agreements, shared notes, letters, and who looked."""

from companionway.support.models._relationships import Relationship, RelationshipQuerySet
from companionway.support.models._words import Agreement, CheckIn, Goodbye, NoteLook, NoteVoice, SharedNote

__all__ = [
    "Agreement",
    "CheckIn",
    "Goodbye",
    "NoteLook",
    "NoteVoice",
    "Relationship",
    "RelationshipQuerySet",
    "SharedNote",
]
