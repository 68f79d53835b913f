"""The answers people may choose when they say how to be with them. Keys are stable; words follow the page."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy

from companionway.reasoning import topics

_NEVER: Final[dict[str, Any]] = {
    "phone_me": gettext_lazy("phone me"),
    "leave_voicemail": gettext_lazy("leave a voice message"),
    "write_to_my_home": gettext_lazy("write to my home"),
    "email_me": gettext_lazy("e-mail me"),
    "text_me": gettext_lazy("send a text message"),
    "visit_me": gettext_lazy("come to my home"),
    "tell_my_family": gettext_lazy("speak with my family"),
    "video_me": gettext_lazy("ask me to turn a camera on"),
}
_ACCESS: Final[dict[str, Any]] = {
    "step_free": gettext_lazy("a place without steps"),
    "large_text": gettext_lazy("large text"),
    "easy_words": gettext_lazy("short sentences and easy words"),
    "screen_reader": gettext_lazy("pages that a screen reader can read"),
    "captions": gettext_lazy("captions"),
    "sign_language": gettext_lazy("a sign language interpreter"),
    "interpreter": gettext_lazy("an interpreter"),
    "quiet_place": gettext_lazy("a quiet place"),
    "extra_time": gettext_lazy("more time to answer"),
    "breaks": gettext_lazy("breaks"),
    "someone_with_me": gettext_lazy("somebody with me"),
}


def languages() -> list[tuple[str, str]]:
    return list(topics.LANGUAGES.labels.items())


def modes() -> list[tuple[str, str]]:
    return [(key, gettext(words)) for key, words in topics.CONTACT_MODES.labels.items()]


def never() -> list[tuple[str, str]]:
    return [(key, str(words)) for key, words in _NEVER.items()]


def access() -> list[tuple[str, str]]:
    return [(key, str(words)) for key, words in _ACCESS.items()]


def words_of(key: str) -> str:
    """A need's key in words; the key itself when it is no longer listed."""
    every = {**_NEVER, **_ACCESS, **topics.LANGUAGES.labels, **topics.CONTACT_MODES.labels}
    return gettext(str(every.get(key, key)))
