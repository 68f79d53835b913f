"""What people do in conversations."""

from companionway.conversations.services._changing import edit_message, undo_message, withdraw_message
from companionway.conversations.services._erasing import erase_conversation
from companionway.conversations.services._looking import look_inside
from companionway.conversations.services._opening import (
    close_conversation,
    open_conversation,
    reopen_conversation,
)
from companionway.conversations.services._reading import choose_signals, keep_draft, mark_read, mark_unread
from companionway.conversations.services._sending import say_system_line, send_message

__all__ = [
    "choose_signals",
    "close_conversation",
    "edit_message",
    "erase_conversation",
    "keep_draft",
    "look_inside",
    "mark_read",
    "mark_unread",
    "open_conversation",
    "reopen_conversation",
    "say_system_line",
    "send_message",
    "undo_message",
    "withdraw_message",
]
