"""Line icons from the sprite."""

from __future__ import annotations

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

# Icons that point along the line of reading turn round in right-to-left pages.
FLIPPED = frozenset({"exit", "back", "next", "send", "reply", "undo", "list"})


@lru_cache(maxsize=512)
def draw_icon(name: str, extra: str = "") -> SafeString:
    """Always beside words: it is hidden from screen readers. Kept, because a page draws twenty of them."""
    classes = " ".join(filter(None, ["icon", "flip" if name in FLIPPED else "", extra]))
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        classes,
        static("ui/icons/icons.svg"),
        name,
    )
