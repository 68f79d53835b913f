"""What may be sent: tidied, never empty, never longer than the room for it."""

from __future__ import annotations

import re
import uuid

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companionway.ui.forms import tidy

NOTE_LENGTH = 120
_CLIENT_ID = re.compile(r"[0-9A-Za-z-]{8,36}\Z")


class Unfit(Exception):
    """These words cannot be sent as they are; str(unfit) says kindly why. Nothing was kept or lost."""


def fit(text: str, note: str = "") -> tuple[str, str]:
    """The words and the content note, tidied. Raises Unfit."""
    text, note = _tidied(text).strip(), " ".join(_tidied(note).split())
    if not text:
        raise Unfit(_("There is nothing to send yet. Write a few words first."))
    over = len(text) - settings.MESSAGE_MAX_LENGTH
    if over > 0:
        words = ngettext(
            "This is %(over)d character longer than one message can be. You could send it in parts.",
            "This is %(over)d characters longer than one message can be. You could send it in parts.",
            over,
        )
        raise Unfit(words % {"over": over})
    if len(note) > NOTE_LENGTH:
        raise Unfit(_("Please make the content note shorter. A few words are enough."))
    return text, note


def _tidied(text: str) -> str:
    return text if text.isascii() and text.isprintable() else tidy(text)


def fit_client_id(given: str) -> str:
    """The device's own name for a message, or a new one when it is missing or not believable."""
    return given if _CLIENT_ID.match(given) else str(uuid.uuid4())
