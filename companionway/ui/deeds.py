"""One deed of a page: done, or refused in a sentence that the person reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from companionway.foundation.policy import Refused
from companionway.ui.forms import KindForm


def try_to(request: HttpRequest, deed: Callable[[], Any], thanks: Any = "") -> Any:
    """Do one deed and say thanks, if there are words for it; or say kindly why not (and return None)."""
    try:
        done = deed()
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return None
    if thanks:
        messages.success(request, thanks)
    return done


def said_yes(form: KindForm, field: str | None, deed: Callable[[], Any]) -> Any:
    """Do the deed of a form; a refusal stands in the form, beside the words, and None comes back."""
    try:
        done = deed()
    except Refused as refusal:
        form.add_error(field, str(refusal))
        return None
    return done if done is not None else True
