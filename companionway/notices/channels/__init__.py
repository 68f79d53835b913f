"""The only way words leave the house: e-mail and web push. They say that something waits, and nothing else."""

from companionway.notices.channels._email import send_email
from companionway.notices.channels._guard import NotAllowed, check_endpoint
from companionway.notices.channels._keys import public_key
from companionway.notices.channels._outcome import Outcome
from companionway.notices.channels._push import Subscription, send_push
from companionway.notices.channels._words import Words, words_for

__all__ = [
    "NotAllowed",
    "Outcome",
    "Subscription",
    "Words",
    "check_endpoint",
    "public_key",
    "send_email",
    "send_push",
    "words_for",
]
