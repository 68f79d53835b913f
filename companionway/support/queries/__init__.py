"""What is asked here: pairs and loads for other rooms; the opened words for the two people's pages."""

from companionway.support.queries._agreements import Agreements, AgreementShown, agreements_of
from companionway.support.queries._notes import LookShown, NotePage, is_looking, looks_at, note_of
from companionway.support.queries._page import (
    LetterShown,
    letters_of,
    pause_words_of,
    question_for,
    reasons_of,
    talk_address,
)
from companionway.support.queries._pairs import (
    agreements_waiting_for,
    between,
    ended_pairs,
    load_of,
    overseen,
    relationships_of,
    talks_to_open,
    together_now,
)

__all__ = [
    "AgreementShown",
    "Agreements",
    "LetterShown",
    "LookShown",
    "NotePage",
    "agreements_of",
    "agreements_waiting_for",
    "between",
    "ended_pairs",
    "is_looking",
    "letters_of",
    "load_of",
    "looks_at",
    "note_of",
    "overseen",
    "pause_words_of",
    "question_for",
    "reasons_of",
    "relationships_of",
    "talk_address",
    "talks_to_open",
    "together_now",
]
