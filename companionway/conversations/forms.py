"""What people may type in a conversation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from companionway.conversations.words import NOTE_LENGTH
from companionway.ui.forms import KindForm, LongText, ShortText

ON_CALL_REASON = _("I am on call, and wanted to make sure that everybody here is all right.")


class MessageForm(KindForm):
    """One message. The box beside it says who can read it."""

    text = LongText(
        label=_("Your message"),
        max_length=settings.MESSAGE_MAX_LENGTH,
        rows=1,
        error_messages={"required": _("There is nothing to send yet. Write a few words first.")},
    )
    note = ShortText(
        label=_("Content note"),
        max_length=NOTE_LENGTH,
        required=False,
        help_text=_("If this may be hard to read, say what it is about. It stays folded until they open it."),
    )
    client_id = forms.CharField(required=False, widget=forms.HiddenInput)


class LookInsideForm(KindForm):
    reason = LongText(
        label=_("Why do you need to read this conversation?"),
        max_length=500,
        min_length=10,
        rows=3,
        who_sees=_("Both people in the conversation read this reason, with your name, at once."),
    )


class OpenNoticedForm(LookInsideForm):
    """The reason is there already, so that one tap is enough at night; it can be said in other words."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, initial={"reason": ON_CALL_REASON}, **more)


class SignalsForm(KindForm):
    seen = forms.BooleanField(
        label=_("Show when I have read a message"),
        required=False,
        help_text=_("Only shown if everyone here wants it."),
    )
    typing = forms.BooleanField(
        label=_("Show when I am writing"),
        required=False,
        help_text=_("Only shown if everyone here wants it."),
    )
