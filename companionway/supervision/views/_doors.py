"""What every page here begins and ends with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404

from companionway.foundation.policy import Refused
from companionway.people.http import SignedInRequest
from companionway.people.models import Programme
from companionway.supervision import policy, queries
from companionway.supervision.models import Supervision
from companionway.ui.forms import KindForm


def ours(request: SignedInRequest, public_id: str) -> Supervision:
    """The supervision, for one of its two people; for everybody else it does not exist."""
    rows = policy.visible_to(request.user).select_related("programme", "supporter", "supervisor")
    return get_object_or_404(rows.saying_lived(), public_id=public_id)


def my_programme(request: SignedInRequest, public_id: str) -> tuple[Programme, Supervision | None]:
    """A programme in which I support or supervise, and who holds me there; another one does not exist here."""
    for programme, held in queries.where_held(request.user, queries.pairs_of(request.user)):
        if programme.public_id == public_id:
            return programme, held
    raise Http404


def try_to(request: SignedInRequest, deed: Callable[[], Any], thanks: Any) -> Any:
    """Do one deed; say thanks, or say kindly why not (and return None)."""
    try:
        done = deed()
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return None
    messages.success(request, thanks)
    return done if done is not None else True


def said_yes(form: KindForm, field: str | None, deed: Callable[[], Any]) -> Any:
    """Do the deed of a form; a refusal stands in the form, beside the words, and None comes back."""
    try:
        done = deed()
    except Refused as refusal:
        form.add_error(field, str(refusal))
        return None
    return done if done is not None else True
