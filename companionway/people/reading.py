"""Why somebody of the team may read a sensitive record, and what was read, in words the person is shown.

Rooms above register their own: `register_reason("support.cover", _("..."))`, `register_what("note", _("..."))`.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

_reasons: dict[str, Any] = {
    "asked": _("You asked for it"),
    "report": _("To answer a report"),
    "safety": _("Somebody may be in danger"),
    "legal": _("The law required it"),
    "introduction": _("To find somebody who fits"),
    "roles": _("To look after roles"),
    "file": _("To make a file of what you wrote"),
    "export": _("Two administrators agreed"),
    "duty": _("To do what the service promised you"),
}
_whats: dict[str, Any] = {
    "conversation": _("A conversation"),
    "message": _("A message"),
    "note": _("A shared note"),
    "profile": _("What you wrote about yourself"),
    "needs": _("What you need"),
    "report": _("A report"),
    "request": _("What you are looking for"),
    "master_key": _("The master key was copied"),
    "person": _("Your name and roles"),
    "relationship": _("Who you talk with, and since when"),
}


# Reads that a person was told of before they began, each time: they stand in the list, and are no news.
_told_before: set[str] = set()


def register_reason(key: str, words: Any, *, told_before: bool = False) -> None:
    _reasons[key] = words
    if told_before:
        _told_before.add(key)


def was_told_before(key: str) -> bool:
    return key in _told_before


def register_what(kind: str, words: Any) -> None:
    _whats[kind] = words


def why_words(key: str) -> str:
    return str(_reasons.get(key, _("No reason from our list")))


def what_words(subject: str) -> str:
    return str(_whats.get(subject.partition(":")[0], _("A record about you")))
