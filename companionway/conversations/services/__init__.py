"""What people do in conversations."""

from companionway.conversations.services._changing import (
    edit_message,
    look_at_held,
    undo_message,
    withdraw_message,
)
from companionway.conversations.services._erasing import erase_conversation
from companionway.conversations.services._looking import look_inside, open_noticed
from companionway.conversations.services._many import (
    come_in,
    leave_space,
    mute_space,
    open_space,
    pause_in_space,
    rename_space,
)
from companionway.conversations.services._opening import (
    close_conversation,
    open_conversation,
    reopen_conversation,
)
from companionway.conversations.services._reading import choose_signals, keep_draft, mark_read, mark_unread
from companionway.conversations.services._removing import put_back_message, take_away_message
from companionway.conversations.services._sending import say_system_line, send_message
from companionway.conversations.writing import first_in_order

__all__ = [
    "choose_signals",
    "close_conversation",
    "come_in",
    "edit_message",
    "erase_conversation",
    "first_in_order",
    "keep_draft",
    "leave_space",
    "look_at_held",
    "look_inside",
    "mark_read",
    "open_noticed",
    "mark_unread",
    "mute_space",
    "open_conversation",
    "open_space",
    "pause_in_space",
    "put_back_message",
    "rename_space",
    "reopen_conversation",
    "say_system_line",
    "send_message",
    "take_away_message",
    "undo_message",
    "withdraw_message",
]
