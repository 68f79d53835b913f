"""Who learns, where everybody is read first, the words that wait, what is said beside; and the database's own rules."""

from companionway.release.models import _walls as _walls
from companionway.release.models._held import (
    HeldReply,
    HeldReplyQuerySet,
    Reading,
    Signature,
    Space,
    Thread,
    ThreadNote,
    Traineeship,
)

__all__ = [
    "HeldReply",
    "HeldReplyQuerySet",
    "Reading",
    "Signature",
    "Space",
    "Thread",
    "ThreadNote",
    "Traineeship",
]
