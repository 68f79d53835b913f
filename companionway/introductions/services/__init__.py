"""What can be done here. One call, one transaction: check, change, announce."""

from companionway.introductions.services._answering import answer, take_back
from companionway.introductions.services._asking import ask, ask_supporter, change_wishes, welcome_offers
from companionway.introductions.services._offering import offer, pass_by
from companionway.introductions.services._passing import Passing, ReasonOwed, record_passed_over
from companionway.introductions.services._pausing import (
    close_between,
    hand_to_cover,
    let_go_of_supporter,
    look_for_someone_else,
    pause_request,
    reopen_request,
    rest_requests_of,
    wake_requests_of,
    withdraw_request,
)
from companionway.introductions.services._proposing import (
    choose_values,
    make_suggestions,
    propose,
    propose_list,
    set_need_level,
)

__all__ = [
    "Passing",
    "ReasonOwed",
    "answer",
    "ask",
    "ask_supporter",
    "change_wishes",
    "choose_values",
    "close_between",
    "hand_to_cover",
    "let_go_of_supporter",
    "look_for_someone_else",
    "make_suggestions",
    "offer",
    "pass_by",
    "pause_request",
    "propose",
    "propose_list",
    "record_passed_over",
    "reopen_request",
    "rest_requests_of",
    "set_need_level",
    "take_back",
    "wake_requests_of",
    "welcome_offers",
    "withdraw_request",
]
