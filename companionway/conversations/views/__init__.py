"""The pages of this room, all usable without a script. What is written live comes in by `lane_doors`."""

from companionway.conversations.views._noticed import card, noticed, open_noticed
from companionway.conversations.views._talking import (
    about,
    all_mine,
    draft,
    edit,
    inside,
    look_inside,
    message,
    read,
    send,
    take_back,
    talk,
    undo,
    unread,
)

__all__ = [
    "about",
    "all_mine",
    "card",
    "draft",
    "edit",
    "inside",
    "look_inside",
    "message",
    "noticed",
    "open_noticed",
    "read",
    "send",
    "take_back",
    "talk",
    "undo",
    "unread",
]
