"""Feeds: read by calendar programs, which are not signed in."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from companionway.calendars import composing, guide, queries
from companionway.meetings import policy as meetings_policy
from companionway.meetings import queries as meetings
from companionway.people import queries as people
from companionway.people.doors import signed_in
from companionway.people.http import SignedInRequest

KIND = "text/calendar; charset=utf-8"


def _answer(
    request: HttpRequest, body: bytes, *, cache: str, changed_at: datetime | None = None
) -> HttpResponse:
    """The calendar, or 304 where the program has it already."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=KIND)
    response["Cache-Control"] = cache
    response["ETag"] = etag
    modified = int(changed_at.timestamp()) if changed_at else None
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    return get_conditional_response(request, etag=etag, last_modified=modified, response=response) or response


def _public(request: HttpRequest, rows: Any, name: str) -> HttpResponse:
    here, now = people.organisation(), timezone.now()
    found = list(rows)
    body = composing.public(here, found, name, now)
    # What was taken out of a feed is a change of it too: the newest of all its organisation's series.
    changed_at = meetings.changed_at_in(here)
    return _answer(request, body, cache="public, max-age=300", changed_at=changed_at)


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Everything an organisation shows to everybody."""
    here, now = people.organisation(), timezone.now()
    return _public(request, meetings.public_series(here, now), here.short_name or here.name)


@require_safe
def of_programme(request: HttpRequest, public_id: str) -> HttpResponse:
    """The public series of one programme."""
    here, now = people.organisation(), timezone.now()
    rows = list(meetings.public_series(here, now).filter(programme__public_id=public_id))
    if not rows:
        raise Http404
    return _public(request, rows, rows[0].programme.name)


@require_safe
def series(request: HttpRequest, public_id: str) -> HttpResponse:
    """One public series. One that has ended is still there, so that calendars learn of its end."""
    row = get_object_or_404(meetings.once_public(people.organisation()), public_id=public_id)
    return _public(request, [row], row.name)


@require_safe
def private(request: HttpRequest, token: str) -> HttpResponse:
    """One's own calendar, by its secret address."""
    feed = queries.feed_of(token)
    if feed is None or feed.person.organisation_id != people.organisation().pk:
        raise Http404
    body = composing.private(feed, timezone.now())
    response = _answer(request, body, cache="private, no-cache")
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@signed_in
@require_safe
def invitation(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One meeting as an invitation for one's own calendar."""
    rows = meetings_policy.meetings_visible_to(request.user).select_related("series__programme")
    row = get_object_or_404(rows, public_id=public_id)
    if not meetings_policy.may_come(request.user, row):
        raise Http404
    body = composing.one_meeting(request.user, row, timezone.now())
    method = "CANCEL" if row.state == "cancelled" else "REQUEST"
    response = HttpResponse(body, content_type=f"{KIND}; method={method}")
    response["Content-Disposition"] = 'attachment; filename="invitation.ics"'
    return response


@require_safe
def meeting_guide(request: HttpRequest) -> HttpResponse:
    """Public weekly meetings of twelve-step programmes, in the open format of their finders."""
    here, now = people.organisation(), timezone.now()
    rows = meetings.public_series(here, now)
    found = guide.exported(
        rows,
        people.public_url(here),
        lambda row: reverse("meetings:public_one", args=[row.public_id]),
    )
    response = JsonResponse(found, safe=False)
    # It is made to be read from other sites.
    response["Access-Control-Allow-Origin"] = "*"
    return response
