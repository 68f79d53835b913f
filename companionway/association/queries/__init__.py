"""What we ask about an association."""

from companionway.association.queries._minutes import (
    Approval,
    Decision,
    Elected,
    Paper,
    Signed,
    approvals_for,
    listed,
    newest_of,
    paper_of,
    words_of,
)
from companionway.association.queries._register import (
    Entry,
    Office,
    entry_of,
    offices_of,
    register_of,
    voters,
)
from companionway.association.queries._taking import Taking, taking_for

__all__ = [
    "Approval",
    "Decision",
    "Entry",
    "Office",
    "Paper",
    "Elected",
    "Signed",
    "Taking",
    "approvals_for",
    "entry_of",
    "listed",
    "newest_of",
    "offices_of",
    "paper_of",
    "register_of",
    "taking_for",
    "voters",
    "words_of",
]
