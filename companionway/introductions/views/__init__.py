"""The pages of this room."""

from companionway.introductions.views._asking import (
    ask,
    ask_supporter,
    browse,
    change_state,
    mine,
    one_request,
    start,
    suggestions,
    welcome_offers,
)
from companionway.introductions.views._desk import card, desk, level, one_desk, values, whole_list
from companionway.introductions.views._meeting import introduction, need, needs, take_back
from companionway.introductions.views._questions import question

__all__ = [
    "ask",
    "ask_supporter",
    "browse",
    "card",
    "change_state",
    "desk",
    "introduction",
    "level",
    "mine",
    "need",
    "needs",
    "one_desk",
    "one_request",
    "question",
    "start",
    "suggestions",
    "take_back",
    "values",
    "welcome_offers",
    "whole_list",
]
