"""What stands at the head of a group's space: the way to its page, what was pinned, and one's own pause."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from companionway.conversations import many
from companionway.groups import queries


def head(person: Any, conversation: Any) -> SafeString | None:
    group = queries.space_head_of(person, conversation.pk)
    if group is None:
        return None
    context = {
        "group": group,
        "pins": queries.pins_of(group),
        "pause": queries.my_pause(person, group),
    }
    return render_to_string("groups/parts/head.html", context)


def register() -> None:
    many.register(head)
