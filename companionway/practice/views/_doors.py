"""What every page here begins and ends with."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

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
