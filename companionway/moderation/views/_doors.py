"""What every page here ends with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages

from companionway.foundation.policy import Refused
from companionway.people.http import SignedInRequest
from companionway.ui.forms import KindForm


def try_to(request: SignedInRequest, deed: Callable[[], Any], thanks: Any) -> bool:
    """Do one deed; say thanks, or say kindly why not."""
    try:
        deed()
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return False
    messages.success(request, thanks)
    return True


def said_yes(form: KindForm, deed: Callable[[], Any]) -> Any:
    """Do the deed of a form; a refusal stands in the form, beside the words, and None comes back."""
    try:
        return deed()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
