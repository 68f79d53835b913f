"""What is done about replies that are read first, about those who learn, and beside a conversation."""

from companionway.release.services._deciding import open_reply, release_reply, send_back
from companionway.release.services._learning import begin_learning, end_learning, sign, step_back
from companionway.release.services._promising import (
    close_what_waits,
    keep_promises,
    open_thread,
)
from companionway.release.services._spaces import hold_conversation, hold_programme
from companionway.release.services._talking import say_beside
from companionway.release.services._waiting import change_reply, put_aside, withdraw_reply, write_anew

__all__ = [
    "begin_learning",
    "change_reply",
    "close_what_waits",
    "end_learning",
    "hold_conversation",
    "hold_programme",
    "keep_promises",
    "open_reply",
    "open_thread",
    "put_aside",
    "release_reply",
    "say_beside",
    "send_back",
    "sign",
    "step_back",
    "withdraw_reply",
    "write_anew",
]
