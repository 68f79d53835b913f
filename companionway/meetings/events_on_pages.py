"""A public meeting as schema.org/Event, for whoever reads pages by machine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe

from companionway.meetings.queries import Shown
from companionway.meetings.states import Way

_SCHEMA = "https://schema.org/"
# Inside a script element nothing may end it.
_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def as_script(events: Iterable[dict[str, Any]]) -> SafeString:
    """The events as one block of data for the head of a page: read by machines, run by nobody."""
    data = json.dumps(list(events), ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308 -- escaped above


def as_event(shown: Shown, organiser: str, url: str) -> dict[str, Any]:
    """Source: schema.org/Event. No person is ever named; where a place is hidden, the page itself is the place."""
    meeting, series = shown.meeting, shown.series
    status = "EventCancelled" if shown.is_cancelled else "EventScheduled"
    if not shown.is_cancelled and meeting.starts_at != meeting.original:
        status = "EventRescheduled"
    in_person = series.way == Way.IN_PERSON
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": series.name,
        "startDate": meeting.starts_at.astimezone(series.tz).isoformat(),
        "endDate": meeting.ends_at.astimezone(series.tz).isoformat(),
        "eventStatus": _SCHEMA + status,
        "eventAttendanceMode": _SCHEMA
        + ("OfflineEventAttendanceMode" if in_person else "OnlineEventAttendanceMode"),
        "inLanguage": series.language,
        "isAccessibleForFree": True,
        "organizer": {"@type": "Organization", "name": organiser},
        "location": _place(shown, url),
        "url": url,
    }
    if series.about:
        said["description"] = series.about
    if status == "EventRescheduled":
        said["previousStartDate"] = meeting.original.astimezone(series.tz).isoformat()
    if series.capacity:
        said["maximumAttendeeCapacity"] = series.capacity
    return said


def _place(shown: Shown, url: str) -> dict[str, Any]:
    if shown.series.way != Way.IN_PERSON or not shown.place_name:
        # The link itself stays inside: whoever comes in by the page finds it there.
        return {"@type": "VirtualLocation", "url": url}
    place: dict[str, Any] = {"@type": "Place", "name": shown.place_name}
    if shown.place_address:
        place["address"] = shown.place_address
    return place
