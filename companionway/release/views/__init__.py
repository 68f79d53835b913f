"""The pages of this room, all usable without a script."""

from companionway.release.views._beside import thread, threads
from companionway.release.views._learning import end, learning, sign, step_back, trainee
from companionway.release.views._mine import anew, how, mine, put_aside, withdraw
from companionway.release.views._reading import open_reply, queue, release, reply, send_back
from companionway.release.views._spaces import hold, hold_one, spaces

__all__ = [
    "anew",
    "end",
    "hold",
    "hold_one",
    "how",
    "learning",
    "mine",
    "open_reply",
    "put_aside",
    "queue",
    "release",
    "reply",
    "send_back",
    "sign",
    "spaces",
    "step_back",
    "thread",
    "threads",
    "trainee",
    "withdraw",
]
