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


def words_for(language: str, *, at: str, stop_token: str) -> Words:
    """Subject and text in the person's language; both links lead to `at`, their organisation's own address."""
    known = dict(settings.LANGUAGES)
    with translation.override(language if language in known else settings.LANGUAGE_CODE):
        url = at + reverse("notices:list")
        stop_url = at + reverse("notices:stop", args=[stop_token])
        body = render_to_string("notices/mail/body.txt", {"url": url, "stop_url": stop_url})
        return Words(_("You have a new message"), body, url, stop_url)
