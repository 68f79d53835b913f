"""What we ask: one's own book, what two agreed on, and what will happen at a meeting."""

from companionway.steps.book import Contact, Try
from companionway.steps.queries._before import Ahead, before_going
from companionway.steps.queries._company import (
    Choice,
    Shown,
    agreed_for,
    asked_of_me,
    company_of_step,
    company_shown,
    mine_now,
    open_now,
    people_to_ask,
    words_of,
)
from companionway.steps.queries._own import (
    Less,
    Linked,
    examples,
    links_of,
    months_outside,
    needing_less,
    own_book,
    series_to_choose,
)

__all__ = [
    "Ahead",
    "Choice",
    "Contact",
    "Less",
    "Linked",
    "Shown",
    "Try",
    "agreed_for",
    "asked_of_me",
    "before_going",
    "company_of_step",
    "company_shown",
    "examples",
    "links_of",
    "mine_now",
    "months_outside",
    "needing_less",
    "open_now",
    "own_book",
    "people_to_ask",
    "series_to_choose",
    "words_of",
]
