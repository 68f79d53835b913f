"""The house that an address names, for whoever belongs; everybody else gets what strangers get.

Shared with the rooms of a house above: placements, joint records, reach-out.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from companionway.clubhouse import policy
from companionway.people.http import SignedInRequest
from companionway.people.models import Programme
from companionway.ui.forms import KindForm


def house(request: SignedInRequest, public_id: str) -> Programme:
    """The house with this public id, among those the reader belongs to; else 404."""
    found = next((each for each in policy.houses_of(request.user) if each.public_id == public_id), None)
    if found is None:
        raise Http404
    return found


def today_in(programme: Programme) -> date:
    """The day it is now where the house stands."""
    return timezone.localdate(timezone=ZoneInfo(programme.organisation.time_zone))


def form_page(request: SignedInRequest, form: KindForm, **context: Any) -> HttpResponse:
    """One form on a page of its own: `heading`, `lead`, `back_url`, `label`."""
    return render(request, "clubhouse/form.html", {"form": form, **context})
