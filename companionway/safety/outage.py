"""The copy of Help now for the hours in which nothing else works: plain files, no database, no session.

`write` keeps one file per organisation and language; `read` hands it out and leaves out every number that is no
longer vouched for, so that a copy that nobody could refresh still never shows an expired number.
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


# What a folder may be called: a host name, never a way out of the folder.
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


def folder(host: str = "") -> Path:
    """Where the copies for this host name are: the organisation's own, or those of the one without a name."""
    everybody = Path(settings.VAR) / "help-now"
    own = everybody / "at" / host if _HOST.fullmatch(host) else everybody
    return own if own.is_dir() else everybody


def write(now: datetime) -> list[Path]:
    """Write every organisation's copy in every language; returns the files. Safe to run at any time, and twice."""
    everybody = Path(settings.VAR) / "help-now"
    here = list(Organisation.objects.order_by("pk")) or [Organisation()]
    written = []
    for each in here:
        written += _write_for(each, everybody / "at" / each.host if each.host else everybody, now)
    _forget_others(everybody, written)
    return written


def _write_for(organisation: Organisation, own: Path, now: datetime) -> list[Path]:
    today = timezone.localdate(now)
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
        written.append(_replace(own / f"{language}.html", page))
    return written


def _forget_others(everybody: Path, written: list[Path]) -> None:
    """What was written for a host name that is nobody's any more would be another organisation's numbers."""
    for path in {*everybody.rglob("*.html")} - set(written):
        path.unlink(missing_ok=True)
    for path in (everybody / "at").glob("*"):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


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


def read(language: str, host: str, today: date) -> str | None:
    """The copy at this host name in this language (or the service's own), without expired numbers; None without one."""
    known = {code for code, _name in settings.LANGUAGES}
    for code in (language, language.split("-")[0], settings.LANGUAGE_CODE):
        path = folder(host) / f"{code}.html"
        if code in known and path.exists():
            return without_expired(path.read_text(encoding="utf-8"), today)
    return None


def without_expired(page: str, today: date) -> str:
    """The page less every number whose last day has passed."""
    return _LINE.sub(lambda line: line[0] if date.fromisoformat(line[1]) >= today else "", page)
