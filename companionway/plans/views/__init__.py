"""The pages of this room."""

from companionway.plans.views._others import in_danger, shared_with_me, theirs
from companionway.plans.views._own import (
    as_seen,
    device,
    kept,
    paper,
    part,
    plan,
    share,
    stop,
    stop_all,
)

__all__ = [
    "as_seen",
    "device",
    "in_danger",
    "kept",
    "paper",
    "part",
    "plan",
    "share",
    "shared_with_me",
    "stop",
    "stop_all",
    "theirs",
]
