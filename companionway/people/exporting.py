"""Everything about one person in one file: JSON for machines, a page for reading. Every room adds its part."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from companionway.foundation import parts
from companionway.people import queries
from companionway.people.models import Audience, Consent, Device, Person, RoleHeld, Stop

FORMAT = "companionway.person/1"


def people_part(person: Person) -> dict[str, Any]:
    """What this room keeps about somebody, opened for them alone."""
    held = RoleHeld.objects.filter(person=person).select_related("programme").order_by("since_at", "pk")
    given = Consent.objects.filter(person=person).order_by("given_at", "pk")
    signed_in = Device.objects.filter(person=person).order_by("signed_in_at", "pk")
    return {
        "person": {
            "name": person.name,
            "pronouns": person.pronouns,
            "email": person.email,
            "language": person.language,
            "time_zone": person.time_zone,
            "age_band": person.age_band,
            "quiet_from": _plain(person.quiet_from),
            "quiet_until": _plain(person.quiet_until),
            "joined_at": _plain(person.joined_at),
            "paused_at": _plain(person.paused_at),
        },
        "roles": [
            {
                "role": each.role,
                "programme": each.programme.name if each.programme else "",
                "since_at": _plain(each.since_at),
                "until_at": _plain(each.until_at),
            }
            for each in held
        ],
        "took_no_part": _stops(person),
        "profile": [
            {"kind": each.kind, "topic": each.key, "text": each.text, "audience": each.audience}
            for each in queries.profile_items(person, seen_by=Audience.NOBODY)
        ],
        "needs": asdict(queries.needs_of(person)),
        "consents": [
            {
                "purpose": each.purpose,
                "receipt": each.receipt,
                "wording": each.wording,
                "given_at": _plain(each.given_at),
                "withdrawn_at": _plain(each.withdrawn_at),
            }
            for each in given
        ],
        "devices": [
            {
                "label": each.label,
                "signed_in_at": _plain(each.signed_in_at),
                "ended_at": _plain(each.ended_at),
            }
            for each in signed_in
        ],
        "read_by_the_team": [
            {"by": read.by, "what": read.what, "why": read.why, "at": _plain(read.at)}
            for read in queries.reads_about(person)
        ],
    }


def everything(person: Person, now: datetime) -> dict[str, Any]:
    """The whole export: this room's part and every other's."""
    return {"format": FORMAT, "made_at": now.isoformat(), **parts.export_of(person)}


def as_json(person: Person, now: datetime) -> str:
    return json.dumps(everything(person, now), ensure_ascii=False, indent=2, default=_plain)


def as_zip(person: Person, now: datetime) -> bytes:
    """everything.json and everything.html in one file."""
    whole = everything(person, now)
    page = render_to_string("people/everything.html", {"body": _readable(whole, 2), "made_at": now})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything.json", json.dumps(whole, ensure_ascii=False, indent=2, default=_plain))
        archive.writestr("everything.html", page)
    return packed.getvalue()


def _stops(person: Person) -> list[dict[str, Any]]:
    stops = Stop.objects.filter(person=person).select_related("programme").order_by("pk")
    return [
        {
            "programme": each.programme.name if each.programme else "",
            "since_at": _plain(each.began_at),
            "days": each.days,
            "until_at": _plain(each.ended_at),
        }
        for each in stops
    ]


def _plain(value: Any) -> Any:
    if value is None:
        return None
    return (
        value.isoformat() if isinstance(value, datetime | date) or hasattr(value, "isoformat") else str(value)
    )


def _readable(value: Any, level: int) -> SafeString:
    """Nested data as headings and lists that somebody can read."""
    if isinstance(value, dict):
        return format_html_join("", "{}", ((_section(key, each, level),) for key, each in value.items()))
    if isinstance(value, list):
        if not value:
            return format_html("<p>{}</p>", _("Nothing."))
        return format_html(
            "<ol>{}</ol>", format_html_join("", "<li>{}</li>", ((_readable(v, level),) for v in value))
        )
    return format_html('<p dir="auto">{}</p>', "–" if value in (None, "") else value)


def _section(key: Any, value: Any, level: int) -> SafeString:
    words = str(key).replace("_", " ").capitalize()
    if isinstance(value, dict | list):
        heading = min(level, 6)
        return format_html("<h{0}>{1}</h{0}>{2}", heading, words, _readable(value, level + 1))
    return format_html(
        '<p><b>{}</b> <span dir="auto">{}</span></p>', words, "–" if value in (None, "") else value
    )
