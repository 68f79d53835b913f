"""Opening why somebody answered as they did. Who may read is decided before anybody calls this."""

from __future__ import annotations

from typing import Final

from companionway.foundation import sealing
from companionway.noticing.models import ANSWER, Answer

REASON: Final = "reason"


def open_reason(answer: Answer) -> str:
    if not answer.sealed_reason:
        return ""
    try:
        return sealing.key_of(ANSWER, answer.pk).open(answer.sealed_reason, REASON)
    except sealing.KeyDestroyed:
        return ""
