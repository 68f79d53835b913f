"""The copy of Help now for the hours in which nothing else works: plain files, no database, no session.

`write` keeps one file per language; `read` hands it out and leaves out every number that is no longer vouched for,
so that a copy that nobody could refresh still never shows an expired number.
"""

from __future__ import annotations

import os
import re
import tempfile
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from companionway.people.models import Organisation
from companionway.safety import countries, queries

_LINE = re.compile(r'<li data-until="(\d{4}-\d\d-\d\d)">.*?</li>', re.DOTALL)


def folder() -> Path:
    return Path(settings.VAR) / "help-now"


def write(now: datetime) -> list[Path]:
    """Write the copy in every language; returns the files. Safe to run at any time, and twice."""
    today, organisation = timezone.localdate(now), Organisation.objects.order_by("pk").first()
    shelves = [
        queries.lines_for(organisation, code, today) for code in queries.countries(organisation, today)
    ]
    until = [shelf.checked_until for shelf in shelves if shelf.checked_until]
    written = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            named = sorted(
                ((countries.name_of(shelf.country), shelf) for shelf in shelves), key=lambda pair: pair[0]
            )
            words = {"shelves": named, "written_on": today, "checked_until": min(until, default=None)}
            page = render_to_string("safety/help_now_copy.html", words)
        written.append(_replace(folder() / f"{language}.html", page))
    return written


def _replace(path: Path, page: str) -> Path:
    """Readers see the old page or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, suffix=".new", delete=False, encoding="utf-8"
    ) as file:
        file.write(page)
    Path(file.name).chmod(0o644)
    os.replace(file.name, path)
    return path


def read(language: str, today: date) -> str | None:
    """The copy in this language (or the service's own), without expired numbers. None when there is no copy yet."""
    known = {code for code, _name in settings.LANGUAGES}
    for code in (language, language.split("-")[0], settings.LANGUAGE_CODE):
        path = folder() / f"{code}.html"
        if code in known and path.exists():
            return without_expired(path.read_text(encoding="utf-8"), today)
    return None


def without_expired(page: str, today: date) -> str:
    """The page less every number whose last day has passed."""
    return _LINE.sub(lambda line: line[0] if date.fromisoformat(line[1]) >= today else "", page)
