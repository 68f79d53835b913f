"""Easy read: the same pages in short sentences of everyday words, in one column, with a picture beside what matters.

The words are a catalogue of their own for the same sentences (`locale/en_Simple`); where it has no twin, the ordinary
English stands. "simple" is the registered name for the simplified form of a language. In other languages only the
layout changes. Decision 0029.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest
from django.utils import translation

from companionway.ui.look import Look, look_of

LANGUAGE: Final = "en-simple"
_is_on: ContextVar[bool] = ContextVar("easy_read", default=False)

# A picture for what a button does or a part is about, by a word in it; the first word that has one counts.
_PICTURES: Final = {
    word: icon
    for icon, said in {
        "help": "help",
        "phone": "call phone numbers",
        "flag": "report fair wrong",
        "back": "back usual",
        "exit": "leave",
        "close": "stop end close cancel no cancelled",
        "undo": "take",
        "pause": "pause break",
        "clock": "wait time until minute",
        "calendar": "when meeting meetings day days calendar month",
        "pin": "where place places get list",
        "eye": "see look read show shown",
        "edit": "write change words note notes",
        "chat": "talk say says ask asks asked said message messages",
        "groups": "group groups who people somebody together",
        "heart": "thank agreed hello kind feel care company",
        "plus": "add new start begin",
        "open": "open come go room",
        "check": "choose yes keep keeps done ok agree agreed save sure",
        "send": "send",
        "lock": "private keeping kept",
        "sprout": "step steps",
    }.items()
    for word in said.split()
}
_BY_KIND: Final = {"main": "next", "danger": "alert", "help": "help"}


def is_on() -> bool:
    """Whether the page that is being drawn is read easily."""
    return _is_on.get()


def begin(request: HttpRequest) -> None:
    """From here on this page is read easily, unless its reader has chosen the usual way."""
    if look_of(request).reading == "usual":
        return
    _is_on.set(True)
    if spoken() == "en":
        translation.activate(LANGUAGE)


@contextmanager
def reading(request: HttpRequest) -> Iterator[None]:
    """One request, read the way its reader chose; who has not chosen reads as their programmes say."""
    choice = look_of(request).reading
    person = getattr(request, "user", None)
    before = _is_on.set(False)
    try:
        with translation.override(translation.get_language()):
            if choice == "easy" or (choice == "auto" and getattr(person, "is_easy_first", False)):
                begin(request)
            yield
    finally:
        _is_on.reset(before)


def spoken() -> str:
    """The language of the page as it is kept and compared: easy English is English."""
    return (translation.get_language() or "en").split("-")[0]


def look_shown(request: HttpRequest) -> Look:
    """The look of this page: what the browser asked for, read easily where that is on."""
    look = look_of(request)
    return replace(look, reading="easy") if is_on() else look


def picture(words: Any, kind: str = "") -> str:
    """The picture beside a button or a heading that has none of its own; "" where pages are read as usual."""
    if not is_on():
        return ""
    found = (_PICTURES[word] for word in re.findall(r"[a-z]+", str(words).lower()) if word in _PICTURES)
    return next(found, _BY_KIND.get(kind, "")) if spoken() == "en" else _BY_KIND.get(kind, "")
