"""What the room above shows at the head of a place of many: what was pinned, and the way to its own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

Head = Callable[[Any, Any], SafeString | None]
_heads: list[Head] = []


def register(head: Head) -> None:
    """`head(person, conversation)`, for somebody who is in it; None where the place is not that room's."""
    if head not in _heads:
        _heads.append(head)


def head(person: Any, conversation: Any) -> SafeString:
    return next((drawn for each in _heads if (drawn := each(person, conversation))), SafeString())
