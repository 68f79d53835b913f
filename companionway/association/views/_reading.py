"""Reading minutes: on the page, on paper, as a file to take along, and a version before."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from companionway.association import policy, queries
from companionway.association.models import Minutes, Version
from companionway.association.views._found import found
from companionway.people.doors import signed_in
from companionway.people.group_rules import GroupRules
from companionway.people.http import SignedInRequest


def _context(
    request: SignedInRequest, minutes: Minutes, version: Version, rules: GroupRules
) -> dict[str, Any]:
    return {
        "group": minutes.group,
        "minutes": minutes,
        "version": version,
        "paper": queries.paper_of(request.user, version, rules),
    }


@signed_in
@require_safe
def minutes(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The newest version this person may read, and what they may do with it."""
    (found_minutes, version, rules), me = found(request, public_id), request.user
    earlier_ones = found_minutes.versions.filter(number__lt=version.number)
    context = _context(request, found_minutes, version, rules) | {
        "earlier": list(earlier_ones.values_list("number", flat=True)),
        "may_change": bool(policy.may_change(me, version)),
        "may_take_back": bool(policy.may_take_back(me, version)),
        "may_sign": bool(policy.may_sign(me, version)),
        "may_correct": bool(policy.may_correct(me, found_minutes, version)),
        "is_mine": version.written_by_id == me.pk,
    }
    return render(request, "association/minutes.html", context)


@signed_in
@require_safe
def earlier(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    """A version that was corrected since: it stays, and says so."""
    minutes, newest, rules = found(request, public_id)
    version = get_object_or_404(minutes.versions.filter(number__lt=newest.number), number=number)
    version.minutes = minutes
    return render(request, "association/earlier.html", _context(request, minutes, version, rules))


@signed_in
@require_safe
def paper(request: SignedInRequest, public_id: str) -> HttpResponse:
    """To print, with lines to sign on where it is not signed yet."""
    return render(request, "association/paper.html", _context(request, *found(request, public_id)))


@signed_in
@require_safe
def as_file(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Plain text to take along: an association can leave with its book."""
    minutes, version, rules = found(request, public_id)
    text = render_to_string(
        "association/minutes.txt", _context(request, minutes, version, rules), request=request
    )
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="minutes-{minutes.held_on:%Y-%m-%d}.txt"'
    return response
