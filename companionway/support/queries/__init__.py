"""What is asked here: pairs and loads for other rooms; the opened words for the two people's pages."""

from companionway.support.queries._agreements import Agreements, AgreementShown, agreements_of
from companionway.support.queries._notes import LookShown, NotePage, is_looking, looks_at, note_of
from companionway.support.queries._page import (
    LetterShown,
    News,
    letters_of,
    news_of,
    pause_words_of,
    question_for,
    reasons_of,
    talk_address,
)
from companionway.support.queries._pairs import (
    between,
    carried_by,
    companions_of,
    ended_pairs,
    first_agreement_waiting,
    load_of,
    load_rows,
    open_walks,
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
    "News",
    "NotePage",
    "agreements_of",
    "between",
    "companions_of",
    "carried_by",
    "ended_pairs",
    "first_agreement_waiting",
    "is_looking",
    "letters_of",
    "load_of",
    "load_rows",
    "looks_at",
    "news_of",
    "note_of",
    "open_walks",
    "overseen",
    "pause_words_of",
    "question_for",
    "reasons_of",
    "relationships_of",
    "talk_address",
    "talks_to_open",
    "together_now",
]
