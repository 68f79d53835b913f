"""What every page here begins and ends with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404

from companionway.foundation.policy import Refused
from companionway.people.http import SignedInRequest
from companionway.practice import policy
from companionway.practice.models import SupporterPractice


def own(request: SignedInRequest, public_id: str) -> SupporterPractice:
    """The signed-in person's own practice; somebody else's does not exist here."""
    rows = policy.visible_to(request.user).select_related("programme")
    practice = get_object_or_404(rows, public_id=public_id)
    if not policy.may_keep(request.user, practice):
        raise Http404
    return practice


def try_to(request: SignedInRequest, deed: Callable[[], Any], thanks: Any) -> Any:
    """Do one deed; say thanks, or say kindly why not (and return None)."""
    try:
        done = deed()
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return None
    messages.success(request, thanks)
    return done
