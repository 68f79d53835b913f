"""The whole vocabulary of what leaves the house. It is the same for every kind of notice, so it tells nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    body: str
    url: str
    stop_url: str


def words_for(language: str, *, at: str, stop_token: str, is_for_calendar: bool = False) -> Words:
    """Subject and text in the person's language; both links lead to `at`, their organisation's own address.

    What carries an entry for somebody's calendar says only that: they asked for it.
    """
    known = dict(settings.LANGUAGES)
    with translation.override(language if language in known else settings.LANGUAGE_CODE):
        url = at + reverse("notices:list")
        stop_url = at + reverse("notices:stop", args=[stop_token])
        context = {"url": url, "stop_url": stop_url}
        if is_for_calendar:
            body = render_to_string("notices/mail/calendar.txt", context)
            return Words(_("For your calendar"), body, url, stop_url)
        body = render_to_string("notices/mail/body.txt", context)
        return Words(_("You have a new message"), body, url, stop_url)
