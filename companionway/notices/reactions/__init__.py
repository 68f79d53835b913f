"""Who hears about what, from every room below."""

from companionway.notices.reactions import (
    _apart,
    _concerns,
    _fairness,
    _finding,
    _holding,
    _learning,
    _meeting,
    _noticing,
    _on_call,
    _pages,
    _safety,
    _talking,
    _together,
    _walking,
)

__all__ = [
    "_apart",
    "_concerns",
    "_fairness",
    "_finding",
    "_holding",
    "_learning",
    "_meeting",
    "_noticing",
    "_on_call",
    "_pages",
    "_safety",
    "_talking",
    "_together",
    "_walking",
]
