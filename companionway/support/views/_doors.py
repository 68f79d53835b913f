"""What every page here begins and ends with: finding the row, and turning a refusal into a sentence."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from companionway.people.http import SignedInRequest
from companionway.people.practice_models import PracticeModel
from companionway.release import queries as release
from companionway.support import policy
from companionway.support.models import Relationship


def ours(request: SignedInRequest, public_id: str) -> Relationship:
    """The walk, for one of its two people; for everybody else it does not exist."""
    seen = policy.visible_to(request.user).select_related("programme", "member", "supporter")
    relationship = get_object_or_404(seen, public_id=public_id)
    if not policy.may_read_words(request.user, relationship):
        raise Http404
    return relationship


def page(request: SignedInRequest, template: str, relationship: Relationship, **context: Any) -> HttpResponse:
    """Draw a page in the programme's own words."""
    programme, other = relationship.programme, relationship.other_of(request.user)
    own = {
        "relationship": relationship,
        "other": other,
        "other_name": other.name or _("somebody who left"),
        "other_public_id": other.public_id,
        "words": programme.words,
        "model": PracticeModel.of(programme),
        # Who reads what the supporter writes before it comes, where they learn.
        "promise": release.promise_between(
            programme.pk, relationship.conversation_id, relationship.supporter_id
        ),
    }
    return render(request, f"support/{template}.html", {**own, **context})


def to_walk(relationship: Relationship) -> HttpResponse:
    return redirect("support:walk", public_id=relationship.public_id)
